"""The fleet and the board: trouble first, unknown as ?, no name on the wall, and figures for a program."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
import requests
from msgspec.structs import replace
from msgspec.structs import replace as changed

from benchmarks.fleet import simulate
from clinic import sessions
from clinic.accounts import add_staff
from clinic.enrolment import revoke
from clinic.roles import Role
from tests.clinic.conftest import SQLITE
from tests.clinic.running import NURSE, PASSWORD, Running
from tests.clinic.stations import A_REPORT, OPENED, FakeStation, visit_of
from tests.clinic.telephone import telephone
from tests.clinic.test_fleet import tell


def today(station: FakeStation, running: Running, **values: str) -> None:
    now = datetime.now(UTC)
    visit = replace(visit_of(**values), opened_at=now, closed_at=now, on=now.date())  # type: ignore[arg-type]
    assert running.put(station.envelope(visit)).status_code == 201


def test_a_station_in_trouble_stands_first_and_unknown_is_no_zero(running: Running) -> None:
    fine, worse, gone = running.station("a-1"), running.station("b-1"), running.station("c-1")
    tell(running, fine, changed(A_REPORT, paper="ready"))
    tell(running, worse, changed(A_REPORT, waiting=7, oldest=OPENED, paper="paper_out"), clock_trusted=False)
    revoke(running.clinic, gone.id, NURSE)
    page = running.staff().get(f"{running.url}/stations", timeout=30).text
    assert page.index('id="s-b-1"') < page.index('id="s-a-1"') < page.index('id="s-c-1"')
    for shown in ("时钟不准", "打印机没纸了", ">7<", "已停用"):
        assert shown in page
    row = page[page.index('id="s-c-1"') :]
    assert ">?<" in row


def test_the_board_counts_alarms_visits_and_stations_and_names_nobody(running: Running) -> None:
    station = running.station()
    tell(running, station, changed(A_REPORT, paper="ready"))
    today(station, running, systolic="188", diastolic="112")
    page = running.staff().get(f"{running.url}/board", timeout=30).text
    day = datetime.now(running.clinic.settings.zone).date()
    visits = f'class="huge" href="/visits?day={day}">1<'
    for shown in ("1 位居民的急值还没联系到", "188/112", visits, "没联系到"):
        assert shown in page
    assert "沈玉珍" not in page
    assert "13600007741" not in page
    links = set(re.findall(r'href="(/[a-z]+)', page))
    assert {"/worklist", "/visits", "/stations", "/quarantine"} <= links


def test_figures_for_a_program_hold_no_name_and_need_a_token(running: Running) -> None:
    station = running.station()
    today(station, running, systolic="188")
    tell(running, station, changed(A_REPORT, waiting=3, at=datetime.now(UTC)))
    running.staff(Role.READER)
    login = {"name": NURSE, "password": PASSWORD}
    token = requests.post(f"{running.url}/api/login", login, timeout=30).json()["token"]
    assert requests.get(f"{running.url}/metrics", timeout=30).status_code == 401
    said = requests.get(f"{running.url}/metrics", headers={"Authorization": f"Bearer {token}"}, timeout=30)
    assert said.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    lines = said.text.splitlines()
    assert "kangyi_visits_today 1" in lines
    assert f'kangyi_station_unsent{{station="{station.id}"}} 3' in lines
    assert all(
        re.fullmatch(r"# (HELP|TYPE) .*|[a-z_]+(\{station=\"[^\"]+\"\})? -?[0-9.e+-]+", one) for one in lines
    )
    assert "沈" not in said.text


@pytest.mark.parametrize("database", [SQLITE], indirect=True)
def test_the_board_hears_news_by_itself_and_outlives_the_server(running: Running, tmp_path: Path) -> None:
    station = running.station()
    tell(running, station, changed(A_REPORT, paper="ready"))
    add_staff(running.clinic, NURSE, PASSWORD, Role.READER)
    with telephone(tmp_path / "wall", wide=1920, high=1080, sharp=1) as wall:
        wall.open(f"{running.url}/login?link={sessions.open_session(running.clinic, NURSE, sessions.LINK)}")
        wall.go(f"{running.url}/board")
        assert wall.run("document.querySelector('.huge').textContent") == "0"
        assert wall.run("document.documentElement.scrollHeight <= 1080")
        today(station, running)
        wall.run("look()")
        assert wall.run("document.querySelector('.huge').textContent") == "1"
        wall.run("window.asks = fetch; window.fetch = () => Promise.reject(); look()")
        assert wall.run("document.querySelector('#old').hidden") is False
        wall.run("window.fetch = window.asks; look()")
        assert wall.run("document.querySelector('#old').hidden") is True
        assert wall.logged == []


def test_a_day_of_a_small_district_with_outages_is_there_once_and_the_board_is_right(tmp_path: Path) -> None:
    day = simulate(tmp_path / "clinic", stations=4, hours=5, visits_an_hour=2.0, seed=11)
    assert sorted(day.stored) == sorted(day.made)
    assert sorted(day.called) == sorted(day.urgent)
    assert day.urgent
    assert (day.refused, day.wrong_looks) == (0, 0)
    assert day.sent > len(day.made)
