"""Mettler-Toledo MT-SICS scale: asked for its weight as it is, stable or moving."""

from collections.abc import Iterator

from devices.codecs.lines import line_look
from devices.codecs.load import Load
from devices.codecs.mt_sics import LIMIT, WEIGH, ZERO, parse
from devices.drivers.asking import asking
from devices.drivers.weighing import Platform
from devices.framing import Frame, Framer
from devices.session import Driver, RefusedError, Tell


def framer() -> Framer:
    """Lines."""
    return Framer(line_look(LIMIT))


def driver() -> Driver:
    """Tells live and settled weights; can zero."""
    return asking(WEIGH, ZERO, _read)


def _read(frame: Frame, platform: Platform) -> Iterator[Tell]:
    try:
        said = parse(frame)
    except RefusedError as error:
        yield from platform.refuse(error, frame)
        return
    if isinstance(said, Load):
        yield from platform.hear(said, frame)
    elif said.code is not None:
        yield from platform.complain(said.code, frame)
