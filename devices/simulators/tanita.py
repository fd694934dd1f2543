"""A Tanita scale that listens to nobody: a WB-3000 with its rod, or a body-composition scale.

The line comes the moment the measurement is complete; the WB-3000's stray signal follows it.
"""

from decimal import Decimal

from devices.codecs.load import KG_PER_LB
from devices.codecs.numbers import tenths
from devices.codecs.tanita import build
from devices.session import Say
from devices.simulators.acts import StepOff, StepOn
from devices.simulators.stage import Order, Simulator, Wait, order

MEASURE_SECONDS = 4.0
SWAYING_SECONDS = 20.0
STRAY_SECONDS = 0.1
STRAY = b"\x00"
"""What the signal is was never written down, only that it must be ignored."""

SCENARIOS = (
    "default",
    "body_composition",
    "missing_brace",
    "key_case",
    "pounds",
    "status",
    "bad_checksum",
    "out_of_range",
    "unsteady",
    "slow",
    "garbage",
    "cut_frame",
    "silent",
    "unplug",
)
FAT = Decimal("31.4")
"""Per cent; nobody's in particular."""

_COMPOSITION = frozenset({"body_composition", "missing_brace", "key_case", "status"})

Pairs = tuple[tuple[str, str], ...]


def simulator(speed: float) -> Simulator:
    """The scale. ``speed`` divides the time a measurement takes."""
    while True:
        got = yield from order()
        if not isinstance(got.act, StepOn):
            continue
        swaying = SWAYING_SECONDS if "unsteady" in got.faults else 0.0
        off = yield Wait((MEASURE_SECONDS + swaying) / speed, acts=True)
        if isinstance(off, Order) and isinstance(off.act, StepOff):
            continue
        yield Say(_line(got.act, got.faults))
        if not got.faults & _COMPOSITION:
            yield Wait(STRAY_SECONDS)
            yield Say(STRAY)


def _line(act: StepOn, faults: frozenset[str]) -> bytes:
    weight = Decimal("412.5") if "out_of_range" in faults else act.weight
    if faults & _COMPOSITION:
        pairs = composition("SC-330", weight, act.height, "1" if "status" in faults else "0")
        if "key_case" in faults:
            pairs = tuple(reversed(pairs))
        return build(pairs, brace="missing_brace" not in faults)
    line = build(_plain(weight, act.height, pounds="pounds" in faults))
    return spoilt(line) if "bad_checksum" in faults else line


def _plain(weight: Decimal, height: Decimal, *, pounds: bool) -> Pairs:
    load = ("Wp", str(tenths(weight / KG_PER_LB))) if pounds else ("Wk", str(tenths(weight)))
    return (("MO", '"WB-3000"'), ("Hm", str(tenths(height))), load, ("MI", str(_index(weight, height))))


def composition(model: str, weight: Decimal, height: Decimal, status: str = "0") -> Pairs:
    """What a body-composition scale says; fat in kg stands beside fat in per cent."""
    fat = tenths(weight * FAT / 100)
    return (
        ("MO", f'"{model}"'),
        ("ID", '"0000000000000000"'),
        ("St", status),
        ("Da", '"23/11/2026"'),
        ("TI", '"09:30"'),
        ("Bt", "0"),
        ("GE", "2"),
        ("AG", "86"),
        ("Hm", str(tenths(height))),
        ("Wk", str(tenths(weight))),
        ("FW", str(FAT)),
        ("fW", str(fat)),
        ("MW", str(tenths(weight - fat))),
        ("MI", str(_index(weight, height))),
        ("ZF", "501.8"),
    )


def _index(weight: Decimal, height: Decimal) -> Decimal:
    return tenths(weight * 10000 / (height * height))


def spoilt(line: bytes) -> bytes:
    """The line with another checksum."""
    at = line.rindex(b"CS,") + 3
    return line[:at] + (b"00" if line[at : at + 2] != b"00" else b"01") + line[at + 2 :]
