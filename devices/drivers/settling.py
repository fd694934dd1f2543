"""A scale that streams and never says whether it moves.

Every packet is told as live, for whoever can judge with a clock; a weight that came three times running is
told once with ``stable`` None, for whoever has nothing better: the scale did not say.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal

import msgspec
from msgspec.structs import replace

from devices.codecs.load import Load
from devices.drivers.weighing import ALIKE, Platform
from devices.framing import Frame
from devices.session import Driver, RefusedError, Tell, TimeUp, hear, refuse_noise

STREAM_GAP = 2.5
"""Seconds of silence after which the next packet is another weighing."""


class _Settling(msgspec.Struct):
    platform: Platform = msgspec.field(default_factory=Platform)
    last: tuple[Decimal, str] | None = None
    alike: int = 0

    def clear(self) -> Iterator[Tell]:
        yield from self.platform.clear()
        self.last = None

    def hear(self, load: Load, frame: Frame) -> Iterator[Tell]:
        self.alike = self.alike + 1 if load.said == self.last else 1
        self.last = load.said
        settled = None if self.alike >= ALIKE and load.said != self.platform.told else False
        self.platform.moving = None
        yield from self.platform.hear(replace(load, stable=settled), frame)


def settling(
    parse: Callable[[Frame], Load], blanked: Callable[[bytes], bytes] = bytes, gap: float = STREAM_GAP
) -> Driver:
    """Listens for ever; tells live weights and those that settled."""
    scale = _Settling()
    while True:
        try:
            heard = yield from hear(gap)
        except TimeUp:
            yield from scale.clear()
            continue
        if not isinstance(heard, Frame):
            yield refuse_noise(heard)
            continue
        try:
            load = parse(heard)
        except RefusedError as error:
            yield from scale.platform.refuse(error, heard)
            continue
        yield from scale.hear(load, replace(heard, data=blanked(heard.data)))
