"""The worklist in a browser's hands: who must be called first, in three clicks to what came of it."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
from msgspec.structs import replace

from clinic import sessions
from clinic.accounts import add_staff
from clinic.roles import Role
from clinic.store import audit
from clinic.store.tasks import Task, open_tasks, tasks_of_visit
from health.envelope import Kind
from health.visit import Resident, Sex, Visit
from tests.clinic.conftest import SQLITE
from tests.clinic.running import NURSE, PASSWORD, Running
from tests.clinic.stations import SHEN, visit_of
from tests.clinic.telephone import Telephone, telephone

WU = Resident(sex=Sex.MALE, name="吴建国", identity="310101195408081231", phone="021-5550 1234")


def urgent(resident: Resident = SHEN) -> Visit:
    return visit_of(resident, systolic="188", diastolic="112")


def csrf(page: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found
    return found[1]


def worklist(running: Running) -> tuple[Task, ...]:
    with running.clinic.store.reading() as connection:
        return open_tasks(connection, "clinic")


def pressure(running: Running, visit: Visit) -> Task:
    with running.clinic.store.reading() as connection:
        tasks = tasks_of_visit(connection, "clinic", str(visit.id))
    return next(one for one in tasks if one.reason == "pressure")


def opened(running: Running, browser: requests.Session, task: Task) -> str:
    return browser.get(f"{running.url}/worklist?open={task.id}", timeout=30).text


def answer(running: Running, browser: requests.Session, task: Task, **said: str) -> requests.Response:
    page = opened(running, browser, task)
    events = re.search(r'name="events" value="(\d+)"', page)
    sent = {"csrf": csrf(page), "task": task.id, "events": events[1] if events else "", **said}
    return browser.post(f"{running.url}/worklist/outcome", sent, timeout=30)


def test_who_is_in_danger_comes_first_with_value_telephone_and_what_was_told(running: Running) -> None:
    station, browser = running.station(), running.staff()
    assert "没有人要联系。" in browser.get(f"{running.url}/worklist", timeout=30).text
    calm, danger = visit_of(), urgent(WU)
    for visit in (calm, danger):
        running.put(station.envelope(visit))
    page = browser.get(f"{running.url}/worklist", timeout=30).text
    assert "1 人要马上联系。" in page
    assert page.index("吴建国") < page.index("沈玉珍")
    assert "188/112" in page
    assert "021-5550 1234" not in page
    shown = opened(running, browser, pressure(running, danger))
    assert 'href="tel:02155501234">021-5550 1234<' in shown
    assert "挂断，打 120" in shown


def test_nothing_is_closed_without_an_outcome_and_none_is_chosen_beforehand(running: Running) -> None:
    running.put(running.station().envelope(urgent()))
    browser, before = running.staff(), worklist(running)
    shown = opened(running, browser, before[0])
    assert "checked" not in shown
    for said in (
        {},
        {"outcome": "closed"},
        {"outcome": "removed_from_list"},
        {"outcome": "visited", "why": "moved"},
    ):
        refused = answer(running, browser, before[0], note="晚上再打", **said)
        assert refused.status_code == 409
        assert ">晚上再打</textarea>" in refused.text
    assert worklist(running) == before


def test_each_outcome_says_beforehand_what_follows_and_that_follows(running: Running) -> None:
    visit = urgent()
    running.put(running.station().envelope(visit))
    browser, task = running.staff(), pressure(running, visit)
    due = datetime.fromisoformat(task.follow_up_by).astimezone(running.clinic.settings.zone)
    assert f"{due - timedelta(0):%m-%d} 再提醒" in opened(running, browser, task)
    assert "记下了：答应来看" in answer(running, browser, task, outcome="agreed_to_visit").text
    assert pressure(running, visit).due_at[:10] == (datetime.now(UTC) + timedelta(days=14)).isoformat()[:10]
    assert (
        "记下了：从名单去掉" in answer(running, browser, task, outcome="removed_from_list", why="moved").text
    )
    assert task.id not in {one.id for one in worklist(running)}
    closed = browser.get(f"{running.url}/worklist?show=closed", timeout=30).text
    assert "搬走了" in closed


def test_a_page_that_is_old_writes_nothing_down_twice(running: Running) -> None:
    running.put(running.station().envelope(urgent()))
    browser, task = running.staff(), worklist(running)[0]
    sent = {"csrf": csrf(opened(running, browser, task)), "task": task.id, "events": str(task.events)}
    twice = [
        browser.post(f"{running.url}/worklist/outcome", {**sent, "outcome": "no_answer"}, timeout=30)
        for _ in range(2)
    ]
    assert [one.status_code for one in twice] == [200, 409]
    assert "刚才有人改过" in twice[1].text


def test_it_is_taken_and_given_back_and_found_under_mine(running: Running) -> None:
    running.put(running.station().envelope(urgent()))
    browser, task = running.staff(), worklist(running)[0]
    mine = f"{running.url}/worklist?show=mine"
    assert task.id not in browser.get(mine, timeout=30).text
    sent = {"csrf": csrf(opened(running, browser, task)), "task": task.id}
    browser.post(f"{running.url}/worklist/take", {**sent, "events": "1"}, timeout=30)
    assert task.id in browser.get(mine, timeout=30).text
    browser.post(f"{running.url}/worklist/take", {**sent, "events": "2", "back": "1"}, timeout=30)
    assert task.id not in browser.get(mine, timeout=30).text


def test_of_two_who_take_it_at_once_the_second_is_told_and_the_first_keeps_it(running: Running) -> None:
    running.put(running.station().envelope(urgent()))
    first, task = running.staff(Role.CALLER), worklist(running)[0]
    add_staff(running.clinic, "陈", PASSWORD, Role.CALLER)
    second = requests.Session()
    second.post(f"{running.url}/login", {"name": "陈", "password": PASSWORD}, timeout=30)
    pages = [(one, opened(running, one, task)) for one in (first, second)]
    assert all(page.count('name="events" value="1"') == 4 for _, page in pages)
    for act, more in (("take", {}), ("hand", {"to": "staff:陈"})):
        codes = []
        for one, page in pages:
            form = {"csrf": csrf(page), "task": task.id, "events": "1", **more}
            codes.append(one.post(f"{running.url}/worklist/{act}", form, timeout=30).status_code)
        assert codes == ([200, 409] if act == "take" else [409, 409])
    assert [one.owner for one in worklist(running)] == [NURSE]


def test_it_is_narrowed_by_station_team_and_urgency(running: Running) -> None:
    here, there = running.station(), running.station("meiyuan-1")
    running.put(here.envelope(urgent()))
    running.put(there.envelope(visit_of(WU)))
    browser = running.staff()

    def names(query: str) -> set[str]:
        page = browser.get(f"{running.url}/worklist?{query}", timeout=30).text
        return {name for name in ("沈玉珍", "吴建国") if name in page}

    assert names("") == {"沈玉珍", "吴建国"}
    assert names(f"station={there.id}") == {"吴建国"}
    assert names("show=now") == {"沈玉珍"}
    assert names("show=overdue") == names("team=nobody") == set()


def test_a_reader_sees_the_list_and_may_write_nothing_down(running: Running) -> None:
    running.put(running.station().envelope(urgent()))
    browser, task = running.staff(Role.READER), worklist(running)[0]
    shown = opened(running, browser, task)
    assert "13600007741" in shown
    assert "worklist/outcome" not in shown
    sent = {"csrf": csrf(shown), "task": task.id, "outcome": "visited"}
    assert browser.post(f"{running.url}/worklist/outcome", sent, timeout=30).status_code == 403


def test_who_looked_at_a_telephone_number_is_in_the_trail(running: Running) -> None:
    running.put(running.station().envelope(urgent()))
    browser, task = running.staff(), worklist(running)[0]
    opened(running, browser, task)
    with running.clinic.store.reading() as connection:
        seen = connection.exec_driver_sql("SELECT who, about FROM audit WHERE did = 'task seen'").all()
    assert [tuple(one) for one in seen] == [(NURSE, task.id)]


def test_who_was_shown_the_names_of_the_list_is_in_the_trail_and_no_name_is(running: Running) -> None:
    browser = running.staff()
    browser.get(f"{running.url}/worklist?show=mine", timeout=30)
    running.put(running.station().envelope(urgent()))
    many = len(worklist(running))
    browser.get(f"{running.url}/worklist?show=now", timeout=30)
    browser.get(f"{running.url}/worklist", timeout=30)
    with running.clinic.store.reading() as connection:
        seen = connection.exec_driver_sql("SELECT about FROM audit WHERE did = 'tasks listed'").scalars()
        assert list(seen) == ["now: 1", f"all: {many}"]


def test_what_was_done_and_its_line_in_the_trail_are_kept_together_or_not_at_all(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    running.put(running.station().envelope(urgent()))
    browser, task = running.staff(), worklist(running)[0]
    sent = {"csrf": csrf(opened(running, browser, task)), "task": task.id, "events": "1"}
    whole = audit.note

    def torn(*asked: object) -> None:
        if asked[3] == "outcome written":
            raise OSError("the power went")
        whole(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(audit, "note", torn)
    with suppress(requests.RequestException):
        browser.post(f"{running.url}/worklist/outcome", {**sent, "outcome": "visited"}, timeout=30)
    assert [one.events for one in worklist(running) if one.id == task.id] == [1]


@pytest.fixture
def desk(running: Running, tmp_path: Path) -> Iterator[Telephone]:
    """A browser on a nurse's desk, logged in, in front of an alarm that a station sent."""
    visit = replace(urgent(), incomplete=True)
    running.put(running.station().envelope(visit, kind=Kind.ALARM))
    add_staff(running.clinic, NURSE, PASSWORD, Role.CALLER)
    with telephone(tmp_path / "desk", wide=1280, high=800, sharp=1) as browser:
        browser.open(
            f"{running.url}/login?link={sessions.open_session(running.clinic, NURSE, sessions.LINK)}"
        )
        yield browser


@pytest.mark.parametrize("database", [SQLITE], indirect=True)
def test_three_clicks_lead_from_an_alarm_to_its_outcome(running: Running, desk: Telephone) -> None:
    before = worklist(running)
    desk.run("addEventListener('click', (e) => e.target.closest('a[href^=tel]') && e.preventDefault())")
    desk.click("a.opens")
    desk.run("addEventListener('click', (e) => e.target.closest('a[href^=tel]') && e.preventDefault())")
    desk.click("a.phone", leads_on=False)
    desk.click("button[value=visited]")
    assert "记下了：已经就诊" in str(desk.run("document.body.innerText"))
    assert len(worklist(running)) == len(before) - 1
    assert desk.logged == []
    assert {address.split("?")[0].split("/")[2] for address in desk.asked} == {running.url.split("/")[2]}


@pytest.mark.parametrize("database", [SQLITE], indirect=True)
def test_the_keyboard_alone_leads_there_too(running: Running, desk: Telephone) -> None:
    before = worklist(running)
    for _ in range(30):
        desk.press("Tab")
        if desk.run("document.activeElement.className") == "opens":
            break
    desk.press("Enter", leads_on=True)
    assert desk.run("document.querySelector('a.opens').getAttribute('aria-expanded')") == "true"
    desk.press("4", leads_on=True)
    assert "记下了：已经就诊" in str(desk.run("document.body.innerText"))
    assert len(worklist(running)) == len(before) - 1
    assert desk.logged == []
