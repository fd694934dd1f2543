"""Every kind of sheet keeps the rules of PDF/A-2a that are checked here, and a broken one would be seen."""

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from health.words import words_of
from printouts import archive, fonts
from printouts.archive import Facts
from printouts.report import Report, build, build_slip
from printouts.structure import Part, Structure
from tests.printouts.archived import broken_rules
from tests.printouts.cases import case_text, demo, guest, middle, old, report, urgent
from tests.printouts.test_fullest_visit import SIGNS, fullest

SHEETS: dict[str, Callable[[], Report]] = {
    "old": old,
    "in English": lambda: middle("en"),
    "guest": guest,
    "nothing measured": lambda: report(case_text({})),
    "urgent, with its letter": urgent,
    "fullest, three pages of it": lambda: fullest("en", 74, SIGNS, bad=True),
    "in two languages": lambda: replace(old(), also=(words_of("en"),)),
    "larger type, a copy of a demonstration": lambda: replace(demo(old()), large=True, copy=True),
    "rare and hostile name": lambda: old(name="龘㛃𬭎<b>&amp;\u202e)(\\"),
}


@pytest.mark.parametrize("kind", sorted(SHEETS))
def test_no_sheet_breaks_a_rule_of_the_archive(kind: str, tmp_path: Path) -> None:
    assert broken_rules(build(SHEETS[kind]()), tmp_path) == []


def test_no_slip_breaks_a_rule_of_the_archive(tmp_path: Path) -> None:
    for made in (old(), urgent("en")):
        assert broken_rules(build_slip(made), tmp_path) == []


REAL_XMP = archive.xmp


def _unmarked(_: Structure) -> str:
    return ""


def _speechless(real: Callable[..., None]) -> Callable[..., None]:
    def opened(structure: Structure, part: Part, alt: str = "", language: str = "") -> None:
        real(structure, part, "", language)

    return opened


def _later(facts: Facts) -> str:
    return REAL_XMP(replace(facts, title="another"))


@pytest.mark.parametrize(
    ("where", "name", "instead", "clause"),
    [
        (Structure, "drawing", _unmarked, "6.7.3.4"),
        (Structure, "open", _speechless(Structure.open), "6.7.3.3"),
        (archive, "xmp", _later, "6.6.3"),
        (fonts, "_as_pair", lambda match: match[0], "6.2.11.7.2"),
    ],
    ids=["a drawing nobody marked", "a picture without words", "another title", "a wrong map"],
)
def test_what_breaks_a_rule_is_seen(
    where: object, name: str, instead: object, clause: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(where, name, instead)
    wrong = broken_rules(build(old(name="王𬭎")), tmp_path)
    assert any(one.startswith(clause) for one in wrong)
