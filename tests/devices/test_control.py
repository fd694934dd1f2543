"""Control material, the lock it opens or keeps shut, and the chart: nothing is in control by default."""

import statistics
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.control import Lot, Result, Run, Series, Target, own_target
from devices.control_chart import chart
from devices.control_rules import REJECTING, Broken, Rule, Verdict, judge
from devices.control_state import Reason, Standing, State, standing, worst
from devices.errors import DeviceError
from devices.reading import Comparator, Quantity

D = Decimal
TC, HDL = Quantity.TOTAL_CHOLESTEROL, Quantity.HDL
UNIT = "mmol/L"
START = datetime(2026, 3, 2, 8, tzinfo=UTC)
LAST_DAY = date(2026, 6, 30)
LOT = Lot(
    "X1",
    LAST_DAY,
    (
        Target("1", TC, UNIT, D("4.0"), D("0.1")),
        Target("2", TC, UNIT, D("7.0"), D("0.2")),
        Target("1", HDL, UNIT, D("1.2"), D("0.05")),
    ),
)
EMPTY = Series("meter-1", LOT)
SOUND = ("4.0", "7.0")


def _results(one: str | None, two: str | None, hdl: str | None = "1.2") -> tuple[Result, ...]:
    said = (("1", TC, one), ("2", TC, two), ("1", HDL, hdl))
    return tuple(Result(level, what, UNIT, D(value)) for level, what, value in said if value is not None)


def _run(number: int, *values: str | None, action: str | None = None) -> Run:
    return Run(UUID(int=number), _results(*values), "staff-3", START + timedelta(hours=number), action)


def _series(*runs: Run) -> Series:
    return Series("meter-1", LOT, runs)


def _now(series: Series, hours: int = 1) -> Standing:
    return standing(series, TC, START + timedelta(hours=len(series.runs) + hours), START.date())


def test_a_meter_is_locked_until_a_control_passed() -> None:
    assert standing(None, TC, START, START.date()) == Standing(State.NONE, Reason.NO_LOT)
    assert _now(EMPTY) == Standing(State.NONE, Reason.NOT_RUN)
    assert _now(EMPTY).locked
    passed = _now(_series(_run(1, *SOUND)))
    assert (passed.state, passed.reason) == (State.IN, Reason.IN_CONTROL)
    assert passed.until == START + timedelta(hours=25)
    assert not passed.locked


def test_a_run_holds_for_a_day_and_not_a_moment_longer() -> None:
    series = _series(_run(0, *SOUND))
    end = START + timedelta(days=1)
    assert standing(series, TC, end - timedelta(microseconds=1), START.date()).state is State.IN
    assert standing(series, TC, end, START.date()) == Standing(State.NONE, Reason.OVERDUE)


def test_a_lot_holds_through_its_last_day() -> None:
    series = _series(_run(0, *SOUND))
    assert standing(series, TC, START, LAST_DAY).state is State.IN
    expired = standing(series, TC, START, LAST_DAY + timedelta(days=1))
    assert expired == Standing(State.NONE, Reason.LOT_EXPIRED)
    assert expired.locked


def test_a_clock_before_the_run_proves_nothing() -> None:
    series = _series(_run(0, *SOUND))
    assert standing(series, TC, START - timedelta(seconds=1), START.date()).reason is Reason.CLOCK


def test_one_level_alone_does_not_open_the_meter() -> None:
    half = _series(_run(1, "4.0", None))
    assert _now(half) == Standing(State.NONE, Reason.INCOMPLETE)
    assert _now(_series(_run(1, *SOUND), _run(2, "4.0", None))).state is State.IN
    assert _now(_series(_run(1, None, None))).reason is Reason.NOT_RUN


def test_half_a_run_is_enough_to_lock_it() -> None:
    assert _now(_series(_run(1, *SOUND), _run(2, "4.4", None))).state is State.OUT


def test_a_warning_opens_the_meter_and_says_so() -> None:
    warned = _now(_series(_run(1, "4.2", "7.0")))
    assert (warned.state, warned.reason, warned.rules) == (State.IN, Reason.WARNING, (Rule.W1_2S,))


def test_a_rejected_run_locks_until_something_was_mended_and_a_whole_run_passed() -> None:
    bad = _run(1, "4.3", "7.0")
    out = _now(_series(bad))
    assert (out.state, out.reason) == (State.OUT, Reason.REJECTED)
    assert Rule.W1_3S in out.rules
    assert _now(_series(bad, _run(2, *SOUND))).reason is Reason.NOTHING_MENDED
    assert _now(_series(bad, _run(2, "4.0", None, action="New strips"))).reason is Reason.REJECTED
    assert _now(_series(bad, _run(2, "4.0", None, action="New strips"), _run(3, *SOUND))).state is State.IN
    assert _now(_series(bad, _run(2, *SOUND, action="New strips"))).state is State.IN
    assert _now(_series(bad, _run(2, "4.3", "7.0", action="New strips"))).reason is Reason.REJECTED


def test_out_weighs_more_than_an_expired_lot() -> None:
    series = _series(_run(1, "4.3", "7.0"))
    assert standing(series, TC, START, LAST_DAY + timedelta(days=9)).state is State.OUT


def test_one_quantity_out_locks_a_module_that_measures_them_together() -> None:
    series = _series(_run(1, "4.3", "7.0", "1.2"))
    now = START + timedelta(hours=2)
    assert standing(series, HDL, now, START.date()).state is State.IN
    assert worst(series, (HDL, TC), now, START.date()).state is State.OUT
    assert worst(series, (HDL,), now, START.date()).state is State.IN
    assert worst(series, (HDL, Quantity.LDL), now, START.date()).reason is Reason.NO_LOT
    assert worst(series, (), now, START.date()).locked


def test_the_rules_begin_afresh_after_something_was_mended() -> None:
    high = [_run(number, "4.1", "7.0") for number in range(1, 4)]
    assert judge(_series(*high, _run(4, "4.1", "7.0")), TC)[-1].broken == (Broken(Rule.W4_1S, "1"),)
    assert judge(_series(*high, _run(4, "4.1", "7.0", action="Cleaned")), TC)[-1].broken == ()


def test_an_off_scale_control_is_rejected_and_never_counted_with() -> None:
    off = Result("1", TC, UNIT, D("2.59"), Comparator.BELOW)
    run = Run(UUID(int=1), (off, Result("2", TC, UNIT, D("7.0"))), "staff-3", START)
    judged = judge(_series(run), TC)[0]
    assert (judged.verdict, judged.broken) == (Verdict.REJECT, (Broken(Rule.OFF_SCALE, "1"),))
    assert chart(_series(run), "1", TC).points[0].z is None


def test_four_sd_apart_is_allowed_and_more_is_not() -> None:
    assert Broken(Rule.R_4S) not in judge(_series(_run(1, "4.2", "6.6")), TC)[0].broken
    assert Broken(Rule.R_4S) in judge(_series(_run(1, "4.21", "6.6")), TC)[0].broken


def test_two_high_on_opposite_sides_are_not_two_on_one_side() -> None:
    series = _series(_run(1, "4.2", "7.0"), _run(2, "3.8", "7.0"))
    assert judge(series, TC)[-1].broken == (Broken(Rule.W1_2S, "1"),)


def test_ten_on_one_side_are_found_whatever_their_distance() -> None:
    series = _series(*(_run(number, "4.01", "7.0") for number in range(1, 11)))
    rules = [tuple(each.rule for each in judged.broken) for judged in judge(series, TC)]
    assert rules == [()] * 7 + [(Rule.W8_X,)] * 2 + [(Rule.W8_X, Rule.W10_X)]
    fewer = REJECTING - {Rule.W8_X}
    assert [judged.verdict for judged in judge(series, TC, fewer)] == [Verdict.ACCEPT] * 9 + [Verdict.REJECT]


def test_the_chart_has_seven_lines_and_every_point_its_mark() -> None:
    series = _series(_run(1, *SOUND), _run(2, "4.3", "7.1"), _run(3, "3.95", "7.0", action="New strips"))
    drawn = chart(series, "1", TC)
    assert [(line.z, line.value) for line in drawn.lines][::3] == [
        (-3, D("3.7")),
        (0, D("4.0")),
        (3, D("4.3")),
    ]
    assert [point.z for point in drawn.points] == [D(0), D(3), D("-0.50")]
    assert [point.verdict for point in drawn.points] == [Verdict.ACCEPT, Verdict.REJECT, Verdict.ACCEPT]
    assert drawn.points[1].rules == (Rule.W1_2S, Rule.W1_3S)
    assert drawn.points[2].action == "New strips"
    assert chart(series, "2", TC).points[1].verdict is Verdict.ACCEPT
    assert len(chart(series, "1", TC, last=2).points) == 2


def test_what_two_levels_break_together_is_marked_on_both_charts() -> None:
    series = _series(_run(1, "4.21", "6.6"))
    points = [chart(series, level, TC).points[0] for level in ("1", "2")]
    assert [point.rules for point in points] == [(Rule.W1_2S, Rule.R_4S)] * 2
    assert points[0].verdict is Verdict.REJECT


@pytest.mark.parametrize(
    ("run", "says"),
    [
        (Run(UUID(int=1), _results(*SOUND), " ", START), "Sign in"),
        (Run(UUID(int=1), _results(*SOUND), "staff-3", datetime(2026, 3, 2)), "UTC"),  # noqa: DTZ001
        (Run(UUID(int=1), (), "staff-3", START), "each level once"),
        (Run(UUID(int=1), _results(*SOUND) * 2, "staff-3", START), "each level once"),
        (Run(UUID(int=1), _results(*SOUND), "staff-3", START, " "), "what was done"),
        (Run(UUID(int=1), (Result("9", TC, UNIT, D(4)),), "staff-3", START), "no level 9"),
        (Run(UUID(int=1), (Result("1", TC, "mg/dL", D(155)),), "staff-3", START), "same unit"),
        (Run(UUID(int=1), (Result("1", TC, UNIT, D("NaN")),), "staff-3", START), "no number"),
    ],
)
def test_a_run_that_cannot_be_laid_against_its_lot_is_refused(run: Run, says: str) -> None:
    with pytest.raises(DeviceError, match=says):
        EMPTY.with_run(run)


def test_a_lot_is_entered_whole_or_not_at_all() -> None:
    with pytest.raises(DeviceError, match="SD"):
        Target("1", TC, UNIT, D(4), D(0))
    with pytest.raises(DeviceError, match="lot number"):
        Lot("X1", LAST_DAY, ())
    with pytest.raises(DeviceError, match="twice"):
        Lot("X1", LAST_DAY, LOT.targets[:1] * 2)


def _days(count: int, days: int) -> list[date]:
    return [START.date() + timedelta(days=number % days) for number in range(count)]


def test_limits_of_ones_own_need_twenty_results_on_ten_days() -> None:
    values = [D("4.0"), D("4.2")] * 10
    made = own_target("1", TC, UNIT, list(zip(_days(20, 10), values, strict=True)))
    assert (str(made.mean), str(made.sd)) == ("4.10", "0.1026")
    for count, days in ((19, 10), (20, 9)):
        few = zip(_days(count, days), values[:count], strict=True)
        with pytest.raises(DeviceError, match="Own limits need"):
            own_target("1", TC, UNIT, list(few))
    with pytest.raises(DeviceError, match="SD"):
        own_target("1", TC, UNIT, [(day, D(4)) for day in _days(20, 10)])


_scores = st.lists(st.integers(-35, 35), min_size=1, max_size=14)


def _of(tenths: list[int]) -> Series:
    lot = Lot("X1", LAST_DAY, (Target("1", TC, UNIT, D(50), D(1)),))
    runs = (
        Run(UUID(int=at), (Result("1", TC, UNIT, D(50) + D(z) / 10),), "s", START + timedelta(hours=at))
        for at, z in enumerate(tenths)
    )
    return Series("meter-1", lot, tuple(runs))


@given(_scores)
def test_a_mirrored_series_is_judged_the_same(tenths: list[int]) -> None:
    assert judge(_of(tenths), TC) == judge(_of([-z for z in tenths]), TC)


@given(_scores)
def test_a_later_run_never_changes_what_an_earlier_one_said(tenths: list[int]) -> None:
    assert judge(_of(tenths), TC)[:-1] == judge(_of(tenths[:-1]), TC)


@given(_scores)
def test_every_run_is_judged_as_the_rules_read_in_words(tenths: list[int]) -> None:
    """The same rules written out plainly, over whole tenths of an SD."""
    for at, judged in enumerate(judge(_of(tenths), TC)):
        up = tenths[: at + 1]
        said = {
            rule
            for rule, count, far in (
                (Rule.W1_2S, 1, 20),
                (Rule.W1_3S, 1, 30),
                (Rule.W2_2S, 2, 20),
                (Rule.W4_1S, 4, 10),
                (Rule.W8_X, 8, 1),
                (Rule.W10_X, 10, 1),
            )
            if len(up) >= count and (min(up[-count:]) >= far or max(up[-count:]) <= -far)
        }
        assert {each.rule for each in judged.broken} == said


@given(_scores)
def test_only_a_whole_passing_run_ever_opens_the_meter(tenths: list[int]) -> None:
    series = _of(tenths)
    now = START + timedelta(hours=len(tenths))
    rejected = any(judged.verdict is Verdict.REJECT for judged in judge(series, TC))
    assert standing(series, TC, now, START.date()).locked is rejected


@given(st.lists(st.integers(300, 500), min_size=20, max_size=30).filter(lambda each: len(set(each)) > 1))
def test_own_limits_are_the_mean_and_sd_of_the_textbook(hundredths: list[int]) -> None:
    values = [D(each).scaleb(-2) for each in hundredths]
    made = own_target("1", TC, UNIT, list(zip(_days(len(values), 10), values, strict=True)))
    assert abs(float(made.mean) - statistics.mean(map(float, values))) <= 0.00051
    assert abs(float(made.sd) - statistics.stdev(map(float, values))) <= 0.000051
