"""Health o meter Professional ESC scales: nothing until the weight locks, then one packet a second.

One weighing is one reading: repeats are passed over until the stream stops, which is told as ``EMPTY``.
RECALL on "L" models sends the previous packet once more; so a new stream that begins with the very packet of
the last one is believed only when it repeats. A packet carries no checksum: that it came ``ALIKE`` times
running is told as ``REPEATED``. Firmware that streams unlocked values is another model's,
``pelstar_live``.
"""

from collections.abc import Generator, Iterator

from devices.codecs.pelstar import Packet, blanked, check_height, look, parse
from devices.drivers.listening import refuse
from devices.drivers.weighing import ALIKE, EMPTY, REPEATED
from devices.framing import Frame, Framer, Noise
from devices.reading import Quantity, Reading
from devices.session import (
    Driver,
    Reason,
    RefusedError,
    Step,
    Tell,
    TimeUp,
    Unread,
    Working,
    hear,
    refuse_noise,
)

STREAM_GAP = 2.5
"""Seconds without a packet after which a stream has stopped; packets come once a second."""

Listening = Generator[Step, Frame | Noise | None, tuple[Packet, Frame]]


def framer() -> Framer:
    """Packets carry their own begin and end."""
    return Framer(look)


def driver() -> Driver:
    """Listens for ever; tells a weight, and a height where the rod or the keys gave one."""
    past: Packet | None = None
    while True:
        packet, frame = yield from _next_packet(None)
        again = packet == past
        if again and not (yield from _repeats(packet)):
            yield Tell(Unread(Reason.RECALLED, len(frame.data), frame.at))
            continue
        yield from _tell(packet, None, frame)
        past = yield from _stream(packet, 2 if again else 1)


def _stream(packet: Packet, alike: int) -> Generator[Step, Frame | Noise | None, Packet]:
    """Tells what is new until the stream stops; hands back its last packet, heard ``alike`` times so far."""
    while True:
        try:
            follower, frame = yield from _next_packet(STREAM_GAP)
        except TimeUp:
            yield Tell(Working(EMPTY))
            return packet
        if follower == packet:
            alike += 1
            if alike == ALIKE:
                yield Tell(Working(REPEATED))
        elif follower.metric == packet.metric:
            yield from _tell(follower, packet, frame)
            packet, alike = follower, 1


def _repeats(packet: Packet) -> Generator[Step, Frame | Noise | None, bool]:
    try:
        follower, _ = yield from _next_packet(STREAM_GAP)
    except TimeUp:
        return False
    return follower == packet


def _next_packet(within: float | None) -> Listening:
    """The next packet with somebody on the scale. Raises ``TimeUp``; noise does not put it off."""
    keep = False
    while True:
        heard = yield from hear(within, keep=keep)
        keep = True
        if isinstance(heard, Noise):
            yield refuse_noise(heard)
            continue
        try:
            packet = parse(heard)
        except RefusedError as error:
            yield refuse(error, heard)
            continue
        if packet.weight is not None:
            return packet, heard


def _tell(packet: Packet, before: Packet | None, frame: Frame) -> Iterator[Tell]:
    data = blanked(frame.data)
    if packet.weight is not None and (before is None or packet.weight != before.weight):
        unit = "kg" if packet.metric else "[lb_av]"
        yield Tell(Reading(Quantity.BODY_WEIGHT, packet.weight, unit, stable=True, frame=data))
    if packet.height is None or (before is not None and packet.height == before.height):
        return
    try:
        check_height(packet)
    except RefusedError as error:
        yield refuse(error, frame, Quantity.BODY_HEIGHT)
        return
    unit = "cm" if packet.metric else "[in_i]"
    yield Tell(Reading(Quantity.BODY_HEIGHT, packet.height, unit, stable=True, frame=data))
