"""OMRON HBP-9030 in USB output format 5: one line after every measurement, nothing else.

A partial line never becomes a record; an error number is the cuff's complaint, not a bad line.
"""

from collections.abc import Iterator

from devices.codecs.lines import line_look
from devices.codecs.omron import LIMIT, CuffError, Pressure, blanked, parse
from devices.drivers.listening import hear_said
from devices.framing import Framer
from devices.reading import Quantity, Reading, Remark
from devices.session import Complaint, Driver, Tell


def framer() -> Framer:
    """Lines; the codec insists on 53 bytes."""
    return Framer(line_look(LIMIT))


def driver() -> Driver:
    """Listens for ever; tells systolic, diastolic, pulse, or what the cuff complains of."""
    while True:
        said, heard = yield from hear_said(parse)
        if isinstance(said, CuffError):
            yield Tell(Complaint(f"error_{said.number}", len(heard.data), heard.at))
            continue
        yield from _tell(said, blanked(heard.data))


def _tell(said: Pressure, frame: bytes) -> Iterator[Tell]:
    remarks = (Remark.MOVEMENT,) if said.movements else ()
    for kind, value, unit in (
        (Quantity.SYSTOLIC, said.systolic, "mm[Hg]"),
        (Quantity.DIASTOLIC, said.diastolic, "mm[Hg]"),
        (Quantity.PULSE, said.pulse, "/min"),
    ):
        yield Tell(Reading(kind, value, unit, device_time=said.taken, remarks=remarks, frame=frame))
