"""The district on one screen: alarms on the clock, visits against the usual, all stations, six figures.

No names: it hangs on a wall. Every part leads to its list.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

import msgspec

from clinic.pages.drawing import level_mark
from clinic.pages.fleet import FleetLine
from clinic.pages.paging import address_of
from clinic.pages.saying import Saying, moment_of
from clinic.pages.tasks import GOAL, TaskLine, waited, waits
from clinic.store.tasks import Task
from health.assessment import Level

_WIDE, _HIGH = 760, 40
_INK, _LATE = "#1A1A1A", "#8F1616"


class Strip(msgspec.Struct, frozen=True):
    """One alarm on the clock. ``drawing`` is SVG made here; ``state`` says it in words."""

    address: str
    what: str
    where: str
    drawing: str
    minutes: str
    state: str
    late: bool


class AlarmCount(msgspec.Struct, frozen=True):
    """How many alarms of today one station had and how many still wait; for who may see no person."""

    where: str
    count: str
    waits: str
    late: bool


class Sum(msgspec.Struct, frozen=True):
    """One figure with its unit, what it counts and where; ``late`` when it asks for somebody."""

    value: str
    unit: str
    name: str
    where: str
    address: str
    late: bool


class Clock(msgspec.Struct, frozen=True):
    """The hours that the strips lie on."""

    start: datetime
    end: datetime

    def x(self, at: datetime) -> float:
        """Where a moment lies, in px; what is before the first hour lies at its edge."""
        part = (at - self.start) / (self.end - self.start)
        return round(_WIDE * min(1.0, max(0.0, part)), 1)

    def ticks(self, saying: Saying) -> tuple[tuple[float, str], ...]:
        """The hours that are written, and where."""
        hours = int((self.end - self.start) / timedelta(hours=1))
        step = max(1, -(-hours // 6))
        some = (self.start + timedelta(hours=n) for n in range(0, hours, step))
        return tuple((100 * self.x(at) / _WIDE, f"{at.astimezone(saying.zone):%H:%M}") for at in some)


def clock_of(alarms: tuple[Task, ...], saying: Saying, now: datetime) -> Clock:
    """From eight, or the hour of the first alarm of today if that was earlier, until now."""
    midnight = now.astimezone(saying.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    first = min([moment_of(one.waits_since()) for one in alarms], default=now)
    early = max(midnight, first.astimezone(saying.zone).replace(minute=0, second=0, microsecond=0))
    start = min(early, midnight + timedelta(hours=8))
    return Clock(start, max(now.astimezone(saying.zone), start + timedelta(hours=2)))


def strip_of(
    task: Task, line: TaskLine, clock: Clock, saying: Saying, now: datetime, street: str = ""
) -> Strip:
    """One alarm: thick while it waits, a ring when she was reached, a square when it was closed."""
    opened = moment_of(task.waits_since())
    closed = None if task.closed_at is None else moment_of(task.closed_at)
    reached = closed if task.contacted_at is None else moment_of(task.contacted_at)
    long = waited(task, now)
    state = "closed" if closed else "reached" if reached else "waits"
    return Strip(
        address=f"{address_of('/worklist', open=task.id, street=street)}#open",
        what=f"{line.why} {line.value}".strip(),
        where=f"{line.about}　{line.station}".strip(),
        drawing=_drawn(opened, reached, closed, clock, now),
        minutes=saying.span(long),
        state=saying.text(f"board.state.{state}"),
        late=waits(task) or long > GOAL,
    )


def counted(alarms: tuple[Task, ...], names: Mapping[str, str], saying: Saying) -> tuple[AlarmCount, ...]:
    """The alarms by station, those first where somebody still waits. ``names`` are those of the stations."""
    found: dict[str, list[Task]] = {}
    for one in alarms:
        found.setdefault(one.station, []).append(one)
    some = sorted(found.items(), key=lambda item: (-sum(map(waits, item[1])), -len(item[1]), item[0]))
    return tuple(_counted(names.get(station, station), each, saying) for station, each in some)


def _counted(where: str, alarms: list[Task], saying: Saying) -> AlarmCount:
    waiting = sum(map(waits, alarms))
    said = saying.text("wall.waits", count=str(waiting)) if waiting else saying.text("wall.all_reached")
    return AlarmCount(where, saying.text("wall.alarms", count=str(len(alarms))), said, bool(waiting))


def _drawn(
    opened: datetime, reached: datetime | None, closed: datetime | None, clock: Clock, now: datetime
) -> str:
    middle = _HIGH / 2
    a, b = clock.x(opened), clock.x(reached or now)
    late = reached is None or reached - opened > GOAL
    colour = _LATE if late else _INK
    parts = [f'<rect x="{a}" y="{middle - 7}" width="{max(6.0, b - a)}" height="14" fill="{colour}"/>']
    if reached is not None:
        c = clock.x(closed or now)
        parts.append(f'<rect x="{b}" y="{middle - 1.5}" width="{max(0.0, c - b)}" height="3" fill="{_INK}"/>')
        ring = f'<circle cx="{b}" cy="{middle}" r="8" fill="#FFFFFF" stroke="{_INK}" stroke-width="4"/>'
        parts.append(ring)
    if closed is not None:
        parts.append(
            f'<rect x="{clock.x(closed) - 9}" y="{middle - 9}" width="18" height="18" fill="{_INK}"/>'
        )
    drawn = "".join(parts)
    return f'<svg viewBox="-12 0 {_WIDE + 24} {_HIGH}" aria-hidden="true">{drawn}</svg>'


def sentence(alarms: tuple[Task, ...], lines: tuple[FleetLine, ...], saying: Saying, now: datetime) -> str:
    """The one sentence that is true now."""
    waiting = [one for one in alarms if waits(one)]
    if waiting:
        people = {one.subject for one in waiting}
        longest = max(now - moment_of(one.waits_since()) for one in waiting)
        return saying.text("board.waiting", count=str(len(people)), time=saying.span(longest))
    worst = [line for line in lines if line.level >= Level.DOCTOR]
    if worst:
        return saying.text("board.station", name=worst[0].name, what=worst[0].troubles[0])
    return saying.text("board.calm")


def mark(alarms: tuple[Task, ...], lines: tuple[FleetLine, ...]) -> str:
    """The shape beside it."""
    if any(waits(one) for one in alarms):
        return level_mark(Level.NOW, None)
    worst = any(line.level >= Level.DOCTOR for line in lines)
    return level_mark(Level.DOCTOR if worst else Level.NORMAL, None)
