"""What the window needs from whoever runs the visit: a view to draw, and ears for choices.

Pure. The window asks four times a second and when woken; it never waits for an answer.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

import msgspec

from kiosk.flow.steps import Choice
from kiosk.views import View

if TYPE_CHECKING:
    from kiosk.backroom.steps import Press
    from kiosk.backroom.views import StaffView


class Strip(msgspec.Struct, frozen=True):
    """The demo strip beside the face: who comes, and what goes wrong. Names are shown as they are."""

    personas: tuple[str, ...]
    persona: str
    faults: tuple[str, ...]
    active: tuple[str, ...]


class StaffRoom(Protocol):
    """The staff area as the window sees it."""

    def view(self) -> "StaffView | None":
        """What to draw of it, None while the kiosk is the residents'."""

    def press(self, press: "Press", detail: str) -> None:
        """A staff member pressed something."""

    def knock(self) -> None:
        """The fixed place of the idle screen was held: the way in where no card reader is there."""

    def make_ready(self) -> None:
        """Somebody begins to hold that place."""

    def before_drawn(self, load: Callable[[], None]) -> None:
        """Take ``load``: it is called on another thread, once, before there is a first view."""


class Room(Protocol):
    """The visit as the window sees it. Every method returns at once and is called in the window's thread."""

    def view(self) -> View:
        """What to draw now."""

    def choose(self, choice: Choice, detail: str) -> None:
        """A person pressed ``choice``."""

    def touched(self) -> None:
        """A person touched the screen, on a key or beside every one."""

    def tick(self) -> None:
        """Time has passed."""

    def on_wake(self, wake: Callable[[], None]) -> None:
        """Take ``wake``: any thread may call it when there is something new to draw."""

    @property
    def staff(self) -> StaffRoom:
        """The staff area behind it."""

    def strip(self) -> Strip | None:
        """The demo strip, None at a real station."""

    def pick_persona(self, name: str) -> None:
        """Let another simulated person come."""

    def toggle_fault(self, name: str) -> None:
        """Turn a simulated fault on or off."""
