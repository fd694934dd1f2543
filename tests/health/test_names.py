"""What a name hides between its letters is shown nowhere, and no letter of it is lost."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from health.names import MARKS, UNSEEN, shown

HIDDEN = (
    "\u200b",
    "\u200d",
    "\u200e",
    "\u202e",
    "\u2066",
    "\u2069",
    "\ufeff",
    "\u00ad",
    "\u061c",
    "\U000e0041",
    "\x00",
    "\x1b",
    "\x7f",
    "\ud842",
)


@pytest.mark.parametrize("hidden", HIDDEN, ids=ascii)
@pytest.mark.parametrize("place", range(4))
def test_what_nobody_sees_is_left_out_wherever_it_hides(hidden: str, place: int) -> None:
    name = "夏秀娟"
    assert shown(name[:place] + hidden * 2 + name[place:]) == name


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("\u200b\u2060", ""),
        ("\u3164", ""),
        ("夏\u3164娟", "夏 娟"),
        ("Maria \u200b Santos", "Maria Santos"),
        ("夏\u2028娟", "夏 娟"),
        ("沈　珍", "沈　珍"),
        ("阿依古丽·买买提", "阿依古丽·买买提"),
        ("葛\U000e0100娟", "葛\U000e0100娟"),
        ("Jose\u0301", "José"),
        ("夏" + "\u0327" * 40 + "娟", "夏" + "\u0327" * MARKS + "娟"),
        ("\U000323af", "\U000323af"),
        ("\ue000", "\ue000"),
    ],
    ids=ascii,
)
def test_what_is_a_letter_stays_as_it_is(name: str, left: str) -> None:
    assert shown(name) == left


@given(st.text(st.characters(), max_size=60))
def test_shown_twice_is_shown_once_and_nothing_unseen_is_left(name: str) -> None:
    once = shown(name)
    assert shown(once) == once
    assert not any(unicodedata.category(sign) in UNSEEN for sign in once)
