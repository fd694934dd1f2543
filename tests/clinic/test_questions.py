"""What the pages ask of the database is found by an index: no page walks through all visits or tasks."""

import re
from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from sqlalchemy import Engine, event

from clinic.store.tasks import open_tasks
from tests.clinic.conftest import SQLITE
from tests.clinic.running import Running
from tests.clinic.stations import SHEN, visit_of
from tests.clinic.test_access import csrf

GROWING = {"visit", "task", "task_event", "envelope", "audit", "resident", "trail_head", "forward"}
FEW = {"trail_parted", "task_by_danger", "task_by_visit", "one_open_task"}
"""Indexes that hold only what is open or wrong; that does not grow with the years."""
PAGES = (
    "/worklist",
    "/worklist?show=closed",
    "/worklist?team=a",
    "/worklist?open={task}",
    "/board",
    "/stations",
    "/visits",
    "/visits?day=2026-11-23",
    "/visits?station=wanqing-1&page=2",
    "/residents",
    "/residents/{her}",
    "/visits?street=a",
    "/worklist?street=a",
    "/worklist?show=closed&street=a",
    "/quarantine",
    "/quarantine?street=a",
    "/quarantine?show=dismissed&street=a",
    "/trail",
)
SEARCHES = (
    "Observation?_count=9",
    "Observation?_count=9&_after=0.1.",
    "Observation?_since=2026-11-28T00:00:00Z",
    "Observation?_since=2026-11-28&_after=3.1.2026-11-28T01:00:00%2B00:00",
    "Encounter?_lastUpdated=lt2026-11-28",
    "Encounter?date=ge2026-11-28",
    "Encounter?date=2026-11&_after=0.1.2026-11-28T01:00:00%2B00:00",
    "Encounter?date=2026-11&_since=2026-11-28",
    "Observation?patient={her}&code=29463-7",
    "Observation?patient={her}&date=2026",
    "Encounter?_id={visit}",
    "Encounter/{visit}",
    "DiagnosticReport?encounter=Encounter/{visit}",
    "Patient?_since=2026-11-28",
    "Patient?_id={her}",
    "Patient?_after=0.{her}.2026-11-28T01:00:00%2B00:00",
    "Task?_since=2026-11-28",
    "Task?patient={her}",
    "Task?status=requested",
    "Device",
    "Patient/{her}/$everything",
    "Patient/{her}/$everything?_since=2026-11-28",
)
FORMS = (
    ("/trail", "who", "王莉"),
    ("/trail", "did", "task seen"),
    ("/trail", "about", "{her}"),
    ("/trail", "day", "2026-11-23"),
    ("/residents", "who", "沈"),
    ("/residents", "who", "7741"),
    ("/residents", "who", "00007741"),
)


@pytest.fixture
def asked() -> Iterator[list[tuple[str, object]]]:
    """Every question that was asked, with what was filled in."""
    found: list[tuple[str, object]] = []

    def note(
        _connection: object, _cursor: object, statement: str, parameters: object, *_rest: object
    ) -> None:
        if statement.startswith("SELECT"):
            found.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    yield found
    event.remove(Engine, "before_cursor_execute", note)


def walked(running: Running, statement: str, parameters: object) -> set[str]:
    """The tables that grow with the years and of which SQLite would read all that a tenant has.

    An index by which it knows the tenant alone helps only where it gives the order too, up to a limit.
    """
    with running.clinic.store.reading() as connection:
        plan = [
            str(row[3])
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)  # type: ignore[arg-type]
        ]
    ends = "LIMIT" in statement and "USE TEMP B-TREE FOR ORDER BY" not in plan
    found = set()
    for step in plan:
        made = re.match(r"(SCAN|SEARCH) (\w+)(?: USING (?:COVERING )?INDEX (\w+) \(([^)]*)\))?", step)
        if made is None or made[2] not in GROWING or made[3] in FEW:
            continue
        known = set(re.findall(r"(\w+)[=<>]", made[4] or ""))
        if known <= {"tenant", "did", "status"} and not (ends and made[1] == "SEARCH"):
            found.add(made[2])
    return found


@pytest.mark.parametrize("database", [SQLITE], indirect=True)
def test_no_page_and_no_search_walks_through_a_table_that_grows_with_the_years(
    running: Running, asked: list[tuple[str, object]]
) -> None:
    station = running.station()
    for year in (1940, 1941, 1942):
        resident = replace(SHEN, identity=f"310101{year}03021984")
        running.put(station.envelope(visit_of(resident, systolic="188", diastolic="112")))
    browser = running.staff()
    with running.clinic.store.reading() as connection:
        task = open_tasks(connection, "clinic")[0]
    for page in PAGES:
        asked.clear()
        shown = browser.get(running.url + page.format(task=task.id, her=task.subject), timeout=30)
        assert shown.status_code == 200
        assert asked, page
        for statement, parameters in tuple(asked):
            assert walked(running, statement, parameters) == set(), (page, statement)
    for path, word, value in FORMS:
        asked.clear()
        form = {"csrf": csrf(shown.text), word: value.format(her=task.subject)}
        assert browser.post(running.url + path, form, timeout=30).status_code == 200
        for statement, parameters in tuple(asked):
            assert walked(running, statement, parameters) == set(), (path, word, statement)
    for search in SEARCHES:
        asked.clear()
        address = search.format(her=task.subject, visit=task.visit)
        found = browser.get(f"{running.url}/fhir/{address}", timeout=30)
        assert found.status_code == 200, found.text
        for statement, parameters in tuple(asked):
            assert walked(running, statement, parameters) == set(), (search, statement)
    for whole in (
        "name = 'x'",
        "tenant = 'clinic' AND name = 'x'",
        "tenant = 'clinic' ORDER BY name LIMIT 9",
    ):
        assert walked(running, f"SELECT id FROM task WHERE {whole}", ()) == {"task"}  # noqa: S608
    assert walked(running, "SELECT id FROM task WHERE tenant = 'clinic' AND id = 'x'", ()) == set()
