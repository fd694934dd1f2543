"""A room and a staff area as a test sets them: the window draws them and hands them what was pressed."""

from collections.abc import Callable

from kiosk.backroom.steps import Press
from kiosk.backroom.views import StaffView
from kiosk.flow.steps import Choice
from kiosk.room import Strip
from kiosk.screens.samples import samples
from kiosk.views import View


class OneBackroom:
    """The staff area as a test sets it."""

    def __init__(self) -> None:
        self.shown: StaffView | None = None
        self.pressed: list[tuple[Press, str]] = []
        self.knocks = 0
        self.begun = 0
        self.load: Callable[[], None] | None = None

    def view(self) -> StaffView | None:
        return self.shown

    def press(self, press: Press, detail: str) -> None:
        self.pressed.append((press, detail))

    def knock(self) -> None:
        self.knocks += 1

    def make_ready(self) -> None:
        self.begun += 1

    def before_drawn(self, load: Callable[[], None]) -> None:
        self.load = load


class OneRoom:
    """A room that shows the greeting until somebody presses start, then the card."""

    def __init__(self, strip: Strip | None = None) -> None:
        self._views = {each.name: each.view for each in samples("zh_CN")}
        self._strip = strip
        self.shown = "welcome"
        self.moves = True
        self.touches = 0
        self.chosen: list[tuple[Choice, str]] = []
        self.wake: Callable[[], None] | None = None
        self.backroom = OneBackroom()

    def view(self) -> View:
        return self._views[self.shown]

    def choose(self, choice: Choice, detail: str) -> None:
        self.chosen.append((choice, detail))
        self.shown = "identify"

    def touched(self) -> None:
        self.touches += 1

    def tick(self) -> None:
        if self.moves:
            self.shown = "consent"

    @property
    def staff(self) -> "OneBackroom":
        return self.backroom

    def on_wake(self, wake: Callable[[], None]) -> None:
        self.wake = wake

    def strip(self) -> Strip | None:
        return self._strip

    def pick_persona(self, name: str) -> None:
        self.shown = name

    def toggle_fault(self, name: str) -> None:
        self.shown = name
