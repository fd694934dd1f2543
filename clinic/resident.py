"""One resident: her trends, her last visits with what they were measured by, her tasks, and all that is hers.

Who looked at her or handed out her data stands in the trail.
"""

from datetime import datetime

from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from clinic.door import text_of
from clinic.erasing import all_of_hers, readable
from clinic.pages.corrected import corrections_of
from clinic.pages.resident import person_of
from clinic.pages.saying import Saying
from clinic.pages.tasks import called_at_station, task_line
from clinic.roster_cells import Column, cell_faults
from clinic.store.amendments import amendments_of
from clinic.store.calls import last_calls
from clinic.store.erasing import visits_of_hash
from clinic.store.residents import KnownResident, resident_by_id, teams_of_residents
from clinic.store.residents import reach as keep_reach
from clinic.store.tasks import tasks_of_subject
from clinic.store.visits import KeptVisit, visits_named
from clinic.truetime import record_of
from clinic.visitor import Visitor

_MOST = 400


def show(visitor: Visitor) -> Response:
    """Her page."""
    return _shown(visitor)


def reach(visitor: Visitor, form: FormData) -> Response:
    """Another telephone number or team. What the next roster says of them stands in its place."""
    known = _asked(visitor)
    if known is None:
        return visitor.trouble("clinic.trouble.no_resident", 404)
    phone, team = text_of(form, "phone").strip(), text_of(form, "team").strip()
    fault = next(cell_faults({Column.PHONE: phone, Column.TEAM: team}), None)
    if fault is not None:
        return _shown(visitor, trouble=visitor.saying.text(f"roster.fault.{fault.value}"), status=409)
    changed = [
        word for word, old, new in (("phone", known.phone, phone), ("team", known.team, team)) if old != new
    ]
    with visitor.clinic.store.writing() as connection:
        keep_reach(connection, known.tenant, known.id, phone, team, visitor.clinic.now().isoformat())
    for word in changed:
        visitor.note(f"resident's {word} changed", known.id)
    return RedirectResponse(f"/residents/{known.id}", 303)


def _shown(visitor: Visitor, *, trouble: str = "", status: int = 200) -> Response:
    known = _asked(visitor)
    if known is None:
        return visitor.trouble("clinic.trouble.no_resident", 404)
    visitor.note("resident seen", known.id)
    saying, now = visitor.saying, visitor.clinic.now()
    with visitor.clinic.store.reading() as connection:
        named = visits_of_hash(connection, known.tenant, known.hash)[-_MOST:]
        visits = visits_named(connection, known.tenant, named)
        tasks = tasks_of_subject(connection, known.tenant, known.id, 20)
        calls = last_calls(connection, known.tenant, [one.id for one in tasks])
        newest = sorted(visits.values(), key=lambda one: one.measured_at)[-6:]
        teams = teams_of_residents(connection, known.tenant)
        amended = {one.id: amendments_of(connection, known.tenant, one.id) for one in newest}
    person = person_of(known, tuple(visits.values()), saying, now)
    values: dict[str, object] = {
        "heading": person.sentence,
        "person": person,
        "corrections": [
            (one.id, line)
            for one in reversed(newest)
            for line in corrections_of(amended[one.id], saying, now)
        ],
        "trouble": trouble,
        "teams": teams,
        "called": _called(tuple(reversed(newest)), saying, now),
        "tasks": [task_line(one, visits.get(one.visit), calls.get(one.id), saying, now) for one in tasks],
    }
    return visitor.page("resident.html", "", values, status)


def _called(
    visits: tuple[KeptVisit, ...], saying: Saying, now: datetime
) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    """The calls at the station, by the visit each was in."""
    told = ((one.id, called_at_station(record_of(one).visit, saying, now)) for one in visits if one.record)
    return [(id_, lines) for id_, lines in told if lines]


def export(visitor: Visitor) -> Response:
    """All that is hers as a file: FHIR for a program, or text for her to read."""
    known = _asked(visitor)
    if known is None:
        return visitor.trouble("clinic.trouble.no_resident", 404)
    visitor.note("resident exported", known.id)
    as_text = visitor.request.path_params["form"] == "text"
    with visitor.clinic.store.reading() as connection:
        if as_text:
            body = readable(visitor.clinic, connection, known.id, visitor.saying).encode("utf-8-sig")
        else:
            body = all_of_hers(visitor.clinic, connection, known.id)
    kind, name = (
        ("text/plain; charset=utf-8", "records.txt") if as_text else ("application/fhir+json", "records.json")
    )
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(body, media_type=kind, headers=headers)


def _asked(visitor: Visitor) -> KnownResident | None:
    named = str(visitor.request.path_params["id"])
    with visitor.clinic.store.reading() as connection:
        return resident_by_id(connection, visitor.clinic.settings.tenant, named)
