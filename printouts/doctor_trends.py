"""The trends of the doctor's page: which values of the last visits are drawn, and what is said of them aloud.

A value that is off the instrument's scale or was measured out of control is not a point. It must not draw a
line (``trend`` does) or judge one.
"""

from datetime import date

import msgspec

from devices.reading import Quantity
from health.quantity import MEASURES, printed_text, printed_value
from health.visit import Observation
from printouts.content import Report
from printouts.doctor_page import NAME, SMALL, DoctorPage
from printouts.doctor_rows import doctor_name
from printouts.points import normal_of, point_of
from printouts.rows import GRIP, PRESSURE
from printouts.ruler import Ruler, ruler_of
from printouts.sheet import LEFT, SECOND
from printouts.structure import Part
from printouts.trend import HEIGHT, WIDTH, Point, Series, trend

GAP = 4.0
MOST_VISITS = 8
_HEAD = 4.6


class _Chart(msgspec.Struct, frozen=True):
    """One chart: its name, unit, lines and window."""

    name: str
    unit: str
    series: tuple[Series, ...]
    window: Ruler
    about: tuple[Quantity, ...]
    stems: bool = False


def draw_trends(page: DoctorPage) -> None:
    """Draws a chart for every value that an earlier visit had too; says so where there is none."""
    report, words = page.report, page.report.words
    days, charts = days_of(report), charts_of(report)
    if not charts:
        page.head(words.text("sheet.trends"), words.text("sheet.trends.none"))
        return
    note = words.text("sheet.trends.note", count=str(len(days)))
    page.head(words.text("sheet.trends"), note, height=HEIGHT + _HEAD + 10)
    base = page.y + _HEAD
    for index, chart in enumerate(charts):
        left = LEFT + (WIDTH + GAP) * index
        with page.sheet.part(Part.PARAGRAPH):
            wide = page.sheet.text(left, base, chart.name, NAME, bold=True)
            page.sheet.text(left + wide + 1.2, base, chart.unit, SMALL, colour=SECOND)
        with page.sheet.part(Part.FIGURE, spoken(report, chart)):
            page.sheet.shapes(trend(chart.series, chart.window, stems=chart.stems), left, base + 1.4)
    page.y = base + 1.4 + HEIGHT - 2.2


def days_of(report: Report) -> tuple[date, ...]:
    """The days of the last visits, this one last."""
    past = sorted({one.on for one in report.history if one.on < report.visit.on})
    return (*past[-(MOST_VISITS - 1) :], report.visit.on)


def charts_of(report: Report) -> tuple[_Chart, ...]:
    """The charts in their order; one without an earlier value is left out."""
    words = report.words
    height = report.visit.value_of(Quantity.BODY_HEIGHT)
    cm = None if height is None else height.value
    sex = report.visit.resident.sex
    pressure = _ruler(ruler_of(Quantity.DIASTOLIC), ruler_of(Quantity.SYSTOLIC))
    lipids = _ruler(ruler_of(Quantity.LDL), ruler_of(Quantity.TOTAL_CHOLESTEROL))
    wanted = (
        (words.text("quantity.blood_pressure"), PRESSURE, pressure),
        (
            doctor_name(report, "body_weight"),
            (Quantity.BODY_WEIGHT,),
            ruler_of(Quantity.BODY_WEIGHT, sex, cm),
        ),
        (words.text("sheet.trends.lipids"), (Quantity.TOTAL_CHOLESTEROL, Quantity.LDL), lipids),
        (doctor_name(report, "glucose"), (Quantity.GLUCOSE,), ruler_of(Quantity.GLUCOSE)),
        (words.text("quantity.grip"), GRIP, ruler_of(Quantity.GRIP_RIGHT, sex)),
    )
    made = [_chart(report, *one) for one in wanted]
    return tuple(chart for chart in made if chart is not None)


def _ruler(low: Ruler | None, high: Ruler | None) -> Ruler | None:
    return None if low is None or high is None else Ruler(low.low, high.high)


def _chart(
    report: Report, name: str, quantities: tuple[Quantity, ...], window: Ruler | None
) -> _Chart | None:
    if window is None:
        return None
    unit = MEASURES[quantities[0]].sign
    if quantities == GRIP:
        series = [_series(report, quantities)]
    else:
        series = [one for q in quantities if _told(one := _series(report, (q,)))]
    if not any(_told(one) for one in series):
        return None
    if len(series) > 1 and quantities != PRESSURE:
        names = [report.words.text(f"sheet.trends.{q.value}") for q in quantities]
        series = [Series(s.points, s.shown, s.low, s.high, n) for s, n in zip(series, names, strict=False)]
    return _Chart(name, unit, tuple(series), window, quantities, stems=quantities == PRESSURE)


def _told(one: Series) -> bool:
    """Whether an earlier visit had the value."""
    return any(point.value is not None for point in one.points[:-1])


def _series(report: Report, quantities: tuple[Quantity, ...]) -> Series:
    """One line; of two hands the stronger one of each visit."""
    points, last = [], None
    for day in days_of(report):
        last = point_of(_held(report, day), quantities)
        value = None if last is None else printed_value(last)
        points.append(Point(day, value, None if last is None else last.instrument))
    low, high = normal_of(report.assessment, quantities[0])
    return Series(tuple(points), "" if last is None else printed_text(last), low, high)


def _held(report: Report, day: date) -> tuple[Observation, ...]:
    if day == report.visit.on:
        return report.visit.observations
    return tuple(o for past in report.history if past.on == day for o in past.observations)


def spoken(report: Report, chart: _Chart) -> str:
    """The chart in words: the day and the values of each visit."""
    words, parts = report.words, []
    for index, day in enumerate(point.on for point in chart.series[0].points):
        values = [one.points[index].value for one in chart.series]
        said = "/".join("—" if value is None else f"{value:f}" for value in values)
        parts.append(f"{day:%Y-%m-%d} {said}")
    listed = words.text("sheet.and").join(parts)
    return words.text("sheet.alt.trend", name=chart.name, unit=chart.unit, values=listed)
