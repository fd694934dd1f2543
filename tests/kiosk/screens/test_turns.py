"""A finger never waits for a picture's time, and without one no turn is taken that nobody asked for."""

from collections.abc import Callable, Iterator

import pytest
from kivy.base import EventLoop
from kivy.core.window import Window
from kivy.input.providers.mouse import MouseMotionEventProvider

from kiosk.widgets import turns
from kiosk.widgets.boot import FRAMES
from kiosk.widgets.turns import LONGEST_S, NAP_S, REST_NAP_S, RESTS_S, Turns

PICTURE_S = 1 / FRAMES
NEVER = 1e9


class Napping:
    """The library's clock, whose time passes in naps alone. ``at`` is what happens in the nap of a number."""

    def __init__(self) -> None:
        self._dt = self._last_tick = self._now = 0.0
        self.naps = 0
        self.due = NEVER
        self.at: dict[int, Callable[[], object]] = {}

    def get_time(self) -> float:
        return self._last_tick

    def time(self) -> float:
        return self._now

    def get_min_timeout(self) -> float:
        return self.due

    def sleep(self, seconds: float) -> None:
        self._now += seconds
        self.naps += 1
        self.at.get(self.naps, lambda: None)()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Napping:
    """Nobody touches, nothing is due and nothing is to be drawn."""
    for _ in range(3):
        EventLoop.idle()
    assert not Window.canvas.needs_redraw
    made = Napping()
    monkeypatch.setattr(turns, "Clock", made)
    monkeypatch.setattr(turns, "sleep", made.sleep)
    return made


@pytest.fixture
def _panel() -> Iterator[None]:
    """The provider of touches of a window that runs."""
    provider = MouseMotionEventProvider("mouse", "disable_multitouch")
    provider.start()
    EventLoop.add_input_provider(provider)
    yield
    EventLoop.remove_input_provider(provider)
    provider.stop()


def press() -> None:
    Window.dispatch("on_mouse_down", 1, 1, "left", [])


def lift() -> None:
    Window.dispatch("on_mouse_up", 1, 1, "left", [])


@pytest.mark.usefixtures("_panel")
def test_a_finger_is_heard_after_the_nap_in_which_it_came_and_the_next_ones_sooner(clock: Napping) -> None:
    turns_of = Turns()
    clock.at = {2: press}
    assert turns_of.wait() == pytest.approx(2 * REST_NAP_S)
    EventLoop.dispatch_input()
    begun = clock.time()
    clock.at = {5: lift}
    assert turns_of.wait() - begun == pytest.approx(3 * NAP_S)
    EventLoop.dispatch_input()
    while clock.time() < begun + 2 * RESTS_S:
        turns_of.wait()
    begun, naps = clock.time(), clock.naps
    assert turns_of.wait() - begun == pytest.approx((clock.naps - naps) * REST_NAP_S)


def test_what_is_due_or_to_be_drawn_waits_for_a_pictures_time_and_no_longer(clock: Napping) -> None:
    clock.due = 0.0
    assert PICTURE_S <= Turns().wait() < PICTURE_S + REST_NAP_S
    clock.due = NEVER
    begun = clock.time()
    clock.at = {clock.naps + 1: Window.canvas.ask_update}
    assert PICTURE_S <= Turns().wait() - begun < PICTURE_S + REST_NAP_S


def test_a_clock_is_served_when_it_asked_to_be_and_nothing_comes_before(clock: Napping) -> None:
    clock.due = 0.1
    assert 0.1 <= Turns().wait() < 0.1 + REST_NAP_S


def test_where_nothing_is_asked_for_a_turn_comes_all_the_same(clock: Napping) -> None:
    assert LONGEST_S <= Turns().wait() < LONGEST_S + REST_NAP_S
