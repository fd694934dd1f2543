"""Whatever was found, in whatever order and at whatever time: nothing measures on the strength of a lapse."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from devices.calibration import calibrate
from devices.calibration_limits import Standard, verify
from devices.control import Run, Series
from devices.reading import Quantity
from health.visit import Control
from kiosk.upkeep.asked import NOTHING_ASKED
from kiosk.upkeep.judging import Found, in_force, judged
from kiosk.upkeep.standing import State
from tests.kiosk.upkeep.bookroom import (
    ANALYSER,
    EVERYTHING,
    IN_CONTROL,
    LOT,
    OUT_OF_CONTROL,
    SCALE,
    points,
    results,
)

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WEIGHT = Quantity.BODY_WEIGHT
ACTS = st.lists(
    st.tuples(
        st.sampled_from(("pass", "fail", "calibrate", "good", "bad", "mend", "nothing")),
        st.integers(-40, 400),
    ),
    max_size=12,
)


def _after(found: Found, act: str, number: int, now: datetime) -> Found:
    """What the book holds once ``act`` was done."""
    span, made = SCALE.spans[0], UUID(int=number + 1)
    if act in ("pass", "fail"):
        line = in_force(found.calibrations, WEIGHT)
        shown = Decimal("60.0" if act == "pass" else "62.0")
        check = verify(
            span,
            [(Standard("M60", Decimal(60)), shown)],
            id=made,
            who="tom",
            when=now,
            calibration=None if line is None else line.id,
        )
        return replace(found, checks=(*found.checks, check))
    if act == "calibrate":
        exact = points(("0", "0"), ("150", "150"), ("60", "60"))
        return replace(
            found, calibrations=(*found.calibrations, calibrate(span, exact, id=made, who="tom", when=now))
        )
    if act in ("good", "bad", "mend") and found.series is not None:
        values = OUT_OF_CONTROL if act == "bad" else IN_CONTROL
        run = Run(made, results(*values), "ann", now, "mended" if act == "mend" else None)
        return replace(found, series=found.series.with_run(run))
    return found


@settings(max_examples=150, deadline=None)
@given(ACTS, st.booleans())
def test_what_may_measure_was_proven_in_time_and_what_was_found_bad_rests(
    acts: list[tuple[str, int]], strict: bool
) -> None:
    """The clock may go back by hours and forward by weeks between two acts."""
    found, now = Found(series=Series("analyser", LOT)), START
    asked = EVERYTHING if strict else NOTHING_ASKED
    for number, (act, hours) in enumerate(acts):
        found = _after(found, act, number, now)
        now += timedelta(hours=hours)
        for kept in (SCALE, ANALYSER):
            for one in judged(kept, found, asked, now, now.date()):
                assert (one.state is State.RESTS) is one.rests(now)
                assert (one.control is Control.OUT) <= (one.state is State.RESTS)
                if one.state is not State.RESTS and strict:
                    assert one.control is Control.IN
                    assert one.proof is not None
                    assert one.until is not None
                    assert one.until > now
                if one.control is Control.IN:
                    assert one.until is not None
                    assert one.rests(one.until) is one.asked


def test_a_check_that_passed_measures_and_one_that_failed_rests() -> None:
    """Both ends of what is drawn above are reached."""
    good = _after(Found(series=Series("analyser", LOT)), "pass", 1, START)
    bad = _after(good, "fail", 2, START)
    states = [judged(SCALE, one, EVERYTHING, START, START.date())[0].state for one in (good, bad)]
    assert states == [State.READY, State.RESTS]
