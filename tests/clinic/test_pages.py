"""What staff see: the numbers of the record, behind a login, with every foreign word escaped."""

import re
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
import requests

from clinic import sessions
from health.keys import SigningKey
from health.quantity import printed_text
from health.visit import Resident, Sex
from tests.clinic.running import NURSE, PASSWORD, Running, clinic_at
from tests.clinic.stations import NAME
from tests.clinic.stations import visit_of as a_visit

PAGES = (
    "/worklist",
    "/visits",
    "/visits/01a20a67-4abf-71e3-b19b-5433f096a6ed",
    "/stations",
    "/quarantine",
    "/board",
)
FORMS = ("/worklist/outcome", "/worklist/take", "/stations/decide", "/stations/revoke", "/logout")


def _csrf(page: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found
    return found[1]


def test_a_page_shows_the_numbers_of_the_record_and_where_they_come_from(running: Running) -> None:
    station, visit = running.station(), a_visit()
    running.put(station.envelope(visit))
    page = running.staff().get(f"{running.url}/visits/{visit.id}", timeout=30).text
    for observation in visit.observations:
        assert f"<b>{printed_text(observation).replace('<', '&lt;')}</b>" in page
    record = station.record(visit)
    for finding in record.assessment.findings:
        assert finding.rule in page
    for shown in (
        NAME,
        "Shanghe SH-10",
        "C-2026-04",
        "本人不量",
        "09:14:05",
        "310***********1984",
        str(visit.id),
    ):
        assert shown in page
    assert str(visit.resident.identity) not in page


def test_the_list_puts_who_must_be_contacted_first_and_says_so(running: Running) -> None:
    station, browser = running.station(), running.staff()
    assert "还没有人来过。" in browser.get(f"{running.url}/visits", timeout=30).text
    calm = a_visit(
        Resident(sex=Sex.FEMALE, name="林静"),
        systolic="112", total_cholesterol="4.2", grip_left="25.0", grip_right="26.0",
    )  # fmt: skip
    urgent = a_visit(Resident(sex=Sex.MALE, name="吴建国"), systolic="188", diastolic="112")
    for visit in (urgent, calm):
        running.put(station.envelope(visit))
    page = browser.get(f"{running.url}/visits", timeout=30).text
    assert "1 人要马上联系。" in page
    assert page.index("吴建国") < page.index("林静")
    assert "188/112" in page


def test_a_visit_that_broke_off_says_so(running: Running) -> None:
    visit = a_visit(incomplete=True)
    running.put(running.station().envelope(visit))
    browser = running.staff()
    assert "没做完" in browser.get(f"{running.url}/visits", timeout=30).text
    assert "没有做完" in browser.get(f"{running.url}/visits/{visit.id}", timeout=30).text


def test_a_demo_is_marked_on_every_page(tmp_path: Path) -> None:
    with clinic_at(tmp_path / "clinic", "demo") as running:
        visit = a_visit(demo=True)
        running.put(running.station().envelope(visit))
        browser = running.staff()
        for path in ("/visits", f"/visits/{visit.id}", "/stations", "/quarantine"):
            assert 'class="demo">演示<' in browser.get(running.url + path, timeout=30).text


def test_the_same_visit_as_json_has_the_same_numbers(running: Running) -> None:
    visit = a_visit()
    running.put(running.station().envelope(visit))
    running.staff()
    login = {"name": NURSE, "password": PASSWORD}
    token = requests.post(f"{running.url}/api/login", login, timeout=30).json()["token"]
    url = f"{running.url}/api/visits/{visit.id}"
    assert requests.get(url, timeout=30).status_code == 401
    assert requests.get(url, headers={"Authorization": "Bearer nonsense"}, timeout=30).status_code == 401
    answer = requests.get(url, headers={"Authorization": f"Bearer {token}"}, timeout=30).json()
    assert set(answer["observations"]) == {o.quantity.value for o in visit.observations}
    for one in visit.observations:
        told = answer["observations"][one.quantity.value]
        assert (told["comparator"] or "") + told["value"] == printed_text(one)
        assert (told["unit"], told["instrument"]) == (one.unit, one.instrument)
    assert (answer["visit"], answer["demo"], answer["incomplete"]) == (str(visit.id), False, False)
    assert answer["resident"] == {"name": NAME, "sex": "female", "birth_date": "1940-03-02", "age": "86"}
    assert {"rule", "band", "level", "text", "source", "edition"} == set(answer["findings"][0])
    assert {"rule", "reason"} == set(answer["not_assessed"][0])


@pytest.mark.parametrize("path", PAGES)
def test_nobody_sees_a_page_without_a_login(running: Running, path: str) -> None:
    answer = requests.get(running.url + path, timeout=30, allow_redirects=False)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/login")
    forged = requests.get(running.url + path, cookies={"kangyi": "x" * 43}, timeout=30, allow_redirects=False)
    assert forged.status_code == 303


@pytest.mark.parametrize("path", FORMS)
def test_a_form_is_taken_only_from_the_session_that_was_shown_it(running: Running, path: str) -> None:
    station, browser = running.station(), running.staff()
    for csrf in ("", "x" * 43):
        sent = {"csrf": csrf, "station": station.id, "enrolment": "x", "decision": "approve"}
        assert browser.post(running.url + path, sent, timeout=30).status_code == 403
    good = {"csrf": _csrf(browser.get(f"{running.url}/stations", timeout=30).text), "station": station.id}
    elsewhere = {"Origin": "https://elsewhere.example"}
    assert browser.post(running.url + path, good, headers=elsewhere, timeout=30).status_code == 403
    assert running.put(station.envelope(a_visit())).status_code == 201


def test_staff_revoke_a_station_with_one_click(running: Running) -> None:
    station, browser = running.station(), running.staff()
    sent = {"csrf": _csrf(browser.get(f"{running.url}/stations", timeout=30).text), "station": station.id}
    assert "已停用" in browser.post(f"{running.url}/stations/revoke", sent, timeout=30).text
    assert running.put(station.envelope(a_visit())).status_code == 403


def test_hostile_names_are_shown_and_never_obeyed(running: Running) -> None:
    name = '<script>alert(1)</script>"><img src=x onerror=alert(2)>{{7*7}}'
    visit = a_visit(Resident(name=name))
    running.put(running.station().envelope(visit))
    browser = running.staff()
    for path in ("/visits", f"/visits/{visit.id}"):
        answer = browser.get(running.url + path, timeout=30)
        assert "&lt;script&gt;alert(1)" in answer.text
        assert "<script" not in answer.text
        assert "<img" not in answer.text
        assert "{{7*7}}" in answer.text
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert "script-src" not in policy


def test_what_could_not_be_opened_is_listed_with_its_reason(running: Running) -> None:
    station = running.station()
    station.key = SigningKey.new()
    running.put(station.envelope(a_visit()))
    page = running.staff().get(f"{running.url}/quarantine", timeout=30).text
    assert "1 件收到了，还没有打开。" in page
    assert "签名不是这个驿站的" in page


def test_the_other_language_is_one_click_away_and_stays(running: Running) -> None:
    browser = running.staff()
    page = browser.post(f"{running.url}/language", {"language": "en", "back": "/stations"}, timeout=30)
    assert page.url.endswith("/stations")
    assert "There is no station yet." in page.text
    away = {"language": "en", "back": "//elsewhere.example"}
    answer = browser.post(f"{running.url}/language", away, timeout=30, allow_redirects=False)
    assert answer.headers["Location"] == "/worklist"


def test_a_wrong_password_opens_nothing_and_soon_has_to_wait(running: Running) -> None:
    running.staff()
    wrong = {"name": NURSE, "password": "wrong wrong wrong"}
    answers = [requests.post(f"{running.url}/login", wrong, timeout=30).status_code for _ in range(6)]
    assert answers == [403] * 5 + [429]
    right = {"name": NURSE, "password": PASSWORD}
    assert requests.post(f"{running.url}/login", right, timeout=30).status_code == 429


def test_a_login_link_works_once(running: Running) -> None:
    running.staff()
    link = f"{running.url}/login?link={sessions.open_session(running.clinic, NURSE, sessions.LINK)}"
    assert requests.get(link, timeout=30).url.endswith("/worklist")
    assert "/login" in requests.get(link, timeout=30).url


def test_the_session_cookie_is_out_of_reach_of_scripts_and_ends(running: Running) -> None:
    browser = running.staff()
    (cookie,) = [one for one in browser.cookies if one.name == "kangyi"]
    assert cookie.has_nonstandard_attr("HttpOnly")
    token = cookie.value or ""
    assert sessions.session_for(running.clinic, token, sessions.PAGE)
    assert sessions.session_for(running.clinic, token, sessions.BEARER) is None
    sent = {"csrf": _csrf(browser.get(f"{running.url}/visits", timeout=30).text)}
    browser.post(f"{running.url}/logout", sent, timeout=30)
    assert sessions.session_for(running.clinic, token, sessions.PAGE) is None


def test_a_session_runs_out(running: Running) -> None:

    running.staff()
    token = sessions.open_session(running.clinic, NURSE, sessions.PAGE)
    later = msgspec.structs.replace(running.clinic, now=lambda: running.clinic.now() + timedelta(hours=11))
    assert sessions.session_for(running.clinic, token, sessions.PAGE)
    assert sessions.session_for(later, token, sessions.PAGE) is None


def test_no_page_asks_anything_of_another_host(running: Running) -> None:
    visit = a_visit()
    running.put(running.station().envelope(visit))
    browser = running.staff()
    for path in (
        "/visits",
        f"/visits/{visit.id}",
        "/stations",
        "/quarantine",
        "/login",
        "/style.css",
        "/phone",
    ):
        text = browser.get(running.url + path, timeout=30).text.replace(
            'xmlns="http://www.w3.org/2000/svg"', ""
        )
        text = text.replace('"http://www.w3.org/2000/svg"', "")
        text = text.replace(
            "PRODID:-//Kangyi//phone//EN", ""
        )  # the name of a program, RFC 5545 section 3.7.3
        assert not re.search(r"(https?:)?//[a-z]", re.sub(r"(?m)^\s*//.*$", "", text)), path
