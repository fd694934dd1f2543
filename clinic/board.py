"""The board of the district for a screen on a wall, and the same figures for a program that draws them.

The board asks for itself again every few seconds; when the server restarts it goes on where it was. No name
of a resident stands on it, and no label of a figure names anybody.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from statistics import median

from starlette.responses import Response

from clinic.district import Now, standing
from clinic.fleet import Facts
from clinic.pages.board import Strip, Sum, clock_of, counted, mark, sentence, strip_of
from clinic.pages.fleet import fleet_lines
from clinic.pages.paging import address_of
from clinic.pages.saying import Saying, moment_of
from clinic.pages.tasks import task_line
from clinic.roles import Right
from clinic.store.erased_elsewhere import count_not_gone
from clinic.store.forwarding import StateOfTarget
from clinic.store.store import Transaction
from clinic.store.tasks import Task
from clinic.store.visits import visits_named
from clinic.streets import in_street, streets_of
from clinic.visitor import Visitor

_STRIPS = 7
_STATIONS = 14
_WEEKS = 8
_MOST = 500
_LATE = "Alarms of today, and older ones nobody was reached for, that waited or wait over 15 minutes."


def show(visitor: Visitor) -> Response:
    """The board. Who may not see people, as a screen on a wall, gets counts for alarms, and no link."""
    saying, people = visitor.saying, visitor.may(Right.LOOK)
    with visitor.clinic.store.reading() as connection:
        now = standing(visitor.clinic, connection)
        every = streets_of(now.fleet)
        street = wanted if (wanted := visitor.request.query_params.get("street", "")) in every else ""
        now = in_street(connection, visitor.clinic.settings.tenant, now, street) if street else now
        shown = now.alarms[-_STRIPS:] if people else ()
        strips = _strips(visitor, connection, shown, now.at, street)
    lines = fleet_lines(now.fleet, now.visits, saying, now.at)
    active = tuple(line for line in lines if line.approved)
    waited, today = now.waited(), now.at.astimezone(saying.zone).date().isoformat()
    names = {one.id: one.name for one in now.fleet}
    values: dict[str, object] = {
        "people": people,
        "streets": every if people else (),
        "street": street,
        "heading": sentence(now.alarms, active, saying, now.at),
        "top_mark": mark(now.alarms, active),
        "strips": strips,
        "counted": () if people else counted(now.alarms, names, saying)[:_STRIPS],
        "ticks": clock_of(shown, saying, now.at).ticks(saying),
        "alarms": saying.text(
            "board.alarms.count", all=str(len(now.alarms)), open=str(now.tasks.not_reached)
        ),
        "median": saying.text("board.median", time=saying.span(_middle(waited))) if waited else "",
        "visits": str(sum(now.visits.values())),
        "usual": _usual(now, saying),
        "online": saying.text("board.online", online=str(now.online()), all=str(len(active))),
        "lines": active[:_STATIONS],
        "more": len(active[_STATIONS:]),
        "sums": tuple(_sums(now, saying, street, "/quarantine" if visitor.may(Right.CALL) else "")),
        "waiting_address": address_of("/worklist", show="now", street=street),
        "visits_address": address_of("/visits", day=today, street=street),
        "stations_address": address_of("/stations", street=street),
        "script": "board.js",
    }
    return visitor.page("board.html", "board", values)


def _strips(
    visitor: Visitor, connection: Transaction, shown: tuple[Task, ...], at: datetime, street: str
) -> list[Strip]:
    saying = visitor.saying
    visits = visits_named(connection, visitor.clinic.settings.tenant, [one.visit for one in shown])
    clock = clock_of(shown, saying, at)
    return [
        strip_of(one, task_line(one, visits.get(one.visit), None, saying, at), clock, saying, at, street)
        for one in shown
    ]


def metrics(visitor: Visitor) -> Response:
    """The same as Prometheus reads it; stations are the only labels."""
    with visitor.clinic.store.reading() as connection:
        now = standing(visitor.clinic, connection)
        elsewhere = count_not_gone(connection, visitor.clinic.settings.tenant)
    body = "\n".join(_metrics(now, elsewhere)) + "\n"
    return Response(body, media_type="text/plain; version=0.0.4; charset=utf-8")


def _middle(spans: list[timedelta]) -> timedelta:
    return timedelta(seconds=median(one.total_seconds() for one in spans))


def _usual(now: Now, saying: Saying) -> str:
    if not now.usual:
        return saying.text("board.usual.unknown")
    return saying.text("board.usual", low=str(min(now.usual)), high=str(max(now.usual)))


def _sums(now: Now, saying: Saying, street: str, aside_at: str) -> Iterator[Sum]:
    """The figures below; ``aside_at`` is the page of what was set aside, empty for who may not open it."""
    active = now.active()

    def counted(name: str, unit: str, some: list[Facts], path: str = "/stations", many: int = -1) -> Sum:
        where = saying.text("clinic.comma").join(one.name for one in some[:2])
        count = len(some) if many < 0 else many
        words = (saying.text(f"board.unit.{unit}"), saying.text(f"board.sum.{name}"))
        address = address_of(path, street=street) if path else ""
        return Sum(str(count), *words, where, address, bool(count))

    yield Sum(
        str(now.tasks.overdue),
        saying.text("board.unit.people"),
        saying.text("board.sum.overdue"),
        "",
        address_of("/worklist", show="overdue", street=street),
        bool(now.tasks.overdue),
    )
    oldest = min((one for one in active if one.oldest_unsent), key=_oldest, default=None)
    yield Sum(
        "0" if oldest is None else _hours(now.at - _oldest(oldest)),
        saying.text("board.unit.hours"),
        saying.text("board.sum.oldest"),
        "" if oldest is None else oldest.name,
        address_of("/stations", street=street),
        oldest is not None and now.at - _oldest(oldest) > timedelta(hours=1),
    )
    aside = [one for one in active if one.quarantined]
    yield counted("aside", "pieces", aside, aside_at, now.aside)
    if any(one.set_aside or _stands(one, now) for one in now.forward):
        yield _stuck(now, saying)
    yield counted("rests", "stations", [one for one in active if one.resting])
    yield counted("due", "stations", [one for one in active if one.due_soon(now.at)])
    yield counted("paper", "stations", [one for one in active if one.paper_amiss()])


def _stands(one: StateOfTarget, now: Now) -> bool:
    """Whether what should go on to another server has waited there for long."""
    return one.waiting_since is not None and now.at - moment_of(one.waiting_since) > timedelta(hours=1)


def _stuck(now: Now, saying: Saying) -> Sum:
    """What does not go on to other servers; stands on the board only then."""
    stuck = [one for one in now.forward if one.set_aside or _stands(one, now)]
    many = sum(one.set_aside + one.waiting for one in stuck)
    where = saying.text("clinic.comma").join(one.target for one in stuck)
    return Sum(
        str(many),
        saying.text("board.unit.pieces"),
        saying.text("board.sum.forward"),
        where,
        "/stations#forward",
        late=True,
    )


def _hours(long: timedelta) -> str:
    minutes = max(0, int(long.total_seconds()) // 60)
    return f"{minutes // 60}:{minutes % 60:02}"


def _oldest(one: Facts) -> datetime:
    return one.oldest_unsent or datetime.max.replace(tzinfo=one.last_seen.tzinfo if one.last_seen else None)


def _metrics(now: Now, elsewhere: int) -> Iterator[str]:
    totals = (
        ("kangyi_visits_today", "Visits measured today.", sum(now.visits.values())),
        ("kangyi_stations_online", "Stations heard within 15 minutes.", now.online()),
        ("kangyi_stations", "Stations that may send.", len(now.active())),
        ("kangyi_tasks_open", "Open tasks.", now.tasks.open),
        ("kangyi_tasks_overdue", "Open tasks that are overdue.", now.tasks.overdue),
        ("kangyi_alarms_not_reached", "Urgent tasks in which nobody was reached yet.", now.tasks.not_reached),
        ("kangyi_alarms_late", _LATE, now.late()),
        ("kangyi_erased_elsewhere", "Visits erased here that another server may still hold.", elsewhere),
    )
    for name, help_, value in totals:
        yield from (f"# HELP {name} {help_}", f"# TYPE {name} gauge", f"{name} {value}")
    for name, help_, of in _BY_STATION:
        yield from (f"# HELP {name} {help_}", f"# TYPE {name} gauge")
        for one in now.active():
            told = of(one, now)
            if told is not None:
                yield f'{name}{{station="{one.id}"}} {told:g}'
    if now.forward:
        yield from _of_targets(now)


def _of_targets(now: Now) -> Iterator[str]:
    """The same of the servers that visits go on to; the server is the label."""
    for name, help_, of in _BY_TARGET:
        yield from (f"# HELP {name} {help_}", f"# TYPE {name} gauge")
        for one in now.forward:
            told = of(one, now)
            if told is not None:
                yield f'{name}{{target="{one.target}"}} {told:g}'


def _since(at: str | None, now: Now) -> float | None:
    return None if at is None else _seconds(moment_of(at), now)


def _seconds(since: datetime | None, now: Now) -> float | None:
    return None if since is None else (now.at - since).total_seconds()


_BY_STATION = (
    ("kangyi_station_silence_seconds", "Since it was heard.", lambda one, now: _seconds(one.last_seen, now)),
    ("kangyi_station_unsent", "Envelopes that wait there.", lambda one, _now: one.unsent),
    (
        "kangyi_station_unsent_seconds",
        "Age of the oldest.",
        lambda one, now: _seconds(one.oldest_unsent, now),
    ),
    ("kangyi_station_quarantined", "Envelopes set aside here.", lambda one, _now: one.quarantined),
    ("kangyi_station_resting", "Quantities nothing may measure.", lambda one, _now: len(one.resting)),
    (
        "kangyi_station_clock_seconds",
        "How far its clock is behind.",
        lambda one, _now: None if one.drift is None else one.drift.total_seconds(),
    ),
    ("kangyi_station_visits_today", "Visits there today.", lambda one, now: now.visits.get(one.id, 0)),
)
_BY_TARGET: tuple[tuple[str, str, Callable[[StateOfTarget, Now], float | None]], ...] = (
    ("kangyi_forward_waiting", "Visits still to be sent on.", lambda one, _now: one.waiting),
    (
        "kangyi_forward_waiting_seconds",
        "Age of the oldest of them; 0 without one.",
        lambda one, now: _since(one.waiting_since, now) or 0.0,
    ),
    ("kangyi_forward_set_aside", "Visits that the server takes amiss.", lambda one, _now: one.set_aside),
    (
        "kangyi_forward_silence_seconds",
        "Since one arrived there.",
        lambda one, now: _since(one.sent_last, now),
    ),
)
