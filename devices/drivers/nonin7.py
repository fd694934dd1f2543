"""A Nonin oximeter in serial format 7: saturation and pulse three times a second, from whole packets."""

from collections.abc import Iterator

import msgspec

from devices.codecs.nonin import ACK, NAK, choose
from devices.codecs.nonin7 import FORMAT, PACKET_FRAMES, first, look, parse
from devices.drivers.finger import Finger
from devices.drivers.listening import refuse
from devices.framing import Frame, Framer, Noise
from devices.session import (
    Complaint,
    Driver,
    Reason,
    RefusedError,
    Say,
    Tell,
    TimeUp,
    Unread,
    hear,
    refuse_noise,
)

SILENCE_SECONDS = 5.0
"""Without a frame for so long the format is asked for again."""

PACKETS = 3
"""A second: 75 frames, 25 a packet."""


class _Gathering(msgspec.Struct):
    """Frames since the last that began a packet; none while out of step."""

    finger: Finger = msgspec.field(default_factory=lambda: Finger(per_second=PACKETS))
    frames: list[Frame] = msgspec.field(default_factory=list)

    def lose(self) -> None:
        """Bytes were lost."""
        self.frames.clear()
        self.finger.interrupted()

    def take(self, frame: Frame) -> Iterator[Tell]:
        """One more frame; the last of a packet makes its value."""
        if first(frame) and self.frames:
            begun, size = self.frames[0].at, sum(len(one.data) for one in self.frames)
            self.lose()
            yield Tell(Unread(Reason.INCOMPLETE, size, begun))
        if first(frame) or self.frames:
            self.frames.append(frame)
        if len(self.frames) == PACKET_FRAMES:
            yield from self._close()

    def _close(self) -> Iterator[Tell]:
        packet = Frame(b"".join(frame.data for frame in self.frames), self.frames[0].at)
        try:
            said = parse(self.frames)
        except RefusedError as error:
            self.lose()
            yield refuse(error, packet)
            return
        self.frames.clear()
        yield from self.finger.hear(said, packet)


def framer() -> Framer:
    """Five bytes with their sum."""
    return Framer(look)


def driver() -> Driver:
    """Asks for format 7, then listens for ever."""
    gathering = _Gathering()
    yield Say(choose(FORMAT))
    while True:
        try:
            heard = yield from hear(SILENCE_SECONDS)
        except TimeUp:
            gathering = _Gathering()
            yield Say(choose(FORMAT))
            continue
        if isinstance(heard, Noise):
            gathering.lose()
            yield refuse_noise(heard)
        elif heard.data == NAK:
            yield Tell(Complaint("format_refused", len(heard.data), heard.at))
        elif heard.data != ACK:
            yield from gathering.take(heard)
