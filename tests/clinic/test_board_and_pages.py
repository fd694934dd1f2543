"""A number on the board is the number on the page behind it, of the district and of one street."""

import re
from datetime import UTC, datetime, time, timedelta
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests
from msgspec.structs import replace
from msgspec.structs import replace as changed

from clinic.roles import Role
from clinic.store.people_tables import TASK
from clinic.store.tables import VISIT
from clinic.store.visits import VisitStatus
from clinic.streets import place
from health.assessment import Level
from health.visit import Resident
from tests.clinic.running import NURSE, Running
from tests.clinic.stations import A_REPORT, SHEN, FakeStation, visit_of
from tests.clinic.test_board import today
from tests.clinic.test_fleet import tell
from tests.clinic.test_set_aside import damaged, forged

LI = replace(SHEN, name="李明", identity="310101195001010019", phone="13900000001")
WANG = replace(SHEN, name="王芳", identity="310101195202020025", phone="13900000002")
ZHAO = replace(SHEN, name="赵敏", identity="310101195303030020", phone="13900000003")
CHEN = replace(SHEN, name="陈静", identity="310101195404040026", phone="13900000004")
NORTH, SOUTH = "北街", "南街"
LINE = '<tr class="line'
CHOSEN = r'aria-current="true">[^<]+<span>(\d+)</span>'


def came(running: Running, station: FakeStation, who: Resident, at: datetime, systolic: str) -> str:
    visit = replace(visit_of(who, systolic=systolic), opened_at=at, closed_at=at, on=at.date())
    assert running.put(station.envelope(visit, wall=at)).status_code == 201
    return str(visit.id)


def district(running: Running) -> None:
    """Three stations, two of them in one street; whatever the board counts is there, some of it twice."""
    one, two, far = (running.station(name) for name in ("north-1", "north-2", "south-1"))
    for station, street in ((one, NORTH), (two, NORTH), (far, SOUTH)):
        place(running.clinic, station.id, street, NURSE)
    now = running.clinic.now()
    midnight = datetime.combine(now.astimezone(running.clinic.settings.zone).date(), time())
    midnight = midnight.replace(tzinfo=running.clinic.settings.zone).astimezone(UTC)
    both = replace(visit_of(SHEN, systolic="188"), opened_at=now, closed_at=now, on=now.date())
    running.put(one.envelope(replace(both, danger_signs=("chest_pain",)), wall=now))
    came(running, two, LI, now, systolic="189")
    came(running, far, WANG, now, systolic="190")
    came(running, two, ZHAO, midnight - timedelta(minutes=1), systolic="168")
    came(running, far, CHEN, midnight, systolic="168")
    void = came(running, one, LI, now, systolic="118")
    today(two, running)
    with running.clinic.store.writing() as connection:
        error = VISIT.update().where(VISIT.c.id == void).values(status=VisitStatus.ENTERED_IN_ERROR.value)
        connection.execute(error)
        late = (now - timedelta(days=1)).isoformat()
        connection.execute(TASK.update().where(TASK.c.level < int(Level.NOW)).values(due_at=late))
    damaged(running, two)
    forged(running, one)
    forged(running, far)
    tell(running, one, changed(A_REPORT, paper="paper_out"))
    tell(running, far, changed(A_REPORT, paper="ready"))


def reached(running: Running, browser: requests.Session) -> None:
    """One in danger was reached, so that the time it took is told; the form leads back to her street."""
    page = browser.get(f"{running.url}/worklist", params={"show": "now", "street": NORTH}, timeout=30).text
    opened = re.findall(r'class="opens" href="([^"#]+)', page)[-1]
    page = browser.get(running.url + unescape(opened), timeout=30).text
    hidden = re.findall(r'name="([a-z]+)" value="([^"]*)"', page[page.index('class="outcomes"') :])
    form = dict(reversed(hidden[: hidden.index(("outcome", "agreed_to_visit")) + 1]))
    answer = browser.post(f"{running.url}/worklist/outcome", form, timeout=30)
    assert dict(parse_qsl(urlsplit(answer.url).query)) == {
        "show": "now",
        "street": NORTH,
        "done": "agreed_to_visit",
    }


def behind(running: Running, browser: requests.Session, board: str, shown: str) -> tuple[str, str]:
    """The text of the link on the board that has ``shown`` in it, and the page that it leads to."""
    links = re.findall(r'(<a[^>]* href="([^"]+)">.*?</a>)', board, re.DOTALL)
    text, address = next(one for one in links if shown in one[0])
    answer = browser.get(running.url + unescape(address), timeout=30)
    assert answer.status_code == 200
    return re.sub(r"<[^>]+>", "", text), answer.text


def first(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    assert found is not None, (pattern, text)
    return found[1]


EXPECTED = {"": (2, 3, 2, 5, 3, 3), NORTH: (1, 2, 1, 3, 2, 2), SOUTH: (1, 1, 1, 2, 1, 1)}
"""Of the district and of each street: who waits, alarms, overdue, visits today, stations, set aside."""


def test_each_number_on_the_board_is_the_number_on_the_page_behind_it(running: Running) -> None:
    district(running)
    browser = running.staff()
    reached(running, browser)
    for street, numbers in EXPECTED.items():
        board = browser.get(f"{running.url}/board", params={"street": street}, timeout=30).text
        assert read(running, browser, board) == numbers


def read(running: Running, browser: requests.Session, board: str) -> tuple[int, ...]:
    """The numbers of a board, each as the page behind it shows it too."""

    def shown(link: str, on_board: str, on_page: str, line: str = "") -> int:
        said, page = behind(running, browser, board, link)
        number = first(on_board, said)
        assert first(on_page, page) == number, link
        assert not line or len(re.findall(line, page)) == int(number), link
        for middle in re.findall(r"联系用时中位 ([^<]+)<", board) if "急的有一半" in page else ():
            assert f"急的有一半在 {middle}内联系到" in page
        return int(number)

    return (
        shown("还没联系到", r"(\d+) 位居民的急值", r"<h1>(\d+) 人要马上联系"),
        shown("今天的急值", r"(\d+) 起没联系到", CHOSEN, LINE),
        shown("随访逾期", r"(\d+) 件", CHOSEN, LINE),
        shown('class="huge"', r"(\d+)", r"今天 (\d+) 次"),
        shown("驿站　", r"驿站　(\d+) 个", r"(\d+) 个已启用", ' id="s-'),
        shown("隔离，要人看", r"(\d+) 份", r"<h1>(\d+) 件收到了，还没有打开", LINE),
    )


@pytest.mark.parametrize("role", [Role.READER, Role.CALLER, Role.ADMIN])
def test_no_link_that_somebody_is_shown_is_closed_to_her(running: Running, role: Role) -> None:
    today(running.station(), running, systolic="188")
    browser = running.staff(role)
    for page in ("/worklist", "/board"):
        text = browser.get(running.url + page, timeout=30).text
        for link in {unescape(one) for one in re.findall(r'href="(/[^"#]*)', text)}:
            assert browser.get(running.url + link, timeout=30).status_code == 200, link


def test_who_came_twice_in_danger_is_one_person_on_the_list_of_visits(running: Running) -> None:
    station = running.station()
    for value in ("188", "189"):
        today(station, running, systolic=value)
    assert "1 人要马上联系。" in running.staff().get(f"{running.url}/visits", timeout=30).text
