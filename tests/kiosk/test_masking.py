"""Of a name no more than two letters stand on a screen, and none that would be a box."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.masking import STAR, masked
from printouts import coverage

NAMES = (
    ("夏娟", "夏*"),
    ("夏秀娟", "夏*娟"),
    ("欧阳修", "欧*修"),
    ("司马相如", "司*如"),
    ("爱新觉罗·启星", "爱*·启*"),
    ("阿依古丽·买买提", "阿*·买*"),
    ("阿依古丽．买买提", "阿*·买*"),
    ("沈　珍", "沈*"),
    ("沈　桂珍", "沈*珍"),
    ("Maria Santos", "M* S*"),
    ("Maria del Carmen García", "M* G*"),
    ("Jose\u0301", "J*"),
    ("夏", "*"),
    ("", ""),
    ("·", ""),
    ("夏\u200b秀\u200d娟", "夏*娟"),
    ("\u202e夏秀娟", "夏*娟"),
    ("\u2066夏娟\u2069", "夏*"),
    ("夏\x00秀娟\ufeff", "夏*娟"),
    ("阿依古丽\u200b·\u200b买买提", "阿*·买*"),
    ("M\u00adaria Santos", "M* S*"),
    ("\u200b", ""),
)


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A station with the faces of the house and no other."""
    monkeypatch.setattr(coverage, "RARE", ())
    for one in (coverage.face_of, coverage._stands_alone):
        one.cache_clear()
    yield
    for one in (coverage.face_of, coverage._stands_alone):
        one.cache_clear()


@pytest.mark.parametrize(("name", "shown"), NAMES)
def test_two_letters_of_a_name_are_shown_at_most(name: str, shown: str) -> None:
    assert masked(name) == shown


@pytest.mark.usefixtures("plain")
@pytest.mark.parametrize(
    ("name", "shown"), [("𠮷田娟", "*娟"), ("王𠮷", "王*"), ("王小𠮷", "王*"), ("سلام عليكم", "*")]
)
def test_a_letter_that_cannot_be_drawn_is_hidden_like_the_others(name: str, shown: str) -> None:
    assert masked(name) == shown


@given(st.text(max_size=60))
def test_whatever_a_card_says_no_third_letter_is_shown(name: str) -> None:
    shown = masked(name)
    letters = [each for each in shown if each not in f"{STAR}· " and each.isalnum()]
    assert len(letters) <= 2
    assert "〔" not in shown
    assert shown != name.strip() or not any(map(str.isalnum, name))
