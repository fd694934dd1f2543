"""A&D scale in its standard format: listens, whether it streams lines or prints one by its key."""

from collections.abc import Iterator

from devices.codecs.and_scale import LIMIT, parse
from devices.codecs.lines import line_look
from devices.drivers.weighing import REPEATED, Platform
from devices.framing import Frame, Framer, Noise
from devices.session import Driver, RefusedError, Tell, TimeUp, Working, hear, refuse_noise

STREAM_GAP = 2.5
"""Seconds of silence after which the next line is another weighing: such a scale prints by its key."""


def framer() -> Framer:
    """Lines."""
    return Framer(line_look(LIMIT))


def driver() -> Driver:
    """Listens for ever; tells live and settled weights."""
    platform = Platform()
    while True:
        try:
            heard = yield from hear(STREAM_GAP)
        except TimeUp:
            if platform.alike == 1:  # printed by its key: there is nothing to compare it with
                yield Tell(Working(REPEATED))
            yield from platform.clear()
            continue
        if isinstance(heard, Noise):
            yield refuse_noise(heard)
        else:
            yield from _read(heard, platform)


def _read(frame: Frame, platform: Platform) -> Iterator[Tell]:
    try:
        load = parse(frame)
    except RefusedError as error:
        yield from platform.refuse(error, frame)
        return
    if load is None:
        yield from platform.complain("overload", frame)
    else:
        yield from platform.hear(load, frame)
