"""What arrived from the stations, as rows. The unique key decides what is new: nothing is searched first.

Each function works inside the transaction it is given, so a batch is one transaction. Whether an envelope is
true was judged before (``intake``).
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, and_, bindparam, case, delete, func, select, update

from clinic.store.rows import insert_new
from clinic.store.tables import ENVELOPE, LONG, STATION, UNPROVEN
from health.envelope import Header, Kind

_UNPROVEN_AT_MOST = 1000


class EnvelopeState(StrEnum):
    """What became of an envelope that a station provably sent."""

    OPENED = "opened"
    QUARANTINED = "quarantined"
    DISMISSED = "dismissed"
    ERASED = "erased"


class Kept(StrEnum):
    """What the unique key said."""

    NEW = "new"
    KNOWN = "known"
    REOPENED = "reopened"
    OTHER_BYTES = "other_bytes"
    ERASED = "erased"


def keep_envelope(
    connection: Connection, header: Header, raw: bytes, sha256: bytes, reason: str, now: datetime
) -> Kept:
    """Store an envelope with a good signature; ``reason`` says why it is set aside, empty when it opened.

    The same bytes again change nothing, unless they open this time and did not before (``REOPENED``).
    """
    state = EnvelopeState.QUARANTINED if reason else EnvelopeState.OPENED
    row = _row(header) | {
        "sha256": sha256,
        "raw": raw,
        "state": state.value,
        "reason": reason,
        "received_at": now.isoformat(),
    }
    if insert_new(connection, ENVELOPE, row):
        return Kept.NEW
    here = (ENVELOPE.c.tenant == header.tenant, ENVELOPE.c.id == str(header.id))
    known = connection.execute(select(ENVELOPE.c.sha256, ENVELOPE.c.state).where(*here)).one()
    if known.state == EnvelopeState.ERASED:
        return Kept.ERASED
    if known.sha256 != sha256:
        return Kept.OTHER_BYTES
    if known.state in {EnvelopeState.QUARANTINED, EnvelopeState.DISMISSED} and state is EnvelopeState.OPENED:
        connection.execute(update(ENVELOPE).where(*here).values(state=state.value, reason=""))
        return Kept.REOPENED
    return Kept.KNOWN


def known_state(connection: Connection, tenant: str, envelope: str, sha256: bytes) -> EnvelopeState | None:
    """How these very bytes stand, or None. It saves opening them again and decides nothing."""
    asked = {"of": tenant, "named": envelope, "same": sha256}
    found = connection.execute(_KNOWN, asked).scalar_one_or_none()
    return None if found is None else EnvelopeState(found)


_KNOWN = select(ENVELOPE.c.state).where(
    ENVELOPE.c.tenant == bindparam("of"),
    ENVELOPE.c.id == bindparam("named"),
    ENVELOPE.c.sha256 == bindparam("same"),
)


def arrived(connection: Connection, tenant: str, envelope: str) -> datetime:
    """When an envelope that is kept came first."""
    asked = select(ENVELOPE.c.received_at).where(ENVELOPE.c.tenant == tenant, ENVELOPE.c.id == envelope)
    return datetime.fromisoformat(connection.execute(asked).scalar_one())


def set_aside(connection: Connection, tenant: str, envelope: str, reason: str) -> None:
    """Mark an envelope that opened but cannot be filed, and say why."""
    connection.execute(
        update(ENVELOPE)
        .where(ENVELOPE.c.tenant == tenant, ENVELOPE.c.id == envelope)
        .values(state=EnvelopeState.QUARANTINED.value, reason=reason)
    )


def keep_unproven(
    connection: Connection, header: Header, raw: bytes, sha256: bytes, reason: str, now: datetime
) -> None:
    """Store bytes whose signature is not the station's."""
    named = str(header.id)
    keep_refused(connection, header.tenant, named, header.station, reason, raw, sha256, now)


def keep_refused(
    connection: Connection,
    tenant: str,
    named: str,
    sender: str,
    reason: str,
    raw: bytes,
    sha256: bytes,
    now: datetime,
) -> None:
    """Store bytes that somebody sent and nobody may believe.

    Where too many lie here, the oldest under the name that most came under makes room: whoever floods takes
    the place of his own flood, and what others sent stays.
    """
    _make_room(connection, tenant)
    row = {
        "tenant": tenant,
        "sha256": sha256,
        "id": named,
        "station": sender,
        "reason": reason,
        "raw": raw,
        "received_at": now.isoformat(),
    }
    insert_new(connection, UNPROVEN, row)


def _make_room(connection: Connection, tenant: str) -> None:
    many = func.count()
    by_name = select(UNPROVEN.c.station, many).where(UNPROVEN.c.tenant == tenant).group_by(UNPROVEN.c.station)
    counted = {station: int(count) for station, count in connection.execute(by_name)}
    if sum(counted.values()) < _UNPROVEN_AT_MOST:
        return
    loudest = max(sorted(counted), key=lambda one: counted[one])
    here = (UNPROVEN.c.tenant == tenant, UNPROVEN.c.station == loudest)
    oldest = select(UNPROVEN.c.sha256).where(*here).order_by(UNPROVEN.c.received_at, UNPROVEN.c.sha256)
    connection.execute(delete(UNPROVEN).where(*here, UNPROVEN.c.sha256 == oldest.limit(1).scalar_subquery()))


def believed_after_all(connection: Connection, tenant: str, sha256: bytes) -> None:
    """Those very bytes turned out to be their station's; they wait with what nobody may believe no more."""
    connection.execute(delete(UNPROVEN).where(UNPROVEN.c.tenant == tenant, UNPROVEN.c.sha256 == sha256))


def saw_station(connection: Connection, header: Header, now: datetime) -> None:
    """Note that the station was heard, and how far its clock is from the clinic's.

    An envelope that comes late says as much of that as one that comes at once: when its boot began is known,
    and how long it had been up is told by a clock that nobody sets.
    """
    heard = {
        "of": header.tenant,
        "by": header.station,
        "at": now.isoformat(),
        "start": str(header.boot),
        "up": header.monotonic_ms,
        "own": round(header.wall.timestamp() * 1000) - header.monotonic_ms,
        "trusted": header.clock_trusted,
        "began": round(now.timestamp() * 1000) - header.monotonic_ms,
    }
    connection.execute(_SAW, heard)


_UP = bindparam("up", type_=LONG)
_OWN = bindparam("own", type_=LONG)
_BEGAN = bindparam("began", type_=LONG)
_SAME_BOOT = STATION.c.boot == bindparam("start")
# What is told now may have been sealed before what was told last.
_BEFORE = and_(_SAME_BOOT, STATION.c.heard_ms > _UP)
_BOOTED = case((and_(_SAME_BOOT, STATION.c.booted_ms < _BEGAN), STATION.c.booted_ms), else_=_BEGAN)
_BOOTED_BY_ITS_CLOCK = case((_BEFORE, STATION.c.booted_ms - STATION.c.drift_ms), else_=_OWN)
_SAW = (
    update(STATION)
    .where(STATION.c.tenant == bindparam("of"), STATION.c.id == bindparam("by"))
    .values(
        last_seen=bindparam("at"),
        boot=bindparam("start"),
        clock_trusted=bindparam("trusted"),
        drift_ms=_BOOTED - _BOOTED_BY_ITS_CLOCK,
        booted_ms=_BOOTED,
        heard_ms=case((_BEFORE, STATION.c.heard_ms), else_=_UP),
    )
)


def envelopes_without_visit(connection: Connection, tenant: str, limit: int = 50) -> tuple[bytes, ...]:
    """The latest results without a person, as they came, newest first."""
    asked = select(ENVELOPE.c.raw).where(
        ENVELOPE.c.tenant == tenant,
        ENVELOPE.c.kind == Kind.AMENDMENT.value,
        ENVELOPE.c.visit.is_(None),
        ENVELOPE.c.state == EnvelopeState.OPENED.value,
    )
    return tuple(
        raw for (raw,) in connection.execute(asked.order_by(ENVELOPE.c.received_at.desc()).limit(limit))
    )


def _row(header: Header) -> dict[str, object]:
    return {
        "tenant": header.tenant,
        "id": str(header.id),
        "kind": header.kind.value,
        "visit": None if header.visit is None else str(header.visit),
        "station": header.station,
        "sequence": header.sequence,
        "boot": str(header.boot),
        "monotonic_ms": header.monotonic_ms,
        "wall": header.wall.isoformat(),
        "clock_trusted": header.clock_trusted,
        "demo": header.demo,
        "incomplete": header.incomplete,
    }
