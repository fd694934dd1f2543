"""Every visit can be reached from the list: by pages, by day, by station; that it was looked at is noted."""

import re
from datetime import timedelta
from html import unescape

import pytest
from msgspec.structs import replace

from clinic import visit_list
from tests.clinic.running import Running
from tests.clinic.stations import OPENED, visit_of
from tests.clinic.test_access import trail


@pytest.fixture
def shown_at_once(monkeypatch: pytest.MonkeyPatch) -> int:
    """A page is short, so that few visits fill three."""
    monkeypatch.setattr(visit_list, "_SHOWN", 3)
    return 3


def _beside(page: str, rel: str) -> str:
    """The address of the page before or after; empty where there is none."""
    found = re.search(rf'href="([^"]+)" rel="{rel}"', page)
    return unescape(found[1]) if found else ""


def _ids(page: str) -> list[str]:
    return re.findall(r'href="/visits/([0-9a-f-]{36})"', page)


def test_the_oldest_visit_is_reached_by_pages_and_listing_people_leaves_lines(
    running: Running, shown_at_once: int
) -> None:
    station, browser = running.station(), running.staff()
    sent = []
    for n in range(8):
        at = OPENED + timedelta(hours=n)
        visit = replace(visit_of(), opened_at=at, closed_at=at + timedelta(minutes=9))
        sent.append(str(visit.id))
        running.put(station.envelope(visit, wall=at + timedelta(minutes=9)))
    page = browser.get(f"{running.url}/visits", timeout=30).text
    found = [_ids(page)]
    while after := _beside(page, "next"):
        page = browser.get(running.url + after, timeout=30).text
        assert len(_ids(page)) <= shown_at_once
        found.append(_ids(page))
    assert [one for page in found for one in page] == sent[::-1]
    assert [about.split(": ")[1] for _, did, about in trail(running.clinic) if did == "visits listed"] == [
        *("3", "3", "2")
    ]
    assert browser.get(f"{running.url}/visits?page=99", timeout=30).status_code == 200


def test_a_visit_that_comes_in_meanwhile_moves_no_line_to_another_page(
    running: Running, shown_at_once: int
) -> None:
    station, browser = running.station(), running.staff()

    def come(n: int) -> str:
        at = OPENED + timedelta(hours=n)
        visit = replace(visit_of(), opened_at=at, closed_at=at)
        running.put(station.envelope(visit, wall=at))
        return str(visit.id)

    sent = [come(n) for n in range(7)][::-1]
    first = browser.get(f"{running.url}/visits", timeout=30).text
    fresh = come(9)
    second = browser.get(running.url + _beside(first, "next"), timeout=30).text
    third = browser.get(running.url + _beside(second, "next"), timeout=30).text
    assert [_ids(page) for page in (first, second, third)] == [sent[:3], sent[3:6], sent[6:]]
    back = browser.get(running.url + _beside(third, "prev"), timeout=30).text
    assert _ids(back) == sent[3:6]
    assert "4–6" in back
    newest = browser.get(running.url + _beside(back, "prev"), timeout=30).text
    assert _ids(newest) == [fresh, *sent[:2]]
    for odd in ("after=x", "after=2026-11-23~1", f"before=now~{fresh}", "page=3&after="):
        assert _ids(browser.get(f"{running.url}/visits?{odd}", timeout=30).text) == _ids(newest)


def test_a_day_or_a_station_is_shown_alone(running: Running) -> None:
    one, other, browser = running.station("a"), running.station("b"), running.staff()
    late = replace(visit_of(), opened_at=OPENED + timedelta(days=1), closed_at=OPENED + timedelta(days=1))
    visits = (visit_of(), late, visit_of())
    for station, visit in zip((one, one, other), visits, strict=True):
        running.put(station.envelope(visit, wall=visit.closed_at))
    first, second, third = (str(visit.id) for visit in visits)

    def listed(query: str) -> set[str]:
        return set(_ids(browser.get(f"{running.url}/visits?{query}", timeout=30).text))

    assert listed("day=2026-11-23") == {first, third}
    assert listed("day=2026-11-24") == {second}
    assert listed("station=b") == {third}
    assert listed("day=2026-11-24&station=b") == set()
    for odd in ("day=yesterday", "page=0", "page=-1", "page=x", "day=&station="):
        assert listed(odd) == {first, second, third}
