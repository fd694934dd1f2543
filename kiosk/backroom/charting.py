"""The chart of one control level, ready to be drawn: every mark comes from the rules, none is judged here."""

from devices.control import Lot
from devices.control_chart import Chart, ChartPoint
from devices.control_rules import Verdict
from devices.reading import Quantity
from kiosk.backroom.chart_views import ChartDot, ChartNote, ChartView, Dot
from kiosk.backroom.shift import Shift

_NOTES = 4
_DOTS = {Verdict.ACCEPT: Dot.GOOD, Verdict.WARN: Dot.WARNED, Verdict.REJECT: Dot.REJECTED}


def quantities_of(lot: Lot) -> tuple[Quantity, ...]:
    """What the lot controls."""
    return lot.quantities


def chart_view(shift: Shift, chart: Chart, lot: Lot, level: str) -> ChartView:
    """The screen of one level."""
    say, target = shift.say, chart.target
    points = chart.points
    latest = points[-1] if points else None
    levels = tuple(
        (
            f"{target.quantity}:{one}",
            say("chart.level", level=one, mean=str(lot.target(one, target.quantity).mean)),
        )
        for one in lot.materials(target.quantity)
    )
    dot = Dot.GOOD if latest is None else _dot(latest)
    return ChartView(
        levels=levels[:2],
        level=f"{target.quantity}:{level}",
        dots=tuple(_drawn(shift, point) for point in points),
        first_day=shift.day(shift.local(points[0].when).date()) if points else "",
        last_day=_last_day(shift, latest),
        mended_words=say("chart.mended") if any(point.action for point in points) else "",
        summary=say("chart.summary", lot=lot.number, sd=str(target.sd), count=str(len(points))),
        dot=dot,
        verdict=say("chart.none") if latest is None else say(f"chart.{dot}"),
        sentence="" if latest is None else _sentence(shift, latest),
        notes=_notes(shift, points),
    )


def no_chart(shift: Shift) -> ChartView:
    """No lot, or the desk has not answered yet."""
    say = shift.say
    words = "" if shift.waits else say("chart.none")
    return ChartView((), "", (), "", "", "", "", Dot.WARNED, words, "", ())


def _dot(point: ChartPoint) -> Dot:
    return Dot.OFF_SCALE if point.comparator is not None else _DOTS[point.verdict]


def _drawn(shift: Shift, point: ChartPoint) -> ChartDot:
    z = None if point.z is None else float(point.z)
    return ChartDot(shift.local(point.when).date(), z, _dot(point), point.action is not None)


def _last_day(shift: Shift, latest: ChartPoint | None) -> str:
    if latest is None:
        return ""
    day = shift.local(latest.when).date()
    return shift.say("chart.today") if day == shift.clock.today() else shift.day(day)


def _sentence(shift: Shift, point: ChartPoint) -> str:
    if point.z is None:
        return f"{point.comparator or ''}{point.value}"
    side = shift.say("chart.above" if point.z >= 0 else "chart.below")
    return shift.say("chart.good_more", value=str(point.value), side=side, z=f"{abs(point.z):.1f}")


def _notes(shift: Shift, points: tuple[ChartPoint, ...]) -> tuple[ChartNote, ...]:
    """The latest runs that broke a rule, oldest first; of several rules the gravest."""
    found = [
        ChartNote(
            _dot(point), shift.day(shift.local(point.when).date()), shift.say(f"rule.{point.rules[-1]}")
        )
        for point in points
        if point.rules
    ]
    return tuple(found[-_NOTES:])
