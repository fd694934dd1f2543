"""Where results stand: in order, none lost, within their page, and as few pages as the screen allows."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.result_pages import ResultRoom, pages_for
from kiosk.theme import load_look

ROOMS = {
    f"{name}-{'large' if large else 'usual'}": panel.face.results_in(large=large)
    for name, panel in load_look().screen.items()
    for large in (False, True)
}


@pytest.mark.parametrize("room", ROOMS.values(), ids=ROOMS)
@given(whole=st.lists(st.booleans(), max_size=14), missing=st.booleans())
def test_every_value_has_a_spot_on_its_page_and_none_lies_over_another(
    room: ResultRoom, whole: list[bool], missing: bool
) -> None:
    pages = pages_for(whole, room, missing=missing)
    spots = [spot for page in pages for spot in page]
    assert len(spots) == len(whole) + (missing and room.columns > 1)
    for page in pages:
        for spot, following in pairwise(page):
            below = spot.column == following.column and spot.top + spot.high <= following.top
            assert below or spot.column + 1 == following.column
        assert all(room.top <= s.top and s.top + s.high <= room.top + room.high + 0.1 for s in page)
        assert all(spot.column < room.columns for spot in page)


@pytest.mark.parametrize("room", ROOMS.values(), ids=ROOMS)
def test_three_to_look_at_and_five_in_range_stand_on_two_pages(room: ResultRoom) -> None:
    pages = pages_for([True] * 3 + [False] * 5, room, missing=False)
    assert len(pages) == (3 if room is ROOMS["landscape-15-large"] else 2)


def test_somebody_without_any_value_has_one_empty_page() -> None:
    assert all(pages_for([], room, missing=False) == ((),) for room in ROOMS.values())
