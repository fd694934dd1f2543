"""What a clinic takes in: visits sealed by stations of their own, over HTTP, durable when they are answered.

The server runs as its own processes on loopback, on PostgreSQL started here with its durable settings, and
on SQLite. Every visit is signed, encrypted and has what a real one has; one in twenty is urgent, one in four
asks for a doctor. The store is then filled to 10^4 and 10^6 visits behind the server's back (COPY) and the
list and a resident's visits are asked for over HTTP or through the store. Senders share the two cores.
"""

import http.client
import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

import psycopg

from benchmarks.measure import Figure, median, p95
from clinic.accounts import add_staff
from clinic.clinic import Clinic
from clinic.keyring import keys_of
from clinic.sessions import PAGE, open_session
from clinic.settings import ClinicSettings
from clinic.store.stations import EnrolledStation, StationState, let_in
from clinic.store.store import FILE, open_store
from clinic.store.visits import visits_of_resident
from health.ids import new_id
from health.record import read, write
from health.visit import Resident, Visit
from health.wire import envelope_path
from tests.clinic.postgres import binaries, server
from tests.clinic.stations import SHEN, FakeStation, visit_of

SENDERS = 8
VISITS = int(os.environ.get("KANGYI_BENCH_VISITS", "1600"))
FILLED = tuple(int(n) for n in os.environ.get("KANGYI_BENCH_FILLED", "10000,1000000").split(","))
WANTED_PER_S, LONGEST_MS, TWICE, FLAT = 150, 60, 2, 1.5
RECORDS, ASKED = 100, 60
HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of sending: visits a second, and the sorted seconds of each answer."""

    per_second: float
    taken: list[float]


def run() -> Iterator[Figure]:
    """The figures on PostgreSQL, if it is installed, then on SQLite."""
    with tempfile.TemporaryDirectory() as folder:
        if binaries() is not None:
            with server(durable=True) as postgresql:
                yield from _on("PostgreSQL", Path(folder) / "p", postgresql.url(postgresql.database()), 2)
        yield from _on("SQLite", Path(folder) / "s", "", 1)


def _on(name: str, data: Path, url: str, workers: int) -> Iterator[Figure]:
    settings = ClinicSettings(database=url, data=str(data))
    clinic = Clinic(settings, keys_of(data), open_store(data, url))
    try:
        stations = [_station(clinic, f"station-{n}") for n in range(SENDERS)]
        parts = [_sealed(one, VISITS // SENDERS, n) for n, one in enumerate(stations)]
        with _serving(data, url, workers) as ports:
            _send([part[:5] for part in parts], ports, 201)
            fresh = _send([part[5:] for part in parts], ports, 201)
            again = _send([part[5:] for part in parts], ports, 200)
            yield _speed(name, fresh)
            yield _latency(name, fresh)
            faster = again.per_second / fresh.per_second
            yield Figure(
                f"{name} again", f"{again.per_second:.0f} /s, {faster:.1f} × new", "2 × new", faster / TWICE
            )
            yield from _flat(name, clinic, url, ports)
    finally:
        clinic.store.close()


def _speed(name: str, sent: Sent) -> Figure:
    told = f"{sent.per_second:.0f} visits/s"
    return Figure(f"{name} new", told, f"{WANTED_PER_S} visits/s", sent.per_second / WANTED_PER_S)


def _latency(name: str, sent: Sent) -> Figure:
    longest = p95(sent.taken) * 1000
    return Figure(f"{name} p95", f"{longest:.0f} ms", f"{LONGEST_MS} ms", LONGEST_MS / longest)


def _station(clinic: Clinic, name: str) -> FakeStation:
    made = FakeStation(clinic.keys.working.public(), clinic.keys.recovery, id=name)
    key, now = made.key.verify_key().text, clinic.now().isoformat()
    with clinic.store.writing() as connection:
        let_in(connection, EnrolledStation("clinic", name, key, StationState.APPROVED, name, now))
    return made


def _sealed(station: FakeStation, many: int, first: int) -> list[tuple[UUID, bytes]]:
    """Envelopes of that many visits of as many residents, before the clock runs."""
    found = []
    for n in range(many):
        envelope = station.envelope(_visit(n, _resident(first * 100_000 + n)))
        found.append((envelope.header.id, envelope.to_bytes()))
    return found


def _resident(number: int) -> Resident:
    return replace(SHEN, identity=f"3101011940{number:08}")


def _visit(number: int, resident: Resident) -> Visit:
    if number % 20 == 0:
        return visit_of(resident, systolic="188", diastolic="112")
    return visit_of(resident, systolic="146" if number % 4 == 0 else "124")


@contextmanager
def _serving(data: Path, url: str, workers: int) -> Iterator[tuple[int, ...]]:
    """The clinic's own command as that many processes; the ports they answer at."""
    file = data / "clinic.toml"
    file.write_text(f'data = "{data}"\nport = 0\ndatabase = "{url}"\n', encoding="utf-8")
    with ExitStack() as stack:
        yield tuple(stack.enter_context(_worker(file)) for _ in range(workers))


@contextmanager
def _worker(settings: Path) -> Iterator[int]:
    command = [sys.executable, "main.py", "clinic", "--settings", str(settings)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            address = next(word for word in process.stdout.readline().split() if word.startswith("http"))
            yield urlsplit(address).port or 0
            if process.poll() is not None:
                raise SystemExit("A clinic stopped while it was measured.")
        finally:
            process.terminate()


def _send(parts: Sequence[Sequence[tuple[UUID, bytes]]], ports: Sequence[int], wanted: int) -> Sent:
    """Send each part over a connection of its own, all at once; the next envelope follows the answer."""
    taken: list[float] = []
    statuses: set[int] = set()

    def send(part: Sequence[tuple[UUID, bytes]], port: int) -> None:
        link = http.client.HTTPConnection(HOST, port, timeout=60)
        for name, raw in part:
            begun = time.perf_counter()
            link.request("PUT", envelope_path(name), raw)
            answer = link.getresponse()
            answer.read()
            taken.append(time.perf_counter() - begun)
            statuses.add(answer.status)
        link.close()

    threads = [
        threading.Thread(target=send, args=(part, ports[n % len(ports)])) for n, part in enumerate(parts)
    ]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lasted = time.perf_counter() - begun
    if statuses != {wanted} or len(taken) != sum(map(len, parts)):
        raise SystemExit(f"Of the visits sent some were not stored: {sorted(statuses)}.")
    return Sent(len(taken) / lasted, sorted(taken))


def _flat(name: str, clinic: Clinic, url: str, ports: Sequence[int]) -> Iterator[Figure]:
    add_staff(clinic, "bench", "only for the benchmark")
    cookie = f"kangyi={open_session(clinic, 'bench', PAGE)}"
    found: list[tuple[float, float]] = []
    have = 0
    for many in FILLED:
        resident = _fill(clinic, url, have, many)
        have = many
        found.append((_listed(ports[0], cookie), _trend(clinic, resident)))
    for what, before, after in zip(("list", "trend"), found[0], found[-1], strict=True):
        told = f"{before * 1000:.1f} -> {after * 1000:.1f} ms"
        yield Figure(f"{name} {what}", told, f"{FLAT} × of 10^4 at 10^6", FLAT / (after / before))


def _listed(port: int, cookie: str) -> float:
    link = http.client.HTTPConnection(HOST, port, timeout=60)
    taken = []
    for _ in range(ASKED // 2):
        begun = time.perf_counter()
        link.request("GET", "/visits", headers={"Cookie": cookie})
        answer = link.getresponse()
        answer.read()
        taken.append(time.perf_counter() - begun)
        if answer.status != 200:
            raise SystemExit(f"The list was not shown: {answer.status}.")
    return median(sorted(taken))


def _trend(clinic: Clinic, resident: bytes) -> float:
    taken = []
    for _ in range(ASKED):
        begun = time.perf_counter()
        with clinic.store.reading() as connection:
            kept = visits_of_resident(connection, "clinic", resident, 12)
        visits = [read(one.record) for one in kept]
        taken.append(time.perf_counter() - begun)
        if len(visits) != 12:
            raise SystemExit("A resident's visits were not found.")
    return median(sorted(taken))


def _fill(clinic: Clinic, url: str, have: int, many: int) -> bytes:
    """Bring the store to ``many`` more visits, 20 a resident; the hash of one resident of the middle."""
    station = FakeStation(clinic.keys.working.public(), clinic.keys.recovery)

    records = [write(station.record(_visit(n, _resident(n)))) for n in range(RECORDS)]
    rows = islice(_rows(records, many), have, None)
    if url:
        _copy(url, rows)
    else:
        _insert(Path(clinic.settings.data) / FILE, rows)
    return _hash(many // 2 // 20)


_COLUMNS = (
    "tenant",
    "id",
    "version",
    "status",
    "record",
    "envelope",
    "station",
    "sequence",
    "level",
    "civil_date",
    "measured_at",
    "received_at",
    "resident",
    "place_in_feed",
)


_TYPES = (
    *("varchar", "varchar", "int4", "varchar", "bytea", "varchar", "varchar", "int8", "int4"),
    *("varchar", "varchar", "varchar", "bytea", "int8"),
)


def _rows(records: Sequence[bytes], many: int) -> Iterator[tuple[object, ...]]:
    for n in range(many):
        day = f"2026-{1 + n % 9:02}-{1 + n // 9 % 28:02}"
        at = f"{day}T{n % 24:02}:{n // 24 % 60:02}:{n // 7 % 60:02}.{n % 1_000_000:06}+00:00"
        id_, level = str(new_id()), 3 if n % 20 == 0 else 2 if n % 4 == 0 else 1
        yield (
            *("clinic", id_, 1, "complete", records[n % RECORDS], id_, f"station-{n % 200}", n),
            *(level, day, at, at, _hash(n // 20), 10_000_000 + n),
        )


def _hash(resident: int) -> bytes:
    return b"filled" + resident.to_bytes(26, "big")


def _copy(url: str, rows: Iterator[tuple[object, ...]]) -> None:
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        with cursor.copy(f"COPY visit ({', '.join(_COLUMNS)}) FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types(_TYPES)
            for row in rows:
                copy.write_row(row)
        connection.commit()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE visit")


def _insert(file: Path, rows: Iterator[tuple[object, ...]]) -> None:
    marks = ", ".join("?" * len(_COLUMNS))
    connection = sqlite3.connect(file, timeout=60)
    with connection:
        connection.executemany(f"INSERT INTO visit ({', '.join(_COLUMNS)}) VALUES ({marks})", rows)  # noqa: S608
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
