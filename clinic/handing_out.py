"""All that a clinic holds of one resident, for her: whole as JSON, and as a page for her to read and print.

What is handed out is what is kept: every version of every visit as it was sealed, with answers, values before
a correction, what corrected them, what somebody had to do for her and what was written down of each call.
"""

import gzip
from datetime import UTC, datetime

import msgspec

from clinic.clinic import Clinic
from clinic.errors import ClinicError
from clinic.pages import paper
from clinic.pages.corrected import Correction, corrections_of
from clinic.pages.saying import Saying, moment_of
from clinic.pages.sheet import Sheet, sheet_of
from clinic.pages.tasks import Happened, happened
from clinic.store.amendments import KeptAmendment, amendments_of, versions_before
from clinic.store.erased_elsewhere import gone_on
from clinic.store.erasing import visits_of_hash
from clinic.store.residents import KnownResident, resident_by_id
from clinic.store.store import Transaction
from clinic.store.tasks import Task, TaskEvent, history_of, tasks_of_subject
from clinic.store.visits import KeptVisit, visit_of
from clinic.truetime import record_of
from devices.reading import Confidential
from health.visit import Resident

_MOST_TASKS = 10_000
_FAR = datetime(9999, 1, 1, tzinfo=UTC)
"""Seen from here every day is said with its year; a page that lies in a drawer knows no today."""


class HandingError(ClinicError):
    """Nobody to hand anything out of."""


class Person(Confidential, msgspec.Struct, frozen=True):
    """Who she is, as far as the clinic knows. Empty texts are not known."""

    id: str
    name: str
    sex: str
    birth_date: str
    phone: str
    team: str
    doctor: str
    contracted: bool
    changed_at: str


class Version(msgspec.Struct, frozen=True):
    """A visit as it was sealed; ``sealed`` is the whole document."""

    version: int
    status: str
    station: str
    measured_at: str
    received_at: str
    sealed: msgspec.Raw


class WholeVisit(msgspec.Struct, frozen=True):
    """One visit: the version that holds, those before it, what corrected them, and where else it was sent."""

    id: str
    now: Version
    before: tuple[Version, ...]
    corrections: tuple[msgspec.Raw, ...]
    sent_on_to: tuple[str, ...]


class WholeTask(msgspec.Struct, frozen=True):
    """Something that had to be done for her, and all that happened to it."""

    id: str
    reason: str
    level: int
    state: str
    opened_at: str
    due_at: str
    contacted_at: str | None
    closed_at: str | None
    outcome: str
    why: str
    owner: str
    team: str
    history: tuple[TaskEvent, ...]


class Whole(msgspec.Struct, frozen=True):
    """Everything. ``format`` names this shape; times are RFC 3339."""

    format: str
    clinic: str
    made_at: str
    resident: Person
    visits: tuple[WholeVisit, ...]
    tasks: tuple[WholeTask, ...]


class ReadVisit(Confidential, msgspec.Struct, frozen=True):
    """One visit of the page: as it holds, as it was before, and what was corrected."""

    sheet: Sheet
    corrections: tuple[Correction, ...]
    before: tuple[tuple[str, Sheet], ...]
    sent_on_to: str


class ReadTask(Confidential, msgspec.Struct, frozen=True):
    """One task of the page: why it was opened, and what happened."""

    title: str
    history: tuple[Happened, ...]


class _Held(Confidential, msgspec.Struct, frozen=True):
    """One visit with its versions before, its amendments, and the servers it went on to."""

    kept: KeptVisit
    before: tuple[KeptVisit, ...]
    amendments: tuple[KeptAmendment, ...]
    targets: tuple[str, ...]


class _Hers(Confidential, msgspec.Struct, frozen=True):
    known: KnownResident
    person: Resident
    visits: tuple[_Held, ...]
    tasks: tuple[tuple[Task, tuple[TaskEvent, ...]], ...]


def whole_of_hers(clinic: Clinic, connection: Transaction, resident: str) -> bytes:
    """Everything as JSON (``Whole``). Raises ``HandingError`` where she is not known."""
    hers = _hers(connection, clinic.settings.tenant, resident)
    known, person = hers.known, hers.person
    whole = Whole(
        format="kangyi-resident/1",
        clinic=clinic.settings.name,
        made_at=clinic.now().isoformat(),
        resident=Person(
            known.id,
            known.name or person.name or "",
            "" if person.sex is None else person.sex.value,
            "" if person.birth_date is None else person.birth_date.isoformat(),
            known.phone or person.phone or "",
            known.team,
            known.doctor,
            known.contracted,
            known.changed_at,
        ),
        visits=tuple(_whole_visit(one) for one in hers.visits),
        tasks=tuple(_whole_task(task, history) for task, history in hers.tasks),
    )
    return msgspec.json.format(msgspec.json.encode(whole), indent=1)


def page_of_hers(clinic: Clinic, connection: Transaction, resident: str, saying: Saying) -> bytes:
    """The same as one page that needs nothing beside it. Raises ``HandingError``."""
    hers, now = _hers(connection, clinic.settings.tenant, resident), clinic.now()
    known, person = hers.known, hers.person
    values = {
        "heading": saying.text("export.heading", clinic=clinic.settings.name),
        "name": known.name or saying.who(person),
        "about": saying.about(person, now.astimezone(saying.zone).date()),
        "born": "" if person.birth_date is None else person.birth_date.isoformat(),
        "phone": known.phone or person.phone or "",
        "team": known.team,
        "doctor": known.doctor,
        "made": saying.day(now),
        "visits": tuple(_read_visit(one, saying) for one in hers.visits),
        "tasks": tuple(_read_task(task, history, saying) for task, history in hers.tasks),
    }
    return bytes(paper.page("handed_out.html", saying, values).body)


def targets_of_hers(connection: Transaction, known: KnownResident) -> tuple[str, ...]:
    """The other servers that something of hers went on to."""
    visits = visits_of_hash(connection, known.tenant, known.hash)
    return tuple(sorted({target for target, _ in gone_on(connection, known.tenant, visits)}))


def _hers(connection: Transaction, tenant: str, resident: str) -> _Hers:
    known = resident_by_id(connection, tenant, resident)
    if known is None:
        raise HandingError("There is no such resident; look at the list again.")
    found = (visit_of(connection, tenant, one) for one in visits_of_hash(connection, tenant, known.hash))
    visits = sorted((one for one in found if one is not None), key=lambda one: one.measured_at)
    tasks = tasks_of_subject(connection, tenant, known.id, _MOST_TASKS)
    last = [record_of(one).visit.resident for one in visits if one.record]
    return _Hers(
        known,
        last[-1] if last else Resident(),
        tuple(
            _Held(
                one,
                versions_before(connection, tenant, one.id),
                amendments_of(connection, tenant, one.id),
                tuple(sorted(target for target, _ in gone_on(connection, tenant, [one.id]))),
            )
            for one in visits
        ),
        tuple((one, history_of(connection, tenant, one.id)) for one in tasks),
    )


def _whole_visit(one: _Held) -> WholeVisit:
    return WholeVisit(
        one.kept.id,
        _version(one.kept),
        tuple(_version(each) for each in one.before),
        tuple(msgspec.Raw(gzip.decompress(each.content)) for each in one.amendments),
        one.targets,
    )


def _version(one: KeptVisit) -> Version:
    record = msgspec.Raw(gzip.decompress(one.record) if one.record else b"null")
    return Version(one.version, one.status.value, one.station, one.measured_at, one.received_at, record)


def _whole_task(task: Task, history: tuple[TaskEvent, ...]) -> WholeTask:
    return WholeTask(
        task.id,
        task.reason,
        task.level,
        task.state,
        task.opened_at,
        task.due_at,
        task.contacted_at,
        task.closed_at,
        task.outcome,
        task.why,
        task.owner,
        task.team,
        history,
    )


def _read_visit(one: _Held, saying: Saying) -> ReadVisit:
    def sheet(kept: KeptVisit) -> Sheet:
        return sheet_of(kept, record_of(kept), saying, _FAR)

    return ReadVisit(
        sheet(one.kept),
        corrections_of(one.amendments, saying, _FAR),
        tuple(
            (saying.text("clinic.version", number=str(each.version)), sheet(each))
            for each in one.before
            if each.record
        ),
        saying.text("clinic.comma").join(one.targets),
    )


def _read_task(task: Task, history: tuple[TaskEvent, ...], saying: Saying) -> ReadTask:
    opened = saying.moment(moment_of(task.opened_at), _FAR)
    about = (saying.text(f"task.reason.{task.reason}"), saying.text(f"clinic.level.{task.level}"))
    return ReadTask("　".join((opened, *about)), tuple(happened(one, saying, _FAR) for one in history))
