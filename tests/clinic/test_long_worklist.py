"""A list of more than a page: who waits stands first, everybody can be reached, and every count is true."""

import re
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
import requests
from msgspec.structs import asdict, replace
from sqlalchemy import insert

from clinic import sessions
from clinic.accounts import add_staff
from clinic.roles import Role
from clinic.store.people_tables import TASK
from clinic.store.tasks import Task, Wanted, closed_tasks, open_tasks
from clinic.store.worklist import Groups, Standing, groups, standing
from health.envelope import Kind
from tests.clinic.running import NURSE, PASSWORD, Running
from tests.clinic.stations import visit_of
from tests.clinic.telephone import Telephone, telephone

DAY = timedelta(days=1)
NOW = datetime.now(UTC)


def task(name: str, level: int, due: timedelta, **changed: str) -> Task:
    at = (NOW - 15 * DAY).isoformat()
    plain = Task(
        tenant="clinic",
        id=str(uuid.uuid4()),
        subject=str(uuid.uuid4()),
        reason="pressure",
        level=level,
        state="in-progress",
        visit=str(uuid.uuid4()),
        station="far-1",
        name=name,
        phone="",
        team="",
        owner="",
        opened_at=at,
        due_at=(NOW + due).isoformat(),
        follow_up_by=at,
        contacted_at=at,
        alarmed_at=at if level == 3 else None,
    )
    return replace(plain, **changed)


def kept(running: Running, *tasks: Task) -> None:
    with running.clinic.store.writing() as connection:
        connection.execute(insert(TASK), [asdict(one) for one in tasks])


def names(page: str) -> list[str]:
    return re.findall(r"<b>(P\d+)</b>", page)


def get(running: Running, browser: requests.Session, query: str = "") -> str:
    return browser.get(f"{running.url}/worklist?{query}", timeout=30).text


@pytest.fixture
def long(running: Running) -> requests.Session:
    """A member of staff before a list of 250, one of them hers and the last of all."""
    many = [task(f"P{n:04}", 2, DAY + timedelta(minutes=n)) for n in range(249)]
    kept(running, *many, task("P9999", 2, 9 * DAY, owner=NURSE))
    return running.staff()


def test_a_fresh_alarm_stands_first_behind_however_many_who_were_reached(running: Running) -> None:
    kept(running, *(task(f"P{n:04}", 3, -DAY) for n in range(101)), task("P7777", 2, -DAY))
    alarm = replace(visit_of(systolic="188", diastolic="112"), incomplete=True)
    running.put(running.station().envelope(alarm, kind=Kind.ALARM))
    page = get(running, running.staff())
    assert page.index("沈玉珍") < page.index("P00")
    assert len(names(page)) == 99
    with running.clinic.store.reading() as connection:
        every = open_tasks(connection, "clinic", now=NOW)
    waits, rest = every[0], [one.name for one in every[1:103]]
    assert (waits.name, rest[-1], set(rest[:-1]) == {f"P{n:04}" for n in range(101)}) == (
        "沈玉珍",
        "P7777",
        True,
    )


def test_everybody_is_reached_page_by_page_and_each_once(running: Running, long: requests.Session) -> None:
    page, found, pages = get(running, long), [], 1
    while True:
        found += names(page)
        after = re.search(r'<a href="([^"]+)" rel="next"', page)
        if after is None:
            break
        page, pages = long.get(running.url + after[1].replace("&amp;", "&"), timeout=30).text, pages + 1
    assert pages == 3
    assert found == [*(f"P{n:04}" for n in range(249)), "P9999"]
    assert "第 201–250 件，共 250 件" in page
    assert 'rel="prev"' in page


def test_hers_and_every_count_are_of_the_whole_list(running: Running, long: requests.Session) -> None:
    page = get(running, long, "show=mine")
    assert names(page) == ["P9999"]
    assert "pager" not in page
    counts = re.findall(r"worklist[^>]*>[^<]+<span>(\d+)</span>", page)
    assert counts == ["250", "1", "0", "0"]
    assert 'class="count">249<' in get(running, long)
    assert "还要跟进 250 人" in get(running, long)


def test_a_page_that_is_no_more_there_shows_the_last_one_there_is(
    running: Running, long: requests.Session
) -> None:
    assert names(get(running, long, "page=77"))[-1] == "P9999"
    for odd in ("page=0", "page=-1", "page=x", "page=99999999", "page=²"):
        assert get(running, long, odd)


def test_what_was_closed_has_pages_of_its_team_and_station_too(running: Running) -> None:
    at = NOW.isoformat()
    some = [task(f"P{n:04}", 2, DAY, closed_at=at, outcome="visited") for n in range(105)]
    kept(running, *some, task("P5555", 2, DAY, closed_at=at, station="here", outcome="visited"))
    browser = running.staff()
    first = get(running, browser, "show=closed")
    after = re.search(r'href="/worklist\?([^"]+)" rel="next"', first)
    assert after is not None
    second = get(running, browser, unescape(after[1]))
    assert (len(names(first)), len(names(second))) == (100, 6)
    assert set(names(first)) | set(names(second)) == {*(one.name for one in some), "P5555"}
    before = re.search(r'href="/worklist\?([^"]+)" rel="prev"', second)
    assert before is not None
    assert names(get(running, browser, unescape(before[1]))) == names(first)
    with running.clinic.store.reading() as connection:
        here = closed_tasks(connection, "clinic", Wanted(station="here"), 9)
    assert [one.name for one in here] == ["P5555"]


def test_people_are_counted_once_and_tasks_in_every_list_they_stand_in(running: Running) -> None:
    first = replace(task("P1", 3, -DAY), contacted_at=None)
    kept(
        running,
        first,
        replace(task("P1", 2, -DAY), subject=first.subject, reason="sugar"),
        replace(task("P2", 3, DAY), contacted_at=None),
        task("P3", 2, -DAY, team="one"),
        task("P4", 2, 2 * DAY),
        task("P5", 2, 20 * DAY, owner=NURSE),
    )
    with running.clinic.store.reading() as connection:
        every = standing(connection, "clinic", Wanted(), NURSE, NOW)
        team = standing(connection, "clinic", Wanted(team="one"), NURSE, NOW)
        lie = groups(connection, "clinic", Wanted(), NOW)
    assert every == Standing(all=6, mine=1, now=2, overdue=3, people=5, people_now=2, people_overdue=2)
    assert (team.all, team.overdue) == (1, 1)
    assert lie == Groups(now=2, overdue=2, soon=1, later=1)


@pytest.fixture
def desk(running: Running, long: requests.Session, tmp_path: Path) -> Iterator[Telephone]:
    """A browser on a nurse's desk before that list."""
    add_staff(running.clinic, "desk", PASSWORD, Role.CALLER)
    with telephone(tmp_path / "desk", wide=1280, high=800, sharp=1) as browser:
        link = sessions.open_session(running.clinic, "desk", sessions.LINK)
        browser.open(f"{running.url}/login?link={link}")
        yield browser


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_keyboard_turns_the_pages(desk: Telephone) -> None:
    shown = "document.querySelector('.pager').innerText"
    desk.press("9", leads_on=True)
    assert "101–200" in str(desk.run(shown))
    desk.press("8", leads_on=True)
    assert "第 1–100 件" in str(desk.run(shown))
    assert desk.logged == []
