"""What a station says of itself: read back as it was written, and nothing else is read."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.reading import Quantity
from health.station_report import (
    LARGEST,
    VERSION,
    CalibrationReport,
    InstrumentReport,
    Occasion,
    QuantityReport,
    ResultReport,
    RunReport,
    StationReport,
    StationReportError,
    TrailReport,
    read_report,
    write_report,
)
from health.visit import Control

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LINE = CalibrationReport(
    UUID(int=1), Quantity.BODY_WEIGHT, "0.9986684", "-0.1997", "0.02", ("empty", "M150", "M60"), "tom", AT,
    AT + timedelta(days=365),
)  # fmt: skip
RUN = RunReport(
    UUID(int=2),
    "C-2611",
    (ResultReport("2", Quantity.HDL, "6.35", "mmol/L", "reject", ("1_2s", "1_3s")),),
    "ann",
    AT,
)
SCALE = InstrumentReport(
    "scale",
    "shanghe-sh",
    simulated=False,
    quantities=(
        QuantityReport(
            Quantity.BODY_WEIGHT,
            "ready",
            "upkeep.in_order",
            asked=True,
            control=Control.IN,
            until=AT,
            calibration=LINE.id,
        ),
    ),
    calibrations=(LINE,),
    run=RUN,
)
REPORT = StationReport(
    VERSION, Occasion.CHANGED, AT, "0.1.0", 3, TrailReport(7, "ab" * 32, followed=True), (SCALE,)
)


def tree() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(write_report(REPORT))
    return found


def test_what_is_read_is_what_was_written() -> None:
    assert read_report(write_report(REPORT)) == REPORT
    assert write_report(read_report(write_report(REPORT))) == write_report(REPORT)


@pytest.mark.parametrize(
    "harm",
    [
        {"version": VERSION + 1},
        {"occasion": "whim"},
        {"at": "2026-11-23T09:00:00"},
        {"waiting": -1},
        {"trail": {"number": 7, "hash": "ab"}},
        {"extra": 1},
        {"instruments": [{"id": "scale", "model": "x", "simulated": "no"}]},
    ],
)
def test_anything_else_is_refused(harm: dict[str, Any]) -> None:
    with pytest.raises(StationReportError):
        read_report(json.dumps(tree() | harm).encode())


def test_a_number_is_decimal_text_and_nothing_that_only_looks_like_one() -> None:
    for text in ("NaN", "1e3", "1,5", "", " 1", "9" * 40):
        broken = tree()
        broken["instruments"][0]["calibrations"][0]["gain"] = text
        with pytest.raises(StationReportError):
            read_report(json.dumps(broken).encode())


@given(st.binary(max_size=200))
def test_junk_is_refused_in_one_sentence(junk: bytes) -> None:
    with pytest.raises(StationReportError):
        read_report(junk)


def test_a_report_that_is_far_too_long_is_not_even_parsed() -> None:
    with pytest.raises(StationReportError, match="long"):
        read_report(b" " * LARGEST + write_report(REPORT))
