"""A CardioChek: the strip is measured, then the meter prints one label and a blank one behind it."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from devices.codecs.blood import as_mg_dl
from devices.codecs.cardiochek import LABELS, RATIO, build, result_text
from devices.reading import Quantity
from devices.session import Say
from devices.simulators.acts import InsertSample
from devices.simulators.stage import Simulator, Wait, order

RUN_SECONDS = 60.0
"""A lipid strip; not documented, as such meters take."""

SCENARIOS = (
    "default",
    "nul_runs",
    "off_scale",
    "not_computable",
    "mg_dl",
    "cholesterol_only",
    "out_of_range",
    "line_lost",
    "garbage",
    "cut_frame",
    "silent",
    "unplug",
)
_NULS = b"\x00" * 7
_HUNDREDTH = Decimal("0.01")


def simulator(speed: float) -> Simulator:
    """The meter. ``speed`` divides the time of a strip."""
    while True:
        got = yield from order()
        if not isinstance(got.act, InsertSample):
            continue
        yield Wait(RUN_SECONDS / speed)
        stream = build((*_header(), *_results(got.act, got.faults)))
        if "line_lost" in got.faults:
            stream = b"\n".join(
                line for line in stream.split(b"\n") if b",000280," not in line or b'""' in line
            )
        yield Say(_with_nuls(stream) if "nul_runs" in got.faults else stream)


def _header() -> tuple[str, ...]:
    now = datetime.now()  # noqa: DTZ005 - the meter's own clock, which knows no zone
    return (
        "SN      : 3093537",
        f"DATE    : {now:%Y %m %d}",
        f"TIME    : {now:%H:%M}",
        "USER    :",
        "LOT     : 000",
    )


def _results(act: InsertSample, faults: frozenset[str]) -> Iterator[str]:
    measured = {
        Quantity.TOTAL_CHOLESTEROL: Decimal(52) if "out_of_range" in faults else act.tc,
        Quantity.HDL: act.hdl,
        Quantity.TRIGLYCERIDES: act.tg,
        Quantity.LDL: act.ldl,
        Quantity.GLUCOSE: act.glucose,
    }
    for label, kind in LABELS.items():
        value = measured[kind]
        if value is None or ("cholesterol_only" in faults and kind is not Quantity.TOTAL_CHOLESTEROL):
            continue
        yield _text(label, kind, value, faults)
    if act.tc is not None and act.hdl and "cholesterol_only" not in faults:
        yield result_text(RATIO, _hundredths(act.tc / act.hdl), "")


def _text(label: str, kind: Quantity, value: Decimal, faults: frozenset[str]) -> str:
    if "off_scale" in faults and kind is Quantity.TOTAL_CHOLESTEROL:
        return result_text(label, "<2.59", "mmol/L")
    if "not_computable" in faults and kind is Quantity.LDL:
        return result_text(label, "----", "")
    if "mg_dl" in faults:
        return result_text(label, str(as_mg_dl(kind, value)), "mg/dL")
    return result_text(label, _hundredths(value), "mmol/L")


def _hundredths(value: Decimal) -> str:
    return str(value.quantize(_HUNDREDTH, rounding="ROUND_HALF_UP"))


def _with_nuls(stream: bytes) -> bytes:
    """Runs of NUL as the radio link puts them: at the ends of fields and in the middle of numbers."""
    return b"".join(stream[start : start + 11] + _NULS for start in range(0, len(stream), 11))
