"""The two-point line and the check with reference masses and rods: what is kept, and what is refused."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.calibration import Calibration, Point, Refusal, RefusedCalibrationError, calibrate
from devices.calibration_limits import (
    EMPTY,
    Due,
    Phase,
    Span,
    Standard,
    Verification,
    due,
    limit,
    verify,
)
from devices.errors import DeviceError
from devices.reading import Comparator, Quantity, Reading

D = Decimal
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ID = UUID(int=7)
SCALE = Span("stand-1", Quantity.BODY_WEIGHT, D(0), D(200), D("0.1"))
COLUMN = Span("stand-1", Quantity.BODY_HEIGHT, D(60), D(210))
M20, M50, M100 = Standard("M-20", D(20)), Standard("M-50", D(50)), Standard("M-100", D(100))


def _point(standard: Standard, *shown: str) -> Point:
    return Point(standard, tuple(D(each) for each in (shown if len(shown) > 1 else shown * 3)))


def _made(*points: Point, span: Span = SCALE, reason: str | None = None) -> Calibration:
    return calibrate(span, points, id=ID, who="staff-3", when=NOON, reason=reason)


def _refusal(*points: Point, span: Span = SCALE, reason: str | None = None) -> Refusal:
    with pytest.raises(RefusedCalibrationError) as caught:
        _made(*points, span=span, reason=reason)
    assert str(caught.value).endswith(".")
    return caught.value.refusal


def _weight(value: str, comparator: Comparator | None = None, unit: str = "kg") -> Reading:
    return Reading(Quantity.BODY_WEIGHT, D(value), unit, comparator, frame=b"W:065.5")


def test_the_line_goes_through_both_masses_and_is_proved_at_the_third() -> None:
    made = _made(_point(EMPTY, "0.4"), _point(M100, "101.4"), _point(M50, "50.85", "50.9", "50.95"))
    assert made.gain == D("0.9900990")
    assert made.offset == D("-0.3960")
    assert made.residual == D("0.0000")
    assert (made.who, made.when, made.expires) == ("staff-3", NOON, NOON + timedelta(days=365))
    assert made.instrument == "stand-1"
    assert made.reason is None


def test_a_kept_calibration_cannot_be_changed() -> None:
    made = _made(_point(EMPTY, "0.0"), _point(M100, "100.0"), _point(M50, "50.0"))
    with pytest.raises(AttributeError):
        made.gain = D(2)  # type: ignore[misc]


def test_a_corrected_reading_keeps_its_places_and_its_frame() -> None:
    made = _made(_point(EMPTY, "0.4"), _point(M100, "101.4"), _point(M50, "50.9"))
    true = made.corrected(_weight("65.5"))
    assert str(true.value) == "64.5"
    assert true.frame == b"W:065.5"
    assert made.corrected(_weight("200.0", Comparator.ABOVE)).value == D("200.0")


@pytest.mark.parametrize(
    "reading", [_weight("144.4", unit="[lb_av]"), Reading(Quantity.BODY_HEIGHT, D(165), "cm")]
)
def test_a_calibration_touches_no_other_quantity_or_unit(reading: Reading) -> None:
    made = _made(_point(EMPTY, "0.0"), _point(M100, "100.0"), _point(M50, "50.0"))
    with pytest.raises(DeviceError, match="body_weight in kg"):
        made.corrected(reading)


def test_swapped_masses_are_refused_whichever_two_were_swapped() -> None:
    assert _refusal(_point(EMPTY, "100.0"), _point(M100, "0.0"), _point(M50, "50.0")) is Refusal.SWAPPED
    assert _refusal(_point(EMPTY, "0.0"), _point(M100, "50.0"), _point(M50, "100.0")) is Refusal.SWAPPED
    assert _refusal(_point(EMPTY, "50.0"), _point(M100, "100.0"), _point(M50, "0.0")) is Refusal.SWAPPED


def test_a_silent_scale_that_shows_one_number_for_all_masses_is_refused() -> None:
    assert _refusal(_point(EMPTY, "5.0"), _point(M100, "5.0"), _point(M50, "5.0")) is Refusal.SWAPPED


def test_masses_must_be_half_the_range_apart() -> None:
    almost = Standard("M-99.9", D("99.9"))
    assert _refusal(_point(EMPTY, "0.0"), _point(almost, "99.9"), _point(M50, "50.0")) is Refusal.TOO_CLOSE
    assert _made(_point(EMPTY, "0.0"), _point(M100, "100.0"), _point(M50, "50.0")).gain == 1


def test_one_mass_serves_one_point_only() -> None:
    twin = Standard("M-50b", D(50))
    assert _refusal(_point(EMPTY, "0.0"), _point(M100, "100.0"), _point(M100, "100.0")) is (
        Refusal.SAME_STANDARD
    )
    assert _refusal(_point(M50, "50.0"), _point(twin, "50.0"), _point(M100, "100.0")) is Refusal.SAME_STANDARD


def test_the_third_mass_must_be_within_the_limit_of_a_scale_just_calibrated() -> None:
    good = (_point(EMPTY, "0.00"), _point(M100, "100.00"))
    assert _made(*good, _point(M50, "50.05")).residual == D("0.0500")
    assert _refusal(*good, _point(M50, "50.06")) is Refusal.THIRD_POINT
    assert _refusal(*good, _point(M50, "49.94")) is Refusal.THIRD_POINT


def test_a_gain_more_than_two_percent_off_needs_a_reason() -> None:
    far = (_point(EMPTY, "0.0"), _point(M100, "102.1"), _point(M50, "51.0", "51.0", "51.1"))
    assert _refusal(*far) is Refusal.REASON_NEEDED
    assert _refusal(*far, reason="  ") is Refusal.REASON_NEEDED
    assert _made(*far, reason="New load cell").reason == "New load cell"
    edge = (_point(EMPTY, "0.0"), _point(Standard("M-102", D(102)), "100.0"), _point(M50, "49.0"))
    assert _made(*edge).gain == D("1.02")


def test_a_point_is_three_readings_that_agree() -> None:
    rest = (_point(M100, "100.0"), _point(M50, "50.0"))
    assert _refusal(_point(EMPTY, "0.0", "0.0"), *rest) is Refusal.REPEATS
    assert _refusal(_point(EMPTY, "0.0", "0.0", "NaN"), *rest) is Refusal.REPEATS
    assert _refusal(_point(EMPTY, "0.0", "0.1", "0.2"), *rest) is Refusal.UNSTEADY
    assert _made(_point(EMPTY, "0.0", "0.1", "0.0"), *rest).points[0].repeats[1] == D("0.1")
    assert _refusal(*rest) is Refusal.REPEATS


def test_a_stadiometer_is_calibrated_with_rods() -> None:
    rods = [Standard(f"R-{size}", D(size)) for size in (80, 200, 140)]
    shown = ("79.0", "199.0", "139.2")
    made = _made(*(_point(*each) for each in zip(rods, shown, strict=True)), span=COLUMN)
    assert made.residual == D("0.2000")
    assert made.corrected(Reading(Quantity.BODY_HEIGHT, D("165.5"), "cm")).value == D("166.5")
    shown = ("79.0", "199.0", "139.6")
    assert _refusal(*(_point(*each) for each in zip(rods, shown, strict=True)), span=COLUMN) is (
        Refusal.THIRD_POINT
    )


def test_a_reference_is_used_only_within_its_certificate_and_the_range() -> None:
    ended = Standard("M-50", D(50), certified_until=NOON)
    good = (_point(EMPTY, "0.0"), _point(M100, "100.0"))
    with pytest.raises(DeviceError, match="certificate of M-50"):
        _made(*good, _point(ended, "50.0"))
    with pytest.raises(DeviceError, match="outside the range"):
        _made(*good, _point(Standard("M-250", D(250)), "250.0"))
    with pytest.raises(DeviceError, match="certificate says"):
        Standard("M-x", D("NaN"))


def test_a_record_without_a_name_or_in_local_time_is_not_made() -> None:
    points = (_point(EMPTY, "0.0"), _point(M100, "100.0"), _point(M50, "50.0"))
    with pytest.raises(DeviceError, match="Sign in"):
        calibrate(SCALE, points, id=ID, who=" ", when=NOON)
    for local in (datetime(2026, 3, 2, 12), NOON.astimezone(timezone(timedelta(hours=8)))):  # noqa: DTZ001
        with pytest.raises(DeviceError, match="UTC"):
            calibrate(SCALE, points, id=ID, who="staff-3", when=local)


@pytest.mark.parametrize(
    ("load", "e", "allowed"),
    [
        ("50", "0.1", "0.05"),
        ("50.1", "0.1", "0.1"),
        ("200", "0.1", "0.1"),
        ("25", "0.05", "0.025"),
        ("100", "0.05", "0.05"),
        ("100.05", "0.05", "0.075"),
    ],
)
def test_class_three_limits_are_the_published_steps_and_double_in_service(
    load: str, e: str, allowed: str
) -> None:
    span = Span("stand-1", Quantity.BODY_WEIGHT, D(0), D(200), D(e))
    assert limit(span, D(load), Phase.INITIAL) == D(allowed)
    assert limit(span, D(load), Phase.IN_SERVICE) == 2 * D(allowed)
    assert "R 76" in span.basis.source
    assert "not" in span.basis.evidence


@pytest.mark.parametrize("e", [None, "0", "-0.1", "NaN", "10", "0.01"])
def test_a_mistyped_scale_interval_is_noticed(e: str | None) -> None:
    with pytest.raises(DeviceError, match="plate"):
        Span("stand-1", Quantity.BODY_WEIGHT, D(0), D(200), None if e is None else D(e))


def test_only_weight_and_height_have_a_line() -> None:
    with pytest.raises(DeviceError, match="Only weight and height"):
        Span("cuff-1", Quantity.SYSTOLIC, D(0), D(200))


def _verified(span: Span, *shown: tuple[Standard, str], phase: Phase = Phase.IN_SERVICE) -> Verification:
    pairs = [(standard, D(value)) for standard, value in shown]
    return verify(span, pairs, id=ID, who="staff-3", when=NOON, phase=phase)


def test_a_scale_passes_its_weekly_check_at_the_limit_and_fails_beyond_it() -> None:
    assert _verified(SCALE, (EMPTY, "0.0"), (M20, "20.1"), (M100, "99.8")).passed
    failed = _verified(SCALE, (M20, "20.2"), (M100, "100.0"))
    assert [check.passed for check in failed.checks] == [False, True]
    assert failed.checks[0].error == D("0.2")
    assert not failed.passed
    assert failed.expires == NOON + timedelta(days=7)
    assert not _verified(SCALE, (M20, "20.1"), phase=Phase.INITIAL).passed


def test_a_stadiometer_passes_within_one_centimetre_of_its_rod() -> None:
    rod = Standard("R-100", D(100))
    assert _verified(COLUMN, (rod, "101.0")).passed
    assert not _verified(COLUMN, (rod, "98.9")).passed


def test_a_check_needs_a_reference_and_a_number() -> None:
    with pytest.raises(DeviceError, match="at least one"):
        _verified(SCALE, (EMPTY, "0.0"))
    with pytest.raises(DeviceError, match="display"):
        _verified(SCALE, (M20, "NaN"))


def test_due_dates_warn_first_then_lock() -> None:
    made = _made(_point(EMPTY, "0.0"), _point(M100, "100.0"), _point(M50, "50.0"))
    day, instant = timedelta(days=1), timedelta(microseconds=1)
    assert made.due(NOON) is Due.VALID
    assert made.due(made.expires - 30 * day - instant) is Due.VALID
    assert made.due(made.expires - 30 * day) is Due.SOON
    assert made.due(made.expires - instant).holds
    assert made.due(made.expires) is Due.OVERDUE
    assert made.due(datetime(1970, 1, 1, tzinfo=UTC)) is Due.CLOCK
    assert due(None, None, NOON, day) is Due.MISSING
    assert not any(each.holds for each in (Due.OVERDUE, Due.CLOCK, Due.MISSING))


_tenths = st.integers(0, 20).map(lambda n: D(n) / 10)


@given(offset=_tenths, permille=st.integers(-19, 19), tenths=st.integers(0, 2000))
def test_a_straight_scale_is_made_true_to_within_its_last_place(
    offset: D, permille: int, tenths: int
) -> None:
    """Whatever straight line the scale is off by, the line found undoes it."""
    slope = 1 + D(permille) / 1000
    standards = (EMPTY, M100, M50)
    points = [Point(each, (each.value * slope + offset,) * 3) for each in standards]
    made = calibrate(SCALE, points, id=ID, who="staff-3", when=NOON)
    true = D(tenths) / 10
    shown = true * slope + offset
    assert abs(made.corrected(_weight(str(shown))).value - true) <= D("0.0005")
    assert calibrate(SCALE, [points[1], points[0], points[2]], id=ID, who="staff-3", when=NOON) == made


@given(st.lists(st.decimals(allow_nan=True, allow_infinity=True), min_size=9, max_size=9))
def test_any_nine_numbers_make_a_line_that_holds_or_are_refused(values: list[Decimal]) -> None:
    points = [
        Point(standard, tuple(values[at : at + 3])) for standard, at in ((EMPTY, 0), (M100, 3), (M50, 6))
    ]
    made = None
    with suppress(DeviceError):
        made = calibrate(SCALE, points, id=ID, who="staff-3", when=NOON, reason="tried")
    if made is not None:
        assert made.gain > 0
        assert abs(made.residual) <= D("0.05")
