"""The whole matrix: every address of the clinic by every method, asked with the signature of a station."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import requests
from starlette.routing import Mount, Route

from clinic.app import build
from health import signing
from tests.clinic.running import Running, clinic_at
from tests.clinic.stations import FakeStation

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
SOME_ID = "01a20a67-4abf-71e3-b19b-5433f096a6ed"
MAY = {("PUT", "/envelopes/" + SOME_ID), ("POST", "/envelopes"), ("GET", "/settings"), ("POST", "/slip")}
"""Decision by decision: envelopes in, its own settings and a slip out."""


def addresses(routes: object) -> set[str]:
    """Every path of the clinic, with an id where one belongs."""
    found = set()
    assert isinstance(routes, list)
    for one in routes:
        assert isinstance(one, Route | Mount), one
        path = one.path if isinstance(one, Route) else one.path + "/board.js"
        while "{" in path:
            head, _, rest = path.partition("{")
            path = head + SOME_ID + rest.partition("}")[2]
        found.add(path or "/")
    return found


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    """One kind of database is enough: nothing here gets as far."""
    with clinic_at(tmp_path / "clinic") as clinic:
        yield clinic


def _signed(station: FakeStation, method: str, path: str) -> dict[str, str]:
    key_id = f"{station.tenant}/{station.id}"
    return signing.sign(method, path, b"", key=station.key, key_id=key_id, at=datetime.now(UTC))


def test_a_stations_key_opens_four_doors_and_no_other(running: Running) -> None:
    station = running.station()
    paths = addresses(list(build(running.clinic).routes))
    assert len(paths) > 40
    assert {path for _, path in MAY} <= paths
    opened = set()
    with requests.Session() as session:
        for path in sorted(paths):
            for method in METHODS:
                headers = _signed(station, method, path)
                answer = session.request(
                    method, running.url + path, headers=headers, timeout=30, allow_redirects=False
                )
                if answer.status_code != 403:
                    opened.add((method, path))
    assert opened == MAY
