"""Settings files: TOML into a frozen msgspec struct, and nothing that the struct does not know.

One loader for kiosk and clinic; each describes its own settings as structs with
``frozen=True, forbid_unknown_fields=True``. A setting that is unknown, missing or wrong stops the program
with one sentence that names file and key. No default file, no environment, no merging.
"""

import tomllib
from pathlib import Path
from typing import TypeVar

import msgspec

from health.errors import HealthError

T = TypeVar("T", bound=msgspec.Struct)


class SettingsError(HealthError):
    """A settings file that cannot be used."""


def load(path: Path, shape: type[T]) -> T:
    """The settings in the TOML file ``path`` as ``shape``. Raises ``SettingsError``."""
    try:
        tree = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as gone:
        raise SettingsError(f"There is no settings file {path}; name another or write it.") from gone
    except IsADirectoryError as wrong:
        raise SettingsError(f"{path} is a folder; name the settings file in it.") from wrong
    except UnicodeDecodeError as wrong:
        raise SettingsError(f"The settings file {path} is not UTF-8 text; save it as UTF-8.") from wrong
    except OSError as wrong:
        raise SettingsError(
            f"The settings file {path} cannot be read; check its place and rights."
        ) from wrong
    except tomllib.TOMLDecodeError as wrong:
        raise SettingsError(f"The settings file {path} is not TOML: {wrong}.") from wrong
    except (ValueError, RecursionError) as wrong:  # a number of thousands of digits, lists in lists in lists
        raise SettingsError(f"The settings file {path} says something far too long; shorten it.") from wrong
    try:
        return msgspec.convert(tree, shape)
    except msgspec.ValidationError as wrong:
        said, _, where = str(wrong).partition(" - at ")
        key = where.strip("`").removeprefix("$.").removeprefix("$")
        place = f"{path}, [{key}]" if key else str(path)
        raise SettingsError(f"{place}: {said[0].lower()}{said[1:]}; mend it and start again.") from wrong
