"""Whether the clinic's pages stay as quick with years of visits: the same requests at 10^4 and at 10^6.

A running clinic on PostgreSQL (started here, durable) and one on SQLite are filled by ``pages_fill`` and
asked over HTTP, as a nurse's browser does: worklist, what was closed, the board, the fleet, the list of
visits and a page far back in it, one resident's page; and twelve visits of one resident through the store.
Medians of 25 answers.
"""

import http.client
import os
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.ingest import HOST, serving
from benchmarks.measure import Figure, median
from benchmarks.pages_fill import A_DAY, STATIONS, fill
from clinic.accounts import add_staff
from clinic.clinic import Clinic
from clinic.keyring import keys_of
from clinic.pages.paging import Place
from clinic.sessions import PAGE, open_session
from clinic.settings import ClinicSettings
from clinic.slips import FOUND
from clinic.store import audit
from clinic.store.fleet import KeptReport, keep_report
from clinic.store.leafing import Bookmark
from clinic.store.residents import resident_by_hash
from clinic.store.stations import EnrolledStation, StationState, let_in, place_station
from clinic.store.store import open_store
from clinic.store.visits import Between, counts_by_status, latest_visits, visits_of_resident
from clinic.visit_list import Filter
from health.record import read
from health.station_report import write_report
from tests.clinic.postgres import binaries, server
from tests.clinic.stations import A_REPORT

FILLED = tuple(int(n) for n in os.environ.get("KANGYI_BENCH_FILLED", "10000,1000000").split(","))
ASKED, FLAT, SLIPS = 25, 1.5, 5
PAGES = {
    "worklist": "/worklist",
    "closed": "/worklist?show=closed",
    "board": "/board",
    "fleet": "/stations",
    "list": "/visits",
    "board of a street": "/board?street=street+1",
    "metrics": "/metrics",
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
    """Stations of eight streets, each with its latest report and with slips that it asked for today."""
    add_staff(clinic, "bench", "only for the benchmark")
    at = clinic.now()
    now, report = at.isoformat(), write_report(A_REPORT)
    with clinic.store.writing() as connection:
        for n in range(STATIONS):
            named = f"station-{n}"
            let_in(connection, EnrolledStation("clinic", named, named, StationState.APPROVED, named, now))
            place_station(connection, "clinic", named, f"street {n % 8}")
            keep_report(connection, KeptReport("clinic", named, 1, now, report))
            for _ in range(SLIPS):
                audit.note(connection, "clinic", named, FOUND, named, at)


def _measured(clinic: Clinic, port: int, resident: bytes) -> dict[str, float]:
    """Seconds for each page, and for a trend."""
    cookie = f"kangyi={open_session(clinic, 'bench', PAGE)}"
    with clinic.store.reading() as connection:
        known = resident_by_hash(connection, "clinic", resident)
    if known is None:
        raise SystemExit("A resident was not found.")
    pages = {**PAGES, "far page": _far_page(clinic), "resident": f"/residents/{known.id}"}
    found = {what: _asked(port, cookie, address) for what, address in pages.items()}
    return {**found, "trend": _trend(clinic, resident)}


def _far_page(clinic: Clinic) -> str:
    """The address of the page behind four fifths of all visits."""
    with clinic.store.reading() as connection:
        (newest,) = latest_visits(connection, "clinic", 1)
        many = sum(counts_by_status(connection, "clinic", Between()).values())
        far = datetime.fromisoformat(newest.measured_at) - timedelta(days=many / A_DAY * 4 / 5)
        (beside,) = latest_visits(connection, "clinic", 1, Bookmark(far.isoformat(), ""))
    place = Place(99, Bookmark(beside.measured_at, beside.id))
    return Filter(None, "", place).address()


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
