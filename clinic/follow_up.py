"""Who has to be called, by when, and what came of it: opens tasks from visits and closes them by outcomes.

An urgent value is a person to reach today and to follow until she was seen, at the latest two weeks on
(national service standard for hypertension: urgent referral, active follow-up within two weeks). What asks
for a doctor has the days the sheet told her. Nothing is closed without an outcome, nothing lowers a danger
but a person, and no value is judged here.
"""

from datetime import datetime, time, timedelta, timezone

import msgspec
from msgspec.structs import replace

from clinic.errors import ClinicError
from clinic.pace import USUAL, Pace
from clinic.reasons import Did, Outcome, Reason, State, Why, reasons_in
from clinic.store.asking import ask_for, asked_before, line_after_closing
from clinic.store.residents import KnownResident
from clinic.store.store import Transaction
from clinic.store.tasks import Task, TaskEvent, add_event, change, task_of, tasks_of_visit
from devices.reading import Confidential
from health.advice import When
from health.assessment import Assessment, Level
from health.ids import new_id
from health.record import Record

FOLLOW_UP = timedelta(days=14)
NOTE_LENGTH = 500
_DAYS = {When.TODAY: 0, When.TOMORROW: 1, When.THIS_WEEK: 7}
_TOMORROW = timedelta(days=1)


class TaskError(ClinicError):
    """A step of a task that cannot be taken. ``reason`` is a word of ``clinic.po`` (``task.refused.…``)."""

    def __init__(self, reason: str, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = reason


class Cause(Confidential, msgspec.Struct, frozen=True):
    """A visit that came in, and whom it is about where she is known. ``id`` is that of the visit."""

    tenant: str
    id: str
    station: str
    record: Record
    resident: KnownResident | None


def open_from(connection: Transaction, cause: Cause, now: datetime, zone: timezone) -> int:
    """Open or raise the tasks that a visit asks for. Returns how many are new.

    What it asked for already is asked for again only where it is more dangerous than it was then; a task that
    was closed meanwhile gets a line in its history.
    """
    opened = 0
    for reason, level in reasons_in(cause.record.assessment):
        asked = _task(cause, reason, level, now, zone)
        before = asked_before(connection, asked)
        if before is None or level > max(map(_level_named, before.levels)):
            was, task = ask_for(connection, asked, int(Level.NOW))
            did = _what_happened(was, task)
            opened += was is None
            add_event(connection, _event(task, now, cause, did, why=level.name.lower()))
        elif before.task.closed_at is not None:
            closed = line_after_closing(connection, before.task)
            add_event(connection, _event(closed, now, cause, Did.CAME_AFTER, why=level.name.lower()))
    return opened


def note_void(connection: Transaction, tenant: str, visit: str, now: datetime, who: str) -> None:
    """Say in the history of each open task that its visit was no true one. A person decides what follows."""
    for task in tasks_of_visit(connection, tenant, visit):
        if change(connection, task, {}):
            add_event(connection, _next_event(task, now, who, Did.VISIT_VOID))


class Press(msgspec.Struct, frozen=True):
    """Who pressed, and how many lines the history had on the page it was pressed on; None: whichever."""

    who: str
    seen: int | None = None


def take(connection: Transaction, tenant: str, task: str, owner: str, press: Press, now: datetime) -> None:
    """Give a task to ``owner`` (an account; empty: nobody). Raises ``TaskError``."""
    found, who = _as_seen(connection, tenant, task, press.seen), press.who
    state = found.state
    if state in {State.REQUESTED, State.ACCEPTED}:
        state = State.ACCEPTED if owner else State.REQUESTED
    _change(connection, found, {"owner": owner, "state": state})
    add_event(connection, _next_event(found, now, who, Did.TAKEN if owner == who else Did.HANDED, note=owner))


def hand_to_team(
    connection: Transaction, tenant: str, task: str, team: str, press: Press, now: datetime
) -> None:
    """Give a task to a team, whichever the resident's is, and to nobody of it yet. Raises ``TaskError``."""
    found, who = _as_seen(connection, tenant, task, press.seen), press.who
    state = State.REQUESTED if found.state == State.ACCEPTED else found.state
    _change(connection, found, {"team": team[:64], "owner": "", "state": state})
    add_event(connection, _next_event(found, now, who, Did.HANDED, note=team[:64]))


class Call(Confidential, msgspec.Struct, frozen=True):
    """What somebody wrote down after a call. ``why`` stands where, and only where, it was removed.

    ``seen`` is how many lines the history had on the page it was written on; None: it does not matter.
    """

    who: str
    outcome: Outcome
    why: Why | None = None
    note: str = ""
    seen: int | None = None


def write_down(
    connection: Transaction, tenant: str, task: str, call: Call, now: datetime, pace: Pace = USUAL
) -> None:
    """Keep the outcome of a call, and what follows from it. Raises ``TaskError``."""
    found = _as_seen(connection, tenant, task, call.seen)
    if (call.outcome is Outcome.REMOVED) is not (call.why is not None):
        raise TaskError("why", "Say why it is removed from the list; any other outcome needs no reason.")
    if len(call.note) > NOTE_LENGTH:
        raise TaskError("note", f"A note may have {NOTE_LENGTH} characters; make it shorter.")
    why = "" if call.why is None else call.why.value
    values = _after(found, call, now, pace) | {"owner": found.owner or call.who}
    if "closed_at" in values:
        values |= {"outcome": call.outcome.value, "why": why}
    _change(connection, found, values)
    due = str(values.get("due_at", found.due_at))
    event = _next_event(found, now, call.who, Did.CALLED, call.note, due)
    add_event(connection, replace(event, outcome=call.outcome.value, why=why))


def due_after(task: Task, outcome: Outcome, now: datetime, pace: Pace = USUAL) -> datetime | None:
    """When ``task`` would be due after that outcome of a call; None where it closes the task."""
    values = _after(task, Call("", outcome), now, pace)
    return None if "closed_at" in values else datetime.fromisoformat(str(values.get("due_at", task.due_at)))


def _after(task: Task, call: Call, now: datetime, pace: Pace) -> dict[str, object]:
    reached: dict[str, object] = {"contacted_at": task.contacted_at or now.isoformat()}
    at_last = min(now + FOLLOW_UP, datetime.fromisoformat(task.follow_up_by))
    urgent = task.level >= Level.NOW
    match call.outcome:
        case Outcome.AGREED:
            due = max(at_last, now) if urgent else now + timedelta(days=pace.agreed_days)
            return reached | {"state": State.IN_PROGRESS.value, "due_at": due.isoformat()}
        case Outcome.LATER:
            due = now + (_TOMORROW if urgent else timedelta(days=pace.later_days))
            return reached | {"state": State.IN_PROGRESS.value, "due_at": due.isoformat()}
        case Outcome.NO_ANSWER:
            # Who was not reached today is still to be reached today.
            waits: dict[str, object] = {} if urgent else {"due_at": (now + _TOMORROW).isoformat()}
            return {"state": State.IN_PROGRESS.value, **waits}
        case Outcome.VISITED:
            return reached | {"state": State.COMPLETED.value, "closed_at": now.isoformat()}
        case Outcome.REMOVED:
            state = State.COMPLETED if call.why is Why.ALREADY_VISITED else State.CANCELLED
            return {"state": state.value, "closed_at": now.isoformat()}


def _task(cause: Cause, reason: Reason, level: Level, now: datetime, zone: timezone) -> Task:
    known, told = cause.resident, cause.record.visit.resident
    follow_up_by = _end_of_day(now + FOLLOW_UP, zone)
    return Task(
        tenant=cause.tenant,
        id=str(new_id()),
        subject=cause.id if known is None else known.id,
        reason=reason.value,
        level=int(level),
        state=State.REQUESTED.value,
        visit=cause.id,
        station=cause.station,
        name=(told.name or "")[:64],
        phone=(told.phone or "")[:32],
        team="",
        owner="",
        opened_at=now.isoformat(),
        due_at=_due(cause.record.assessment, level, now, zone),
        follow_up_by=follow_up_by,
        alarmed_at=now.isoformat() if level >= Level.NOW else None,
    )


def _due(assessment: Assessment, level: Level, now: datetime, zone: timezone) -> str:
    if level >= Level.NOW:
        return _end_of_day(now, zone)
    said = None if assessment.next_step is None else assessment.next_step.when
    days = FOLLOW_UP.days if said is None else _DAYS.get(said, FOLLOW_UP.days)
    return _end_of_day(now + timedelta(days=days), zone)


def _end_of_day(at: datetime, zone: timezone) -> str:
    """The last minute of the clinic's civil day of ``at``, as UTC."""
    day = at.astimezone(zone).date()
    return datetime.combine(day, time(23, 59), zone).astimezone(at.tzinfo).isoformat()


def _what_happened(was: Task | None, task: Task) -> Did:
    if was is None:
        return Did.OPENED
    if task.level > was.level:
        return Did.RAISED
    return Did.ALARMED if was.contacted_at and not task.contacted_at else Did.AGAIN


def _open(connection: Transaction, tenant: str, task: str) -> Task:
    found = task_of(connection, tenant, task)
    if found is None:
        raise TaskError("unknown", "There is no such task; look at the list again.")
    if found.closed_at is not None:
        raise TaskError("closed", "This task is closed already; look at the list again.")
    return found


def _as_seen(connection: Transaction, tenant: str, task: str, seen: int | None) -> Task:
    """The open task, as it stood on the page that somebody pressed on."""
    found = _open(connection, tenant, task)
    if seen not in {None, found.events}:
        raise TaskError("changed", "Somebody else changed this task just now; look at it again.")
    return found


def _change(connection: Transaction, task: Task, values: dict[str, object]) -> None:
    if not change(connection, task, values):
        raise TaskError("changed", "Somebody else changed this task just now; look at it again.")


def _level_named(word: str) -> Level:
    """The level of that word; what an older edition wrote and nobody knows any more was none."""
    return next((one for one in Level if one.name.lower() == word), Level.NORMAL)


def _event(task: Task, now: datetime, cause: Cause, did: Did, why: str) -> TaskEvent:
    return TaskEvent(
        task.tenant,
        task.id,
        task.events,
        now.isoformat(),
        cause.station[:64],
        did.value,
        why=why,
        due_at=task.due_at,
        visit=cause.id,
    )


def _next_event(task: Task, now: datetime, who: str, did: Did, note: str = "", due_at: str = "") -> TaskEvent:
    due = due_at or task.due_at
    return TaskEvent(
        task.tenant, task.id, task.events + 1, now.isoformat(), who[:64], did.value, note=note, due_at=due
    )
