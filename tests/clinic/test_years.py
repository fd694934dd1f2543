"""A page asks the database for as much after five times the years: counted work, not time.

On SQLite it is the steps of its machine, on PostgreSQL the rows it looked at where an index may answer.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests
from msgspec import structs
from msgspec.structs import replace
from sqlalchemy import Connection, Engine, event

from benchmarks import pages_fill
from benchmarks.pages_fill import fill
from clinic.store.residents import resident_by_hash
from clinic.store.stations import EnrolledStation, StationState, let_in
from tests.clinic.running import Running

FEW, MANY, A_DAY, STATIONS = 1500, 7500, 25, 3
"""Two months of visits, as far back as the board compares, and ten; a station fills more than a page."""
ALLOWED = 1.5
PAGES = (
    "/worklist",
    "/worklist?show=closed",
    "/worklist?show=closed&station=station-1",
    "/worklist?team=team 1",
    "/board",
    "/stations",
    "/visits",
    "/visits?station=station-1",
    "/residents/{her}",
    "/quarantine",
    "/metrics",
)


@pytest.fixture
def asked() -> Iterator[list[tuple[str, object]]]:
    """Every question of the pages, with what was filled in."""
    found: list[tuple[str, object]] = []

    def note(
        _connection: object, _cursor: object, statement: str, parameters: object, *_rest: object
    ) -> None:
        if statement.startswith("SELECT"):
            found.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    yield found
    event.remove(Engine, "before_cursor_execute", note)


def _steps(connection: Connection, statement: str, parameters: object) -> int:
    """Of the machine that SQLite runs a question on."""
    own, counted = connection.connection.driver_connection, [0]
    assert own is not None

    def count() -> int:
        counted[0] += 1
        return 0

    own.set_progress_handler(count, 10)
    own.execute(statement, parameters).fetchall()
    own.set_progress_handler(None, 10)
    return 10 * counted[0]


def _rows(connection: Connection, statement: str, parameters: object) -> int:
    """That PostgreSQL looked at, whether it kept them or not."""
    connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    explained = connection.exec_driver_sql(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", parameters)  # type: ignore[arg-type]
    left, rows = [explained.scalar_one()[0]["Plan"]], 0
    while left:
        node = left.pop()
        left += node.get("Plans", ())
        if "Scan" in node["Node Type"]:
            seen = sum(node.get(word, 0) for word in ("Actual Rows", "Rows Removed by Filter"))
            rows += int(seen * node["Actual Loops"])
    return rows


def test_no_page_asks_for_more_after_five_times_the_years(
    running: Running,
    tmp_path: Path,
    database: str,
    asked: list[tuple[str, object]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pages_fill, "STATIONS", STATIONS)
    counted = _rows if database else _steps
    own = structs.replace(running.clinic.settings, data=str(tmp_path / "clinic"))
    clinic = replace(running.clinic, settings=own)
    now = clinic.now().isoformat()
    with clinic.store.writing() as connection:
        for name in (f"station-{n}" for n in range(STATIONS)):
            let_in(connection, EnrolledStation("clinic", name, name, StationState.APPROVED, name, now))
    browser = running.staff()

    def work(resident: bytes) -> dict[str, int]:
        with clinic.store.reading() as connection:
            her = resident_by_hash(connection, "clinic", resident)
        assert her is not None
        return {page: _work(running, browser, page.format(her=her.id), asked, counted) for page in PAGES}

    before = work(fill(clinic, database, 0, FEW, A_DAY))
    after = work(fill(clinic, database, FEW, MANY, A_DAY))
    grown = {page: (before[page], after[page]) for page in PAGES if after[page] > ALLOWED * before[page]}
    assert grown == {}


def _work(
    running: Running,
    browser: requests.Session,
    page: str,
    asked: list[tuple[str, object]],
    counted: Callable[[Connection, str, object], int],
) -> int:
    asked.clear()
    shown = browser.get(running.url + page, timeout=60)
    assert shown.status_code == 200
    questions = tuple(asked)
    assert questions
    with running.clinic.store.reading() as connection:
        return sum(counted(connection, *one) for one in questions)
