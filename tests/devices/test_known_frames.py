"""Every known frame says what its document says, in whatever pieces it comes."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.session import Say, Session, Tell
from tests.devices.corpus import FOLDER, ORIGINS, Known, known_frames, lines, said_of

FRAMES = known_frames()


@pytest.mark.parametrize("known", FRAMES, ids=str)
def test_a_known_frame_says_what_its_source_says(known: Known) -> None:
    assert said_of(known.model.slug, known.data) == known.says


@pytest.mark.parametrize("known", FRAMES, ids=str)
def test_a_known_frame_names_its_origin(known: Known) -> None:
    assert known.origin in ORIGINS
    assert known.source


def test_no_file_of_frames_is_left_out() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == {known.model.slug for known in FRAMES}


BARE = tuple(known for known in FRAMES if not known.captured)
"""Without the captures, whose times are part of what they say."""


@pytest.mark.parametrize("known", BARE, ids=str)
def test_byte_by_byte_it_says_the_same(known: Known) -> None:
    assert _in_pieces(known, list(range(len(known.data)))) == known.says


@given(known=st.sampled_from(BARE), cuts=st.lists(st.integers(0, 600), max_size=8))
def test_in_any_pieces_it_says_the_same(known: Known, cuts: list[int]) -> None:
    assert _in_pieces(known, sorted(cuts)) == known.says


def _in_pieces(known: Known, cuts: list[int]) -> tuple[str, ...]:
    session = Session(known.model.driver, known.model.framer)
    steps: list[Say | Tell] = list(session.start(0.0))
    edges = [0, *cuts, len(known.data)]
    for start, stop in itertools.pairwise(edges):
        steps += session.receive(known.data[start:stop], 0.0)
    steps += session.finish(0.0)
    return lines(tuple(step.what for step in steps if isinstance(step, Tell)))
