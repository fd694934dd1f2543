"""Memory is swept when the window says so, and everything at least now and then."""

import pytest

from kiosk import sweeping
from kiosk.sweeping import MOST_BEATS, Sweeping

WHOLE = 2
"""The oldest generation: a sweep of it is one of everything."""


class Collector:
    """Writes down what the sweeping asks of Python."""

    def __init__(self) -> None:
        self.swept: list[int] = []
        self.by_itself = True

    def disable(self) -> None:
        self.by_itself = False

    def enable(self) -> None:
        self.by_itself = True

    def unfreeze(self) -> None:
        pass

    def collect(self, generation: int = WHOLE) -> None:
        self.swept.append(generation)


@pytest.fixture
def collector(monkeypatch: pytest.MonkeyPatch) -> Collector:
    made = Collector()
    monkeypatch.setattr(sweeping, "gc", made)
    return made


def test_nothing_is_swept_between_two_beats_until_the_window_closes(collector: Collector) -> None:
    work = Sweeping()
    work.begin()
    assert not collector.by_itself
    assert collector.swept == []
    work.end()
    assert collector.by_itself


def test_a_beat_sweeps_what_is_young_and_many_beats_everything_once(collector: Collector) -> None:
    work = Sweeping()
    for _ in range(MOST_BEATS):
        work.beat()
    assert collector.swept.count(WHOLE) == 1
    assert collector.swept[-1] == WHOLE


def test_a_beat_after_screens_went_sweeps_everything(collector: Collector) -> None:
    work = Sweeping()
    work.beat(went=True)
    work.beat()
    assert collector.swept == [WHOLE, 1]


def test_behind_a_visit_everything_is_swept_and_the_beats_are_counted_anew(collector: Collector) -> None:
    work = Sweeping()
    for _ in range(MOST_BEATS - 1):
        work.beat()
    work.whole()
    work.beat()
    assert collector.swept[-2:] == [WHOLE, 1]
