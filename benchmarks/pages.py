"""Whether the clinic's pages stay as quick with years of visits: the same requests at 10^4 and at 10^6.

A running clinic on PostgreSQL (started here, durable) and one on SQLite are filled by ``pages_fill`` and
asked over HTTP, as a nurse's browser does: worklist, what was closed, the board, the fleet, the list of
visits, one resident's page; and twelve visits of one resident through the store. Medians of 25 answers.
"""

import http.client
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.ingest import HOST, serving
from benchmarks.measure import Figure, median
from benchmarks.pages_fill import STATIONS, fill
from clinic.accounts import add_staff
from clinic.clinic import Clinic
from clinic.keyring import keys_of
from clinic.sessions import PAGE, open_session
from clinic.settings import ClinicSettings
from clinic.store.residents import resident_by_hash
from clinic.store.stations import EnrolledStation, StationState, let_in
from clinic.store.store import open_store
from clinic.store.visits import visits_of_resident
from health.record import read
from tests.clinic.postgres import binaries, server

FILLED = tuple(int(n) for n in os.environ.get("KANGYI_BENCH_FILLED", "10000,1000000").split(","))
ASKED, FLAT = 25, 1.5
PAGES = {
    "worklist": "/worklist",
    "closed": "/worklist?show=closed",
    "board": "/board",
    "fleet": "/stations",
    "list": "/visits",
}


def run() -> Iterator[Figure]:
    """A figure for each page on PostgreSQL, if it is installed, then on SQLite."""
    with tempfile.TemporaryDirectory() as folder:
        if binaries() is not None:
            with server(durable=True) as postgresql:
                yield from _on("PostgreSQL", Path(folder) / "p", postgresql.url(postgresql.database()))
        yield from _on("SQLite", Path(folder) / "s", "")


def _on(name: str, data: Path, url: str) -> Iterator[Figure]:
    clinic = Clinic(ClinicSettings(database=url, data=str(data)), keys_of(data), open_store(data, url))
    try:
        _furnish(clinic)
        found = []
        have = 0
        for many in FILLED:
            resident = fill(clinic, url, have, many)
            have = many
            with serving(data, url, 1) as (port,):
                found.append(_measured(clinic, port, resident))
    finally:
        clinic.store.close()
    for what, before in found[0].items():
        after = found[-1][what]
        told = f"{before * 1000:.1f} -> {after * 1000:.1f} ms"
        against = f"{FLAT} × of {FILLED[0]:,} at {FILLED[-1]:,}"
        yield Figure(f"{name} {what}", told, against, FLAT / (after / before))


def _furnish(clinic: Clinic) -> None:
    add_staff(clinic, "bench", "only for the benchmark")
    now = clinic.now().isoformat()
    with clinic.store.writing() as connection:
        for n in range(STATIONS):
            named = f"station-{n}"
            let_in(connection, EnrolledStation("clinic", named, named, StationState.APPROVED, named, now))


def _measured(clinic: Clinic, port: int, resident: bytes) -> dict[str, float]:
    """Seconds for each page, and for a trend."""
    cookie = f"kangyi={open_session(clinic, 'bench', PAGE)}"
    with clinic.store.reading() as connection:
        known = resident_by_hash(connection, "clinic", resident)
    if known is None:
        raise SystemExit("A resident was not found.")
    pages = {**PAGES, "resident": f"/residents/{known.id}"}
    found = {what: _asked(port, cookie, address) for what, address in pages.items()}
    return {**found, "trend": _trend(clinic, resident)}


def _asked(port: int, cookie: str, address: str) -> float:
    link = http.client.HTTPConnection(HOST, port, timeout=60)
    taken = []
    for _ in range(ASKED + 2):
        begun = time.perf_counter()
        link.request("GET", address, headers={"Cookie": cookie})
        answer = link.getresponse()
        answer.read()
        taken.append(time.perf_counter() - begun)
        if answer.status != 200:
            raise SystemExit(f"The page {address} was not shown: {answer.status}.")
    link.close()
    return median(sorted(taken[2:]))


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
