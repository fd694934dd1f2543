"""Between two tenants of one database is a wall: every address and verb, asked from the other side."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
import requests
from starlette.routing import Route

from clinic.app import build
from clinic.sessions import BEARER, open_session
from clinic.store.stations import all_stations
from clinic.store.tasks import open_tasks
from health import signing
from tests.clinic.running import NURSE, Running, clinic_at
from tests.clinic.stations import NAME, FakeStation, visit_of

PUBLIC = {"/login", "/language", "/logout", "/api/login", "/login/service", "/login/service/back", "/phone"}
PUBLIC |= {"/style.css", "/favicon.ico", "/healthz", "/fhir/metadata", "/enrolments", "/enrolments/{id:uuid}"}
PUBLIC |= {"/login/code", "/wall"}


@contextmanager
def two(tmp_path: Path, database: str) -> Iterator[tuple[Running, Running]]:
    with (
        clinic_at(tmp_path / "both", "east", database=database) as east,
        clinic_at(tmp_path / "both", "west", database=database) as west,
    ):
        yield east, west


def routes(running: Running) -> list[tuple[str, str]]:
    """Every verb and address of the application."""
    found = build(running.clinic).routes
    return [
        (verb, one.path)
        for one in found
        if isinstance(one, Route)
        for verb in sorted(one.methods or ())
        if verb != "HEAD"
    ]


def addresses(path: str, ids: list[str]) -> list[str]:
    """The address with each id of the other tenant in it."""
    if "{" not in path:
        return [path]
    made = []
    for one in ids:
        text = (
            path.replace("{id:uuid}", one)
            .replace("{id}", one)
            .replace("{form}", "whole")
            .replace("{which}", f"e-{one}")
            .replace("{rest:path}", f"/Patient/{one}")
        )
        made += (
            [text.replace("{kind}", kind) for kind in ("Patient", "Encounter", "Task", "Device")]
            if "{kind}" in text
            else [text]
        )
    return sorted(set(made))


def filled(east: Running) -> tuple[FakeStation, list[str]]:
    """A tenant with a person in it; every id there is of her, her visit, her task and the station."""
    station, visit = east.station(), visit_of(systolic="188", diastolic="112")
    envelope = station.envelope(visit)
    assert east.put(envelope).status_code == 201
    with east.clinic.store.reading() as connection:
        task = open_tasks(connection, "east")[0]
    return station, [str(visit.id), task.id, task.subject, str(envelope.header.id)]


def test_staff_of_one_tenant_see_and_change_nothing_of_another(tmp_path: Path, database: str) -> None:
    with two(tmp_path, database) as (east, west):
        station, ids = filled(east)
        foreign = west.staff()
        foreign.headers["Authorization"] = f"Bearer {open_session(west.clinic, NURSE, BEARER)}"
        page = foreign.get(f"{west.url}/stations", timeout=30).text
        csrf = page.partition('name="csrf" value="')[2].partition('"')[0]
        before = _rows(east)
        asked = 0
        for verb, path in routes(west):
            if path in PUBLIC:
                continue
            for address in addresses(path, ids):
                form = {"csrf": csrf, "station": station.id, "enrolment": ids[0], "task": ids[1]}
                answer = foreign.request(
                    verb, west.url + address, data=form if verb == "POST" else None, timeout=30
                )
                asked += 1
                assert NAME not in answer.text, (verb, address)
                assert not any(one in answer.text for one in ids if one not in address), (verb, address)
                if "{id" in path:
                    assert answer.status_code in {400, 401, 403, 404, 413}, (
                        verb,
                        address,
                        answer.status_code,
                    )
        assert asked > 40
        assert _rows(east) == before
        assert all_stations(east.clinic.store, "east")[0].state == "approved"


def test_a_station_of_one_tenant_reaches_nothing_of_another(tmp_path: Path, database: str) -> None:
    with two(tmp_path, database) as (east, west):
        station, ids = filled(east)
        before = _rows(east), _rows(west)
        for verb, path in routes(west):
            if path in PUBLIC or path == "/healthz":
                continue
            for address in addresses(path, ids):
                body = (
                    station.envelope(visit_of()).to_bytes() if "envelopes" in path and verb == "PUT" else b""
                )
                headers = signing.sign(
                    verb, address, body, key=station.key, key_id=f"east/{station.id}", at=datetime.now(UTC)
                )
                answer = requests.request(
                    verb, west.url + address, data=body, headers=headers, timeout=30, allow_redirects=False
                )
                assert answer.status_code in {400, 403, 404}, (verb, address, answer.status_code)
                assert NAME not in answer.text
        assert (_rows(east), _rows(west)) == before


@pytest.mark.parametrize("lie", [{"tenant": "west"}, {}], ids=["says west", "says east"])
def test_an_envelope_sent_to_the_wrong_clinic_is_filed_in_neither(
    tmp_path: Path, database: str, lie: dict[str, object]
) -> None:
    with two(tmp_path, database) as (east, west):
        station = east.station()
        assert west.put(station.envelope(visit_of(), **lie)).status_code == 403
        assert _rows(west) == []


def _rows(running: Running) -> list[tuple[str, int]]:
    """What a tenant has of people, as counts and versions."""
    tenant = running.clinic.settings.tenant
    with running.clinic.store.reading() as connection:
        visits = connection.exec_driver_sql(
            f"SELECT id, version FROM visit WHERE tenant = '{tenant}' UNION ALL "  # noqa: S608
            f"SELECT id, events FROM task WHERE tenant = '{tenant}' ORDER BY 1"
        )
        return [(row[0], row[1]) for row in visits]
