"""Who asked to join and what was decided, as rows. Comparing the codes is for people."""

from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, and_, delete, func, insert, or_, select, update

from clinic.store.tables import ENROLMENT
from health.wire import Approval

_WAITS = timedelta(minutes=20)
"""A station asks for a quarter of an hour; what waits for longer has nobody left who asks."""
_LIVES = timedelta(days=1)
_AT_MOST = 100
_OF_ONE_ADDRESS = 8
"""A centre brings up a few stations at once; somebody who only makes noise has no more than these."""


class Enrolment(msgspec.Struct, frozen=True):
    """One request to join. ``number`` is None until the station opened its commitment.

    ``address`` is where it came from, empty where only a proxy is known; ``code`` the hash of that by which
    a station that was announced goes first.
    """

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
    address: str = ""
    code: bytes | None = None


def keep_request(connection: Connection, request: Enrolment, now: datetime) -> None:
    """Keep a request. Anyone can ask, so few are kept: whoever did not go on makes room for the next.

    Strangers make room for strangers, and those of one address for each other before anybody else; a code
    has one place, that of whoever showed it last.
    """
    _forget_old(connection, request.tenant, now)
    if request.code is None:
        silent = (*_strangers(request.tenant), ENROLMENT.c.number.is_(None))
        if request.address:
            _make_room(connection, *silent, ENROLMENT.c.address == request.address, most=_OF_ONE_ADDRESS)
        _make_room(connection, *silent, most=_AT_MOST)
    else:
        _make_room(connection, *_waiting(request.tenant), ENROLMENT.c.code == request.code, most=1)
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
            address=request.address,
            code=request.code,
        )
    )


def enrolment_of(connection: Connection, tenant: str, enrolment: str) -> Enrolment | None:
    """The request, or None."""
    asked = select(ENROLMENT).where(ENROLMENT.c.tenant == tenant, ENROLMENT.c.id == enrolment)
    row = connection.execute(asked).one_or_none()
    return None if row is None else _enrolment(row)


def waiting_enrolments(connection: Connection, tenant: str) -> tuple[Enrolment, ...]:
    """Requests that can be compared (their number is open) and wait for a decision.

    Those announced by a code come first, then the strangers, each oldest first.
    """
    asked = select(ENROLMENT).where(*_waiting(tenant), ENROLMENT.c.number.is_not(None))
    order = (ENROLMENT.c.code.is_(None), ENROLMENT.c.requested_at)
    return tuple(_enrolment(row) for row in connection.execute(asked.order_by(*order)))


def open_number(connection: Connection, asked: Enrolment, number: str) -> bool:
    """Keep the number that opened the commitment, the first one stands; False when too many
    strangers are to be compared already, or too many of its address.
    """
    shown = select(func.count()).select_from(ENROLMENT)
    shown = shown.where(*_strangers(asked.tenant), ENROLMENT.c.number.is_not(None))
    shown = shown.where(ENROLMENT.c.id != asked.id)
    if asked.code is None:
        of_address = shown.where(ENROLMENT.c.address == asked.address)
        if asked.address and connection.execute(of_address).scalar_one() >= _OF_ONE_ADDRESS:
            return False
        if connection.execute(shown).scalar_one() >= _AT_MOST:
            return False
    here = (ENROLMENT.c.tenant == asked.tenant, ENROLMENT.c.id == asked.id)
    connection.execute(update(ENROLMENT).where(*here, ENROLMENT.c.number.is_(None)).values(number=number))
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


def _make_room(connection: Connection, *where: ColumnElement[bool], most: int) -> None:
    """Forget the oldest of those requests, so that with one more there are ``most``."""
    newest_first = select(ENROLMENT.c.tenant, ENROLMENT.c.id).where(*where)
    newest_first = newest_first.order_by(ENROLMENT.c.requested_at.desc(), ENROLMENT.c.id.desc())
    for tenant, gone in connection.execute(newest_first.offset(most - 1)).all():
        connection.execute(delete(ENROLMENT).where(ENROLMENT.c.tenant == tenant, ENROLMENT.c.id == gone))


def _strangers(tenant: str) -> tuple[ColumnElement[bool], ...]:
    return *_waiting(tenant), ENROLMENT.c.code.is_(None)


def _waiting(tenant: str) -> tuple[ColumnElement[bool], ...]:
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
        address=row.address,
        code=row.code,
    )
