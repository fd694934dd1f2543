"""What holds a person, a key or raw words prints its own name and nothing more."""

import importlib
from collections.abc import Iterator
from typing import Any

from devices.reading import Confidential
from tests.house.tree import ROOT

SAID = "王小明 110101194003071234"
HELD = {"Card", "Code", "Say", "Piece", "Frame", "Resident", "Record", "Amendment", "SecretKey", "SigningKey"}
"""Some that must be among them, whatever else is."""
PACKAGES = ("devices", "health", "printouts", "kiosk", "clinic")


def _all(kind: type[Any]) -> Iterator[type[Any]]:
    for each in kind.__subclasses__():
        yield each
        yield from _all(each)


def test_what_is_confidential_tells_no_field_of_itself_when_it_is_printed() -> None:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "(Confidential, " in path.read_text(encoding="utf-8"):
                importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    kinds = list(_all(Confidential))
    assert {kind.__name__ for kind in kinds} >= HELD
    for kind in kinds:
        one = kind(**dict.fromkeys(kind.__struct_fields__, SAID))
        assert (repr(one), str(one), f"{[one]}") == (f"{kind.__name__}()",) * 2 + (f"[{kind.__name__}()]",)
