"""Judges what a station sends and files it: signature, size, tenant, key, record, in this order.

Every answer is one of decision 5 of the wire: 201 stored and opened, 200 known, 202 stored but not opened or
not valid, 409 same id with other bytes, 410 erased; and 400, 403, 413, 422 for what is not stored at all.
It changes no number, and it never says more to a sender than what became of its bytes.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from typing import TypeAlias
from uuid import UUID

from clinic import amending, following, truetime
from clinic.clinic import Clinic
from clinic.fleet import take_passing_report, take_report
from clinic.matching import hash_of
from clinic.settings import DEMO_TENANT
from clinic.store.amendments import KeptAmendment
from clinic.store.envelopes import (
    EnvelopeState,
    Kept,
    keep_envelope,
    keep_unproven,
    known_state,
    saw_station,
    set_aside,
)
from clinic.store.erasing import bury_envelope, was_erased
from clinic.store.stations import StationState, station_in
from clinic.store.store import Transaction
from clinic.store.visits import KeptVisit, Placed, VisitStatus, place, take_turn
from clinic.together import Together
from health import amendment as amendments
from health import unclaimed
from health.envelope import (
    LARGEST,
    DoesNotOpen,
    Envelope,
    EnvelopeDamaged,
    Header,
    Kind,
    NotSignedBy,
    check,
    open_envelope,
)
from health.errors import HealthError
from health.keys import VerifyKey
from health.record import Record, read
from health.station_report import Occasion, read_report


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one envelope: the HTTP status, and a word of ``clinic.po`` (``intake.…``) for why."""

    id: UUID | None
    status: int
    reason: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class _Judged:
    """An envelope from an enrolled station, with what was found inside it."""

    envelope: Envelope
    raw: bytes
    sha256: bytes
    key: str
    proven: bool = True
    reason: str = ""
    visit: KeptVisit | None = None
    record: Record | None = None
    amendment: KeptAmendment | None = None
    report: bytes | None = None
    known: bool = False
    passing: bool = False
    erased: bool = False


Filing: TypeAlias = Together[_Judged, Receipt]

_OF_KEPT = {
    Kept.NEW: 201,
    Kept.REOPENED: 201,
    Kept.KNOWN: 200,
    Kept.OTHER_BYTES: 409,
    Kept.ERASED: 410,
}


def filing(clinic: Clinic) -> Filing:
    """What files for ``clinic`` in this process: what comes at the same moment, in one transaction."""
    return Together(lambda many: _file_all(clinic, many))


def take_in(clinic: Clinic, named: UUID, raw: bytes, filed: Filing | None = None) -> Receipt:
    """File one envelope that was sent under the id ``named``, together with others through ``filed``."""
    judged = _judge(clinic, raw)
    if isinstance(judged, Receipt):
        return Receipt(named, judged.status, judged.reason)
    if judged.envelope.header.id != named:
        return Receipt(named, 400, "other_id")
    return (filed or filing(clinic)).do(judged)


def take_in_all(clinic: Clinic, many: Sequence[bytes]) -> tuple[Receipt, ...]:
    """File envelopes in one transaction; each has its own receipt, and a bad one holds up none."""
    judged = [_judge(clinic, raw) for raw in many]
    fresh = [one for one in judged if isinstance(one, _Judged)]
    filed = iter(_file_all(clinic, fresh) if fresh else ())
    return tuple(one if isinstance(one, Receipt) else next(filed) for one in judged)


def _judge(clinic: Clinic, raw: bytes) -> _Judged | Receipt:
    if len(raw) > LARGEST:
        return Receipt(None, 413, "too_large")
    try:
        envelope = Envelope.from_bytes(raw)
    except EnvelopeDamaged:
        return Receipt(None, 400, "not_an_envelope")
    header = envelope.header
    if header.tenant != clinic.settings.tenant:
        return Receipt(header.id, 403, "unknown_station")
    sha256 = hashlib.sha256(raw).digest()
    with clinic.store.reading() as connection:
        station = station_in(connection, header.tenant, header.station)
        known = known_state(connection, header.tenant, str(header.id), sha256)
        erased = _is_erased(connection, header)
    if station is None or station.state is not StationState.APPROVED:
        return Receipt(header.id, 403, "unknown_station" if station is None else station.state.value)
    if header.demo and header.tenant != DEMO_TENANT:
        return Receipt(header.id, 422, "demo_in_real_tenant")
    key = VerifyKey(station.verify_key)
    sealed = _Judged(envelope, raw, sha256, key=key.text)
    try:
        check(envelope, key)
    except NotSignedBy:
        return replace(sealed, proven=False, reason="not_signed")
    if known is EnvelopeState.OPENED:
        return Receipt(header.id, 200)
    if erased:
        return replace(sealed, erased=True)
    return _look_inside(clinic, replace(sealed, known=known is not None), key)


def _look_inside(clinic: Clinic, sealed: _Judged, key: VerifyKey) -> _Judged:
    try:
        content = open_envelope(sealed.envelope, clinic.keys.working, key, *clinic.keys.retired)
    except DoesNotOpen:
        return replace(sealed, reason="does_not_open")
    try:
        return _understood(clinic, sealed, content)
    except HealthError:
        return replace(sealed, reason="not_readable")


def _understood(clinic: Clinic, sealed: _Judged, content: bytes) -> _Judged:
    """What it holds, or why it is not true. Raises ``HealthError`` for what cannot be read."""
    header, now = sealed.envelope.header, clinic.now()
    if header.kind is Kind.STATION:
        regular = read_report(content).occasion is Occasion.REGULAR
        return replace(sealed, report=content, passing=regular and not sealed.known)
    if header.kind is Kind.AMENDMENT and header.visit is None:
        demo = unclaimed.read(content).demo
        return sealed if demo is header.demo else replace(sealed, reason="demo_differs")
    if header.kind is Kind.AMENDMENT:
        return _correction(sealed, content, now)
    record = read(content)
    reason = _disagreement(header, record)
    if reason:
        return replace(sealed, reason=reason)
    version = _version(header, record, content, now)
    return replace(sealed, visit=replace(version, resident=hash_of(clinic, record)), record=record)


def _correction(sealed: _Judged, content: bytes, now: datetime) -> _Judged:
    header, amendment = sealed.envelope.header, amendments.read(content)
    if amendment.visit != header.visit:
        return replace(sealed, reason="other_visit")
    if amendment.demo is not header.demo:
        return replace(sealed, reason="demo_differs")
    return replace(
        sealed,
        amendment=KeptAmendment(
            tenant=header.tenant,
            id=str(header.id),
            visit=str(amendment.visit),
            station=header.station,
            sequence=header.sequence,
            corrects=amendment.envelope,
            content=content,
            received_at=now.isoformat(),
        ),
    )


def _disagreement(header: Header, record: Record) -> str:
    """Why clear header and sealed record do not belong together; empty when they do."""
    if record.visit.id != header.visit:
        return "other_visit"
    if record.visit.demo is not header.demo:
        return "demo_differs"
    if record.visit.incomplete is not header.incomplete:
        return "incomplete_differs"
    return ""


def _file_all(clinic: Clinic, many: Sequence[_Judged]) -> tuple[Receipt, ...]:
    with clinic.store.writing() as connection:
        places = take_turn(connection, clinic.settings.tenant, len(many))
        work = _Work(connection, clinic.now(), clinic.settings.zone)
        return tuple(_file(work, one, place) for one, place in zip(many, places, strict=True))


def _file(work: "_Work", judged: _Judged, place_in_feed: int) -> Receipt:
    connection, now, header = work.connection, work.now, judged.envelope.header
    name = header.id
    if not judged.proven:
        kept = keep_unproven(connection, header, judged.raw, judged.sha256, judged.reason, now)
        return Receipt(name, 202, judged.reason) if kept else Receipt(name, 429, "too_many_unproven")
    if judged.passing and judged.report is not None:
        newest = take_passing_report(connection, header, judged.report, judged.key, now)
        if newest:
            truetime.settle(connection, header, now, work.zone)
        return Receipt(name, 201 if newest else 200)
    kept_as = keep_envelope(connection, header, judged.raw, judged.sha256, judged.reason, now)
    saw_station(connection, header, now)
    if judged.erased or _is_erased(connection, header):  # perhaps since it was judged
        bury_envelope(connection, header.tenant, str(name))
        return Receipt(name, 410)
    if judged.reason and kept_as in {Kept.NEW, Kept.KNOWN}:
        return Receipt(name, 202, judged.reason)
    if kept_as in {Kept.NEW, Kept.REOPENED}:
        refused = _filed(work, judged, place_in_feed)
        if refused is not None:
            set_aside(connection, header.tenant, str(name), refused.value)
            return Receipt(name, 202, refused.value)
    return Receipt(name, _OF_KEPT[kept_as])


def _is_erased(connection: Transaction, header: Header) -> bool:
    return header.visit is not None and was_erased(connection, header.tenant, str(header.visit))


@dataclass(frozen=True, slots=True)
class _Work:
    connection: Transaction
    now: datetime
    zone: timezone


def _filed(work: _Work, judged: _Judged, place_in_feed: int) -> Placed | None:
    """File what is new; why it has no place, or None."""
    connection, now = work.connection, work.now
    if judged.visit is not None and judged.record is not None:
        placed = replace(judged.visit, place_in_feed=place_in_feed)
        timed = truetime.timed(connection, placed, judged.envelope.header, judged.record, now, work.zone)
        return _visit_filed(work, timed, judged.record)
    if judged.amendment is not None:
        if not amending.is_of_its_station(connection, judged.amendment):
            return Placed.FOREIGN
        amending.keep(connection, judged.amendment, now, work.zone)
    elif judged.report is not None:
        take_report(connection, judged.envelope.header, judged.report, judged.key, now)
        truetime.settle(connection, judged.envelope.header, now, work.zone)
    return None


def _visit_filed(work: _Work, visit: KeptVisit, record: Record) -> Placed | None:
    connection, now = work.connection, work.now
    placed = place(connection, visit)
    if placed in {Placed.FOREIGN, Placed.CLOSED}:
        return placed
    if placed is Placed.TAKEN:
        following.follow(connection, visit, record, now, work.zone)
    amending.apply_waiting(connection, visit.tenant, visit.id, now, work.zone)
    return None


def _version(header: Header, record: Record, content: bytes, now: datetime) -> KeptVisit:
    """The visit as it is filed; ``place`` counts the version."""
    visit = record.visit
    # An alarm is the visit so far: it shows at once, and the visit itself takes its place later.
    unfinished = visit.incomplete or header.kind is Kind.ALARM
    return KeptVisit(
        tenant=header.tenant,
        id=str(visit.id),
        version=0,
        status=VisitStatus.INCOMPLETE if unfinished else VisitStatus.COMPLETE,
        record=content,
        envelope=str(header.id),
        station=header.station,
        sequence=header.sequence,
        level=int(record.assessment.level),
        civil_date=visit.on.isoformat(),
        measured_at=(visit.opened_at or header.wall).isoformat(),
        received_at=now.isoformat(),
    )
