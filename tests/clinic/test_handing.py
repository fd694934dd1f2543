"""Whose a task is and how she is reached, changed on the pages; and the call at the station is told there."""

import re
from datetime import timedelta

import pytest
import requests
from msgspec.structs import replace

from clinic.accounts import add_staff
from clinic.matching import keyed
from clinic.roles import Role
from clinic.roster import Roster, take_roster
from clinic.store.residents import KnownResident, resident_by_id
from clinic.store.tasks import Task, Wanted, history_of, open_tasks
from health.envelope import Kind
from health.visit import CallOutcome, StaffCall, Visit
from tests.clinic.running import NURSE, PASSWORD, Running
from tests.clinic.stations import OPENED, SHEN, visit_of
from tests.clinic.test_access import csrf, trail
from tests.clinic.test_roster import NOW

CHEN, FIRST, SECOND = "陈波", "晚晴一组", "晚晴二组"


@pytest.fixture
def task(running: Running) -> Task:
    """The urgent task of a resident on the roster, whose team is the first."""
    one = KnownResident(
        "clinic", keyed(running.clinic, SHEN.identity or ""), "0190b1c2-0000-7000-8000-000000000001", "沈玉珍"
    )
    one = replace(one, phone="021-1", team=FIRST, contracted=True)
    with running.clinic.store.writing() as connection:
        take_roster(connection, "clinic", Roster((one,), ()), NURSE, NOW, whole=False)
    running.put(running.station().envelope(visit_of(systolic="188", diastolic="112")))
    return now(running)


@pytest.fixture
def browser(running: Running) -> requests.Session:
    add_staff(running.clinic, CHEN, PASSWORD, Role.CALLER, team=SECOND)
    add_staff(running.clinic, "周", PASSWORD, Role.READER, team="三组")
    return running.staff(Role.CALLER)


def now(running: Running) -> Task:
    with running.clinic.store.reading() as connection:
        return next(one for one in open_tasks(connection, "clinic") if one.reason == "pressure")


def opened(running: Running, browser: requests.Session, task: Task) -> str:
    return browser.get(f"{running.url}/worklist?open={task.id}", timeout=30).text


def seen(page: str) -> str:
    found = re.search(r'name="events" value="([0-9]+)"', page)
    return "" if found is None else found[1]


def handed(running: Running, browser: requests.Session, task: Task, to: str) -> requests.Response:
    page = opened(running, browser, task)
    form = {"csrf": csrf(page), "task": task.id, "to": to, "events": seen(page)}
    return browser.post(f"{running.url}/worklist/hand", form, timeout=30)


def test_a_task_is_handed_to_a_team_whichever_hers_is_and_found_under_that(
    running: Running, task: Task, browser: requests.Session
) -> None:
    assert task.team == FIRST
    assert "转交" in handed(running, browser, task, f"team:{SECOND}").text
    with running.clinic.store.reading() as connection:
        assert {one.team for one in open_tasks(connection, "clinic", Wanted(team=SECOND))} == {SECOND}
        assert task.id not in {one.id for one in open_tasks(connection, "clinic", Wanted(team=FIRST))}
        told = history_of(connection, "clinic", task.id)[-1]
    assert (told.did, told.who, told.note) == ("handed", NURSE, SECOND)
    assert ("task handed on", task.id) in {(did, about) for _, did, about in trail(running.clinic)}


def test_a_task_is_handed_to_somebody_and_is_then_hers(
    running: Running, task: Task, browser: requests.Session
) -> None:
    handed(running, browser, task, f"staff:{CHEN}")
    assert (now(running).owner, now(running).state) == (CHEN, "accepted")
    other = requests.Session()
    other.post(f"{running.url}/login", {"name": CHEN, "password": PASSWORD}, timeout=30)
    assert "沈玉珍" in other.get(f"{running.url}/worklist?show=mine", timeout=30).text
    handed(running, browser, now(running), f"team:{FIRST}")
    assert (now(running).owner, now(running).state) == ("", "requested")


@pytest.mark.parametrize("to", ["", "staff:周", "staff:nobody", "team:nowhere", "team:三组", "god:x"])
def test_nobody_is_handed_a_task_who_may_not_work_it(
    running: Running, task: Task, browser: requests.Session, to: str
) -> None:
    refused = handed(running, browser, task, to)
    assert (refused.status_code, "请从名单里选" in refused.text) == (409, True)
    assert now(running) == task


def test_a_team_of_the_next_roster_moves_a_task_that_was_handed_to_nobody(
    running: Running, task: Task
) -> None:
    with running.clinic.store.writing() as connection:
        known = resident_by_id(connection, "clinic", task.subject)
        assert known is not None
        take_roster(connection, "clinic", Roster((replace(known, team="三组"),), ()), NURSE, NOW, whole=False)
    assert now(running).team == "三组"


def reached(
    running: Running, browser: requests.Session, task: Task, phone: str, team: str
) -> requests.Response:
    page = browser.get(f"{running.url}/residents/{task.subject}", timeout=30).text
    form = {"csrf": csrf(page), "phone": phone, "team": team}
    return browser.post(f"{running.url}/residents/{task.subject}/reach", form, timeout=30)


def test_telephone_and_team_are_corrected_on_her_page_and_her_tasks_follow(
    running: Running, task: Task, browser: requests.Session
) -> None:
    assert "13900001111" in reached(running, browser, task, "13900001111", SECOND).text
    assert (now(running).phone, now(running).team) == ("13900001111", SECOND)
    about_her = {did for _, did, about in trail(running.clinic) if about == task.subject}
    assert about_her >= {"resident's phone changed", "resident's team changed"}
    assert "13900001111" not in str(trail(running.clinic))


@pytest.mark.parametrize(
    ("phone", "team", "words"),
    [
        ("晚上打", FIRST, "电话号码里有别的字"),
        ("13900001111", "组" * 65, "太长"),
        ("1390000\n1111", "", "看不见"),
    ],
)
def test_what_is_no_telephone_number_is_refused_and_hers_stays(
    running: Running, task: Task, browser: requests.Session, phone: str, team: str, words: str
) -> None:
    refused = reached(running, browser, task, phone, team)
    assert (refused.status_code, words in refused.text) == (409, True)
    assert (now(running).phone, now(running).team) == ("021-1", FIRST)


def test_a_reader_changes_neither_a_task_nor_a_telephone_number(running: Running, task: Task) -> None:
    reader = running.staff(Role.READER)
    assert "/reach" not in reader.get(f"{running.url}/residents/{task.subject}", timeout=30).text
    form = {
        "csrf": csrf(opened(running, reader, task)),
        "task": task.id,
        "to": f"staff:{NURSE}",
        "phone": "1",
    }
    for path in ("/worklist/hand", f"/residents/{task.subject}/reach"):
        assert reader.post(running.url + path, form, timeout=30).status_code == 403
    assert now(running) == task


def called(visit: Visit, call: StaffCall) -> Visit:
    return replace(visit, call=call)


def test_what_became_of_the_call_at_the_station_stands_with_the_task_and_on_her_page(
    running: Running, browser: requests.Session
) -> None:
    station, visit = running.station(), visit_of(systolic="188", diastolic="112")
    rang = StaffCall(OPENED + timedelta(minutes=9))
    begun = replace(visit, incomplete=True)
    running.put(station.envelope(called(begun, rang), kind=Kind.ALARM))
    assert "还没有人来" in opened(running, browser, now(running))
    answer = replace(
        rang, answered_at=OPENED + timedelta(minutes=11), by="S014", outcome=CallOutcome.AMBULANCE
    )
    running.put(station.envelope(called(visit, answer)))
    for page in (
        opened(running, browser, now(running)),
        browser.get(f"{running.url}/residents/{now(running).subject}", timeout=30).text,
    ):
        assert "S014" in page
        assert "叫了 120" in page
        assert "还没有人来" not in page
