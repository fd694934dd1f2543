"""What another program sends in FHIR becomes a visit: one resident, one day, values this house knows.

From there on it is a visit like any other: judged by the same rules, a task where one is due. What is not
known, not in its unit or cannot be true is refused whole, and each fault is named with its place and without
its value. What is sent again is the same visit: by its Encounter's identifier, by ``ifNoneExist``, or by what
it says, however it is written.
"""

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from urllib.parse import unquote
from uuid import UUID, uuid5

import msgspec

from clinic.fhir.naming import RESIDENTS
from clinic.fhir.sent import Encounter, Fault, Identifier, Link, Patient, Sent, read
from clinic.fhir.spans import span_of
from clinic.fhir.values_sent import Values, values_of
from devices.reading import Confidential
from health.fhir.codes import ACT_REASON
from health.plausible import refused
from health.visit import Consent, Resident, Sex, Visit

LARGEST = 256 * 1024
IDENTITY_NUMBERS = ("urn:oid:2.16.156.10011.1.3", "urn:kangyi:identity-number")
_VISITS = UUID("5f6f2f0e-37b1-5a0b-8f57-0d6a3b1b6f21")
_STATUSES = frozenset({"final", "amended", "corrected"})
_ERROR = "entered-in-error"


class Kept(msgspec.Struct, frozen=True):
    """What an entry became: a resource of its type, the part ``key`` of the visit."""

    kind: str
    key: str = ""


class Came(Confidential, msgspec.Struct, frozen=True):
    """What was sent: the visit, or every fault in it.

    ``known_as`` is the name by which the sender knows her, where it is not her identity number; empty where
    nobody can be told. ``update``: what is here already is changed. ``unless_here``: each value says that it
    is none where one of that name is here. ``void``: it was never true. ``kept`` says what each entry became;
    None: this clinic says that by itself.
    """

    id: UUID
    visit: Visit | None
    faults: tuple[Fault, ...] = ()
    known_as: str = ""
    update: bool = False
    unless_here: bool = False
    void: bool = False
    kept: tuple[Kept | None, ...] = ()


def came(body: bytes, tenant: str, sender: str, zone: timezone, now: datetime, *, demo: bool) -> Came:
    """The visit in a transaction of ``sender``, an account."""
    sent = read(body)
    values = values_of(sent, zone)
    if not sent.faults:
        _judge(sent, values, zone, now, demo=demo)
    if sent.faults:
        id_ = uuid5(_VISITS, f"{tenant}/{sender}/{hashlib.sha256(body).hexdigest()}")
        return Came(id_, None, tuple(dict.fromkeys(sent.faults)))
    _, patient = sent.patients[0]
    id_ = uuid5(_VISITS, f"{tenant}/{sender}/{_named(sent, values)}")
    visit = _visit(id_, sent, values, zone, demo=demo)
    if refused(visit):
        return Came(id_, None, (Fault("Bundle", "A value in it cannot be true of anybody."),))
    return Came(
        id_,
        visit,
        known_as=_known_as(patient),
        update=any(one.method == "PUT" for one in sent.requests),
        unless_here=all(sent.requests[place].if_none_exist for place in values.places),
        void=all(one.status == _ERROR for _, one in sent.observations),
        kept=tuple(_kept(sent, values)),
    )


def _judge(sent: Sent, values: Values, zone: timezone, now: datetime, *, demo: bool) -> None:
    """Note every fault of what has the right shape."""
    if len(sent.patients) != 1 or not values.found or len(sent.encounters) > 1:
        sent.faults.append(
            Fault("Bundle.entry", "It needs one Patient, at least one value, and at most one Encounter.")
        )
        return
    number, patient = sent.patients[0]
    if not _number(patient) and not _name(patient).value:
        sent.wrong(number, "The Patient has no identifier by which the clinic could know her.")
    if any(one.code == "HTEST" and one.system == ACT_REASON for _, one in sent.labels()) and not demo:
        sent.wrong(number, "It is marked as test data; a clinic of real people takes none.")
    days = {one.at.astimezone(zone).date() for one in values.found if one.at is not None}
    if len(days) > 1:
        sent.faults.append(Fault("Bundle", "Its values are of more than one day; send each day by itself."))
    names = _names_of(sent)
    for entry, subject in sent.subjects():
        if not _is_about(subject, patient, names):
            sent.wrong(entry, "It is about somebody else than the Patient in it.", "resource.subject")
    _judge_entries(sent, values, now)


def _names_of(sent: Sent) -> frozenset[str]:
    """Every address by which something in it can mean its Patient."""
    number, patient = sent.patients[0]
    request, address = sent.requests[number], sent.addresses[number]
    searches = [f"identifier={one.system}|{one.value}" for one in patient.identifier]
    names = [address, f"Patient/{patient.id}", *(f"Patient?{text}" for text in searches)]
    if "/Patient/" in address:
        names.append(f"Patient/{address.rpartition('/Patient/')[2]}")
    names.append(request.url if request.method == "PUT" else f"Patient?{request.if_none_exist}")
    return frozenset(names) - {"", "Patient/", "Patient?"}


def _is_about(subject: Link, patient: Patient, names: frozenset[str]) -> bool:
    """Whether a value is about ``patient``; one that says nothing is."""
    if subject.reference:
        return unquote(subject.reference) in names or subject.reference in names
    name = subject.identifier
    return not name.value or any(
        (one.system, one.value) == (name.system, name.value) for one in patient.identifier
    )


def _judge_entries(sent: Sent, values: Values, now: datetime) -> None:
    statuses = {one.status for _, one in sent.observations}
    for entry, one in sent.observations:
        if one.status not in _STATUSES and statuses != {_ERROR}:
            sent.wrong(entry, "An Observation in it is not final.", "resource.status")
    for place in values.places:
        at = values.times[place]
        if at > now + timedelta(minutes=5):
            sent.wrong(place, "A time in it is still to come.", "resource.effective")
    for entry, request in enumerate(sent.requests):
        if request.method == "PUT" and sent.kinds[entry] == "Observation" and not _encounter_name(sent):
            sent.wrong(entry, "A PUT needs an Encounter with an identifier: it says what changes.", "request")


def _named(sent: Sent, values: Values) -> str:
    """By what the visit is known again."""
    name = _encounter_name(sent)
    if name:
        return name
    asked = [sent.requests[place].if_none_exist for place in values.places]
    if all(asked):
        return "if-none-exist/" + "&".join(sorted(asked))
    _, patient = sent.patients[0]
    said = sorted(
        f"{one.quantity}={one.comparator or ''}{one.value.normalize():f} {one.unit} {one.at}"
        for one in values.found
    )
    whole = "\n".join((_number(patient), _known_as(patient), *said))
    return f"content/{hashlib.sha256(whole.encode()).hexdigest()}"


def _encounter_name(sent: Sent) -> str:
    """How the Encounter is called, by its identifier or by the id it is put under; empty without one."""
    for number, encounter in sent.encounters:
        for one in encounter.identifier:
            if one.value:
                return f"encounter/{one.system}|{one.value}"
        request = sent.requests[number]
        if request.method == "PUT" and "?" not in request.url:
            return f"put/{request.url}"
    return ""


def _kept(sent: Sent, values: Values) -> Iterator[Kept | None]:
    for number, kind in enumerate(sent.kinds):
        if kind in {"Patient", "Encounter"} or number in values.keys:
            yield Kept(kind, values.keys.get(number, ""))
        else:
            yield None


def _number(patient: Patient) -> str:
    found = (one.value for one in patient.identifier if one.system in IDENTITY_NUMBERS)
    number = next(found, "").strip()
    return number if 0 < len(number) <= 32 and number.isprintable() else ""


def _name(patient: Patient) -> Identifier:
    """The first identifier that is no identity number."""
    names = (one for one in patient.identifier if one.system not in IDENTITY_NUMBERS and one.value)
    return next(names, Identifier())


def _known_as(patient: Patient) -> str:
    if _number(patient):
        return ""
    name = _name(patient)
    # Where a clinic of this make cannot tell whose a visit is, its patient is a part of that visit alone.
    return "" if name.system == RESIDENTS and "." in name.value else f"{name.system}|{name.value}"


def _visit(id_: UUID, sent: Sent, values: Values, zone: timezone, *, demo: bool) -> Visit:
    _, patient = sent.patients[0]
    times = sorted(one.at.astimezone(UTC) for one in values.found if one.at is not None)
    opened, closed = _period(sent.encounters[0][1], zone) if sent.encounters else (None, None)
    first = min(times[0], opened) if opened and times[0] - opened < timedelta(days=1) else times[0]
    last = max(times[-1], closed) if closed and closed - times[-1] < timedelta(days=1) else times[-1]
    return Visit(
        id=id_,
        on=times[0].astimezone(zone).date(),
        opened_at=first,
        closed_at=last,
        resident=Resident(
            sex=Sex(patient.gender) if patient.gender in set(Sex) else None,
            birth_date=_day(patient.birth_date),
            name=_printable(next((one.text for one in patient.name), ""))[:64] or None,
            identity=_number(patient) or None,
            phone=_printable(next((one.value for one in patient.telecom if one.system == "phone"), ""))[:32]
            or None,
        ),
        consent=Consent.SHARE,
        observations=values.found,
        answers=values.answers,
        demo=demo,
    )


def _period(encounter: Encounter, zone: timezone) -> tuple[datetime | None, datetime | None]:
    return _moment(encounter.period.start, zone), _moment(encounter.period.end, zone)


def _moment(text: str, zone: timezone) -> datetime | None:
    try:
        return span_of(text, zone).low if "T" in text else None
    except ValueError:
        return None


def _day(text: str) -> date | None:
    """A birth date; None where only a year or a month is known."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def _printable(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable())
