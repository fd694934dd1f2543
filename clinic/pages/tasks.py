"""A task as a line of the worklist, and what stands under the line that is open. It judges nothing.

The value shown is the most serious of those that the task is about, as the visit that asked for it had it.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

import msgspec

from clinic.follow_up import due_after
from clinic.pace import USUAL, Pace
from clinic.pages.drawing import level_mark
from clinic.pages.listing import number_of, road_of, why_of
from clinic.pages.saying import Saying, moment_of
from clinic.reasons import Outcome, Why, reason_of
from clinic.store.tasks import Task, TaskEvent
from clinic.store.visits import KeptVisit, VisitStatus
from clinic.truetime import record_of
from devices.reading import Confidential
from health.assessment import Level
from health.record import Record
from health.visit import Visit
from printouts.rows import Row, rows

_DAY_PX = 8
_MOST_DAYS = 14
GOAL = timedelta(minutes=15)
"""Within this somebody in danger should have been reached; our choice, not a guideline's."""


class TaskLine(Confidential, msgspec.Struct, frozen=True):
    """One line. ``mark`` and ``road`` are SVG made here; ``bar`` is the length of what is overdue, in px."""

    id: str
    level: int
    mark: str
    word: str
    who: str
    about: str
    value: str
    unit: str
    road: str
    why: str
    measured: str
    station: str
    due: str
    late: bool
    bar: int
    last: str
    owner: str
    address: str


class Choice(msgspec.Struct, frozen=True):
    """An outcome that can be written down, the key that chooses it, and what follows from it."""

    value: str
    key: int
    name: str
    follows: str


class Happened(msgspec.Struct, frozen=True):
    """A line of the history of a task."""

    when: str
    who: str
    what: str
    note: str


class OpenTask(Confidential, msgspec.Struct, frozen=True):
    """What stands under the line that is open. ``events`` tells whether the page is still true."""

    id: str
    visit: str
    events: int
    phone: str
    dialled: str
    doctor: str
    closed: str
    told: tuple[str, ...]
    called_here: tuple[tuple[str, str], ...]
    void: bool
    choices: tuple[Choice, ...]
    reasons: tuple[Choice, ...]
    history: tuple[Happened, ...]
    note: str = ""
    trouble: str = ""


def task_line(
    task: Task, visit: KeptVisit | None, call: TaskEvent | None, saying: Saying, now: datetime
) -> TaskLine:
    """One task as a line; ``call`` is the latest that there was."""
    record = None if visit is None or not visit.record else record_of(visit)
    row = None if record is None else _row(task, record)
    finding = None if row is None else row.finding
    late = now - moment_of(task.due_at)
    overdue = task.closed_at is None and late > timedelta(0)
    level = Level(task.level)
    reason = saying.text(f"task.reason.{task.reason}")
    return TaskLine(
        id=task.id,
        level=task.level,
        mark=level_mark(level, None if finding is None else finding.direction),
        word=saying.text(f"clinic.level.{task.level}"),
        who=task.name or saying.text("clinic.no_name"),
        about="" if record is None else saying.about(record.visit.resident, record.visit.on),
        value="" if row is None or record is None else number_of(row, record.visit, saying),
        unit="" if row is None else saying.unit(row.observation),
        road="" if row is None else road_of(row),
        why=reason if row is None else why_of(row, saying),
        measured="" if visit is None else saying.moment(moment_of(visit.measured_at), now),
        station=task.station if record is None else record.station.name or task.station,
        due=_due(task, saying, now),
        late=overdue or _waits_too_long(task, now),
        bar=_DAY_PX * min(late.days + 1, _MOST_DAYS) if overdue else 0,
        last=saying.text("task.not_called") if call is None else _called(call, saying, now),
        owner=task.owner or task.team,
        address="" if task.subject == task.visit else f"/residents/{task.subject}",
    )


def open_task(
    task: Task,
    visit: KeptVisit | None,
    history: tuple[TaskEvent, ...],
    saying: Saying,
    now: datetime,
    *,
    doctor: str = "",
    written: Mapping[str, str] | None = None,
    pace: Pace = USUAL,
) -> OpenTask:
    """What stands under the open line; ``written`` is what was typed and not kept, with the reason."""
    record = None if visit is None or not visit.record else record_of(visit)
    written = written or {}
    return OpenTask(
        id=task.id,
        visit=task.visit,
        events=task.events,
        phone=task.phone,
        dialled="".join(sign for sign in task.phone if sign in "+0123456789"),
        doctor=doctor,
        closed="" if task.closed_at is None else _closed(task, saying, now),
        told=() if record is None else _told(record, saying),
        called_here=() if record is None else called_at_station(record.visit, saying, now),
        void=visit is not None and visit.status is VisitStatus.ENTERED_IN_ERROR,
        choices=tuple(_choice(n, one, task, saying, now, pace) for n, one in enumerate(_KEEPING, start=1)),
        reasons=tuple(Choice(why.value, 0, saying.text(f"task.why.{why.value}"), "") for why in Why),
        history=tuple(happened(one, saying, now) for one in reversed(history)),
        note=written.get("note", ""),
        trouble=written.get("trouble", ""),
    )


def called_at_station(visit: Visit, saying: Saying, now: datetime) -> tuple[tuple[str, str], ...]:
    """The call at the station itself: when it rang, who came and what became of it, or that nobody did."""
    call = visit.call
    if call is None:
        return ()
    rang = (saying.moment(call.called_at, now), saying.text("letter.done.called"))
    if call.answered_at is None:
        return rang, ("", saying.text("task.called_here.nobody"))
    came = saying.text("letter.done.came", by=call.by or "—")
    became = "" if call.outcome is None else saying.text(f"call.outcome.{call.outcome.value}")
    said = saying.text("sheet.then").join(one for one in (came, became) if one)
    return rang, (saying.moment(call.answered_at, now), said)


_KEEPING = (Outcome.AGREED, Outcome.LATER, Outcome.NO_ANSWER, Outcome.VISITED)


def waits(task: Task) -> bool:
    """Whether somebody is in danger and was not reached yet."""
    return task.level >= Level.NOW and task.contacted_at is None and task.closed_at is None


def waited(task: Task, now: datetime) -> timedelta:
    """How long it took since the alarm until she was reached or it was closed; so far, where she waits."""
    return moment_of(task.contacted_at or task.closed_at or now.isoformat()) - moment_of(task.waits_since())


def _waits_too_long(task: Task, now: datetime) -> bool:
    return waits(task) and waited(task, now) > GOAL


def _row(task: Task, record: Record) -> Row | None:
    """The most serious value that the task is about, or None where it is about none that has a row."""
    shown = rows(record.visit, record.assessment, record.history)
    about = [row for row in shown if row.finding is not None and reason_of(row.finding) == task.reason]
    return max(about, key=lambda row: -1 if row.level is None else int(row.level), default=None)


def _due(task: Task, saying: Saying, now: datetime) -> str:
    if task.closed_at is not None:
        return _closed(task, saying, now)
    if waits(task):
        minutes = int(waited(task, now).total_seconds()) // 60
        return saying.text("task.due.waits", time=saying.span(timedelta(minutes=minutes)))
    days = (_day(moment_of(task.due_at), saying) - _day(now, saying)).days
    if days < 0:
        return saying.text("task.due.late", days=str(-days))
    if days < 2:
        return saying.text("task.due.today" if days == 0 else "task.due.tomorrow")
    return saying.text("task.due.by", day=f"{moment_of(task.due_at).astimezone(saying.zone):%m-%d}")


def _day(at: datetime, saying: Saying) -> datetime:
    return at.astimezone(saying.zone).replace(hour=0, minute=0, second=0, microsecond=0)


def _closed(task: Task, saying: Saying, now: datetime) -> str:
    what = saying.text(f"task.why.{task.why}" if task.why else f"task.outcome.{task.outcome}")
    when = "" if task.closed_at is None else saying.moment(moment_of(task.closed_at), now)
    return saying.text("task.closed", what=what, when=when)


def _called(call: TaskEvent, saying: Saying, now: datetime) -> str:
    return f"{saying.moment(moment_of(call.at), now)}　{saying.text(f'task.outcome.{call.outcome}')}"


def _choice(key: int, outcome: Outcome, task: Task, saying: Saying, now: datetime, pace: Pace) -> Choice:
    due = due_after(task, outcome, now, pace)
    if due is None:
        follows = saying.text("task.next.closes")
    elif outcome is Outcome.NO_ANSWER and task.level >= Level.NOW:
        follows = saying.text("task.next.again_today")
    else:
        follows = saying.text("task.next.again", day=f"{due.astimezone(saying.zone):%m-%d}")
    return Choice(outcome.value, key, saying.text(f"task.outcome.{outcome.value}"), follows)


def _told(record: Record, saying: Saying) -> tuple[str, ...]:
    """What she was told at the station, so that the call says the same."""
    said = [record.assessment.message, *(hint.phrase for hint in record.assessment.hints)]
    return tuple(dict.fromkeys(saying.say(phrase) for phrase in said))


def happened(event: TaskEvent, saying: Saying, now: datetime) -> Happened:
    """A line of a history in words."""
    what = saying.text(f"task.did.{event.did}")
    if event.outcome:
        what = saying.text(f"task.outcome.{event.outcome}")
    if event.outcome and event.why:
        what = f"{what}　{saying.text(f'task.why.{event.why}')}"
    return Happened(saying.moment(moment_of(event.at), now), event.who, what, event.note)
