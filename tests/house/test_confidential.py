"""What holds a person, a key or raw words prints its own name and nothing more."""

import importlib
from collections.abc import Iterator
from typing import Any

import msgspec

from devices.reading import Confidential
from tests.house.tree import ROOT

SAID = "王小明 110101194003071234"
HELD = {"Card", "Code", "Say", "Piece", "Frame", "Resident", "Record", "Amendment", "SecretKey", "SigningKey"}
"""Some that must be among them, whatever else is."""
TELLING = {"identity", "birth_date", "born", "pin", "secret", "token", "password"}
"""Fields that only hold what must not be read by everybody."""
PACKAGES = ("devices", "health", "printouts", "kiosk", "clinic")


def _kinds_of(kind: type[Any], named: str) -> Iterator[type[Any]]:
    """Every kind of ``kind`` in the house, from the modules in which it is ``named``."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if named in path.read_text(encoding="utf-8"):
                importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    yield from _all(kind)


def _all(kind: type[Any]) -> Iterator[type[Any]]:
    for each in kind.__subclasses__():
        yield each
        yield from _all(each)


def test_what_is_confidential_tells_no_field_of_itself_when_it_is_printed() -> None:
    kinds = list(_kinds_of(Confidential, named="(Confidential, "))
    assert {kind.__name__ for kind in kinds} >= HELD
    for kind in kinds:
        one = kind(**dict.fromkeys(kind.__struct_fields__, SAID))
        assert list(one.__rich_repr__()) == []
        assert (repr(one), str(one), f"{[one]}") == (f"{kind.__name__}()",) * 2 + (f"[{kind.__name__}()]",)


def test_what_has_a_field_for_a_person_or_a_secret_is_confidential() -> None:
    telling = [
        f"{kind.__module__}.{kind.__name__}"
        for kind in _kinds_of(msgspec.Struct, named="Struct")
        if TELLING & set(kind.__struct_fields__) and kind.__module__.split(".")[0] in PACKAGES
        if not issubclass(kind, Confidential) and "__repr__" not in vars(kind)
    ]
    assert telling == []
