"""What another program sends in FHIR: one resident, one day, values this house knows; it becomes a visit.

From there on it is a visit like any other: matched by the keyed hash, judged by the same rules, a task where
one is due. What is not known, not in its unit or cannot be true is refused whole, and each fault is named
without its value. The same bytes are the same visit.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID, uuid5

import msgspec

from devices.reading import Comparator, Quantity
from health.fhir.codes import LOINC, PRESSURE, TERMS_OF
from health.plausible import refused
from health.quantity import MEASURES
from health.visit import Consent, Observation, Resident, Sex, Visit

LARGEST = 256 * 1024
IDENTITY_NUMBERS = ("urn:oid:2.16.156.10011.1.3", "urn:kangyi:identity-number")
_VISITS = UUID("5f6f2f0e-37b1-5a0b-8f57-0d6a3b1b6f21")
_QUANTITY_OF = {term.code: quantity for quantity, term in TERMS_OF.items()}
_STATUSES = frozenset({"final", "amended", "corrected"})


class _Part(msgspec.Struct, frozen=True, rename="camel"):
    """What else stands in it is not read."""


class _Coding(_Part, frozen=True):
    code: str = ""
    system: str = ""


class _Concept(_Part, frozen=True):
    coding: tuple[_Coding, ...] = ()

    def loinc(self) -> tuple[str, ...]:
        return tuple(one.code for one in self.coding if one.system == LOINC)


class _Amount(_Part, frozen=True):
    value: Decimal
    code: str = ""
    comparator: str | None = None


class _Component(_Part, frozen=True):
    code: _Concept
    value_quantity: _Amount | None = None


class _Identifier(_Part, frozen=True):
    value: str = ""
    system: str = ""


class _Name(_Part, frozen=True):
    text: str = ""


class _Contact(_Part, frozen=True):
    system: str = ""
    value: str = ""


class _Patient(_Part, frozen=True, tag_field="resourceType", tag="Patient"):
    identifier: tuple[_Identifier, ...] = ()
    name: tuple[_Name, ...] = ()
    telecom: tuple[_Contact, ...] = ()
    gender: str = ""
    birth_date: date | None = None


class _Observation(_Part, frozen=True, tag_field="resourceType", tag="Observation"):
    status: str
    code: _Concept
    effective_date_time: datetime
    value_quantity: _Amount | None = None
    component: tuple[_Component, ...] = ()


class _Entry(_Part, frozen=True):
    resource: _Patient | _Observation


class _Bundle(_Part, frozen=True, tag_field="resourceType", tag="Bundle"):
    type: str
    entry: tuple[_Entry, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Came:
    """What was sent: the visit, or every fault in it. ``entries`` is how many resources it had."""

    id: UUID
    visit: Visit | None
    entries: int
    faults: tuple[str, ...] = ()


def came(body: bytes, tenant: str, sender: str, zone: timezone, now: datetime, *, demo: bool) -> Came:
    """The visit in a transaction of ``sender``, an account."""
    digest = hashlib.sha256(body).hexdigest()
    id_ = uuid5(_VISITS, f"{tenant}/{sender}/{digest}")
    try:
        bundle = msgspec.json.decode(body, type=_Bundle)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return Came(id_, None, 0, ("It is no transaction of one Patient and Observations with their times.",))
    faults = tuple(dict.fromkeys(_faults(bundle, zone, now)))
    if faults:
        return Came(id_, None, len(bundle.entry), faults)
    visit = _visit(id_, bundle, zone, demo=demo)
    if refused(visit):
        return Came(id_, None, len(bundle.entry), ("A value in it cannot be true of anybody.",))
    return Came(id_, visit, len(bundle.entry))


def _faults(bundle: _Bundle, zone: timezone, now: datetime) -> Iterator[str]:
    if bundle.type != "transaction":
        yield "Its type is not transaction."
    people = [one.resource for one in bundle.entry if isinstance(one.resource, _Patient)]
    seen = _observations(bundle)
    if len(people) != 1 or not seen:
        yield "It needs one Patient and at least one Observation."
    elif not _number(people[0]):
        yield "The Patient has no identity number by which the clinic could know her."
    if any(one.effective_date_time.tzinfo is None for one in seen):
        yield "A time in it has no zone."
        return
    if len({one.effective_date_time.astimezone(zone).date() for one in seen}) > 1:
        yield "Its values are of more than one day; send each day by itself."
    if any(one.effective_date_time > now + timedelta(minutes=5) for one in seen):
        yield "A time in it is still to come."
    if any(one.status not in _STATUSES for one in seen):
        yield "An Observation in it is not final."
    yield from _value_faults([pair for one in seen for pair in _values(one)])


def _value_faults(found: list[tuple[str, _Amount | None]]) -> Iterator[str]:
    known = [_QUANTITY_OF.get(code) for code, _ in found]
    if None in known:
        yield "A code in it is none that this clinic takes; LOINC codes of molar values are."
    if len(set(known)) != len(known):
        yield "One thing is measured in it more than once; send the value that holds."
    if {Quantity.SYSTOLIC, Quantity.DIASTOLIC} & set(known) in ({Quantity.SYSTOLIC}, {Quantity.DIASTOLIC}):
        yield "One half of a pressure is missing."
    for quantity, (_, amount) in zip(known, found, strict=True):
        if amount is None or not amount.value.is_finite():
            yield "A value is missing or is no number."
        elif quantity is not None and amount.code != MEASURES[quantity].unit:
            yield "A unit in it is not the one of its code (UCUM)."
        elif amount.comparator not in {None, "<", ">"}:
            yield "A comparator in it is not < or >."


def _observations(bundle: _Bundle) -> list[_Observation]:
    return [one.resource for one in bundle.entry if isinstance(one.resource, _Observation)]


def _values(one: _Observation) -> list[tuple[str, _Amount | None]]:
    """Each code with its value; of a pressure, its halves."""
    if PRESSURE.code in one.code.loinc():
        return [(_own(half.code), half.value_quantity) for half in one.component]
    return [(_own(one.code), one.value_quantity)]


def _own(concept: _Concept) -> str:
    return next((code for code in concept.loinc() if code in _QUANTITY_OF), "")


def _number(patient: _Patient) -> str:
    found = (one.value for one in patient.identifier if one.system in IDENTITY_NUMBERS)
    number = next(found, "").strip()
    return number if 0 < len(number) <= 32 and number.isprintable() else ""


def _visit(id_: UUID, bundle: _Bundle, zone: timezone, *, demo: bool) -> Visit:
    (patient,) = (one.resource for one in bundle.entry if isinstance(one.resource, _Patient))
    seen = _observations(bundle)
    times = sorted(one.effective_date_time.astimezone(UTC) for one in seen)
    return Visit(
        id=id_,
        on=times[0].astimezone(zone).date(),
        opened_at=times[0],
        closed_at=times[-1],
        resident=Resident(
            sex=Sex(patient.gender) if patient.gender in set(Sex) else None,
            birth_date=patient.birth_date,
            name=next((one.text for one in patient.name), "")[:64] or None,
            identity=_number(patient),
            phone=next((one.value for one in patient.telecom if one.system == "phone"), "")[:32] or None,
        ),
        consent=Consent.SHARE,
        observations=tuple(
            Observation(
                _QUANTITY_OF[code],
                amount.value,
                amount.code,
                comparator=None if amount.comparator is None else Comparator(amount.comparator),
                at=one.effective_date_time.astimezone(UTC),
            )
            for one in seen
            for code, amount in _values(one)
            if amount is not None
        ),
        demo=demo,
    )
