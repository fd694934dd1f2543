"""What the sheet promises of a name: drawn letter by letter, never a box, cut before anything beside it."""

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from health.casefile import read_case
from health.errors import HealthError
from printouts import coverage, fonts
from printouts.coverage import covered
from printouts.dots import slip_dots
from printouts.report import build
from tests.printouts.cases import case_text, old, text_of, tool


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A station with the two faces of the house and no other."""
    monkeypatch.setattr(coverage, "RARE", ())
    caches = (coverage.face_of, coverage._stands_alone)

    def forget() -> None:
        for one in caches:
            one.cache_clear()
        for widths in fonts._WIDTHS.values():
            widths.clear()

    forget()
    yield
    forget()


RARE_NAMES = ("王𠮷", "𬴂㛃", "陈𠀀", "李𫝀")


@pytest.mark.parametrize("name", RARE_NAMES)
def test_a_rare_name_is_drawn_from_a_further_face_and_read_back(name: str, tmp_path: Path) -> None:
    if not all(face.is_file() for face in coverage.RARE):
        pytest.skip("needs fonts-hanazono")
    assert covered(name) == name
    made = old(name=name)
    read = text_of(build(made), tmp_path)
    assert name in read
    assert "〔" not in read
    drawn = subprocess.run(
        [tool("pdffonts"), str(tmp_path / "report.pdf")], capture_output=True, text=True, check=True
    )
    assert all(line.split()[-5:-2] == ["yes", "yes", "yes"] for line in drawn.stdout.splitlines()[2:])
    assert slip_dots(made) != slip_dots(old(name="王"))


@pytest.mark.usefixtures("plain")
@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("王𠮷", "王〔U+20BB7〕"),
        ("A😀", "A〔U+1F600〕"),
        ("سل", "〔U+0633〕〔U+0644〕"),
        ("陈\U00031350", "陈〔U+31350〕"),
        ("葛\U000e0100", "葛"),
        ("Jose\u0301", "José"),
        ("龘㛃𬭎", "龘㛃𬭎"),
    ],
)
def test_a_letter_the_faces_lack_is_its_number_never_a_box(name: str, shown: str, tmp_path: Path) -> None:
    assert covered(name) == shown
    assert covered(shown) == shown
    made = old(name=name)
    assert shown in text_of(build(made), tmp_path, page=1)
    assert made.visit.resident.name == name


@pytest.mark.parametrize("name", ["欧阳" * 4000, "Wolfeschlegelstein" * 500], ids=["zh", "en"])
@pytest.mark.parametrize("page", [1, 2])
def test_of_a_long_name_the_name_is_cut_never_age_or_title(name: str, page: int, tmp_path: Path) -> None:
    made = old()
    visit = replace(made.visit, resident=replace(made.visit.resident, name=name))
    started = time.process_time()
    pdf = build(replace(made, visit=visit))
    assert time.process_time() - started < 1
    read = text_of(pdf, tmp_path, page=page).replace(" ", "")
    assert "…" in read
    assert "86岁" in read
    assert ("女士" in read) is (page == 1)


def test_a_name_longer_than_a_name_is_refused_in_a_sentence() -> None:
    for length in (200, 201):
        text = case_text({"pulse": "71"}, resident={"name": "王" * length})
        if length == 200:
            assert read_case(text).visit.resident.name == "王" * length
        else:
            with pytest.raises(HealthError, match=r"resident\.name is longer than 200 characters"):
                read_case(text)


@pytest.mark.parametrize("name", ["<b>A</b>&amp;", "{0}{name}%s", "</para><a href='x'>", "@bp.high"])
def test_a_hostile_name_is_drawn_letter_by_letter(name: str, tmp_path: Path) -> None:
    assert name.replace(" ", "") in text_of(build(old(name=name)), tmp_path, page=1).replace(" ", "")


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=80))
def test_no_name_breaks_a_report(name: str) -> None:
    assert build(old({"pulse": "71"}, name=name)).startswith(b"%PDF-")


def test_rare_names_can_be_copied_and_read_aloud(tmp_path: Path) -> None:
    name = "龘㛃𬭎䶮𫍯"
    assert name in text_of(build(old(name=name)), tmp_path, page=1)


def test_what_hides_in_a_name_is_not_on_paper_and_a_name_of_nothing_is_a_guest(tmp_path: Path) -> None:
    hidden = "\u202e\u200b沈玉\u2066\x1b珍\u200d"
    read = text_of(build(old(name=hidden)), tmp_path)
    assert read.startswith("沈玉珍 女士")
    assert not any(sign in read for sign in hidden if not sign.isprintable())
    assert slip_dots(old(name=hidden)) == slip_dots(old(name="沈玉珍"))
    assert slip_dots(old(name="\u200b\u2060")) == slip_dots(old(name=""))
