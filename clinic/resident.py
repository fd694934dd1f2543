"""One resident: her trends, her last visits with what they were measured by, her tasks, and all that is hers.

Who looked at her or handed out her data stands in the trail.
"""

from starlette.responses import Response

from clinic.erasing import all_of_hers, readable
from clinic.pages.corrected import corrections_of
from clinic.pages.resident import person_of
from clinic.pages.tasks import task_line
from clinic.store.amendments import amendments_of
from clinic.store.calls import last_calls
from clinic.store.erasing import visits_of_hash
from clinic.store.residents import KnownResident, resident_by_id
from clinic.store.tasks import tasks_of_subject
from clinic.store.visits import visits_named
from clinic.visitor import Visitor

_MOST = 400


def show(visitor: Visitor) -> Response:
    """Her page."""
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
        "tasks": [task_line(one, visits.get(one.visit), calls.get(one.id), saying, now) for one in tasks],
    }
    return visitor.page("resident.html", "", values)


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
