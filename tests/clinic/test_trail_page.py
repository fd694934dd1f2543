"""The administrator sees who did what, about whom and when; a line changed or cut off is told calmly."""

import re

import pytest
import requests

from clinic import trail_page
from clinic.roles import Role
from clinic.store import audit
from tests.clinic.running import NURSE, Running
from tests.clinic.stations import visit_of
from tests.clinic.test_access import csrf


def numbers(page: str) -> list[int]:
    return [int(one) for one in re.findall(r'<td class="soft">([0-9]+)</td>', page)]


def asked(running: Running, browser: requests.Session, **said: str) -> str:
    form = {"csrf": csrf(browser.get(f"{running.url}/trail", timeout=30).text), **said}
    return browser.post(f"{running.url}/trail", form, timeout=30).text


def noted(running: Running, *lines: tuple[str, str, str]) -> None:
    with running.clinic.store.writing() as connection:
        for who, did, about in lines:
            audit.note(connection, "clinic", who, did, about, running.clinic.now())


def test_who_looked_at_whom_is_found_by_who_what_whom_and_day(running: Running) -> None:
    browser = running.staff()
    running.put(running.station().envelope(visit_of(systolic="188")))
    with running.clinic.store.reading() as connection:
        her = connection.exec_driver_sql("SELECT id FROM resident").scalar_one()
    browser.get(f"{running.url}/residents/{her}", timeout=30)
    noted(running, ("刘敏", "task seen", "t-1"), ("刘敏", "task seen", "t-2"))
    of_her = asked(running, browser, about=her)
    assert len(numbers(of_her)) == 1
    assert f"<b>{NURSE}</b>" in of_her
    assert "看了居民" in of_her
    assert f'href="/residents/{her}"' in of_her
    assert len(numbers(asked(running, browser, who="刘敏"))) == 2
    assert len(numbers(asked(running, browser, who="刘敏", about="t-2"))) == 1
    assert len(numbers(asked(running, browser, did="task seen"))) == 2
    day = running.clinic.now().astimezone(running.clinic.settings.zone).date().isoformat()
    assert len(numbers(asked(running, browser, who="刘敏", day=day))) == 2
    assert numbers(asked(running, browser, day="2020-01-01")) == []
    assert "trail?" not in of_her


def test_every_line_is_reached_by_pages(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trail_page, "_SHOWN", 4)
    browser = running.staff()
    noted(running, *(("刘敏", "task seen", f"t-{n}") for n in range(10)))
    found, before = [], ""
    while True:
        page = asked(running, browser, who="刘敏", before=before)
        found += numbers(page)
        older = re.search(r'name="before" value="([0-9]+)"', page)
        if older is None:
            break
        before = older[1]
    assert len(found) == 10
    assert found == sorted(set(found), reverse=True)


def test_a_whole_trail_is_said_to_be_and_a_changed_or_cut_one_is_told_with_what_to_do(
    running: Running,
) -> None:
    browser = running.staff()
    noted(running, *(("刘敏", "task seen", f"t-{n}") for n in range(5)))
    assert "都在，没有改动过" in asked(running, browser, check="1")
    with running.clinic.store.writing() as connection:
        connection.exec_driver_sql("UPDATE audit SET who = 'x' WHERE about = 't-2'")
        changed = connection.exec_driver_sql("SELECT number FROM audit WHERE about = 't-2'").scalar_one()
    told = asked(running, browser, check="1")
    assert f"第 {changed} 行不在或被改过" in told
    assert "保留硬盘原样" in told
    with running.clinic.store.writing() as connection:
        last = connection.exec_driver_sql("SELECT max(number) FROM audit").scalar_one()
        connection.exec_driver_sql(f"DELETE FROM audit WHERE number > {last - 2}")  # noqa: S608
    assert f"第 {last - 1} 行不在" in browser.get(f"{running.url}/trail", timeout=30).text


@pytest.mark.parametrize("role", [Role.READER, Role.CALLER])
def test_nobody_but_the_administrator_reads_it(running: Running, role: Role) -> None:
    browser = running.staff(role)
    assert browser.get(f"{running.url}/trail", timeout=30).status_code == 403
    form = {"csrf": csrf(browser.get(f"{running.url}/visits", timeout=30).text), "check": "1"}
    assert browser.post(f"{running.url}/trail", form, timeout=30).status_code == 403


@pytest.mark.parametrize("odd", ["-1", "x", "٣", "9" * 30, "' OR 1=1--"])
def test_odd_words_find_nothing_or_the_newest_and_break_nothing(running: Running, odd: str) -> None:
    browser = running.staff()
    assert numbers(asked(running, browser, before=odd))
    assert numbers(asked(running, browser, who=odd, about=odd)) == []
    assert numbers(asked(running, browser, day=odd))
