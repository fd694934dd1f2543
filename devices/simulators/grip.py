"""A load-cell dynamometer on the GRIP line: ten live lines a second while squeezing, then the peak."""

from decimal import Decimal

from devices.codecs.grip import Grip, build
from devices.reading import Quantity
from devices.session import Say
from devices.simulators.acts import Hand, Squeeze
from devices.simulators.stage import Simulator, Wait, order

LIVE_SECONDS = 0.1
RISE = tuple(Decimal(part) / 100 for part in (8, 22, 41, 60, 76, 88, 95, 99, 100, 100, 98, 96, 93, 70, 30))
"""Share of the peak, line by line: a squeeze of a second and a half."""

SCENARIOS = (
    "default",
    "unsteady",
    "bad_checksum",
    "out_of_range",
    "garbage",
    "cut_frame",
    "silent",
    "unplug",
)
_NEWTON = Decimal("9.80665")
_KINDS = {Hand.LEFT: Quantity.GRIP_LEFT, Hand.RIGHT: Quantity.GRIP_RIGHT}


def simulator(speed: float) -> Simulator:
    """The handle. ``speed`` divides the gaps between live lines, and so the squeeze."""
    while True:
        got = yield from order()
        if not isinstance(got.act, Squeeze):
            continue
        kind = _KINDS[got.act.hand]
        kg = got.act.kg * _NEWTON if "out_of_range" in got.faults else got.act.kg
        wrong = "bad_checksum" in got.faults
        rise = RISE[::3] * 6 if "unsteady" in got.faults else RISE
        for share in rise:
            yield Say(_line(Grip(kind, kg * share, peak=False), wrong=wrong))
            yield Wait(LIVE_SECONDS / speed)
        if "unsteady" not in got.faults:
            yield Say(_line(Grip(kind, kg, peak=True), wrong=wrong))


def _line(grip: Grip, *, wrong: bool) -> bytes:
    line = build(grip)
    if not wrong:
        return line
    return line[:-4] + (b"00" if line[-4:-2] != b"00" else b"01") + line[-2:]
