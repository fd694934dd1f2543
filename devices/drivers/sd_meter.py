"""SD Biosensor meters: answered within the second they are switched on, they say their whole memory.

The memory holds other people's results. The first time only the newest record by the meter's own clock is a
result, whatever that clock says; later, only records that were not there before. All others are recalled. A
transfer counts whole or not at all: with a record unread, which is the newest cannot be known.
"""

from collections.abc import Callable, Generator, Iterator

import msgspec

from devices.codecs.blood import within
from devices.codecs.sd_meter import (
    ACCEPT,
    BYE,
    GREETING,
    NEXT,
    Dialect,
    Measured,
    ReadRecord,
    counted,
    unwrap,
)
from devices.drivers.listening import hear_said, refuse
from devices.framing import Frame, Framer
from devices.reading import Reading
from devices.session import (
    Driver,
    Reason,
    RefusedError,
    Say,
    Sent,
    Step,
    Tell,
    TimeUp,
    Unread,
    Working,
    hear,
    refuse_noise,
)

REPLY_SECONDS = 5.0
BYE_SECONDS = 2.0
UNIT = "mg/dL"


class _Transfer(msgspec.Struct):
    """What the meter said since its greeting at offset ``at``. ``count`` is None until it has said it."""

    at: int
    count: int | None = None
    records: list[tuple[bytes, Frame]] = msgspec.field(default_factory=list)

    @property
    def size(self) -> int:
        return sum(len(frame.data) for _, frame in self.records)

    @property
    def whole(self) -> bool:
        return self.count == len(self.records)

    def take(self, message: bytes, frame: Frame) -> None:
        """The count or the next record. Raises ``RefusedError`` (shape)."""
        if self.count is None:
            self.count = counted(message)
        elif self.whole:
            raise RefusedError(Reason.SHAPE)
        else:
            self.records.append((message, frame))


class _Memory(msgspec.Struct):
    """Records the meter had when it was last read; None before the first time."""

    known: frozenset[bytes] | None = None


def meter_framer(dialect: Dialect) -> Callable[[], Framer]:
    """Frames of one model."""
    return lambda: Framer(dialect.look)


def meter(dialect: Dialect, read: ReadRecord) -> Callable[[], Driver]:
    """A driver for one model."""

    def driver() -> Driver:
        memory = _Memory()
        while True:
            message, heard = yield from hear_said(unwrap)
            if message != GREETING:
                yield Tell(Unread(Reason.SEQUENCE, len(heard.data), heard.at))
                continue
            transfer = yield from _receive(dialect, heard.at)
            if transfer is not None:
                yield from _close(transfer, read, memory)

    return driver


def _receive(dialect: Dialect, at: int) -> Generator[Step, Sent, _Transfer | None]:
    """From the greeting to the goodbye; None where the memory did not come whole."""
    transfer = _Transfer(at)
    yield Say(dialect.say(ACCEPT))
    yield Tell(Working("receiving"))
    while True:
        try:
            frame = yield from _next_frame(BYE_SECONDS if transfer.whole else REPLY_SECONDS)
        except TimeUp:
            if not transfer.whole:
                yield Tell(Unread(Reason.INCOMPLETE, transfer.size, transfer.at))
            return transfer if transfer.whole else None
        try:
            message = unwrap(frame)
            if message == BYE and transfer.whole:
                return transfer
            if message == GREETING:
                transfer = _Transfer(frame.at)
                yield Say(dialect.say(ACCEPT))
                continue
            transfer.take(message, frame)
        except RefusedError as error:
            yield refuse(error, frame)
            return None
        yield Say(dialect.say(NEXT))


def _next_frame(seconds: float) -> Generator[Step, Sent, Frame]:
    keep = False
    while True:
        heard = yield from hear(seconds, keep=keep)
        if isinstance(heard, Frame):
            return heard
        keep = True
        yield refuse_noise(heard)


def _close(transfer: _Transfer, read: ReadRecord, memory: _Memory) -> Iterator[Tell]:
    measured: list[tuple[bytes, Measured, Frame]] = []
    unread: list[Unread] = []
    for message, frame in transfer.records:
        try:
            measured.append((message, read(message), frame))
        except RefusedError as error:
            unread.append(Unread(error.reason, len(frame.data), frame.at))
    if unread:
        yield from map(Tell, unread)
        return
    fresh = _fresh(measured, memory)
    memory.known = frozenset(message for message, _, _ in measured)
    old = sum(len(frame.data) for _, _, frame in measured) - sum(len(frame.data) for _, frame in fresh)
    if old:
        yield Tell(Unread(Reason.RECALLED, old, transfer.at))
    for said, frame in fresh:
        yield from _tell(said, frame)


def _fresh(
    measured: list[tuple[bytes, Measured, Frame]], memory: _Memory
) -> tuple[tuple[Measured, Frame], ...]:
    if memory.known is not None:
        return tuple((said, frame) for message, said, frame in measured if message not in memory.known)
    newest = max((said.taken for _, said, _ in measured), default=None)
    return tuple((said, frame) for _, said, frame in measured if said.taken == newest)


def _tell(said: Measured, frame: Frame) -> Iterator[Tell]:
    for kind, value in said.values:
        if value is None:
            continue
        try:
            within(kind, value, UNIT)
        except RefusedError as error:
            yield refuse(error, frame, kind)
            continue
        yield Tell(Reading(kind, value, UNIT, device_time=said.taken, frame=frame.data))
