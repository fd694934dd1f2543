"""Years of a district, put into a clinic's database behind the server's back.

Visits, residents, tasks, calls: 500 visits a day, 20 a resident, the newest a moment ago. One in four asks
for a doctor, one in twenty is urgent. Of the last two weeks some tasks are open; everything older is closed,
as it must be: what is open depends on the work of today, not on the years. By COPY or in one transaction.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
from psycopg import sql

from benchmarks.ingest import made_resident, made_visit
from clinic.clinic import Clinic
from clinic.store.store import FILE
from health.ids import new_id
from health.record import write
from tests.clinic.stations import FakeStation

STATIONS = 200
_RECORDS, _A_RESIDENT = 100, 20
A_DAY = 500
_OPEN = timedelta(days=14)
_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class _Visit:
    tenant: str
    id: str
    version: int
    status: str
    record: bytes
    envelope: str
    station: str
    sequence: int
    level: int
    civil_date: str
    measured_at: str
    received_at: str
    resident: bytes
    place_in_feed: int


@dataclass(frozen=True, slots=True)
class _Resident:
    tenant: str
    hash: bytes
    id: str
    name: str
    phone: str
    team: str
    doctor: str
    contracted: bool
    changed_at: str


@dataclass(frozen=True, slots=True)
class _Task:
    tenant: str
    id: str
    subject: str
    reason: str
    level: int
    state: str
    visit: str
    station: str
    name: str
    phone: str
    team: str
    owner: str
    opened_at: str
    due_at: str
    follow_up_by: str
    contacted_at: str | None
    closed_at: str | None
    outcome: str
    why: str
    events: int
    alarmed_at: str | None


@dataclass(frozen=True, slots=True)
class _Event:
    tenant: str
    task: str
    number: int
    at: str
    who: str
    did: str
    outcome: str
    why: str
    note: str
    due_at: str
    visit: str


_Row = _Visit | _Resident | _Task | _Event
_TABLES: dict[type[_Row], str] = {
    _Visit: "visit",
    _Resident: "resident",
    _Task: "task",
    _Event: "task_event",
}


def fill(clinic: Clinic, url: str, have: int, many: int, a_day: int = A_DAY) -> bytes:
    """Bring the store from ``have`` to ``many`` such visits; the hash of one resident of the middle."""
    station = FakeStation(clinic.keys.working.public(), clinic.keys.recovery)
    records = [write(station.record(made_visit(n, made_resident(n)))) for n in range(_RECORDS)]
    now = datetime.now(UTC)
    for start in range(have, many, _AT_ONCE):
        end = min(many, start + _AT_ONCE)
        rows: dict[type[_Row], list[_Row]] = {kind: [] for kind in _TABLES}
        for n in range(start, end):
            for row in _rows(n, records[n % _RECORDS], now, now - n * timedelta(days=1) / a_day):
                rows[type(row)].append(row)
        _keep(clinic, url, rows)
    if url:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")
    return _hash(many // 2 // _A_RESIDENT)


def _rows(n: int, record: bytes, now: datetime, at: datetime) -> Iterator[_Row]:
    id_, resident = str(new_id()), n // _A_RESIDENT
    level = 3 if n % 20 == 0 else 2 if n % 4 == 0 else 1
    said, day, station = at.isoformat(), at.date().isoformat(), f"station-{n % STATIONS}"
    yield _Visit(
        *("clinic", id_, 1, "complete", record, id_, station, n),
        *(level, day, said, said, _hash(resident), 10_000_000 + n),
    )
    if n % _A_RESIDENT == 0:
        yield _Resident(
            *("clinic", _hash(resident), _id(resident), "沈玉珍", "13600007741", f"team {resident % 12}"),
            *("周医生", True, said),
        )
    if level > 1:
        yield from _task(n, level, at, now, id_)


def _task(n: int, level: int, at: datetime, now: datetime, visit: str) -> Iterator[_Row]:
    is_open = now - at < _OPEN and n % 20 == (0 if n // 20 % 10 == 0 else 4)
    said, due = at.isoformat(), (at + timedelta(days=7)).isoformat()
    closed = None if is_open else min(now, at + timedelta(hours=3)).isoformat()
    # In the order of time, as the ids of tasks are.
    task = f"{10**12 - n:012x}-0000-7000-8000-{n:012x}"[-36:]
    yield _Task(
        *("clinic", task, _id(n // _A_RESIDENT), "pressure", level, "requested" if is_open else "completed"),
        *(visit, f"station-{n % STATIONS}", "沈玉珍", "13600007741", "", "", said, due, due),
        *(closed, closed, "" if is_open else "visited", "", 1 if is_open else 2),
        said if level == 3 else None,
    )
    yield _Event("clinic", task, 1, said, "station", "opened", "", "", "", due, visit)
    if closed is not None:
        yield _Event("clinic", task, 2, closed, "王莉", "called", "visited", "", "", due, "")


def _keep(clinic: Clinic, url: str, rows: dict[type[_Row], list[_Row]]) -> None:
    if url:
        with psycopg.connect(url) as connection:
            for kind, some in rows.items():
                _copy(connection, kind, some)
            connection.commit()
        return
    file = Path(clinic.settings.data) / FILE
    connection_ = sqlite3.connect(file, timeout=60)
    connection_.execute("PRAGMA synchronous=OFF")
    with connection_:
        for kind, some in rows.items():
            columns = _columns(kind)
            marks = ", ".join("?" * len(columns))
            into = f"INSERT INTO {_TABLES[kind]} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608
            connection_.executemany(into, map(astuple, some))
    connection_.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection_.close()


def _copy(
    connection: "psycopg.Connection[tuple[object, ...]]", kind: type[_Row], rows: Iterable[_Row]
) -> None:
    columns = sql.SQL(", ").join(map(sql.Identifier, _columns(kind)))
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(_TABLES[kind]), columns)
    with connection.cursor() as cursor, cursor.copy(into) as copy:
        for row in rows:
            copy.write_row(astuple(row))


def _columns(kind: type[_Row]) -> Sequence[str]:
    return kind.__match_args__


def _hash(resident: int) -> bytes:
    return b"filled" + resident.to_bytes(26, "big")


def _id(resident: int) -> str:
    return f"f1000000-0000-7000-8000-{resident:012x}"
