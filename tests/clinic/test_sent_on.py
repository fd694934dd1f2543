"""How far other servers are: on the page of stations, in the figures and, where it stands, on the board."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import requests
from msgspec.structs import replace

from clinic import sessions
from clinic.accounts import add_staff
from clinic.commands import clinic
from clinic.errors import ClinicError
from clinic.forward.forwarding import Forwarder
from clinic.forward.target import Target
from clinic.roles import Role
from clinic.store.forwarding import QUARANTINED
from tests.clinic.running import PASSWORD, Running, clinic_at
from tests.clinic.stations import visit_of
from tests.clinic.test_access import csrf, trail

AWAY = Target("district", "http://127.0.0.1:9")


@pytest.fixture
def onward(tmp_path: Path, database: str) -> Iterator[Running]:
    """A clinic that sends on to a server that does not answer; one visit waits."""
    with clinic_at(tmp_path / "clinic", database=database, forward=(AWAY,)) as running:
        assert running.put(running.station().envelope(visit_of())).status_code == 201
        assert Forwarder(running.clinic, AWAY, luck=lambda: 0.0).round() == 1
        yield running


def figures(running: Running) -> dict[str, str]:
    token = sessions.open_session(running.clinic, "prometheus", sessions.METER)
    answer = requests.get(f"{running.url}/metrics", headers={"Authorization": f"Bearer {token}"}, timeout=30)
    return dict(line.rsplit(" ", 1) for line in answer.text.splitlines() if not line.startswith("#"))


def test_a_server_that_is_away_shows_what_waits_and_one_that_refuses_is_asked_again(onward: Running) -> None:
    add_staff(onward.clinic, "prometheus", PASSWORD, Role.METER)
    browser = onward.staff()
    page = browser.get(f"{onward.url}/stations", timeout=30).text
    assert "<b>district</b></td><td>1</td>" in page
    assert "还没送到" in page
    assert figures(onward)['kangyi_forward_waiting{target="district"}'] == "1"
    assert "没有转送出去" not in browser.get(f"{onward.url}/board", timeout=30).text
    long_ago = (onward.clinic.now() - timedelta(hours=3)).isoformat()
    with onward.clinic.store.writing() as connection:
        connection.exec_driver_sql(f"UPDATE forward SET state = '{QUARANTINED}', first_at = '{long_ago}'")  # noqa: S608
        connection.exec_driver_sql("UPDATE forward SET refused = 'DiagnosticReport Observation'")
    shown = browser.get(f"{onward.url}/stations", timeout=30).text
    assert "对方不收这些部分：DiagnosticReport，Observation" in shown
    assert figures(onward)['kangyi_forward_set_aside{target="district"}'] == "1"
    assert "没有转送出去" in browser.get(f"{onward.url}/board", timeout=30).text
    form = {"csrf": csrf(page), "target": "district"}
    again = browser.post(f"{onward.url}/stations/again", form, timeout=30)
    assert "<b>district</b></td><td>1</td>" in again.text
    assert ("sent again", "district: 1") in [one[1:] for one in trail(onward.clinic)]
    form["target"] = "elsewhere"
    assert browser.post(f"{onward.url}/stations/again", form, timeout=30).status_code == 404


def test_a_token_for_the_figures_holds_two_years_opens_nothing_else_and_is_taken_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ["--data", str(tmp_path / "clinic")]
    clinic(["init", *data])
    capsys.readouterr()
    assert clinic(["token", "prometheus", "--metrics", *data]) == 0
    token = capsys.readouterr().out.strip()
    head = {"Authorization": f"Bearer {token}"}
    with clinic_at(tmp_path / "clinic") as running:
        assert requests.get(f"{running.url}/metrics", headers=head, timeout=30).status_code == 200
        for closed in ("/api/visits/01a20a67-4abf-71e3-b19b-5433f096a6ed", "/fhir/Patient"):
            assert requests.get(running.url + closed, headers=head, timeout=30).status_code == 403
        for page in ("/worklist", "/board"):
            answer = requests.get(running.url + page, headers=head, timeout=30, allow_redirects=False)
            assert answer.headers["Location"] == "/login"
        later = replace(running.clinic, now=lambda: running.clinic.now() + timedelta(days=700))
        assert sessions.session_for(later, token, sessions.METER) is not None
        assert clinic(["token", *data]) == 0
        assert "meter   prometheus  made " in capsys.readouterr().out
        assert clinic(["token", "prometheus", "--revoke", *data]) == 0
        assert requests.get(f"{running.url}/metrics", headers=head, timeout=30).status_code == 401
        dids = [did for _, did, about in trail(running.clinic) if about == "prometheus"]
        assert dids == ["account made: meter", "token made", "token revoked"]
    with pytest.raises(ClinicError, match="no token"):
        clinic(["token", "prometheus", "--revoke", *data])
    with pytest.raises(ClinicError, match="name of its own"):
        clinic(["token", "prometheus", *data])


def test_a_person_gets_no_token_of_two_years(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = ["--data", str(tmp_path / "clinic")]
    clinic(["init", *data])
    monkeypatch.setattr("getpass.getpass", lambda _: PASSWORD)
    clinic(["staff", "add", "wangli", "--role", "admin", *data])
    with pytest.raises(ClinicError, match="name of its own"):
        clinic(["token", "wangli", "--metrics", *data])
