"""The clinic's own log-in service says who somebody is; whoever lies about that stays outside."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from msgspec.structs import replace as changed

from clinic.accounts import add_staff
from clinic.oidc import Began, OidcSettings
from clinic.roles import Role
from clinic.settings import ClinicSettingsError, read_settings
from tests.clinic.login_service import CLIENT, LogInService, log_in_service
from tests.clinic.running import Running, clinic_at


@pytest.fixture
def service() -> Iterator[LogInService]:
    with log_in_service() as running:
        yield running


@pytest.fixture
def running(tmp_path: Path, service: LogInService) -> Iterator[Running]:
    settings = OidcSettings(service.url, CLIENT, "区卫健委")
    with clinic_at(tmp_path / "clinic", oidc=settings) as clinic:
        add_staff(clinic.clinic, "王莉", "", Role.READER, subject="sub-1")
        yield clinic


def come(running: Running) -> tuple[requests.Session, requests.Response]:
    browser = requests.Session()
    return browser, browser.get(f"{running.url}/login/service", timeout=30)


def test_who_the_service_knows_and_the_clinic_too_is_let_in(running: Running) -> None:
    assert "区卫健委" in requests.get(f"{running.url}/login", timeout=30).text
    browser, seen = come(running)
    assert seen.url == f"{running.url}/worklist"
    assert "王莉" in seen.text
    assert [one.name for one in browser.cookies] == ["kangyi"]


def test_who_has_no_account_here_gets_none(running: Running, service: LogInService) -> None:
    service.subject = "somebody-else"
    browser, seen = come(running)
    assert seen.status_code == 403
    assert "kangyi" not in browser.cookies


@pytest.mark.parametrize(
    "lie",
    [
        {"iss": "https://other.example"},
        {"aud": "another"},
        {"nonce": "of another log-in"},
        {"nonce": None},
        {"exp": 1_700_000_000},
        {"exp": None},
        {"sub": None},
    ],
    ids=str,
)
def test_a_token_that_is_not_for_this_log_in_lets_nobody_in(
    running: Running, service: LogInService, lie: dict[str, object]
) -> None:
    service.lie = lie
    browser, seen = come(running)
    assert seen.status_code == 403
    assert "kangyi" not in browser.cookies


def test_a_token_signed_by_another_key_lets_nobody_in(running: Running, service: LogInService) -> None:
    service.forge = True
    assert come(running)[1].status_code == 403


def test_an_answer_to_a_log_in_that_was_not_begun_in_this_browser_is_refused(running: Running) -> None:
    back = f"{running.url}/login/service/back"
    assert requests.get(back, {"code": "code-0", "state": "x" * 43}, timeout=30).status_code == 403
    cookie = {"kangyi_begun": Began("a" * 43, "b" * 43, "c" * 43).text}
    for came in ({"state": "a" * 43}, {"code": "x", "state": "z" * 43}, {"code": "x", "state": "a" * 43}):
        assert requests.get(back, came, cookies=cookie, timeout=30).status_code == 403


def test_a_service_that_is_away_or_another_is_said_so(
    running: Running, service: LogInService, tmp_path: Path
) -> None:
    for issuer in ("http://127.0.0.1:9", f"{service.url}/"):
        with clinic_at(tmp_path / "other", oidc=OidcSettings(issuer, CLIENT, "x")) as other:
            seen = requests.get(f"{other.url}/login/service", timeout=30)
            assert seen.status_code == 502


def test_without_a_service_there_is_no_such_log_in(tmp_path: Path) -> None:
    with clinic_at(tmp_path / "clinic") as clinic:
        assert requests.get(f"{clinic.url}/login/service", timeout=30).status_code == 404
        assert requests.get(f"{clinic.url}/login/service/back", timeout=30).status_code == 403


def test_a_service_on_plain_http_is_not_accepted(tmp_path: Path) -> None:
    file = tmp_path / "clinic.toml"
    file.write_text(
        '[oidc]\nissuer = "http://login.example"\nclient_id = "x"\nname = "x"\n', encoding="utf-8"
    )
    with pytest.raises(ClinicSettingsError, match="https"):
        read_settings(file)
    assert changed(OidcSettings("https://x", "x", "x"), name="y").name == "y"
