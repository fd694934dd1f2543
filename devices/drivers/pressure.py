"""What all cuffs tell alike: systolic, diastolic, pulse, in this order, each with its time."""

from collections.abc import Callable, Iterator

from devices.codecs.cuff import Cuff
from devices.framing import Frame, Noise
from devices.reading import Quantity, Reading
from devices.session import Driver, RefusedError, Tell, Unread, hear, refuse_noise


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
        heard = yield from hear()
        if isinstance(heard, Noise):
            yield refuse_noise(heard)
            continue
        try:
            cuff = parse(heard)
        except RefusedError as error:
            yield Tell(Unread(error.reason, len(heard.data), heard.at))
            continue
        yield from tell_pressure(cuff, blanked(heard.data))
