"""What the staff area works with: the instruments, the desk, and what this machine lets be set.

Protocols and one frozen handful of them, so that the staff area can be tried without a window or a port.
Everything here returns at once; the desk and the doctor answer later.
"""

from collections.abc import Callable
from concurrent.futures import Future
from decimal import Decimal
from typing import Protocol, TypeVar

import msgspec

from devices.calibration_limits import Span, Standard
from devices.model import Model
from devices.reading import Quantity
from devices.wire import Piece
from health.visit import Instrument
from kiosk.backroom.references import Reference
from kiosk.clock import Clock
from kiosk.courier.events import Trouble
from kiosk.doctor import Check
from kiosk.jobs import Job
from kiosk.upkeep.standing import Board

A = TypeVar("A")


class Tools(Protocol):
    """The instruments on their lines."""

    def described(self) -> tuple[Instrument, ...]:
        """Every instrument as it stands in a record."""

    def model_of(self, instrument: str) -> Model | None:
        """The model of the instrument with that id."""

    def plugged(self, instrument: str) -> bool:
        """Whether the line of that instrument is open, whether it rests or not."""

    def seen(self, instrument: str) -> tuple[Piece, ...]:
        """What passed last over the line of that instrument, with identity fields blanked."""

    def port_of(self, instrument: str) -> str:
        """Where that instrument is plugged in, as staff know it."""


class Desk(Protocol):
    """The desk, as far as the staff area hands jobs in."""

    def submit(self, job: Job[A]) -> Future[A]:
        """Hands a job in and returns at once."""


class Panel(Protocol):
    """Loudness and brightness of this machine, 0 to 10; None where the system lets nothing be set."""

    def volume(self) -> int | None:
        """How loud it is."""

    def set_volume(self, steps: int) -> None:
        """Make it so loud."""

    def brightness(self) -> int | None:
        """How bright it is."""

    def set_brightness(self, steps: int) -> None:
        """Make it so bright."""

    def play(self) -> None:
        """Let it be heard how loud a resident hears it."""


class Premises(msgspec.Struct, frozen=True):
    """Everything outside the staff area. ``plates`` are what is engraved on scales and stadiometers.

    ``board`` is how every instrument stands, None before the desk looked; ``trouble`` why the clinic cannot
    be reached, None where it can or nobody knows yet. ``send`` wakes the courier; ``examine`` lets the doctor
    look. ``slop`` is how far beside a key a touch still means it, in mm; ``paper`` the key of what is wrong
    with it; ``learn_badge`` lets a new colleague's card answer calls from now on.
    """

    station: str
    clock: Clock
    tools: Tools
    desk: Desk
    panel: Panel
    plates: tuple[Span, ...]
    references: tuple[Reference, ...]
    board: Callable[[], Board | None]
    trouble: Callable[[], Trouble | None]
    send: Callable[[], None]
    paper: Callable[[], str | None]
    examine: Callable[[], Future[tuple[Check, ...]]]
    taken_meters: Callable[[], tuple[str, ...]]
    learn_badge: Callable[[str, str], None]
    demo: bool = False
    demo_pin: str = ""
    slop: float = 3.5

    def plate(self, instrument: str, quantity: Quantity) -> Span | None:
        """The range engraved on that instrument, None where it was not entered."""
        return next((p for p in self.plates if (p.instrument, p.quantity) == (instrument, quantity)), None)

    def standards(self, span: Span) -> tuple[Standard, ...]:
        """The references of this station that lie within ``span``, smallest first."""
        fit = [r.standard for r in self.references if r.quantity is span.quantity]
        inside = [s for s in fit if span.low <= s.value <= span.high and s.value > Decimal(0)]
        return tuple(sorted(inside, key=lambda one: one.value))
