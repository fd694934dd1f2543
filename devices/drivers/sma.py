"""SMA SCP-0499 scale: asked for its weight, which says in band whether it moves."""

from collections.abc import Iterator

from devices.codecs.lines import line_look
from devices.codecs.load import Load
from devices.codecs.sma import ABORT, LIMIT, WEIGH, ZERO, parse
from devices.drivers.asking import asking
from devices.drivers.weighing import Platform
from devices.framing import Frame, Framer
from devices.session import Driver, RefusedError, Tell


def framer() -> Framer:
    """An answer stands between LF and CR."""
    return Framer(line_look(LIMIT))


def driver() -> Driver:
    """Tells live and settled weights; can zero."""
    return asking(WEIGH, ZERO, _read, hello=ABORT)


def _read(frame: Frame, platform: Platform) -> Iterator[Tell]:
    try:
        said = parse(frame)
    except RefusedError as error:
        yield from platform.refuse(error, frame)
        return
    if isinstance(said, Load):
        yield from platform.hear(said, frame)
    else:
        yield from platform.complain(said.code, frame)
