"""A self-assessment scale as data: items, answers and their points, bands of the total, terms of use.

Plain frozen data, read strictly from ``health/scales/*.toml``. A scale whose items may not be shown has none:
of it only a total that somebody else took can be kept. This module must not score (``scoring``).
"""

import tomllib
from pathlib import Path
from typing import Literal

import msgspec

from health.assessment import Level
from health.errors import HealthError

FOLDER = Path(__file__).resolve().parent


class ScaleError(HealthError):
    """A scale that cannot be used, or answers that are not its own; the sentence says what to mend."""


class Choice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One answer: its name within the item, and its points."""

    answer: str
    points: int


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One question. ``choices`` of its own, or the scale's; from ``alone_from`` points it speaks for itself.

    Its sentence is ``scale.<scale>.<item>``, that of an answer ``scale.<scale>.<item>.<answer>`` or, where
    the choices are the scale's, ``scale.<scale>.answer.<answer>``.
    """

    item: str
    choices: tuple[Choice, ...] = ()
    alone_from: int | None = None


class ScaleBand(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A stretch of totals up to and with ``upto``; the last has none."""

    band: str
    level: Level
    upto: int | None = None


class Scale(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One scale. ``terms``: ``shown`` may be asked here; ``total_only``: only a total is kept."""

    scale: str
    title: str
    source: str
    evidence: str
    licence: str
    terms: Literal["shown", "total_only"]
    highest: int
    bands: tuple[ScaleBand, ...]
    items: tuple[Item, ...] = ()
    choices: tuple[Choice, ...] = ()
    loinc: str | None = None

    def choices_of(self, item: Item) -> tuple[Choice, ...]:
        """The answers of ``item``."""
        return item.choices or self.choices


def load_scales(folder: Path = FOLDER) -> tuple[Scale, ...]:
    """Every scale in ``folder``, by name. Raises ``ScaleError`` for a file not understood."""
    return tuple(_read(file) for file in sorted(folder.glob("*.toml")))


def _read(file: Path) -> Scale:
    try:
        said = tomllib.loads(file.read_text(encoding="utf-8"))
        scale = msgspec.convert(said | {"scale": file.stem}, Scale)
    except (OSError, tomllib.TOMLDecodeError, msgspec.ValidationError, UnicodeDecodeError) as wrong:
        raise ScaleError(f"{file.name} is not a scale: {wrong}.") from wrong
    _check(scale)
    return scale


def _check(scale: Scale) -> None:
    limits = [band.upto for band in scale.bands]
    inner = [limit for limit in limits[:-1] if limit is not None]
    if not limits or limits[-1] is not None or len(inner) != len(limits) - 1 or inner != sorted(set(inner)):
        raise ScaleError(f"{scale.scale}.toml: bands rise, and only the last has no limit; mend them.")
    if bool(scale.items) is not (scale.terms == "shown"):
        raise ScaleError(f"{scale.scale}.toml: items stand in a scale that may be shown, and in no other.")
    most = sum(max((c.points for c in scale.choices_of(i)), default=-1) for i in scale.items)
    if scale.items and most != scale.highest:
        raise ScaleError(f"{scale.scale}.toml: its items give {most} points, not {scale.highest}; mend one.")
