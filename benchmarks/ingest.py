"""What a clinic takes in: visits sealed by stations of their own, over HTTP, durable when they are answered.

The server runs as its own processes on loopback, on PostgreSQL started here with its durable settings, and
on SQLite. Every visit is signed, encrypted and has what a real one has; one in twenty is urgent, one in four
asks for a doctor. Senders share the two cores. How the pages bear a million visits is in ``pages``.
"""

import http.client
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

from msgspec.structs import replace

from benchmarks.measure import Figure, p95
from clinic.clinic import Clinic
from clinic.keyring import keys_of
from clinic.settings import ClinicSettings
from clinic.store.stations import EnrolledStation, StationState, let_in
from clinic.store.store import open_store
from health.visit import Resident, Visit
from health.wire import envelope_path
from tests.clinic.postgres import binaries, server
from tests.clinic.stations import SHEN, FakeStation, visit_of

SENDERS = 8
VISITS = int(os.environ.get("KANGYI_BENCH_VISITS", "1600"))
WANTED_PER_S, LONGEST_MS, TWICE = 150, 60, 2
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
        with serving(data, url, workers) as ports:
            _send([part[:5] for part in parts], ports, 201)
            fresh = _send([part[5:] for part in parts], ports, 201)
            again = _send([part[5:] for part in parts], ports, 200)
            yield _speed(name, fresh)
            yield _latency(name, fresh)
            faster = again.per_second / fresh.per_second
            yield Figure(
                f"{name} again", f"{again.per_second:.0f} /s, {faster:.1f} × new", "2 × new", faster / TWICE
            )
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
        envelope = station.envelope(made_visit(n, made_resident(first * 100_000 + n)))
        found.append((envelope.header.id, envelope.to_bytes()))
    return found


def made_resident(number: int) -> Resident:
    """One of many, each with an identity number of her own."""
    return replace(SHEN, identity=f"3101011940{number:08}")


def made_visit(number: int, resident: Resident) -> Visit:
    """One in twenty is urgent, one in four asks for a doctor."""
    if number % 20 == 0:
        return visit_of(resident, systolic="188", diastolic="112")
    return visit_of(resident, systolic="146" if number % 4 == 0 else "124")


@contextmanager
def serving(data: Path, url: str, workers: int) -> Iterator[tuple[int, ...]]:
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
