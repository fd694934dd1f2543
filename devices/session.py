"""A driver in conversation: what it says, hears and tells, against a clock that is handed in.

A driver is a generator that yields steps and is sent what was heard; a time-out is thrown into it.
``Session`` walks it. There is no port, no sleep and no clock in here: ``now`` is seconds of any clock that
only rises, so a time-out of thirty seconds is tested in a millisecond.
"""

from collections.abc import Callable, Generator
from decimal import Decimal
from enum import StrEnum

import msgspec

from devices.errors import DeviceError
from devices.framing import Frame, Framer, Noise
from devices.reading import Card, Code, Confidential, Reading
from devices.wire import Wire


class Reason(StrEnum):
    """Why bytes made no value. Staff and the ``decode`` command read these words."""

    JUNK = "junk"
    CUT = "cut"
    SHAPE = "shape"
    CHECKSUM = "checksum"
    SEQUENCE = "sequence"
    INCOMPLETE = "incomplete"
    ABORTED = "aborted"
    RANGE = "range"
    UNIT = "unit"
    DATE = "date"
    NO_VALUE = "no_value"
    NOT_FINAL = "not_final"
    NOT_PATIENT = "not_patient"
    UNKNOWN_CODE = "unknown_code"
    RECALLED = "recalled"


UNREADABLE = frozenset({Reason.JUNK, Reason.CUT, Reason.SHAPE, Reason.CHECKSUM})
"""Refused without having been understood: another speed, another protocol, or a damaged wire."""


class RefusedError(DeviceError):
    """A frame that makes no value. Raised by codecs, told by drivers."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"The bytes make no value ({reason}); measure again.")
        self.reason = reason
        self.detail = detail


class Unread(msgspec.Struct, frozen=True):
    """``size`` bytes at offset ``at`` of the stream were refused."""

    reason: Reason
    size: int
    at: int
    detail: str = ""


class Complaint(msgspec.Struct, frozen=True):
    """The instrument says, in ``size`` bytes at offset ``at``, that it could not measure."""

    code: str
    size: int
    at: int


class Working(msgspec.Struct, frozen=True):
    """Something is on its way."""

    step: str


Told = Reading | Card | Code | Unread | Complaint | Working


class Body(msgspec.Struct, frozen=True):
    """What a body-composition scale must know before it starts: years, whether male, height in cm."""

    male: bool
    age: int
    height: Decimal


class Start(msgspec.Struct, frozen=True):
    """The house wants a measurement. ``body`` where the instrument cannot do without."""

    body: Body | None = None


class Zero(msgspec.Struct, frozen=True):
    """The house wants an empty scale to call this zero."""


class Announce(Confidential, msgspec.Struct, frozen=True):
    """The house tells an analyser of a specimen before it comes: its ticket, and the tests it wants.

    ``tests`` are the instrument's own codes. No ``repr``: a ticket leads to a person.
    """

    specimen: str
    tests: tuple[str, ...]


Command = Start | Zero | Announce
"""What the house may ask of a driver. Stopping is none of them: ``Line.stop`` goes past the driver."""


class Say(Confidential, msgspec.Struct, frozen=True):
    """Put these bytes on the wire."""

    data: bytes


class Hear(msgspec.Struct, frozen=True):
    """Wait for a frame or noise; after ``within`` seconds ``TimeUp`` is thrown in. None waits for ever.

    ``keep`` leaves an earlier deadline where it is, so that noise cannot put off a time-out. ``commands``: a
    command of the house may come instead of a frame; while a driver does not attend it is refused at once.
    """

    within: float | None = None
    keep: bool = False
    commands: bool = False


class Tell(Confidential, msgspec.Struct, frozen=True):
    """Hand this to the house."""

    what: Told


class TimeUp(Exception):  # noqa: N818 - it is an event thrown into a driver, no error that anybody meets
    """The time that the driver gave has passed."""


Step = Say | Hear | Tell
Sent = Frame | Noise | Command | None
Driver = Generator[Step, Sent, None]
Hearing = Generator[Step, Sent, Frame | Noise]
Attending = Generator[Step, Sent, Frame | Noise | Command]


def hear(within: float | None = None, *, keep: bool = False) -> Hearing:
    """``heard = yield from hear(30)``: the next frame or noise. Raises ``TimeUp``."""
    while True:
        heard = yield Hear(within, keep)
        if isinstance(heard, Frame | Noise):
            return heard


def attend(within: float | None = None, *, keep: bool = False) -> Attending:
    """As ``hear``, and for commands of the house too."""
    while True:
        heard = yield Hear(within, keep, commands=True)
        if heard is not None:
            return heard


def refuse_noise(noise: Noise) -> Tell:
    """Noise as something to tell."""
    return Tell(Unread(Reason.CUT if noise.cut else Reason.JUNK, noise.size, noise.at))


class Session:
    """One driver and one framer, from the opening of a port to its loss. ``wire`` sees what they see."""

    def __init__(
        self, driver: Callable[[], Driver], framer: Callable[[], Framer], wire: Wire | None = None
    ) -> None:
        self._driver = driver()
        self._framer = framer()
        self._wire = Wire() if wire is None else wire
        self._wire.begin()
        self._due: float | None = None
        self._heard_at: float | None = None
        self._attends = False
        self._puzzled: float | None = None

    @property
    def holding(self) -> int:
        """Bytes that are pending in the framer."""
        return self._framer.holding

    @property
    def puzzled_since(self) -> float | None:
        """When the first of the bytes came behind which nothing was understood; None while all is well.

        A frame that the driver takes ends it, whatever it says: out of range is understood, a wrong checksum
        is not.
        """
        return self._puzzled

    @property
    def deadline(self) -> float | None:
        """When ``tick`` has something to do, or None."""
        quiet = None
        if self._framer.holding and self._heard_at is not None:
            quiet = self._heard_at + self._framer.quiet
        times = [due for due in (self._due, quiet) if due is not None]
        return min(times) if times else None

    def start(self, now: float) -> tuple[Say | Tell, ...]:
        """Up to the first time the driver listens."""
        return tuple(self._walk(next(self._driver), now))

    def receive(self, data: bytes, now: float) -> tuple[Say | Tell, ...]:
        """These bytes came in."""
        self._heard_at = now
        self._wire.came(data, now)
        out = self._hand(self._framer.feed(data), now)
        if self._framer.holding and self._puzzled is None:
            self._puzzled = now
        return out

    def command(self, command: Command, now: float) -> tuple[Say | Tell, ...]:
        """The house wants this now. Never kept for later: a cuff must not fill when nobody expects it."""
        if not self._attends:
            return (Tell(Complaint("not_now", 0, 0)),)
        return tuple(self._walk(self._driver.send(command), now))

    def tick(self, now: float) -> tuple[Say | Tell, ...]:
        """Time has passed: gives up half frames, throws time-outs that are due."""
        out: tuple[Say | Tell, ...] = ()
        if self._framer.holding and self._heard_at is not None and now >= self._heard_at + self._framer.quiet:
            out = self._hand(self._framer.end(), now)
        if self._due is not None and now >= self._due:
            out += self._time_up(now)
        return out

    def finish(self, now: float) -> tuple[Say | Tell, ...]:
        """No byte will come any more: what is half said is refused. For captures."""
        out = self._hand(self._framer.end(), now)
        if self._due is not None:
            out += self._time_up(now)
        return out

    def close(self) -> None:
        """Ends the driver."""
        self._driver.close()

    def _time_up(self, now: float) -> tuple[Say | Tell, ...]:
        self._due = None
        return tuple(self._walk(self._driver.throw(TimeUp()), now))

    def _hand(self, heard: tuple[Frame | Noise, ...], now: float) -> tuple[Say | Tell, ...]:
        self._wire.framed(heard, self._framer.settled)
        out: list[Say | Tell] = []
        for item in heard:
            steps = self._walk(self._driver.send(item), now)
            self._understand(item, steps, now)
            out += steps
        return tuple(out)

    def _understand(self, item: Frame | Noise, steps: list[Say | Tell], now: float) -> None:
        if isinstance(item, Frame) and len(item.data) == 1:
            return  # a control byte or a NUL: noise is full of them
        whats = [step.what for step in steps if isinstance(step, Tell)]
        refused = any(isinstance(what, Unread) and what.reason in UNREADABLE for what in whats)
        if isinstance(item, Frame) and not refused:
            self._puzzled = None
        elif self._puzzled is None:
            self._puzzled = now

    def _walk(self, step: Step, now: float) -> list[Say | Tell]:
        out: list[Say | Tell] = []
        while not isinstance(step, Hear):
            out.append(step)
            step = next(self._driver)
        self._attends = step.commands
        if not step.keep:
            self._due = None if step.within is None else now + step.within
        return out
