"""What is handed to a resident is all that is kept of her; she is erased only after her name was typed."""

import re
from datetime import UTC, datetime
from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest
import requests
from msgspec.structs import replace

from clinic.follow_up import Call, write_down
from clinic.reasons import Outcome
from clinic.roles import Role
from clinic.store.tasks import open_tasks
from health.amendment import Change, Reason
from health.visit import Answer, Question
from tests.clinic.browser import read_page
from tests.clinic.running import NURSE, Running
from tests.clinic.stations import NAME, SHEN, visit_of
from tests.clinic.test_access import csrf, trail
from tests.clinic.test_amendments import correction, late

OTHER = replace(SHEN, name="李明", identity="310101195001010019", phone="13900000001")
NOTE = "家属说她住院了"


def furnished(running: Running) -> str:
    """A visit with an answer of note, a value corrected, one voided, a call with a note. Returns her id."""
    station = running.station()
    visit = visit_of(systolic="188", diastolic="112")
    visit = replace(visit, answers=(*visit.answers, (Question.DIABETES, Answer.YES)))
    first = station.envelope(visit)
    running.put(first)
    fresh = replace(visit.observations[5], value=Decimal("6.02"))
    assert running.put(late(station, visit.with_observation(fresh), first, fresh)).status_code == 201
    void = visit_of()
    sealed = station.envelope(void)
    running.put(sealed)
    wrong = correction(station, void, sealed, change=Change.VOID, reason=Reason.TEST_RUN)
    assert running.put(wrong).status_code == 201
    running.put(station.envelope(visit_of(OTHER, systolic="199")))
    with running.clinic.store.writing() as connection:
        hers = [one for one in open_tasks(connection, "clinic") if (one.name, one.level) == (NAME, 3)]
        (task,) = (one for one in hers if one.reason == "pressure")
        write_down(connection, "clinic", task.id, Call(NURSE, Outcome.LATER, note=NOTE), datetime.now(UTC))
    return task.subject


def exported(running: Running, browser: requests.Session, her: str, form: str) -> requests.Response:
    return browser.get(f"{running.url}/residents/{her}/export/{form}", timeout=30)


def test_everything_as_json_holds_answers_notes_versions_corrections_and_birth_date(running: Running) -> None:
    her, browser = furnished(running), running.staff()
    told = exported(running, browser, her, "whole").json()
    assert told["resident"]["birth_date"] == "1940-03-02"
    assert told["resident"]["phone"] == SHEN.phone
    one, void = sorted(told["visits"], key=lambda visit: visit["now"]["status"])
    assert void["now"]["status"] == "entered-in-error"
    assert [x["version"] for x in one["before"]] == [1]
    values = [
        {o["quantity"]: o["value"] for o in version["sealed"]["record"]["visit"]["observations"]}
        for version in (one["before"][0], one["now"])
    ]
    assert [str(each["total_cholesterol"]) for each in values] == ["5.31", "6.02"]
    assert ["diabetes", "yes"] in one["now"]["sealed"]["record"]["visit"]["answers"]
    assert one["corrections"][0]["amendment"]["reason"] == Reason.CAME_LATE.value
    assert one["now"]["sealed"]["record"]["visit"]["resident"]["identity"] == SHEN.identity
    assert [event["note"] for task in told["tasks"] for event in task["history"] if event["note"]] == [NOTE]
    assert "李明" not in str(told)


def test_the_page_for_her_says_the_same_and_stands_alone(running: Running, tmp_path: Path) -> None:
    her, browser = furnished(running), running.staff()
    answer = exported(running, browser, her, "page")
    assert "attachment" in answer.headers["Content-Disposition"]
    shown = unescape(re.sub("<[^>]+>", " ", answer.text))
    for said in (
        NAME,
        "2026-11-23 09:12",
        "1940-03-02",
        str(SHEN.phone),
        "5.31",
        "6.02",
        "糖尿病",
        NOTE,
        "作废",
    ):
        assert said in shown, said
    assert "李明" not in shown
    assert not re.search(r"(src|href)=", answer.text)
    if running.clinic.store.copy_name != "clinic.db":
        return
    file = tmp_path / "records.html"
    file.write_bytes(answer.content)
    _, console = read_page(file.as_uri(), tmp_path / "seen")
    assert console == ()


def test_she_is_erased_after_her_name_was_typed_and_not_before(running: Running) -> None:
    her, browser = furnished(running), running.staff()
    address = f"{running.url}/residents/{her}"
    page = browser.get(address, timeout=30).text
    assert "2 次测量" in page
    for typed in ("", "沈玉", "李明", her):
        again = browser.post(f"{address}/erase", {"csrf": csrf(page), "name": typed}, timeout=30)
        assert again.status_code == 409
        assert "没有删除" in again.text
    done = browser.post(f"{address}/erase", {"csrf": csrf(page), "name": f"　{NAME} "}, timeout=30)
    assert "已经删除，共 2 次测量。" in done.text
    assert browser.get(address, timeout=30).status_code == 404
    assert [who for who, did, about in trail(running.clinic) if (did, about) == ("resident erased", her)] == [
        NURSE
    ]


@pytest.mark.parametrize("role", [Role.READER, Role.CALLER])
def test_nobody_but_the_administrator_erases(running: Running, role: Role) -> None:
    her, browser = furnished(running), running.staff(role)
    page = browser.get(f"{running.url}/residents/{her}", timeout=30).text
    assert "/erase" not in page
    form = {"csrf": csrf(page), "name": NAME}
    assert browser.post(f"{running.url}/residents/{her}/erase", form, timeout=30).status_code == 403
    assert browser.get(f"{running.url}/residents/{her}", timeout=30).status_code == 200
