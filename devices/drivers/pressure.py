"""What all cuffs tell alike: systolic, diastolic, pulse, in this order, each with its time."""

from collections.abc import Callable, Iterator

from devices.codecs.cuff import Cuff
from devices.drivers.listening import hear_said
from devices.framing import Frame
from devices.reading import Quantity, Reading
from devices.session import Driver, Tell


def tell_pressure(cuff: Cuff, frame: bytes) -> Iterator[Tell]:
    """The readings. ``frame`` names nobody."""
    for kind, value, unit in (
        (Quantity.SYSTOLIC, cuff.systolic, "mm[Hg]"),
        (Quantity.DIASTOLIC, cuff.diastolic, "mm[Hg]"),
        (Quantity.PULSE, cuff.pulse, "/min"),
    ):
        yield Tell(Reading(kind, value, unit, device_time=cuff.taken, frame=frame))


def listening(parse: Callable[[Frame], Cuff], blanked: Callable[[bytes], bytes]) -> Driver:
    """A cuff that only ever speaks: every frame is a result or refused."""
    while True:
        cuff, heard = yield from hear_said(parse)
        yield from tell_pressure(cuff, blanked(heard.data))
