"""The trends of the doctor's page: every point is a stored value, on a window that never stretches."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from devices.reading import Comparator, Quantity
from health.visit import Control, Observation, PastVisit
from printouts.doctor_trends import MOST_VISITS, charts_of, days_of, spoken
from printouts.report import Report, build
from printouts.ruler import Ruler
from printouts.shapes import Line, Ring, Text
from printouts.trend import FOOT, LEFT, RIGHT, WIDTH, Point, Series, trend
from tests.printouts.cases import FULL, case_text, guest, old, report, text_of

WINDOW = Ruler(Decimal(80), Decimal(200))
FIRST = date(2026, 1, 5)


def visited(values: list[str | None], instruments: list[str] | None = None) -> Series:
    """A visit every 30 days."""
    names = instruments or ["a"] * len(values)
    points = [
        Point(FIRST + timedelta(days=30 * i), None if v is None else Decimal(v), n)
        for i, (v, n) in enumerate(zip(values, names, strict=True))
    ]
    return Series(tuple(points), values[-1] or "", None, Decimal(120))


def with_past(made: Report, *past: PastVisit) -> Report:
    return replace(made, history=past)


def pulse(value: str, control: Control | None = None, sign: Comparator | None = None) -> Observation:
    return Observation(Quantity.GLUCOSE, Decimal(value), "mmol/L", sign, control=control)


@given(st.lists(st.none() | st.integers(60, 260).map(str), min_size=2, max_size=8))
def test_a_dot_a_value_and_nothing_leaves_the_box(values: list[str | None]) -> None:
    drawn = trend((visited(values),), WINDOW)
    rings = [shape for shape in drawn if isinstance(shape, Ring)]
    assert len(rings) == sum(value is not None for value in values)
    assert all(LEFT <= ring.x <= RIGHT + 0.01 and 0 < ring.y < FOOT for ring in rings)
    assert all(0 <= x <= WIDTH for shape in drawn if isinstance(shape, Line) for x, _ in shape.points)


def test_a_visit_without_the_value_is_crossed_by_a_dashed_line() -> None:
    drawn = trend((visited(["140", "150", None, "146"]),), WINDOW)
    lines = [s for s in drawn if isinstance(s, Line) and s.width == 0.4]
    assert [bool(line.dash) for line in lines] == [False, True]


def test_two_visits_are_dots_without_a_line() -> None:
    drawn = trend((visited(["140", "146"]),), WINDOW)
    assert not [s for s in drawn if isinstance(s, Line) and s.width == 0.4]


def test_a_new_instrument_is_an_upright_line() -> None:
    def uprights(names: list[str]) -> int:
        drawn = trend((visited(["140", "150", "146"], names),), WINDOW)
        dotted = [s for s in drawn if isinstance(s, Line) and s.dash and s.points[0][0] == s.points[1][0]]
        return len(dotted)

    assert uprights(["a", "a", "a"]) == 0
    assert uprights(["a", "b", "b"]) == 1


def test_the_window_does_not_stretch_to_the_data() -> None:
    def at(values: list[str | None]) -> float:
        rings = [s for s in trend((visited(values),), WINDOW) if isinstance(s, Ring)]
        return rings[-1].y

    assert at(["81", "140"]) == at(["199", "140"])


def test_two_values_side_by_side_are_pushed_apart() -> None:
    one, other = visited(["120", "121"]), visited(["119", "120"])
    drawn = trend((replace(one, name="A"), replace(other, name="B")), WINDOW)
    feet = sorted(s.y for s in drawn if isinstance(s, Text) and s.x > RIGHT)
    assert all(b - a >= 2.8 for a, b in pairwise(feet))


def test_out_of_control_and_off_scale_values_are_no_points() -> None:
    made = old()
    past = [
        PastVisit(date(2026, 8, 1), (pulse("5.1"),)),
        PastVisit(date(2026, 9, 1), (pulse("9.9", Control.OUT),)),
        PastVisit(date(2026, 10, 1), (pulse("33.3", sign=Comparator.ABOVE),)),
    ]
    (chart,) = charts_of(with_past(made, *past))
    assert [point.value for point in chart.series[0].points] == [
        Decimal("5.1"),
        None,
        None,
        Decimal("5.9"),
    ]


def test_the_last_eight_visits_are_drawn_and_said() -> None:
    past = [PastVisit(date(2026, month, 1), (pulse("5.5"),)) for month in range(1, 11)]
    made = with_past(old(), *past)
    assert len(days_of(made)) == MOST_VISITS
    (chart,) = charts_of(made)
    assert spoken(made, chart).count("5.5") == MOST_VISITS - 1
    assert "2026-11-23 5.9" in spoken(made, chart)


def test_who_was_never_here_is_told_that_there_is_nothing_to_compare(tmp_path: Path) -> None:
    assert charts_of(guest()) == ()
    assert "没有以前的结果可以比" in text_of(build(guest()), tmp_path, page=2)


def test_the_stronger_hand_of_each_visit_is_the_grip(tmp_path: Path) -> None:
    hands = {"grip_left": {"value": "18.2", "unit": "kg"}, "grip_right": {"value": "17.0", "unit": "kg"}}
    resident = {"sex": "female", "birth_date": "1940-03-02"}
    made = report(case_text(FULL, resident=resident, history=[{"on": "2026-08-24", "observations": hands}]))
    (chart,) = charts_of(made)
    assert [point.value for point in chart.series[0].points] == [Decimal("18.2"), Decimal("16.8")]
    assert "16.8" in text_of(build(made), tmp_path, page=2)
