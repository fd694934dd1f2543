"""What a station sent, judged before anything is filed: signature, size, tenant, key, record, in this order.

It only reads, so a judgement may be old by the time its envelope is filed: whoever files asks again what may
have changed. It changes no number.
"""

import hashlib
from datetime import UTC, datetime
from uuid import UUID

import msgspec
from msgspec.structs import replace

from clinic.clinic import Clinic
from clinic.matching import NOBODY, hash_of, mark_of, phone_mark_of
from clinic.possible import amendment_can_be, header_can_be, record_can_be, report_can_be, result_can_be
from clinic.settings import DEMO_TENANT
from clinic.store.amendments import KeptAmendment
from clinic.store.envelopes import EnvelopeState, known_state
from clinic.store.erasing import was_erased
from clinic.store.errors import NotKeptError
from clinic.store.stations import FormerKey, StationState, former_keys, station_in
from clinic.store.store import Transaction
from clinic.store.visits import KeptVisit, VisitStatus
from devices.reading import Confidential
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

NEVER = "impossible_time"
"""Why what opened is set aside: it says a time that no clock can have shown."""
UNREAD = "not_readable"
"""Why what opened is set aside: this software cannot read it, or stumbles over it."""
STUMBLES = (NotKeptError, ArithmeticError, LookupError, TypeError, ValueError)
"""What a content may raise that nobody thought of. A database that is away raises something else."""


class Receipt(msgspec.Struct, frozen=True):
    """What became of one envelope: the HTTP status, and a word of ``clinic.po`` (``intake.…``) for why."""

    id: UUID | None
    status: int
    reason: str = ""


class Judged(Confidential, msgspec.Struct, frozen=True):
    """An envelope from an enrolled station, with what was found inside it.

    ``came`` is when its bytes came, where that was not now.
    """

    envelope: Envelope
    raw: bytes
    sha256: bytes
    key: str
    key_before: bool = False
    proven: bool = True
    reason: str = ""
    visit: KeptVisit | None = None
    record: Record | None = None
    amendment: KeptAmendment | None = None
    report: bytes | None = None
    mark: bytes = NOBODY
    known: bool = False
    passing: bool = False
    erased: bool = False
    came: datetime | None = None


def judge(clinic: Clinic, raw: bytes) -> Judged | Receipt:
    """What is to be filed, or, where nothing is, the receipt that says why."""
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
        erased = is_erased(connection, header)
    if station is None or station.state is not StationState.APPROVED:
        return Receipt(header.id, 403, "unknown_station" if station is None else station.state.value)
    if header.demo and header.tenant != DEMO_TENANT:
        return Receipt(header.id, 422, "demo_in_real_tenant")
    if known in {EnvelopeState.OPENED, EnvelopeState.DISMISSED}:
        return Receipt(header.id, 200)
    key, reason = _signer(clinic, envelope, VerifyKey(station.verify_key))
    sealed = Judged(envelope, raw, sha256, key=key.text, key_before=key.text != station.verify_key)
    if reason:
        return replace(sealed, proven=False, reason=reason)
    if erased:
        return replace(sealed, erased=True)
    return _look_inside(clinic, replace(sealed, known=known is not None), key)


def _signer(clinic: Clinic, envelope: Envelope, own: VerifyKey) -> tuple[VerifyKey, str]:
    """The key of the station that signed this, and why it is not believed all the same; empty where it is.

    What a station sealed before it joined again with another key is its own still. What a key signed that was
    revoked is nobody's from the moment it was.
    """
    if _is_signed(envelope, own):
        return own, ""
    with clinic.store.reading() as connection:
        before = former_keys(connection, envelope.header.tenant, envelope.header.station)
    for one in before:
        key = VerifyKey(one.verify_key)
        if _is_signed(envelope, key):
            return key, _doubt(envelope.header, one)
    return own, "not_signed"


def _is_signed(envelope: Envelope, key: VerifyKey) -> bool:
    try:
        check(envelope, key)
    except NotSignedBy:
        return False
    return True


def _doubt(header: Header, former: FormerKey) -> str:
    if former.revoked:
        return "key_revoked"
    # A station without a clock cannot say when it was; that it had this key then is all there is.
    late = header.clock_trusted and header.wall > datetime.fromisoformat(former.until)
    return "key_replaced" if late else ""


def _look_inside(clinic: Clinic, sealed: Judged, key: VerifyKey) -> Judged:
    try:
        content = open_envelope(sealed.envelope, clinic.keys.working, key, *clinic.keys.retired)
    except DoesNotOpen:
        return replace(sealed, reason="does_not_open")
    try:
        return _understood(clinic, sealed, content)
    except (HealthError, *STUMBLES):
        return replace(sealed, reason=UNREAD)


def _understood(clinic: Clinic, sealed: Judged, content: bytes) -> Judged:
    """What it holds, or why it is not true. Raises ``HealthError`` for what cannot be read."""
    header, now = sealed.envelope.header, clinic.now()
    if not header_can_be(header):
        return replace(sealed, reason=NEVER)
    if header.kind is Kind.STATION:
        return _report(sealed, content)
    if header.kind is Kind.AMENDMENT and header.visit is None:
        result = unclaimed.read(content)
        if not result_can_be(result):
            return replace(sealed, reason=NEVER)
        return sealed if result.demo is header.demo else replace(sealed, reason="demo_differs")
    if header.kind is Kind.AMENDMENT:
        return _correction(clinic, sealed, content)
    record = read(content)
    reason = _disagreement(header, record)
    if reason:
        return replace(sealed, reason=reason)
    version = _version(header, record, content, now)
    phone = phone_mark_of(clinic, record)
    whose = replace(version, resident=hash_of(clinic, record), phone_mark=phone)
    return replace(sealed, visit=whose, record=record, mark=mark_of(clinic, record))


def _report(sealed: Judged, content: bytes) -> Judged:
    report = read_report(content)
    if not report_can_be(report):
        return replace(sealed, reason=NEVER)
    regular = report.occasion is Occasion.REGULAR
    return replace(sealed, report=content, passing=regular and not sealed.known)


def _correction(clinic: Clinic, sealed: Judged, content: bytes) -> Judged:
    header, amendment = sealed.envelope.header, amendments.read(content)
    if amendment.visit != header.visit:
        return replace(sealed, reason="other_visit")
    if amendment.demo is not header.demo:
        return replace(sealed, reason="demo_differs")
    if "\0" in amendment.staff or (amendment.record is not None and _has_no_letters(amendment.record)):
        return replace(sealed, reason=UNREAD)
    if not amendment_can_be(amendment):
        return replace(sealed, reason=NEVER)
    return replace(
        sealed,
        record=amendment.record,
        mark=NOBODY if amendment.record is None else mark_of(clinic, amendment.record),
        amendment=KeptAmendment(
            tenant=header.tenant,
            id=str(header.id),
            visit=str(amendment.visit),
            station=header.station,
            sequence=header.sequence,
            corrects=amendment.envelope,
            content=content,
            received_at=clinic.now().isoformat(),
        ),
    )


def _has_no_letters(record: Record) -> bool:
    """Whether a name or a telephone has the one letter (NUL) that no database of text keeps."""
    told = record.visit.resident
    return any("\0" in (text or "") for text in (told.name, told.phone, told.identity))


def _disagreement(header: Header, record: Record) -> str:
    """Why clear header and sealed record do not belong together; empty when they do."""
    if record.visit.id != header.visit:
        return "other_visit"
    if _has_no_letters(record):
        return UNREAD
    if record.visit.demo is not header.demo:
        return "demo_differs"
    if record.visit.incomplete is not header.incomplete:
        return "incomplete_differs"
    return "" if record_can_be(record) else NEVER


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
        # Times are compared as texts: all are of one zone.
        measured_at=(visit.opened_at or header.wall).astimezone(UTC).isoformat(),
        received_at=now.isoformat(),
    )


def is_erased(connection: Transaction, header: Header) -> bool:
    """Whether the visit that an envelope names was erased."""
    return header.visit is not None and was_erased(connection, header.tenant, str(header.visit))
