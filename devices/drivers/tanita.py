"""Tanita's result lines: one when a measurement is complete, whether or not anybody listens.

The WB-3000 sends a stray signal a tenth of a second behind its line; so near behind a line it is no noise.
"""

from collections.abc import Iterator

from devices.codecs.load import UNITS
from devices.codecs.tanita import NotNormal, Weighed, blanked, parse, tanita_look
from devices.drivers.listening import refuse
from devices.framing import Frame, Framer, Noise
from devices.reading import Quantity, Reading
from devices.session import Complaint, Driver, RefusedError, Tell, hear, refuse_noise

STRAY_BYTES = 4
"""Largest stray, and how far behind the line's last character it may begin: its CR and LF lie between."""


def framer() -> Framer:
    """Lines that begin with a brace."""
    return Framer(tanita_look(answers=False))


def driver() -> Driver:
    """Listens for ever; tells weight, body fat, and a height that a rod measured."""
    end: int | None = None
    while True:
        heard = yield from hear()
        if isinstance(heard, Frame):
            end = heard.at + len(heard.data)
            yield from tell_line(heard)
        elif not stray(heard, end):
            yield refuse_noise(heard)


def stray(noise: Noise, end: int | None) -> bool:
    """Whether this is the signal behind the line that ended at ``end``."""
    return end is not None and noise.size <= STRAY_BYTES and 0 <= noise.at - end <= STRAY_BYTES


def tell_line(frame: Frame) -> Iterator[Tell]:
    """What a result line says."""
    try:
        said = parse(frame)
    except RefusedError as error:
        yield refuse(error, frame)
        return
    if isinstance(said, NotNormal):
        yield Tell(Complaint(f"status_{said.status}", len(frame.data), frame.at))
    else:
        yield from _values(said, blanked(frame.data))


def _values(said: Weighed, frame: bytes) -> Iterator[Tell]:
    for kind, value, unit in (
        (Quantity.BODY_WEIGHT, said.load.weight, UNITS[said.load.unit]),
        (Quantity.BODY_HEIGHT, said.height, "cm"),
        (Quantity.BODY_FAT, said.fat, "%"),
    ):
        if value is not None:
            yield Tell(Reading(kind, value, unit, stable=True, device_time=said.taken, frame=frame))
