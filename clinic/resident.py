"""One resident: her trends, her last visits with what they were measured by, her tasks, and all that is hers.

Who looked at her or handed out her data stands in the trail.
"""

from datetime import datetime

from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from clinic.door import text_of
from clinic.erasing import ErasingError, all_of_hers, erase
from clinic.handing_out import page_of_hers, targets_of_hers, whole_of_hers
from clinic.pages.corrected import corrections_of
from clinic.pages.resident import DRAWN, person_of
from clinic.pages.saying import Saying
from clinic.pages.tasks import called_at_station, task_line
from clinic.roles import Right
from clinic.roster_cells import Column, cell_faults, plain
from clinic.store.amendments import amendments_of
from clinic.store.calls import last_calls
from clinic.store.erasing import how_many_of_hash, newest_of_hash
from clinic.store.residents import KnownResident, resident_by_id, teams_of_residents
from clinic.store.residents import reach as keep_reach
from clinic.store.sought import sought
from clinic.store.tasks import tasks_of_subject
from clinic.store.visits import KeptVisit, visits_named
from clinic.truetime import record_of
from clinic.visitor import Visitor


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
            visitor.note_in(connection, f"resident's {word} changed", known.id)
    return RedirectResponse(f"/residents/{known.id}", 303)


def _shown(visitor: Visitor, *, trouble: str = "", unsure: str = "", status: int = 200) -> Response:
    known = _asked(visitor)
    if known is None:
        return visitor.trouble("clinic.trouble.no_resident", 404)
    visitor.note("resident seen", known.id)
    saying, now = visitor.saying, visitor.clinic.now()
    with visitor.clinic.store.reading() as connection:
        named = newest_of_hash(connection, known.tenant, known.hash, DRAWN)
        many = how_many_of_hash(connection, known.tenant, known.hash)
        tasks = tasks_of_subject(connection, known.tenant, known.id, 20)
        hers = {*named, *(one.visit for one in tasks)}
        visits = visits_named(connection, known.tenant, sorted(hers))
        calls = last_calls(connection, known.tenant, [one.id for one in tasks])
        drawn = tuple(visits[one] for one in reversed(named) if one in visits)
        newest = drawn[-6:]
        teams = teams_of_residents(connection, known.tenant)
        elsewhere = targets_of_hers(connection, known) if visitor.may(Right.MANAGE) else ()
        amended = {one.id: amendments_of(connection, known.tenant, one.id) for one in newest}
    person = person_of(known, drawn, saying, now)
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
        "unsure": unsure,
        "to_type": _to_type(known, saying),
        "erased": saying.text("erase.what", visits=str(many)),
        "elsewhere": saying.text("erase.elsewhere", names=saying.text("clinic.comma").join(elsewhere))
        if elsewhere
        else "",
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
    """All that is hers as a file: a page for her to read, JSON with everything, FHIR for other programs."""
    known, form = _asked(visitor), str(visitor.request.path_params["form"])
    if known is None or form not in _FORMS:
        return visitor.trouble("clinic.trouble.no_resident", 404)
    kind, name = _FORMS[form]
    visitor.note(f"resident exported: {form}", known.id)
    with visitor.clinic.store.reading() as connection:
        if form == "page":
            body = page_of_hers(visitor.clinic, connection, known.id, visitor.saying)
        elif form == "whole":
            body = whole_of_hers(visitor.clinic, connection, known.id)
        else:
            body = all_of_hers(visitor.clinic, connection, known.id)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(body, media_type=kind, headers=headers)


_FORMS = {
    "page": ("text/html; charset=utf-8", "records.html"),
    "whole": ("application/json", "records.json"),
    "fhir": ("application/fhir+json", "records-fhir.json"),
}


def erase_her(visitor: Visitor, form: FormData) -> Response:
    """Erase her and all that is hers, once her name was typed."""
    known = _asked(visitor)
    if known is None:
        return visitor.trouble("clinic.trouble.no_resident", 404)
    if sought(plain(text_of(form, "name"))) != sought(_to_type(known, visitor.saying)):
        return _shown(visitor, unsure=visitor.saying.text("erase.refused"), status=409)
    try:
        done = erase(visitor.clinic, known.id, visitor.staff)
    except ErasingError:
        return visitor.trouble("clinic.trouble.no_resident", 404)
    return RedirectResponse(f"/residents?erased={done.visits}", 303)


def _to_type(known: KnownResident, saying: Saying) -> str:
    """What has to be typed before she is erased: her name, or that she is to be."""
    return known.name or saying.text("erase.word")


def _asked(visitor: Visitor) -> KnownResident | None:
    named = str(visitor.request.path_params["id"])
    with visitor.clinic.store.reading() as connection:
        return resident_by_id(connection, visitor.clinic.settings.tenant, named)
