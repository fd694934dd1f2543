"""What was stored but could not be opened or believed, as rows: for people to look at, try again or dismiss.

Anybody may send what is not proven to be of its station, so however much of it lies there, it stands behind
what a station itself sent.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, delete, func, literal, select, update

from clinic.store.envelopes import EnvelopeState
from clinic.store.tables import ENVELOPE, UNPROVEN


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of the list. ``proven``: the station's signature is good. ``key`` names it among its kind."""

    id: str
    station: str
    reason: str
    received_at: str
    proven: bool
    key: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How many there are on all pages."""

    proven: int
    unproven: int
    dismissed: int

    @property
    def waiting(self) -> int:
        """How many somebody still has to look at."""
        return self.proven + self.unproven


def waiting_for_staff(
    connection: Connection, tenant: str, limit: int = 200, offset: int = 0
) -> tuple[Waiting, ...]:
    """What was stored but not opened, newest first, and behind all of it what is not proven."""
    found = _envelopes(connection, tenant, EnvelopeState.QUARANTINED, limit, offset)
    if len(found) < limit:
        ahead = counts(connection, tenant).proven
        found += _unproven(connection, tenant, limit - len(found), max(0, offset - ahead))
    return tuple(found)


def dismissed(connection: Connection, tenant: str, limit: int, offset: int) -> tuple[Waiting, ...]:
    """What somebody said is settled, newest first."""
    return tuple(_envelopes(connection, tenant, EnvelopeState.DISMISSED, limit, offset))


def counts(connection: Connection, tenant: str) -> Counts:
    """How many there are of each."""
    by_state = select(ENVELOPE.c.state, func.count()).where(
        ENVELOPE.c.tenant == tenant,
        ENVELOPE.c.state.in_((EnvelopeState.QUARANTINED.value, EnvelopeState.DISMISSED.value)),
    )
    many = {state: int(count) for state, count in connection.execute(by_state.group_by(ENVELOPE.c.state))}
    unproven = select(func.count()).where(UNPROVEN.c.tenant == tenant)
    return Counts(
        many.get(EnvelopeState.QUARANTINED, 0),
        int(connection.execute(unproven).scalar_one()),
        many.get(EnvelopeState.DISMISSED, 0),
    )


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
        return None if row is None else Waiting(*row, proven=True, key=row.id)
    asked = select(*_UNPROVEN).where(UNPROVEN.c.tenant == tenant, _hashed(key))
    row = connection.execute(asked).one_or_none()
    return None if row is None else Waiting(*row, proven=False, key=key)


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


_ENVELOPE = (ENVELOPE.c.id, ENVELOPE.c.station, ENVELOPE.c.reason, ENVELOPE.c.received_at)
_UNPROVEN = (UNPROVEN.c.id, UNPROVEN.c.station, UNPROVEN.c.reason, UNPROVEN.c.received_at)


def _hashed(key: str) -> ColumnElement[bool]:
    return UNPROVEN.c.sha256 == literal(bytes.fromhex(key))


def _envelopes(
    connection: Connection, tenant: str, state: EnvelopeState, limit: int, offset: int
) -> list[Waiting]:
    asked = select(*_ENVELOPE).where(ENVELOPE.c.tenant == tenant, ENVELOPE.c.state == state.value)
    asked = asked.order_by(ENVELOPE.c.received_at.desc(), ENVELOPE.c.id).limit(limit).offset(offset)
    return [Waiting(*row, proven=True, key=row.id) for row in connection.execute(asked)]


def _unproven(connection: Connection, tenant: str, limit: int, offset: int) -> list[Waiting]:
    asked = select(*_UNPROVEN, UNPROVEN.c.sha256).where(UNPROVEN.c.tenant == tenant)
    asked = asked.order_by(UNPROVEN.c.received_at.desc(), UNPROVEN.c.sha256).limit(limit).offset(offset)
    return [Waiting(*row[:4], proven=False, key=row.sha256.hex()) for row in connection.execute(asked)]
