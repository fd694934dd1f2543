"""A resident is found by name, number or telephone; what was typed stays nowhere, that it was asked does."""

import re
from datetime import UTC, datetime

import pytest
import requests
from msgspec.structs import replace

from clinic.matching import keyed
from clinic.roles import Role
from clinic.roster import Roster, take_roster
from clinic.store.people_tables import RESIDENT
from clinic.store.residents import KnownResident, new_resident, reach
from tests.clinic.running import NURSE, Running
from tests.clinic.stations import NAME, SHEN, visit_of
from tests.clinic.test_access import csrf, trail
from tests.clinic.test_roster import check_of

NOW = datetime(2026, 11, 28, 8, 0, tzinfo=UTC)
NUMBER = check_of("31010119400302198")


def known(running: Running, name: str, phone: str = "", number: str = "") -> KnownResident:
    one = new_resident("clinic", keyed(running.clinic, number or name), NOW.isoformat())
    return replace(one, name=name, phone=phone, contracted=True)


def kept(running: Running, *listed: KnownResident) -> None:
    with running.clinic.store.writing() as connection:
        take_roster(connection, "clinic", Roster(listed, ()), NURSE, NOW, whole=False)


def find(running: Running, browser: requests.Session, who: str, **more: str) -> requests.Response:
    form = {"csrf": csrf(browser.get(f"{running.url}/residents", timeout=30).text), "who": who, **more}
    return browser.post(f"{running.url}/residents", form, timeout=30)


def looked(running: Running) -> list[str]:
    return [about for _, did, about in trail(running.clinic) if did == "residents sought"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("沈", ["沈玉珍", "沈玉华"]),
        ("沈玉珍", ["沈玉珍"]),
        ("　沈 玉珍", ["沈玉珍"]),
        ("玉珍", []),
        ("anna", ["Anna Li"]),
        ("ＡＮＮＡ　ｌ", ["Anna Li"]),
        ("李", ["李 明"]),
        ("李明", ["李 明"]),
        ("1234", ["李 明"]),
        ("5550-1234", ["李 明"]),
        ("１２３４", ["李 明"]),
        ("9991234", []),
        ("%", []),
        ("_", []),
    ],
)
def test_who_begins_so_or_is_reached_so_is_found_and_nobody_else(
    running: Running, typed: str, found: list[str]
) -> None:
    kept(
        running,
        known(running, "沈玉珍", "13600007741"),
        known(running, "沈玉华"),
        known(running, "李 明", "021-5550 12-34"),
        known(running, "Anna Li", "136 0000 7742"),
        known(running, "申玉珍"),
    )
    answer = find(running, running.staff(Role.READER), typed)
    assert answer.url == f"{running.url}/residents"
    names = ["沈玉珍", "沈玉华", "李 明", "Anna Li", "申玉珍"]
    assert [one for one in names if f"<b>{one}</b>" in answer.text] == found
    kind = "telephone" if typed[-1].isdecimal() else "name"
    assert looked(running) == [f"by {kind}: {len(found)} found"]


def test_an_identity_number_leads_to_her_page_and_stands_nowhere(running: Running) -> None:
    kept(running, known(running, NAME, number=NUMBER))
    browser = running.staff()
    answer = find(running, browser, f" {NUMBER[:6]} {NUMBER[6:].lower()} ")
    assert f"{running.url}/residents/" in answer.url
    assert NAME in answer.text
    other = check_of("31010119500302198")
    for typed, status in ((other, 404), (NUMBER[:17] + "*", 400), (NUMBER[:17], 400)):
        answer = find(running, browser, typed)
        assert answer.status_code == status
        assert typed not in answer.text
        assert typed not in answer.url
    assert looked(running) == ["by number: 1 found", "by number: 0 found"]
    assert not any(NUMBER in str(line) or NAME in str(line) for line in trail(running.clinic))


def test_a_card_fills_what_is_found_and_a_new_number_takes_the_place_of_the_old(running: Running) -> None:
    browser = running.staff()
    running.put(running.station().envelope(visit_of(systolic="188")))
    page = find(running, browser, "7741")
    assert f"<b>{NAME}</b>" in page.text
    assert "女 86 岁" in page.text
    with running.clinic.store.writing() as connection:
        mine = connection.exec_driver_sql("SELECT id FROM resident").scalar_one()
        reach(connection, "clinic", mine, "139 0000 44-81", "", NOW.isoformat())
    assert f"<b>{NAME}</b>" not in find(running, browser, "7741").text
    assert f"<b>{NAME}</b>" in find(running, browser, "4481").text


def test_what_a_card_hides_in_a_name_keeps_nobody_from_her_and_turns_no_page_round(running: Running) -> None:
    hers = replace(SHEN, name="\u202e沈\u200b玉珍\u2066")
    sent = running.station().envelope(visit_of(hers, systolic="188"))
    running.put(sent)
    browser = running.staff()
    found = find(running, browser, "沈玉珍").text
    visit = browser.get(f"{running.url}/visits/{sent.header.visit}", timeout=30)
    assert "<b>沈玉珍</b>" in found
    assert visit.status_code == 200
    assert "沈玉珍" in visit.text
    assert not any(sign in found + visit.text for sign in "\u202e\u200b\u2066")


@pytest.mark.parametrize("typed", ["", "   ", "12", "-"])
def test_what_would_find_everybody_is_not_looked_for(running: Running, typed: str) -> None:
    kept(running, known(running, NAME, "13600007712"))
    answer = find(running, running.staff(), typed)
    assert answer.status_code == 400
    assert NAME not in answer.text
    assert looked(running) == []


@pytest.mark.parametrize(("typed", "phone"), [("王", ""), ("4481", "1360000")])
def test_many_that_are_found_have_pages_there_and_back_whatever_comes_between(
    running: Running, typed: str, phone: str
) -> None:
    everybody = [known(running, f"王{n:03}", f"{phone}{n:03}4481" if phone else "") for n in range(120)]
    kept(running, *everybody)
    browser = running.staff()
    pages: list[list[str]] = []
    said: dict[str, str] = {}
    while True:
        text = find(running, browser, typed, **said).text
        pages.append(sorted(re.findall(r"<b>(王[0-9]{3})</b>", text)))
        # Somebody new at the head of the list moves nobody from one page to another.
        if phone == "":
            kept(running, known(running, f"王!{len(pages)}"))
        if not (said := _turned(text, "after")):
            break
    assert [len(page) for page in pages] == [50, 50, 20]
    assert sorted(one for page in pages for one in page) == [one.name for one in everybody]
    text = find(running, browser, typed, **_turned(text, "before")).text
    assert sorted(re.findall(r"<b>(王[0-9]{3})</b>", text)) == pages[1]
    assert "residents.page" not in text


def _turned(page: str, way: str) -> dict[str, str]:
    """What the form sends that leads to the page after, or the one before; nothing where there is none."""
    here, beside = (
        re.search(r'name="page" value="(\d+)"', page),
        re.search(rf'name="{way}" value="([^"]+)"', page),
    )
    return {"page": here[1], way: beside[1]} if here and beside else {}


def test_who_was_erased_meanwhile_leads_back_to_the_first_page(running: Running) -> None:
    kept(running, *(known(running, f"王{n:03}") for n in range(60)))
    browser = running.staff()
    said = _turned(find(running, browser, "王").text, "after")
    with running.clinic.store.writing() as connection:
        connection.execute(RESIDENT.delete().where(RESIDENT.c.id == said["after"]))
    assert "<b>王000</b>" in find(running, browser, "王", **said).text
    for odd in ("x" * 300, "é", "%"):
        assert find(running, browser, "王", page="2", after=odd).status_code == 200


def test_another_tenant_and_an_account_without_the_right_find_nobody(running: Running) -> None:
    kept(running, known(running, NAME))
    with running.clinic.store.writing() as connection:
        connection.exec_driver_sql("UPDATE resident SET tenant = 'elsewhere'")
    assert f"<b>{NAME}</b>" not in find(running, running.staff(), "沈").text
    stranger = requests.post(
        f"{running.url}/residents", {"who": SHEN.name}, timeout=30, allow_redirects=False
    )
    assert stranger.headers["Location"] == "/login"
