"""Who asked to join and what was decided, as rows. Comparing the codes is for people."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, func, insert, or_, select, update

from clinic.store.tables import ENROLMENT
from health.wire import Approval

_WAITS = timedelta(minutes=20)
"""A station asks for a quarter of an hour; what waits for longer has nobody left who asks."""
_LIVES = timedelta(days=1)
_AT_MOST = 100


@dataclass(frozen=True, slots=True)
class Enrolment:
    """One request to join. ``number`` is None until the station opened its commitment."""

    tenant: str
    id: str
    station: str
    name: str
    verify_key: str
    commitment: str
    clinic_number: str
    number: str | None
    software: str
    demo: bool
    state: Approval
    requested_at: str


def keep_request(connection: Connection, request: Enrolment, now: datetime) -> None:
    """Keep a request. Anyone can ask, so few are kept: whoever did not go on makes room for the next."""
    _forget_old(connection, request.tenant, now)
    silent = select(ENROLMENT.c.id).where(*_waiting(request.tenant), ENROLMENT.c.number.is_(None))
    newest_last = silent.order_by(ENROLMENT.c.requested_at.desc(), ENROLMENT.c.id.desc())
    too_many = connection.execute(newest_last.offset(_AT_MOST - 1)).scalars().all()
    connection.execute(
        delete(ENROLMENT).where(ENROLMENT.c.tenant == request.tenant, ENROLMENT.c.id.in_(too_many))
    )
    connection.execute(
        insert(ENROLMENT).values(
            tenant=request.tenant,
            id=request.id,
            station=request.station,
            name=request.name,
            verify_key=request.verify_key,
            commitment=request.commitment,
            clinic_number=request.clinic_number,
            number=request.number,
            software=request.software,
            demo=request.demo,
            state=request.state.value,
            requested_at=request.requested_at,
        )
    )


def enrolment_of(connection: Connection, tenant: str, enrolment: str) -> Enrolment | None:
    """The request, or None."""
    asked = select(ENROLMENT).where(ENROLMENT.c.tenant == tenant, ENROLMENT.c.id == enrolment)
    row = connection.execute(asked).one_or_none()
    return None if row is None else _enrolment(row)


def waiting_enrolments(connection: Connection, tenant: str) -> tuple[Enrolment, ...]:
    """Requests that can be compared (their number is open) and wait for a decision, oldest first."""
    asked = select(ENROLMENT).where(*_waiting(tenant), ENROLMENT.c.number.is_not(None))
    return tuple(_enrolment(row) for row in connection.execute(asked.order_by(ENROLMENT.c.requested_at)))


def open_number(connection: Connection, tenant: str, enrolment: str, number: str) -> bool:
    """Keep the number that opened the commitment, the first one stands; False when too many are to be
    compared already.
    """
    shown = select(func.count()).select_from(ENROLMENT)
    shown = shown.where(*_waiting(tenant), ENROLMENT.c.number.is_not(None), ENROLMENT.c.id != enrolment)
    if connection.execute(shown).scalar_one() >= _AT_MOST:
        return False
    connection.execute(
        update(ENROLMENT)
        .where(ENROLMENT.c.tenant == tenant, ENROLMENT.c.id == enrolment, ENROLMENT.c.number.is_(None))
        .values(number=number)
    )
    return True


def decide(connection: Connection, tenant: str, enrolment: str, state: Approval) -> bool:
    """Keep what staff said; False when the request is gone or decided already."""
    here = (*_waiting(tenant), ENROLMENT.c.id == enrolment)
    return connection.execute(update(ENROLMENT).where(*here).values(state=state.value)).rowcount == 1


def _forget_old(connection: Connection, tenant: str, now: datetime) -> None:
    waits = ENROLMENT.c.state == Approval.WAITING.value
    old = or_(
        ENROLMENT.c.requested_at < (now - _LIVES).isoformat(),
        and_(waits, ENROLMENT.c.requested_at < (now - _WAITS).isoformat()),
    )
    connection.execute(delete(ENROLMENT).where(ENROLMENT.c.tenant == tenant, old))


def _waiting(tenant: str) -> tuple[Any, ...]:
    return ENROLMENT.c.tenant == tenant, ENROLMENT.c.state == Approval.WAITING.value


def _enrolment(row: Row[tuple[Any, ...]]) -> Enrolment:
    return Enrolment(
        tenant=row.tenant,
        id=row.id,
        station=row.station,
        name=row.name,
        verify_key=row.verify_key,
        commitment=row.commitment,
        clinic_number=row.clinic_number,
        number=row.number,
        software=row.software,
        demo=row.demo,
        state=Approval(row.state),
        requested_at=row.requested_at,
    )
