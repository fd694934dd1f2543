"""The worklist: who has to be called, the most dangerous and the longest overdue first, and what came of it.

Three clicks from an alarm to its outcome: the line, the telephone number, the outcome. What an outcome leads
to is decided in ``follow_up``; nothing leaves the list without one.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from statistics import median

from msgspec.structs import replace
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from clinic import follow_up
from clinic.door import text_of
from clinic.fleet import Light, fleet_of
from clinic.follow_up import Call, Press, TaskError
from clinic.pages.paging import Place, leaf_of, page_of, place_of
from clinic.pages.saying import Saying, moment_of
from clinic.pages.tasks import OpenTask, open_task, task_line
from clinic.pages.work import (
    SHOWS,
    Filter,
    Receiver,
    done_words,
    foot,
    grouped,
    mark,
    pager,
    sentence,
    tabs,
    within,
)
from clinic.reasons import Outcome, Why
from clinic.roles import Right, may
from clinic.store.board import times_to_contact
from clinic.store.calls import last_calls, outcomes_since
from clinic.store.residents import resident_by_id, teams_of_residents
from clinic.store.staff import all_staff
from clinic.store.store import Transaction
from clinic.store.tasks import Task, Wanted, closed_tasks, history_of, open_tasks, task_of
from clinic.store.visits import visits_named
from clinic.store.worklist import groups, standing, teams_at_work
from clinic.streets import streets_of
from clinic.visitor import Visitor
from health.assessment import Level

_SHOWN = 100
_SAID = ("show", "team", "street", "station", "page")


def show(visitor: Visitor) -> Response:
    """The list, with the line open that the address names."""
    asked = visitor.request.query_params
    return _list(visitor, _filter(asked), asked.get("open", ""), done=asked.get("done", ""))


def write_outcome(visitor: Visitor, form: FormData) -> Response:
    """Keep what came of a call. What cannot be kept stays typed, with the reason beside it."""
    sent = {name: text_of(form, name) for name in (*_SAID, "task", "note", "why")}
    wanted, task = _filter(sent), sent["task"]
    try:
        call = _call(visitor, form)
        with visitor.clinic.store.writing() as connection:
            own = visitor.clinic.settings
            follow_up.write_down(connection, own.tenant, task, call, visitor.clinic.now(), own.follow_up)
            visitor.note_in(connection, "outcome written", task)
    except TaskError as wrong:
        return _refused(visitor, wanted, task, wrong.reason, note=sent["note"])
    return RedirectResponse(wanted.address(done=call.outcome.value), 303)


def take(visitor: Visitor, form: FormData) -> Response:
    """Whoever presses takes the task, or gives it back."""
    wanted = _filter({name: text_of(form, name) for name in _SAID})
    task = text_of(form, "task")
    owner = "" if text_of(form, "back") else visitor.staff
    try:
        with visitor.clinic.store.writing() as connection:
            now, tenant = visitor.clinic.now(), visitor.clinic.settings.tenant
            follow_up.take(connection, tenant, task, owner, _press(visitor, form), now)
    except TaskError as wrong:
        return _refused(visitor, wanted, task, wrong.reason)
    return RedirectResponse(f"{wanted.address(open=task)}#open", 303)


def hand_on(visitor: Visitor, form: FormData) -> Response:
    """Give the task to a team, or to somebody who may work the list."""
    wanted = _filter({name: text_of(form, name) for name in _SAID})
    task, (kind, _, name) = text_of(form, "task"), text_of(form, "to").partition(":")
    tenant, now = visitor.clinic.settings.tenant, visitor.clinic.now()
    if (kind, name) not in {(one.kind, one.name) for one in _receivers(visitor)}:
        return _refused(visitor, wanted, task, "receiver")
    hand = follow_up.take if kind == "staff" else follow_up.hand_to_team
    try:
        with visitor.clinic.store.writing() as connection:
            hand(connection, tenant, task, name, _press(visitor, form), now)
            visitor.note_in(connection, "task handed on", task)
    except TaskError as wrong:
        return _refused(visitor, wanted, task, wrong.reason)
    return RedirectResponse(f"{wanted.address(open=task)}#open", 303)


def _refused(visitor: Visitor, wanted: Filter, task: str, reason: str, note: str = "") -> Response:
    """The list again, with why nothing was kept; what was typed stays typed."""
    written = {"note": note, "trouble": visitor.saying.text(f"task.refused.{reason}")}
    return _list(visitor, wanted, task, written=written, status=409)


def _receivers(visitor: Visitor) -> tuple[Receiver, ...]:
    """Whom a task can be handed to."""
    tenant = visitor.clinic.settings.tenant
    every = [
        one for one in all_staff(visitor.clinic.store, tenant) if one.enabled and may(one.role, Right.CALL)
    ]
    with visitor.clinic.store.reading() as connection:
        teams = {one.team for one in every if one.team} | set(teams_of_residents(connection, tenant))
    people = (Receiver("staff", one.name, one.team) for one in every)
    return (*(Receiver("team", one) for one in sorted(teams)), *people)


def _call(visitor: Visitor, form: FormData) -> Call:
    outcome, why = text_of(form, "outcome"), text_of(form, "why")
    if outcome not in set(Outcome) or (why and why not in set(Why)):
        raise TaskError("outcome", "Choose what came of the call.")
    return Call(
        visitor.staff,
        Outcome(outcome),
        Why(why) if why else None,
        text_of(form, "note").strip(),
        _seen(form),
    )


def _press(visitor: Visitor, form: FormData) -> Press:
    return Press(visitor.staff, _seen(form))


def _seen(form: FormData) -> int:
    """How many lines the history had on the page that was pressed on; 0 for a form that is none of ours."""
    seen = text_of(form, "events")
    return int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 10 else 0


def _filter(asked: Mapping[str, str]) -> Filter:
    chosen = asked.get("show", "")
    return Filter(
        chosen if chosen in SHOWS else "all",
        asked.get("team", "")[:64],
        asked.get("station", "")[:64],
        place_of(asked) if chosen == "closed" else Place(page_of(asked)),
        asked.get("street", "")[:64],
    )


def _list(
    visitor: Visitor,
    wanted: Filter,
    opened: str,
    *,
    done: str = "",
    written: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    clinic, saying, now = visitor.clinic, visitor.saying, visitor.clinic.now()
    tenant = clinic.settings.tenant
    with clinic.store.reading() as connection:
        stands = standing(connection, tenant, _of_whom(wanted), visitor.staff, now)
        wanted = within(wanted, stands, _SHOWN)
        leaf = leaf_of(_found(connection, visitor, wanted), wanted.place, _SHOWN)
        many = None if wanted.show == "closed" else groups(connection, tenant, _wanted(visitor, wanted), now)
        shown = _with_open(connection, tenant, leaf.lines, opened)
        visits = visits_named(connection, tenant, [one.visit for one in shown])
        calls = last_calls(connection, tenant, [one.id for one in shown])
        open_one = _opened(connection, visitor, shown, opened, written)
        figures = _figures(connection, tenant, saying, _of_whom(wanted), now)
        teams = teams_at_work(connection, tenant, wanted.station)
        fleet = fleet_of(clinic, connection)
    lines = {one.id: task_line(one, visits.get(one.visit), calls.get(one.id), saying, now) for one in shown}
    if shown:
        visitor.note("tasks listed", f"{wanted.show}: {len(shown)}")
    if open_one is not None:
        visitor.note("task seen", open_one.id)
    quiet = [one.name for one in fleet if one.light in {Light.LATE, Light.SILENT}]
    values: dict[str, object] = {
        "heading": sentence(saying, stands),
        "top_mark": mark(stands),
        "figures": figures,
        "done": done_words(saying, done),
        "tabs": tabs(saying, wanted, stands),
        "teams": sorted({*teams, wanted.team} - {""}),
        "stations": [(one.id, one.name) for one in fleet],
        "streets": streets_of(fleet),
        "wanted": wanted,
        "groups": grouped(saying, shown, lines, many, now),
        "open": open_one,
        "receivers": _receivers(visitor) if open_one is not None and visitor.may(Right.CALL) else (),
        "staff_owns": any(one.id == opened and one.owner == visitor.staff for one in shown),
        "pager": pager(saying, wanted, stands, _SHOWN, leaf),
        "foot": foot(saying, quiet, now),
        "script": "keys.js",
    }
    return visitor.page("worklist.html", "worklist", values, status)


def _of_whom(wanted: Filter) -> Wanted:
    return Wanted(team=wanted.team, station=wanted.station, street=wanted.street)


def _wanted(visitor: Visitor, wanted: Filter) -> Wanted:
    """What the chosen list holds of the open tasks."""
    some = _of_whom(wanted)
    match wanted.show:
        case "mine":
            return replace(some, owner=visitor.staff)
        case "now":
            return replace(some, waiting=True)
        case "overdue":
            return replace(some, overdue=visitor.clinic.now())
        case _:
            return some


def _found(connection: Transaction, visitor: Visitor, wanted: Filter) -> tuple[Task, ...]:
    """The tasks of the page, and one more where others follow."""
    tenant = visitor.clinic.settings.tenant
    if wanted.show == "closed":
        return closed_tasks(connection, tenant, _of_whom(wanted), _SHOWN + 1, wanted.place.beside)
    skipped = (wanted.page - 1) * _SHOWN
    some, now = _wanted(visitor, wanted), visitor.clinic.now()
    return open_tasks(connection, tenant, some, now=now, limit=_SHOWN + 1, offset=skipped)


def _with_open(
    connection: Transaction, tenant: str, shown: tuple[Task, ...], opened: str
) -> tuple[Task, ...]:
    """The line that the address names is there, whatever else is asked for."""
    if not opened or any(one.id == opened for one in shown):
        return shown
    found = task_of(connection, tenant, opened)
    return shown if found is None else (found, *shown)


def _opened(
    connection: Transaction,
    visitor: Visitor,
    shown: tuple[Task, ...],
    opened: str,
    written: Mapping[str, str] | None,
) -> OpenTask | None:
    task = next((one for one in shown if one.id == opened), None)
    if task is None:
        return None
    tenant, now = task.tenant, visitor.clinic.now()
    known = resident_by_id(connection, tenant, task.subject)
    visit = visits_named(connection, tenant, [task.visit]).get(task.visit)
    history = history_of(connection, tenant, task.id)
    doctor, pace = "" if known is None else known.doctor, visitor.clinic.settings.follow_up
    return open_task(task, visit, history, visitor.saying, now, doctor=doctor, written=written, pace=pace)


def _figures(connection: Transaction, tenant: str, saying: Saying, wanted: Wanted, now: datetime) -> str:
    midnight = now.astimezone(saying.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    since = midnight.astimezone(now.tzinfo).isoformat()
    told = outcomes_since(connection, tenant, since, wanted)
    times = times_to_contact(connection, tenant, int(Level.NOW), since, wanted)
    said = saying.text(
        "worklist.figures",
        calls=str(sum(told.values())),
        agreed=str(told.get(Outcome.AGREED, 0)),
        missed=str(told.get(Outcome.NO_ANSWER, 0)),
        visited=str(told.get(Outcome.VISITED, 0)),
    )
    if not times:
        return said
    middle = median((moment_of(reached) - moment_of(opened)).total_seconds() for opened, reached in times)
    return f"{said}　{saying.text('worklist.median', time=saying.span(timedelta(seconds=middle)))}"
