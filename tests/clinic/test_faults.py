"""When the server itself fails everybody hears it in her own way, and nobody what stands in a row."""

from typing import Any

import pytest
import requests
from sqlalchemy import create_engine

from clinic import counter, worklist
from clinic.roles import Role
from tests.clinic.running import NURSE, PASSWORD, Running
from tests.clinic.stations import visit_of

BROWSER = {"Accept": "text/html,application/xhtml+xml"}


def without_database(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody can connect any more."""
    nowhere = create_engine("sqlite:////nonexistent/folder/none.db")
    monkeypatch.setattr(running.clinic.store, "_engine", nowhere)


def ask(running: Running, method: str, path: str, **more: Any) -> requests.Response:  # noqa: ANN401
    return requests.request(method, running.url + path, timeout=30, allow_redirects=False, **more)


def test_a_database_that_is_away_is_told_to_each_in_its_way(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, envelope = running.staff(Role.ADMIN), running.station().envelope(visit_of())
    login = {"name": NURSE, "password": PASSWORD}
    token = requests.post(f"{running.url}/api/login", login, timeout=30).json()["token"]
    cookies = browser.cookies.get_dict()
    without_database(running, monkeypatch)
    page = ask(running, "GET", "/worklist", cookies=cookies, headers=BROWSER)
    assert (page.status_code, page.headers["Retry-After"]) == (503, "5")
    assert "暂时连不上数据库" in page.text
    assert "沈玉珍" not in page.text
    fhir = ask(running, "GET", "/fhir/Observation", headers={"Authorization": f"Bearer {token}"})
    assert (fhir.status_code, fhir.headers["Content-Type"]) == (503, "application/fhir+json")
    assert (fhir.json()["resourceType"], fhir.json()["issue"][0]["code"]) == ("OperationOutcome", "transient")
    put = ask(running, "PUT", f"/envelopes/{envelope.header.id}", data=envelope.to_bytes())
    assert put.status_code == 503
    assert "cannot be used just now" in put.json()["error"]
    assert "error" in ask(running, "POST", "/api/login", data=login).json()


def test_a_fault_of_the_software_is_a_page_with_what_to_do_and_in_fhir_an_outcome(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = running.staff(Role.ADMIN)

    def faulty(*_: object) -> None:
        raise RuntimeError("沈玉珍")

    monkeypatch.setattr(worklist, "_list", faulty)
    monkeypatch.setattr(counter, "visit_of", faulty)
    monkeypatch.setattr("clinic.fhir.fhir_side.search", faulty)
    cookies = browser.cookies.get_dict()
    page = ask(running, "GET", "/worklist", cookies=cookies, headers=BROWSER)
    assert (page.status_code, "请告诉管理员" in page.text) == (500, True)
    fhir = ask(running, "GET", "/fhir/Observation", cookies=cookies)
    assert (fhir.status_code, fhir.json()["issue"][0]["code"]) == (500, "exception")
    visit = ask(running, "GET", f"/api/visits/{visit_of().id}", cookies=cookies)
    assert visit.status_code == 500
    assert "沈玉珍" not in page.text + fhir.text + visit.text


def test_a_store_that_is_there_again_is_used_again(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    envelope = running.station().envelope(visit_of())
    with monkeypatch.context() as patched:
        without_database(running, patched)
        assert running.put(envelope).status_code == 503
    assert running.put(envelope).status_code == 201
