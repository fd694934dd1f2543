"""Where results stand: in order, none lost, within their page, on as few pages as a visit has presses for."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.result_pages import PAGES, Form, ResultRoom, pages_for
from kiosk.theme import load_look

ROOMS = {
    f"{name}-{'large' if large else 'usual'}": panel.face.results_in(large=large)
    for name, panel in load_look().screen.items()
    for large in (False, True)
}
MEASURED = 8
"""Values of a visit at the station of the demonstration: the two pressures are one."""


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
            below = spot.column == following.column or following.across
            lower = spot.top + spot.high <= following.top + 0.01
            assert lower if below else spot.column + 1 == following.column
        assert all(room.top <= s.top and s.top + s.high <= room.top + room.high + 0.1 for s in page)
        assert all(spot.column < room.columns for spot in page)


@pytest.mark.parametrize("room", ROOMS.values(), ids=ROOMS)
@given(whole=st.lists(st.booleans(), max_size=14), missing=st.booleans())
def test_what_is_to_be_looked_at_is_never_a_row_and_everything_is_as_high_as_it_needs(
    room: ResultRoom, whole: list[bool], missing: bool
) -> None:
    spots = [spot for page in pages_for(whole, room, missing=missing) for spot in page]
    for spot, looked_at in zip(spots, whole, strict=False):
        assert spot.high >= room.least(spot.form) - 0.01
        assert not (looked_at and spot.form is Form.ROW)


@pytest.mark.parametrize("room", ROOMS.values(), ids=ROOMS)
@given(whole=st.lists(st.booleans(), max_size=MEASURED))
def test_whatever_is_to_be_looked_at_of_a_visit_stands_on_two_pages(
    room: ResultRoom, whole: list[bool]
) -> None:
    assert len(pages_for(whole, room, missing=False)) <= PAGES


@pytest.mark.parametrize("room", ROOMS.values(), ids=ROOMS)
@given(whole=st.lists(st.booleans(), max_size=MEASURED // 2))
def test_a_line_on_missing_blood_brings_no_third_page(room: ResultRoom, whole: list[bool]) -> None:
    assert len(pages_for(whole, room, missing=True)) <= PAGES


@pytest.mark.parametrize("room", ROOMS.values(), ids=ROOMS)
def test_the_most_serious_keep_their_cards_where_some_must_be_low(room: ResultRoom) -> None:
    first, *_, last = (
        spot.form for page in pages_for([True] * 6 + [False] * 2, room, missing=False) for spot in page
    )
    assert first is Form.WHOLE
    assert last is not Form.LINE


def test_a_page_with_room_to_spare_shows_more_of_what_is_in_range() -> None:
    room = ROOMS["landscape-15-usual"]
    _, second = pages_for([True, True, False, False], room, missing=True)
    assert [(spot.form, spot.column) for spot in second] == [(Form.WHOLE, 0), (Form.WHOLE, 1), (Form.LINE, 0)]
    assert second[-1].across


def test_somebody_without_any_value_has_one_empty_page() -> None:
    assert all(pages_for([], room, missing=False) == ((),) for room in ROOMS.values())
