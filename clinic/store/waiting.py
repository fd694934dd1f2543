"""What was stored but could not be opened or believed, as rows: for people to look at, try again or dismiss.

Anybody may send what is not proven to be of its station, so however much of it lies there, it stands behind
what a station itself sent. Each part is newest first.
"""

from typing import Any

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    Dialect,
    LargeBinary,
    Row,
    Select,
    Table,
    delete,
    func,
    literal,
    select,
    type_coerce,
    update,
)
from sqlalchemy.types import TypeDecorator

from clinic.store.envelopes import EnvelopeState
from clinic.store.leafing import END, Bookmark, in_order, page_at
from clinic.store.stations import stands_in
from clinic.store.tables import ENVELOPE, UNPROVEN


class Waiting(msgspec.Struct, frozen=True):
    """One line of the list. ``proven``: the station's signature is good. ``key`` names it among its kind."""

    id: str
    station: str
    reason: str
    received_at: str
    proven: bool
    key: str


class Counts(msgspec.Struct, frozen=True):
    """How many there are on all pages."""

    proven: int
    unproven: int
    dismissed: int

    @property
    def waiting(self) -> int:
        """How many somebody still has to look at."""
        return self.proven + self.unproven


def waiting_for_staff(
    connection: Connection, tenant: str, limit: int = 200, beside: Bookmark | None = None, street: str = ""
) -> tuple[Waiting, ...]:
    """What was stored but not opened, newest first, and behind all of it what is not proven."""
    back = beside is not None and beside.back
    if beside is not None and len(beside.id) == _HASH:
        others = _unproven(connection, tenant, limit, beside, street)
        if not back or len(others) == limit:
            return others
        return (*_own(connection, tenant, limit - len(others), END, street), *others)
    own = _own(connection, tenant, limit, beside, street)
    if back or len(own) == limit:
        return own
    return (*own, *_unproven(connection, tenant, limit - len(own), None, street))


def dismissed(
    connection: Connection, tenant: str, limit: int, beside: Bookmark | None = None, street: str = ""
) -> tuple[Waiting, ...]:
    """What somebody said is settled, newest first."""
    return _envelopes(connection, tenant, EnvelopeState.DISMISSED, limit, beside, street)


def counts(connection: Connection, tenant: str, street: str = "") -> Counts:
    """How many there are of each, in one street or everywhere."""
    by_state = select(ENVELOPE.c.state, func.count()).where(
        ENVELOPE.c.tenant == tenant,
        ENVELOPE.c.state.in_((EnvelopeState.QUARANTINED.value, EnvelopeState.DISMISSED.value)),
    )
    by_state = _there(by_state, ENVELOPE, street).group_by(ENVELOPE.c.state)
    many = {state: int(count) for state, count in connection.execute(by_state)}
    unproven = _there(select(func.count()).where(UNPROVEN.c.tenant == tenant), UNPROVEN, street)
    return Counts(
        many.get(EnvelopeState.QUARANTINED, 0),
        int(connection.execute(unproven).scalar_one()),
        many.get(EnvelopeState.DISMISSED, 0),
    )


def _there(asked: Select[Any], table: Table, street: str) -> Select[Any]:
    return asked.where(stands_in(table.c.tenant, table.c.station, street)) if street else asked


def bytes_of(connection: Connection, tenant: str, one: Waiting) -> bytes:
    """The bytes as they came; none where they are gone meanwhile."""
    table, here = (ENVELOPE, ENVELOPE.c.id == one.key) if one.proven else (UNPROVEN, _hashed(one.key))
    asked = select(table.c.raw).where(table.c.tenant == tenant, here)
    return connection.execute(asked).scalar_one_or_none() or b""


def waiting_named(connection: Connection, tenant: str, *, proven: bool, key: str) -> Waiting | None:
    """The line of that key, waiting or dismissed; None where there is none any more."""
    if proven:
        states = (EnvelopeState.QUARANTINED.value, EnvelopeState.DISMISSED.value)
        asked = select(*_ENVELOPE).where(ENVELOPE.c.id == key, ENVELOPE.c.state.in_(states))
        row = connection.execute(asked.where(ENVELOPE.c.tenant == tenant)).one_or_none()
        return None if row is None else _kept(row)
    asked = select(*_UNPROVEN, _KEY).where(UNPROVEN.c.tenant == tenant, _hashed(key))
    row = connection.execute(asked).one_or_none()
    return None if row is None else _unsigned(row)


def dismiss(connection: Connection, tenant: str, one: Waiting) -> None:
    """Take a line off the list. A station's own bytes stay; what nobody can believe goes."""
    if one.proven:
        _set_state(connection, tenant, one.key, EnvelopeState.QUARANTINED, EnvelopeState.DISMISSED)
    else:
        connection.execute(delete(UNPROVEN).where(UNPROVEN.c.tenant == tenant, _hashed(one.key)))


def call_back(connection: Connection, tenant: str, one: Waiting) -> None:
    """Put what was dismissed back on the list."""
    _set_state(connection, tenant, one.key, EnvelopeState.DISMISSED, EnvelopeState.QUARANTINED)


def _set_state(connection: Connection, tenant: str, key: str, was: EnvelopeState, now: EnvelopeState) -> None:
    here = (ENVELOPE.c.tenant == tenant, ENVELOPE.c.id == key, ENVELOPE.c.state == was.value)
    connection.execute(update(ENVELOPE).where(*here).values(state=now.value))


_ENVELOPE: tuple[ColumnElement[Any], ...] = (
    ENVELOPE.c.id,
    ENVELOPE.c.station,
    ENVELOPE.c.reason,
    ENVELOPE.c.received_at,
)
_UNPROVEN: tuple[ColumnElement[Any], ...] = (
    UNPROVEN.c.id,
    UNPROVEN.c.station,
    UNPROVEN.c.reason,
    UNPROVEN.c.received_at,
)


class _Hex(TypeDecorator[str]):
    """Bytes that are named in hex."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        return None if value is None else bytes.fromhex(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        return None if value is None else value.hex()


def _kept(row: Row[tuple[Any, ...]]) -> Waiting:
    return Waiting(row.id, row.station, row.reason, row.received_at, proven=True, key=row.id)


def _unsigned(row: Row[tuple[Any, ...]]) -> Waiting:
    return Waiting(row.id, row.station, row.reason, row.received_at, proven=False, key=row.key)


_HASH = 64
_KEY = type_coerce(UNPROVEN.c.sha256, _Hex()).label("key")


def _hashed(key: str) -> ColumnElement[bool]:
    return UNPROVEN.c.sha256 == literal(bytes.fromhex(key))


def _own(
    connection: Connection, tenant: str, limit: int, beside: Bookmark | None, street: str
) -> tuple[Waiting, ...]:
    return _envelopes(connection, tenant, EnvelopeState.QUARANTINED, limit, beside, street)


def _envelopes(
    connection: Connection,
    tenant: str,
    state: EnvelopeState,
    limit: int,
    beside: Bookmark | None,
    street: str,
) -> tuple[Waiting, ...]:
    asked = select(*_ENVELOPE).where(ENVELOPE.c.tenant == tenant, ENVELOPE.c.state == state.value)
    asked = page_at(_there(asked, ENVELOPE, street), ENVELOPE.c.received_at, ENVELOPE.c.id, beside, limit)
    return in_order([_kept(row) for row in connection.execute(asked)], beside)


def _unproven(
    connection: Connection, tenant: str, limit: int, beside: Bookmark | None, street: str
) -> tuple[Waiting, ...]:
    asked = _there(select(*_UNPROVEN, _KEY).where(UNPROVEN.c.tenant == tenant), UNPROVEN, street)
    asked = page_at(asked, UNPROVEN.c.received_at, _KEY, beside, limit)
    found = [_unsigned(row) for row in connection.execute(asked)]
    return in_order(found, beside)
