"""Files what a station sends once it is judged, and says what became of it.

Every answer is one of decision 5 of the wire: 201 stored and opened, 200 known, 202 stored but not opened or
not valid, 409 same id with other bytes, 410 erased; and 400, 403, 413, 422 for what is not stored at all.
It changes no number, and it never says more to a sender than what became of its bytes.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timezone
from typing import TypeAlias
from uuid import UUID

import msgspec
from msgspec.structs import replace

from clinic import amending, following, truetime
from clinic.clinic import Clinic
from clinic.fleet import take_passing_report, take_report
from clinic.judging import NEVER, STUMBLES, UNREAD, Judged, Receipt, is_erased, judge
from clinic.store.envelopes import (
    Kept,
    arrived,
    believed_after_all,
    keep_envelope,
    keep_unproven,
    saw_station,
    set_aside,
)
from clinic.store.erasing import bury_envelope, erase_visits, is_held_back
from clinic.store.store import Transaction
from clinic.store.visits import KeptVisit, Placed, place, take_turn, time_of_turn
from clinic.together import Together
from health.record import Record

Filing: TypeAlias = Together[Judged, Receipt]

_LOG = logging.getLogger(__name__)
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


def take_in(
    clinic: Clinic, named: UUID, raw: bytes, filed: Filing | None = None, came: datetime | None = None
) -> Receipt:
    """File one envelope that was sent under the id ``named``, together with others through ``filed``.

    ``came`` is when its bytes came, where no station sends them now: staff try them once more.
    """
    judged = judge(clinic, raw)
    if isinstance(judged, Receipt):
        return Receipt(named, judged.status, judged.reason)
    if judged.envelope.header.id != named:
        return Receipt(named, 400, "other_id")
    if came is not None:
        judged = replace(judged, came=came, passing=False)
    try:
        return (filed or filing(clinic)).do(judged)
    except STUMBLES as wrong:
        return _kept_for_staff(clinic, judged, wrong)


def take_in_all(clinic: Clinic, many: Sequence[bytes]) -> tuple[Receipt, ...]:
    """File envelopes in one transaction; each has its own receipt, and a bad one holds up none."""
    judged = [judge(clinic, raw) for raw in many]
    fresh = [one for one in judged if isinstance(one, Judged)]
    try:
        filed = iter(_file_all(clinic, fresh) if fresh else ())
    except STUMBLES:
        filed = iter([_filed_alone(clinic, one) for one in fresh])
    return tuple(one if isinstance(one, Receipt) else next(filed) for one in judged)


def _filed_alone(clinic: Clinic, judged: Judged) -> Receipt:
    try:
        return _file_all(clinic, [judged])[0]
    except STUMBLES as wrong:
        return _kept_for_staff(clinic, judged, wrong)


def _kept_for_staff(clinic: Clinic, judged: Judged, wrong: Exception) -> Receipt:
    """What opened, and what this software stumbles over all the same, waits for staff and for an update."""
    _LOG.error("An envelope of %s cannot be filed: %s", judged.envelope.header.station, type(wrong).__name__)
    aside = replace(judged, reason=UNREAD, visit=None, record=None, amendment=None, report=None)
    return _file_all(clinic, [replace(aside, passing=False)])[0]


def _file_all(clinic: Clinic, many: Sequence[Judged]) -> tuple[Receipt, ...]:
    with clinic.store.writing() as connection:
        places = take_turn(connection, clinic.settings.tenant, len(many))
        now = clinic.now()
        stamp = time_of_turn(connection, clinic.settings.tenant, now)
        work = _Work(connection, now, clinic.settings.zone, stamp)
        return tuple(_file(work, one, place) for one, place in zip(many, places, strict=True))


def _file(work: "_Work", judged: Judged, place_in_feed: int) -> Receipt:
    connection, now, header = work.connection, work.now, judged.envelope.header
    if not judged.proven:
        keep_unproven(connection, header, judged.raw, judged.sha256, judged.reason, now)
        return Receipt(header.id, 202, judged.reason)
    if judged.passing and judged.report is not None:
        newest = take_passing_report(connection, header, judged.report, judged.key, now)
        if newest:
            truetime.settle(connection, header, now, work.zone)
        return Receipt(header.id, 201 if newest else 200)
    return _file_kept(work, judged, _keep(work, judged), place_in_feed)


def _keep(work: "_Work", judged: Judged) -> Kept:
    """Keep the envelope itself. Staff who try one again are no sign of life of its station."""
    connection, header, came = work.connection, judged.envelope.header, judged.came or work.now
    sealed = truetime.believed(header, came)
    kept_as = keep_envelope(connection, sealed, judged.raw, judged.sha256, judged.reason, came)
    if judged.key_before:
        believed_after_all(connection, header.tenant, judged.sha256)
    if judged.came is None:
        _saw(work, judged)
    return kept_as


def _file_kept(work: "_Work", judged: Judged, kept_as: Kept, place_in_feed: int) -> Receipt:
    connection, header = work.connection, judged.envelope.header
    name = header.id
    if judged.erased or is_erased(connection, header):  # perhaps since it was judged
        bury_envelope(connection, header.tenant, str(name))
        return Receipt(name, 410)
    if judged.reason and kept_as in {Kept.NEW, Kept.KNOWN}:
        return Receipt(name, 202, judged.reason)
    if kept_as is Kept.REOPENED:
        judged = replace(judged, came=arrived(connection, header.tenant, str(name)))
    if kept_as in {Kept.NEW, Kept.REOPENED}:
        refused = _filed(work, judged, place_in_feed)
        if refused is Placed.ERASED:
            bury_envelope(connection, header.tenant, str(name))
            return Receipt(name, 410)
        if refused is not None:
            set_aside(connection, header.tenant, str(name), refused.value)
            return Receipt(name, 202, refused.value)
    return Receipt(name, _OF_KEPT[kept_as])


class _Work(msgspec.Struct, frozen=True):
    """A transaction that has its turn; ``stamp`` is when the visits filed in it change."""

    connection: Transaction
    now: datetime
    zone: timezone
    stamp: str


def _saw(work: _Work, judged: Judged) -> None:
    """Note that the station was heard; by a clock that cannot be nothing is worked out."""
    if judged.reason != NEVER:
        saw_station(work.connection, judged.envelope.header, work.now)


def _filed(work: _Work, judged: Judged, place_in_feed: int) -> Placed | None:
    """File what is new; why it has no place, or None."""
    connection, now = work.connection, work.now
    came = judged.came or now
    if judged.visit is not None and judged.record is not None:
        placed = replace(judged.visit, place_in_feed=place_in_feed, received_at=work.stamp)
        timed = truetime.timed(connection, placed, judged.envelope.header, judged.record, came, work.zone)
        if is_held_back(connection, timed.tenant, judged.mark, timed.measured_at):
            erase_visits(connection, timed.tenant, (timed.id,), now.isoformat())
            return Placed.ERASED
        return _visit_filed(work, timed, judged.record)
    if judged.amendment is not None:
        if _is_of_somebody_erased(connection, judged):
            return Placed.ERASED
        if not amending.is_of_its_station(connection, judged.amendment):
            return Placed.FOREIGN
        amending.keep(connection, judged.amendment, now, work.zone)
    elif judged.report is not None:
        take_report(connection, judged.envelope.header, judged.report, judged.key, came)
        truetime.settle(connection, judged.envelope.header, now, work.zone)
    return None


def _is_of_somebody_erased(connection: Transaction, judged: Judged) -> bool:
    """Whether an amendment brings the record of somebody who was erased since that was measured."""
    if judged.record is None:
        return False
    header = judged.envelope.header
    measured = judged.record.visit.opened_at or header.wall
    return is_held_back(connection, header.tenant, judged.mark, measured.isoformat())


def _visit_filed(work: _Work, visit: KeptVisit, record: Record) -> Placed | None:
    connection, now = work.connection, work.now
    placed = place(connection, visit)
    if placed in {Placed.FOREIGN, Placed.CLOSED}:
        return placed
    if placed is Placed.TAKEN:
        following.follow(connection, visit, record, now, work.zone)
    amending.apply_waiting(connection, visit.tenant, visit.id, now, work.zone)
    return None
