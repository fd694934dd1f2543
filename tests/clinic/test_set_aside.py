"""What could not be opened is all reached, counted, tried again, dismissed for a reason, or handed on."""

import re
from html import unescape

import pytest
import requests

from clinic import set_aside
from clinic.roles import Role
from clinic.store.tables import STATION
from clinic.streets import place
from health.envelope import Envelope
from health.keys import SigningKey
from tests.clinic.running import NURSE, Running
from tests.clinic.stations import FakeStation, visit_of
from tests.clinic.test_access import csrf, trail


def page(running: Running, browser: requests.Session, query: str = "") -> str:
    return browser.get(f"{running.url}/quarantine{query}", timeout=30).text


def press(running: Running, browser: requests.Session, act: str, **said: str) -> requests.Response:
    form = {"csrf": csrf(page(running, browser)), **said}
    return browser.post(f"{running.url}/quarantine/{act}", form, timeout=60)


def damaged(running: Running, station: FakeStation) -> Envelope:
    envelope = station.envelope(visit_of(), b"not readable")
    assert running.put(envelope).status_code == 202
    return envelope


def forged(running: Running, station: FakeStation) -> Envelope:
    own, station.key = station.key, SigningKey.new()
    envelope = station.envelope(visit_of())
    station.key = own
    assert running.put(envelope).status_code == 202
    return envelope


def _ids(text: str) -> list[str]:
    return re.findall(r'<td class="soft code">([0-9a-f-]{36})</td>', text)


def beside(text: str, rel: str) -> str:
    found = re.search(rf'href="([^"]+)" rel="{rel}"', text)
    return unescape(found[1]) if found else ""


def leafed(
    running: Running, browser: requests.Session, address: str, rel: str
) -> tuple[list[list[str]], str]:
    """The lines of each page from that address on, and the last page."""
    pages, text = [], ""
    while address:
        text = browser.get(running.url + address, timeout=30).text
        pages.append(_ids(text))
        address = beside(text, rel)
    return pages, text


def test_everything_is_reached_by_pages_what_stations_sent_first_and_counted_whole(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(set_aside, "_SHOWN", 3)
    station, browser = running.station(), running.staff()
    own = [str(damaged(running, station).header.id) for _ in range(4)]
    others = [str(forged(running, station).header.id) for _ in range(4)]
    whole = [*own[::-1], *others[::-1]]
    there, last = leafed(running, browser, "/quarantine", "next")
    assert [one for page in there for one in page] == whole
    assert "8 件" in last
    # What comes in meanwhile moves no line from one page to another.
    newest = str(damaged(running, station).header.id)
    back, first = leafed(running, browser, beside(last, "prev"), "prev")
    assert back[0] == there[1]
    assert _ids(first) == [newest, *whole[:2]]
    assert "待查 9 件" in browser.get(f"{running.url}/visits", timeout=30).text


def test_what_a_station_signed_with_a_new_key_is_taken_in_when_it_joined_again(running: Running) -> None:
    station, browser = running.station(), running.staff(Role.CALLER)
    station.key = SigningKey.new()
    visit = visit_of()
    assert running.put(station.envelope(visit)).status_code == 202
    (named,) = re.findall(r'name="which" value="(u-[0-9a-f]{64})"', page(running, browser))
    assert "还是打不开" in press(running, browser, "again", which=named).text
    with running.clinic.store.writing() as connection:
        connection.execute(STATION.update().values(verify_key=station.key.verify_key().text))
    assert "1 件里收下了 1 件。" in press(running, browser, "again", which=named).text
    assert _ids(page(running, browser)) == []
    assert browser.get(f"{running.url}/visits/{visit.id}", timeout=30).status_code == 200


def test_trying_all_of_them_takes_in_those_that_open_and_leaves_the_others(running: Running) -> None:
    station, browser = running.station(), running.staff()
    stays = str(damaged(running, station).header.id)
    goes = [running.put(station.envelope(visit_of())).status_code for _ in range(2)]
    assert goes == [201, 201]
    with running.clinic.store.writing() as connection:
        connection.exec_driver_sql(
            "UPDATE envelope SET state = 'quarantined', reason = 'does_not_open' WHERE state = 'opened'"
        )
        connection.exec_driver_sql("DELETE FROM visit")
    assert "3 件里收下了 2 件。" in press(running, browser, "again", which="all").text
    assert _ids(page(running, browser)) == [stays]
    with running.clinic.store.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM visit").scalar_one() == 2


def test_dismissing_needs_a_reason_keeps_the_bytes_and_lets_the_station_go(running: Running) -> None:
    station, browser = running.station(), running.staff()
    envelope = damaged(running, station)
    named = f"e-{envelope.header.id}"
    for why in ("", "because"):
        assert press(running, browser, "dismiss", which=named, why=why).status_code == 409
    assert "已经移出" in press(running, browser, "dismiss", which=named, why="on_paper").text
    assert ("dismissed: on_paper", str(envelope.header.id)) in [x[1:] for x in trail(running.clinic)]
    assert _ids(page(running, browser)) == []
    assert _ids(page(running, browser, "?show=dismissed")) == [str(envelope.header.id)]
    assert running.put(envelope).status_code == 200
    assert browser.get(f"{running.url}/quarantine/{named}", timeout=30).content == envelope.to_bytes()
    press(running, browser, "again", which=named)
    assert _ids(page(running, browser)) == [str(envelope.header.id)]
    assert running.put(envelope).status_code == 202


def test_what_nobody_can_believe_goes_when_it_is_dismissed(running: Running) -> None:
    station, browser = running.station(), running.staff()
    forged(running, station)
    (named,) = set(re.findall(r'name="which" value="(u-[0-9a-f]{64})"', page(running, browser)))
    assert press(running, browser, "dismiss", which=named, why="forged").status_code == 200
    with running.clinic.store.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM unproven").scalar_one() == 0
    assert press(running, browser, "dismiss", which=named, why="forged").status_code == 409
    assert press(running, browser, "again", which="e-' OR 1=1--").status_code == 409


def test_who_works_the_list_may_try_again_but_neither_dismiss_nor_download(running: Running) -> None:
    station, browser = running.station(), running.staff(Role.CALLER)
    named = f"e-{damaged(running, station).header.id}"
    assert "dismissing" not in page(running, browser)
    assert press(running, browser, "again", which=named).status_code == 200
    assert press(running, browser, "dismiss", which=named, why="trial").status_code == 403
    assert browser.get(f"{running.url}/quarantine/{named}", timeout=30).status_code == 403


def test_what_lies_here_in_clear_is_handed_to_nobody(running: Running) -> None:
    station, browser = running.station(), running.staff()
    named = f"e-{damaged(running, station).header.id}"
    with running.clinic.store.writing() as connection:
        connection.exec_driver_sql("UPDATE envelope SET reason = 'fhir_not_valid'")
    assert browser.get(f"{running.url}/quarantine/{named}", timeout=30).status_code == 404
    assert f"/quarantine/{named}" not in page(running, browser)


def test_what_was_dismissed_is_leafed_by_its_lines_and_a_press_leads_back_to_the_page_it_was_made_on(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(set_aside, "_SHOWN", 2)
    station, browser = running.station(), running.staff()
    place(running.clinic, station.id, "北街", NURSE)
    sent = [str(damaged(running, station).header.id) for _ in range(5)]
    for one in sent:
        press(running, browser, "dismiss", which=f"e-{one}", why="trial")
    there, last = leafed(running, browser, "/quarantine?show=dismissed&street=北街", "next")
    assert [one for page in there for one in page] == sent[::-1]
    back, _ = leafed(running, browser, beside(last, "prev"), "prev")
    assert back == there[1::-1]
    assert leafed(running, browser, "/quarantine?show=dismissed&street=南街", "next")[0] == [[]]
    hidden = dict(re.findall(r'<input type="hidden" name="([a-z]+)" value="([^"]+)">', last))
    answer = browser.post(f"{running.url}/quarantine/again", hidden | {"which": f"e-{sent[0]}"}, timeout=30)
    assert _ids(answer.text) == []
    assert "还是打不开" in answer.text
    assert "show=dismissed" in beside(answer.text, "prev")
