"""A staff member's hand for tests: comes in by badge and PIN, presses, waits for a screen."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from kiosk.backroom.steps import Press, StaffStep
from kiosk.backroom.views import StaffView
from kiosk.demo_faults import BADGE
from kiosk.running import RunningStation
from kiosk.upkeep.demo import PIN
from kiosk.upkeep.reading_trail import ReadTrail
from tests.kiosk.walk import station, until

T = TypeVar("T")


class Hand:
    """One finger in the staff area of ``running``."""

    def __init__(self, running: RunningStation) -> None:
        self.running = running

    @property
    def view(self) -> StaffView:
        """The screen; fails where the area is not open."""
        shown = self.running.staff.view()
        assert shown is not None, "the staff area is closed"
        return shown

    def body(self, kind: type[T]) -> T:
        """The body of the screen, of the kind the test means."""
        body = self.view.body
        assert isinstance(body, kind)
        return body

    def press(self, press: Press, detail: str = "") -> None:
        """Press a key."""
        self.running.staff.press(press, detail)

    def wait(self, step: StaffStep) -> None:
        """Until that step is reached."""
        until(self.running, lambda: self.step is step)

    @property
    def step(self) -> StaffStep:
        """Where the area stands; ``OUT`` where it is closed."""
        shown = self.running.staff.view()
        return StaffStep.OUT if shown is None else shown.step

    def knock(self) -> None:
        """Lay the badge until the keypad stands there."""
        self.running.toggle_fault(BADGE)
        self.wait(StaffStep.PIN)

    def type(self, digits: str) -> None:
        """Type and confirm."""
        for digit in digits:
            self.press(Press.DIGIT, digit)
        self.press(Press.CONFIRM)

    def come_in(self) -> None:
        """By badge and the demonstration's PIN."""
        self.knock()
        self.type(PIN)
        self.wait(StaffStep.HOME)


@contextmanager
def at_station(data: Path) -> Iterator[Hand]:
    """A real station with nobody at it, and a staff member before it."""
    with station(data) as running:
        yield Hand(running)


def trail(hand: Hand) -> list[tuple[str, str, str]]:
    """Who did what with what result, oldest first."""
    lines = hand.running.desk.submit(ReadTrail("demo", 200)).result(30)
    return [(line.who, line.act, line.result) for line in reversed(lines)]
