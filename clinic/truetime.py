"""The true time of what a station sealed with a wrong clock, worked out from when its boot began.

Every envelope says how long the machine had been up when it was sealed. Received minus that is when the boot
began, or later by as long as the envelope was on its way: the earliest of one boot is the nearest, and each
better one moves the visits of that boot. The record itself is never changed: it goes on saying what was said.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

from msgspec.structs import replace

from clinic.store.store import Transaction
from clinic.store.times import boot_of, set_time, untimed
from clinic.store.visits import KeptVisit
from health.envelope import Header
from health.record import Record, read
from health.visit import Observation, StaffCall, Visit

AHEAD = timedelta(minutes=5)
"""Nothing was sealed or measured later than it came; so much may two clocks that are right differ."""
NEAR = timedelta(seconds=1)
"""Nearer than this two times are one."""
EARLIEST = datetime(2026, 1, 1, tzinfo=UTC)
"""No station existed before: a visit that began earlier had its clock set while it went on."""
LONGEST = timedelta(days=1)
"""No visit lasts longer; where clock and visit say so, the end of it is taken."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def believed(header: Header, came: datetime) -> Header:
    """The header as its times are believed: a clock ahead of when it ``came`` is not to be trusted."""
    ahead = header.wall - came > AHEAD
    return replace(header, clock_trusted=False) if ahead and header.clock_trusted else header


def timed(
    connection: Transaction, visit: KeptVisit, header: Header, record: Record, came: datetime, zone: timezone
) -> KeptVisit:
    """The visit as it is filed, with its true time as far as that can be told by when it ``came``."""
    opened, sealed = record.visit.opened_at or header.wall, believed(header, came)
    if sealed.clock_trusted and opened - came <= AHEAD and (opened >= EARLIEST or header.wall < EARLIEST):
        return visit
    if sealed.clock_trusted:
        true = header.wall
    else:
        boot, began = boot_of(connection, header.tenant, header.station)
        here = _ms(came) - header.monotonic_ms
        began = here if began is None or boot != str(header.boot) else min(began, here)
        true = _true(began, header.monotonic_ms, header.wall, opened)
    return replace(visit, measured_at=true.isoformat(), civil_date=_day(true, zone))


def settle(connection: Transaction, header: Header, now: datetime, zone: timezone) -> None:
    """What ``header`` tells of its boot moves the visits of that boot that had no time of their own."""
    boot, began = boot_of(connection, header.tenant, header.station)
    if began is None or boot != str(header.boot):
        return
    for one in untimed(connection, header.tenant, header.station, boot):
        wall = datetime.fromisoformat(one.wall)
        opened = read(one.record).visit.opened_at or wall
        true = _true(began, one.monotonic_ms, wall, opened)
        if abs(true - datetime.fromisoformat(one.measured_at)) > NEAR:
            set_time(connection, header.tenant, one.visit, true.isoformat(), _day(true, zone), now)


def off_by(kept: KeptVisit, record: Record) -> timedelta:
    """How far the times of ``record`` are from the true ones; nothing where its clock was right."""
    opened = record.visit.opened_at
    if opened is None:
        return timedelta(0)
    off = datetime.fromisoformat(kept.measured_at) - opened
    return off if abs(off) > NEAR else timedelta(0)


def record_of(kept: KeptVisit) -> Record:
    """The record of a visit with its true times, for whoever shows or hands on what was measured when."""
    record = read(kept.record)
    off = off_by(kept, record)
    if not off:
        return record
    return replace(record, visit=_moved(record.visit, off, date.fromisoformat(kept.civil_date)))


def _moved(visit: Visit, off: timedelta, on: date) -> Visit:
    def at(moment: datetime | None) -> datetime | None:
        return None if moment is None else moment + off

    return replace(
        visit,
        on=on,
        opened_at=at(visit.opened_at),
        closed_at=at(visit.closed_at),
        observations=tuple(_seen(one, at) for one in visit.observations),
        call=None if visit.call is None else _called(visit.call, off),
    )


def _seen(one: Observation, at: Callable[[datetime | None], datetime | None]) -> Observation:
    samples = tuple(replace(sample, at=at(sample.at)) for sample in one.samples)
    return replace(one, at=at(one.at), samples=samples)


def _called(call: StaffCall, off: timedelta) -> StaffCall:
    answered = None if call.answered_at is None else call.answered_at + off
    return replace(call, called_at=call.called_at + off, answered_at=answered)


def _true(began: int, monotonic_ms: int, wall: datetime, opened: datetime) -> datetime:
    sealed = _EPOCH + timedelta(milliseconds=began + monotonic_ms)
    lasted = wall - opened
    return sealed - lasted if timedelta(0) <= lasted <= LONGEST else sealed


def _ms(moment: datetime) -> int:
    return round((moment - _EPOCH).total_seconds() * 1000)


def _day(moment: datetime, zone: timezone) -> str:
    return moment.astimezone(zone).date().isoformat()
