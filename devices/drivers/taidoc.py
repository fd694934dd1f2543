"""TaiDoc TD-42xx: asks whether a meter is there, then for its clock and its newest record.

A record is a result when it is at most ten minutes old by the meter's own clock, so a clock that is set wrong
does no harm. One record is told once. The driver answers to what a reply is, not to what it expected.
"""

from collections.abc import Generator, Iterator
from datetime import datetime, timedelta

import msgspec

from devices.codecs.blood import within
from devices.codecs.taidoc import (
    CLOCK,
    CONNECT,
    COUNT,
    MODEL,
    NEWEST,
    READY,
    TIME,
    VALUE,
    Reply,
    civil_time,
    look,
    milligrams,
    parse,
    request,
)
from devices.drivers.listening import refuse
from devices.framing import Frame, Framer, Noise
from devices.reading import Quantity, Reading
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
    hear,
    refuse_noise,
)

POLL_SECONDS = 3.0
REPLY_SECONDS = 1.0
QUIET_SECONDS = 0.5
FRESH = timedelta(minutes=10)
UNIT = "mg/dL"


class _Record(msgspec.Struct):
    """What is known so far of the newest record, and which was told last."""

    clock: datetime | None = None
    taken: datetime | None = None
    told: tuple[datetime, bytes] | None = None


def framer() -> Framer:
    """Eight bytes; half of them are given up before the next question."""
    return Framer(look, quiet=QUIET_SECONDS)


def driver() -> Driver:
    """Asks for ever; tells each fresh record once."""
    record = _Record()
    pause, noisy = REPLY_SECONDS, False
    yield Say(request(CONNECT))
    while True:
        try:
            heard = yield from hear(pause, keep=noisy)
        except TimeUp:
            pause, noisy = REPLY_SECONDS, False
            record.clock = record.taken = None
            yield Say(request(CONNECT))
            continue
        noisy = isinstance(heard, Noise)
        if isinstance(heard, Noise):
            yield refuse_noise(heard)
        else:
            pause = yield from _answer(heard, record)


def _answer(frame: Frame, record: _Record) -> Generator[Step, Sent, float]:
    """Says what comes next; hands back how long to wait for it."""
    try:
        reply = parse(frame)
        asked = _next(reply, record)
    except RefusedError as error:
        yield refuse(error, frame)
        return POLL_SECONDS
    if reply.command == VALUE:
        yield from _tell(reply, record, frame)
    if asked is None:
        return POLL_SECONDS
    yield Say(asked)
    return REPLY_SECONDS


def _next(reply: Reply, record: _Record) -> bytes | None:
    """The request that follows, None at the end of a round. Raises ``RefusedError`` (date)."""
    if reply.command in (CONNECT, MODEL, READY):
        return request(COUNT)
    if reply.command == COUNT:
        return request(CLOCK) if int.from_bytes(reply.data[:2], "little") else None
    if reply.command == CLOCK:
        record.clock = civil_time(reply.data)
        return request(TIME, NEWEST)
    if reply.command == TIME:
        record.taken = civil_time(reply.data)
        return request(VALUE, NEWEST)
    return None


def _tell(reply: Reply, record: _Record, frame: Frame) -> Iterator[Tell]:
    taken, clock = record.taken, record.clock
    record.taken = record.clock = None
    if taken is None or clock is None:
        yield Tell(Unread(Reason.SEQUENCE, len(frame.data), frame.at))
        return
    if record.told == (taken, reply.data):
        return
    record.told = (taken, reply.data)
    if not timedelta(0) <= clock - taken <= FRESH:
        yield Tell(Unread(Reason.RECALLED, len(frame.data), frame.at))
        return
    try:
        value = within(Quantity.GLUCOSE, milligrams(reply.data), UNIT)
    except RefusedError as error:
        yield refuse(error, frame)
        return
    yield Tell(Reading(Quantity.GLUCOSE, value, UNIT, device_time=taken, frame=frame.data))
