"""The road never says anything else than the level printed beside it."""

from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from devices.reading import Comparator, Quantity
from health.assessment import Level, Zone
from health.quantity import printed_value
from health.visit import Sex
from printouts.marks import mark
from printouts.paint_svg import svg
from printouts.road import COLOUR, DARK, GREY, HEIGHT, THERMAL, label_width, road, zone_at
from printouts.rows import rows
from printouts.ruler import Ruler, ruler_of
from printouts.shapes import Anchor, Line, Polygon, Rect, Ring, Text
from tests.printouts.cases import middle, old, urgent

SYSTOLIC = Ruler(Decimal(80), Decimal(200))
WIDTH = 76.0


def zones(*parts: tuple[str | None, int]) -> tuple[Zone, ...]:
    low, found = None, []
    for high, level in parts:
        end = None if high is None else Decimal(high)
        found.append(Zone(low, end, Level(level), "word"))
        low = end
    return tuple(found)


PRESSURE = zones(("90", 1), ("120", 0), ("140", 1), ("180", 2), (None, 3))


@st.composite
def any_zones(draw: st.DrawFn) -> tuple[Zone, ...]:
    limits = sorted(draw(st.sets(st.integers(81, 199), max_size=5)))
    levels = st.sampled_from(Level)
    return zones(*[(str(limit), draw(levels)) for limit in limits], (None, draw(levels)))


def pin_x(drawn: tuple[object, ...]) -> float:
    head = [shape for shape in drawn if isinstance(shape, Polygon)][-1]
    return min(head.points, key=lambda point: -point[1])[0]


@given(any_zones(), st.integers(80, 200))
def test_the_zone_under_the_pin_has_the_level_of_the_value(made: tuple[Zone, ...], value: int) -> None:
    drawn = road(SYSTOLIC, made, Decimal(value), width_mm=WIDTH)
    zone, x = zone_at(made, Decimal(value)), pin_x(drawn)
    under = [
        shape
        for shape in drawn
        if isinstance(shape, Rect) and shape.edge and shape.x - 1e-6 <= x <= shape.x + shape.width + 1e-6
    ]
    assert zone is not None
    assert zone.level is not None
    assert any(shape.height == HEIGHT[zone.level] for shape in under)


def test_word_and_road_agree_in_every_row_of_every_report() -> None:
    for report in (old(), middle(), urgent()):
        for row in rows(report.visit, report.assessment, report.history):
            if row.finding is not None and row.finding.zones and row.observation.comparator is None:
                zone = zone_at(row.finding.zones, printed_value(row.observation))
                assert zone is not None
                assert zone.level is row.level, row.quantity


@given(any_zones(), st.sampled_from((20.0, 66.0, 70.0, 76.0)))
def test_printed_limits_never_touch_and_never_leave_the_road(made: tuple[Zone, ...], width: float) -> None:
    spans = []
    for shape in road(SYSTOLIC, made, Decimal(100), width_mm=width):
        if isinstance(shape, Text):
            assert shape.anchor is Anchor.MIDDLE
            half = label_width(shape.text, shape.size_pt) / 2
            spans.append((shape.x - half, shape.x + half))
    for left, right in pairwise(sorted(spans)):
        assert left[1] + 1.6 <= right[0] + 1e-6
    assert all(left >= -1e-6 and right <= width + 1e-6 for left, right in spans)


def test_a_stretch_without_a_class_is_a_bare_line_and_the_rest_keeps_its_width() -> None:
    bare = Zone(None, Decimal(120), None, "")
    drawn = road(
        SYSTOLIC, (bare, *zones(("120", 0), ("140", 1), (None, 2))[1:]), Decimal(150), width_mm=WIDTH
    )
    lines = [s for s in drawn if isinstance(s, Line) and s.points[0][1] == s.points[1][1] == 0.0]
    (line,) = lines
    edge = SYSTOLIC.place(Decimal(120), WIDTH)
    assert (line.points[0][0], line.points[1][0]) == (0.0, edge)
    boxes = [s for s in drawn if isinstance(s, Rect) and s.edge]
    assert [b.height for b in boxes] == [HEIGHT[Level.NOTICE], HEIGHT[Level.DOCTOR]]
    assert "120" in [s.text for s in drawn if isinstance(s, Text)]


def test_the_wider_the_road_the_calmer() -> None:
    assert HEIGHT[Level.NORMAL] > HEIGHT[Level.NOTICE] > HEIGHT[Level.DOCTOR] > HEIGHT[Level.NOW]


def test_limits_of_normal_are_printed_before_all_others() -> None:
    made = zones(("100", 1), ("101", 0), (None, 2))
    drawn = road(SYSTOLIC, zones(("99", 2), *[("100", 1), ("140", 0)], (None, 2)), None)
    assert [s.text for s in drawn if isinstance(s, Text)][:2] == ["100", "140"]
    assert [s.text for s in road(SYSTOLIC, made, None) if isinstance(s, Text)] == ["100"]


def test_a_value_beyond_the_ruler_is_an_arrowhead_that_stays_on_the_paper() -> None:
    for value, sign in (("260", None), ("60", None), ("150", Comparator.ABOVE), ("150", Comparator.BELOW)):
        heads = [s for s in road(SYSTOLIC, PRESSURE, Decimal(value), sign) if isinstance(s, Polygon)]
        xs = [x for head in heads for x, _ in head.points]
        right = sign is Comparator.ABOVE or (sign is None and value == "260")
        assert max(xs) <= WIDTH + 0.5
        assert min(xs) >= -0.5
        assert (min(xs) > WIDTH / 2) is right


def test_last_time_is_a_ring_unless_the_numbers_are_equal() -> None:
    def rings(last: str | None) -> int:
        before = None if last is None else Decimal(last)
        return sum(isinstance(s, Ring) for s in road(SYSTOLIC, PRESSURE, Decimal(146), None, before))

    assert [rings("152"), rings("146"), rings("146.0"), rings(None), rings("300")] == [1, 0, 0, 0, 0]


def test_without_a_class_the_road_is_a_bare_line_and_without_a_value_it_is_empty() -> None:
    bare = road(SYSTOLIC, (), Decimal(120))
    assert not [s for s in bare if isinstance(s, Text)]
    empty = road(SYSTOLIC, PRESSURE, None)
    assert not [s for s in empty if isinstance(s, Polygon | Ring)]
    assert all(s.dash and s.fill is None for s in empty if isinstance(s, Rect))


def test_levels_read_without_colour_on_thermal_paper() -> None:
    drawn = road(SYSTOLIC, PRESSURE, Decimal(146), style=THERMAL)
    beds = [s for s in drawn if isinstance(s, Rect) and s.edge]
    assert {s.fill for s in beds} == {None}
    assert len({s.height for s in beds}) == 4


def test_a_ruler_never_stretches_to_the_data() -> None:
    height = Decimal("152.4")
    assert ruler_of(Quantity.BODY_WEIGHT, Sex.FEMALE, height) == Ruler(Decimal(35), Decimal(80))
    assert ruler_of(Quantity.BODY_WEIGHT) is None
    assert ruler_of(Quantity.WAIST) is None
    assert ruler_of(Quantity.GRIP_LEFT, Sex.MALE) == Ruler(Decimal(0), Decimal(60))


def test_every_level_has_a_mark_of_its_own_inside_its_box() -> None:
    drawn = {mark(level) for level in Level}
    assert len(drawn) == len(Level)
    for shapes in drawn:
        for shape in shapes:
            if isinstance(shape, Polygon):
                assert all(-0.3 <= c <= 10.3 for point in shape.points for c in point)


def test_svg_text_from_outside_is_never_markup() -> None:
    painted = svg((Text(0, 0, "<b>&", 16, "#000000"),), 0, 0, 10, 10, '"><script>')
    assert "<b>" not in painted
    assert "<script>" not in painted


def test_every_style_paints() -> None:
    for style in (COLOUR, GREY, THERMAL, DARK):
        drawn = road(SYSTOLIC, PRESSURE, Decimal(146), None, Decimal(150), 76, style)
        assert svg(drawn, -3, -6, 82, 15, "146").startswith("<svg ")
