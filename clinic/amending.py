"""Applies what stations correct: a visit's next version, never a change of the one there was.

A late result makes the visit ``amended`` and waits for the very envelope it adds to. What was void or a wrong
person's makes it ``entered-in-error``, whatever version is here, for ever. One that comes before its visit
waits and is applied when that comes. Nothing is measured or judged anew here.
"""

from datetime import datetime, timezone

import msgspec
from msgspec.structs import replace

from clinic.follow_up import note_void
from clinic.following import follow
from clinic.store.amendments import (
    KeptAmendment,
    amend_visit,
    amendments_of,
    base_is_here,
    keep_amendment,
    settle,
)
from clinic.store.audit import note
from clinic.store.store import Transaction
from clinic.store.visits import KeptVisit, VisitStatus, visit_of
from health.amendment import Amendment, Change, read
from health.record import write


class _Applying(msgspec.Struct, frozen=True):
    connection: Transaction
    tenant: str
    visit: str
    now: datetime
    zone: timezone


def keep(connection: Transaction, one: KeptAmendment, now: datetime, zone: timezone) -> None:
    """Keep an amendment, and apply it if its visit is here."""
    keep_amendment(connection, one)
    apply_waiting(connection, one.tenant, one.visit, now, zone)


def apply_waiting(connection: Transaction, tenant: str, visit: str, now: datetime, zone: timezone) -> None:
    """Apply what waits for ``visit`` and can be applied now, in the order the station made it."""
    work = _Applying(connection, tenant, visit, now, zone)
    while _apply_one(work):
        pass


def is_of_its_station(connection: Transaction, one: KeptAmendment) -> bool:
    """Whether no other station made the visit that ``one`` corrects."""
    current = visit_of(connection, one.tenant, one.visit)
    return current is None or current.station == one.station


def _apply_one(work: _Applying) -> bool:
    every = amendments_of(work.connection, work.tenant, work.visit)
    if all(one.version is not None for one in every):
        return False
    current = visit_of(work.connection, work.tenant, work.visit)
    if current is None:
        return False
    newest = max((one.sequence for one in every if one.version), default=0)
    for one in every:
        if one.version is None and one.station == current.station:
            amendment = read(one.content)
            if amendment.change is not Change.LATE_RESULT or base_is_here(work.connection, one):
                _apply(work, current, one, amendment, newest)
                return True
    return False


def _apply(
    work: _Applying, current: KeptVisit, one: KeptAmendment, amendment: Amendment, newest: int
) -> None:
    made = _amended(current, one, amendment, newest)
    if made is None:
        settle(work.connection, one, 0)
        return
    made = replace(made, received_at=work.now.isoformat())
    version = amend_visit(work.connection, current, made, work.now).version
    settle(work.connection, one, version)
    if amendment.record is not None:
        follow(work.connection, made, amendment.record, work.now, work.zone)
    else:
        note_void(work.connection, work.tenant, work.visit, work.now, one.station)
    who = f"{one.station}/{amendment.staff}"[:64]
    note(work.connection, work.tenant, who, amendment.change.value, work.visit, work.now)


def _amended(current: KeptVisit, one: KeptAmendment, amendment: Amendment, newest: int) -> KeptVisit | None:
    """The next version, None where a later amendment, or an error, says all there is to say."""
    if current.status is VisitStatus.ENTERED_IN_ERROR:
        return None
    if amendment.record is None:
        return replace(current, status=VisitStatus.ENTERED_IN_ERROR)
    if one.sequence < newest:
        return None
    record = amendment.record
    return replace(
        current,
        status=VisitStatus.AMENDED,
        record=write(record),
        envelope=one.id,
        sequence=one.sequence,
        level=int(record.assessment.level),
    )
