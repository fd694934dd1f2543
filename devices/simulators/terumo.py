"""A Terumo BP-500: the key is pressed, one frame comes when the cuff has opened."""

from devices.codecs.terumo import STX, build, checksum
from devices.simulators.acts import TakePressure
from devices.simulators.cuff import found, speaking
from devices.simulators.stage import Simulator

SCENARIOS = (
    "default",
    "bad_checksum",
    "glued",
    "out_of_range",
    "shifted",
    "bad_date",
    "slow",
    "garbage",
    "cut_frame",
    "silent",
    "unplug",
)
_DATE_AT = 14
_BAD_DATE = b"260230"


def simulator(speed: float) -> Simulator:
    """The cuff. ``speed`` divides the time of a measurement."""
    return speaking(_frame, speed)


def _frame(act: TakePressure, faults: frozenset[str]) -> bytes:
    frame = build(found(act, faults))
    if "bad_checksum" in faults:
        return frame[:-1] + bytes((frame[-1] ^ 0x01,))
    if "bad_date" in faults:
        data = frame[:_DATE_AT] + _BAD_DATE + frame[_DATE_AT + len(_BAD_DATE) : -1]
        return data + bytes((checksum(data),))
    if "glued" in faults:
        return b"READY\r\n" + frame + b"\r\n" + STX
    return frame
