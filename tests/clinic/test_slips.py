"""What a station learns of earlier visits: its own tenant's, shared and whole, asked for once and in time."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import requests
from msgspec.structs import replace

from clinic import enrolment, slips
from clinic.matching import match_older
from devices.reading import Quantity
from health import signing
from health.ids import new_id
from health.keys import SecretKey
from health.remembered import Remembered
from health.slip import Slip, SlipError, answer, answered, ask, slip_of
from health.visit import Answer, Consent, Question, Resident, Visit
from health.wire import SLIP, SealedSlip, decode, encode
from tests.clinic.running import NURSE, Running, clinic_at
from tests.clinic.stations import SHEN, FakeStation, visit_of
from tests.clinic.test_amendments import correction, late

NUMBER = "310101194003021984"
OTHER = "310101195001010019"


def post(
    running: Running,
    station: FakeStation,
    number: str = NUMBER,
    *,
    late_s: float = 0.0,
    tenant: str | None = None,
    body: bytes | None = None,
) -> tuple[requests.Response, SecretKey]:
    """A signed question, and the key that opens its answer."""
    sealed, secret = ask(number, running.clinic.keys.working.public())
    sent = encode(SealedSlip(sealed))
    at = datetime.now(UTC) - timedelta(seconds=late_s)
    key_id = f"{tenant or station.tenant}/{station.id}"
    headers = signing.sign("POST", SLIP, sent, key=station.key, key_id=key_id, at=at)
    return requests.post(running.url + SLIP, data=body or sent, headers=headers, timeout=30), secret


def slip(running: Running, station: FakeStation, number: str = NUMBER) -> Slip:
    """The slip of the owner of that number."""
    reply, secret = post(running, station, number)
    assert reply.status_code == 200, reply.text
    return answered(decode(reply.content, SealedSlip).sealed, secret)


def filed(running: Running, station: FakeStation, visit: Visit) -> Visit:
    assert running.put(station.envelope(visit)).status_code == 201
    return visit


def test_another_station_of_the_tenant_is_told_the_last_values_and_lasting_answers(running: Running) -> None:
    filed(running, running.station("first-1"), visit_of())
    told = slip(running, running.station("second-1"))
    (past,) = told.visits
    assert past.on == date(2026, 11, 23)
    weight = past.value_of(Quantity.BODY_WEIGHT)
    assert weight is not None
    assert (weight.value, weight.instrument, weight.samples) == (Decimal("51.3"), "SH-10", ())
    assert told.remembered == (
        Remembered(Question.SMOKER, Answer.NO, past.on),
        Remembered(Question.BP_TREATED, Answer.YES, past.on),
    )


def test_a_slip_names_nobody_and_travels_sealed_both_ways(running: Running) -> None:
    station = running.station()
    visit = filed(running, station, visit_of())
    reply, secret = post(running, station)
    assert reply.request.body is not None
    for seen in (bytes(reply.request.body), reply.content):  # type: ignore[arg-type]
        assert NUMBER.encode() not in seen
        assert b"51.3" not in seen
    told = answered(decode(reply.content, SealedSlip).sealed, secret)
    assert NUMBER not in str([told.visits, told.remembered])
    assert str(visit.resident.name) not in str([told.visits, told.remembered])
    with pytest.raises(SlipError):
        answered(decode(reply.content, SealedSlip).sealed, SecretKey.new())


def test_a_stranger_has_an_empty_slip(running: Running) -> None:
    station = running.station()
    filed(running, station, visit_of())
    assert slip(running, station, OTHER) == Slip()


def test_what_is_void_unfinished_or_not_shared_is_not_told(running: Running) -> None:
    station = running.station()
    for changed in (
        visit_of(incomplete=True),
        replace(visit_of(), consent=Consent.PRINT_ONLY),
        replace(visit_of(), consent=None),
        replace(visit_of(), resident=Resident(phone="13600007741")),
    ):
        filed(running, station, changed)
    void = visit_of()
    sealed = station.envelope(void)
    assert running.put(sealed).status_code == 201
    assert len(slip(running, station).visits) == 1
    assert running.put(correction(station, void, sealed)).status_code == 201
    assert slip(running, station) == Slip()


def test_what_was_amended_is_told_as_it_stands_now(running: Running) -> None:
    station = running.station()
    visit = visit_of()
    sealed = station.envelope(visit)
    assert running.put(sealed).status_code == 201
    fresh = replace(visit.observations[5], value=Decimal("6.02"))
    amended = visit.with_observation(fresh)
    assert running.put(late(station, amended, sealed, fresh)).status_code == 201
    (past,) = slip(running, station).visits
    assert past.value_of(Quantity.TOTAL_CHOLESTEROL).value == Decimal("6.02")  # type: ignore[union-attr]


def test_no_tenant_is_told_of_another_though_they_share_a_database(tmp_path: Path, database: str) -> None:
    with clinic_at(tmp_path / "both", "east", database=database) as east:
        filed(east, east.station(), visit_of())
    with clinic_at(tmp_path / "both", "west", database=database) as west:
        station = west.station()
        assert slip(west, station) == Slip()
        assert post(west, station, tenant="east")[0].status_code == 403


def test_only_an_approved_station_is_answered_once_and_in_time(running: Running) -> None:
    station = running.station()
    assert post(running, station, late_s=400)[0].status_code == 401
    assert requests.post(running.url + SLIP, data=b"{}", timeout=30).status_code == 403
    reply, _ = post(running, station)
    again = requests.post(
        running.url + SLIP, data=reply.request.body, headers=dict(reply.request.headers), timeout=30
    )
    assert (reply.status_code, again.status_code) == (200, 403)
    assert post(running, station, body=b'{"sealed":""}')[0].status_code == 403
    enrolment.revoke(running.clinic, station.id, NURSE)
    assert post(running, station)[0].status_code == 403


def test_a_question_sealed_to_another_key_is_refused_with_a_sentence(running: Running) -> None:
    station = running.station()
    sealed, _ = ask(NUMBER, SecretKey.new().public())
    sent = encode(SealedSlip(sealed))
    key_id = f"{station.tenant}/{station.id}"
    headers = signing.sign("POST", SLIP, sent, key=station.key, key_id=key_id, at=datetime.now(UTC))
    reply = requests.post(running.url + SLIP, data=sent, headers=headers, timeout=30)
    assert reply.status_code == 400
    assert reply.json()["error"]


def test_who_asks_for_more_people_than_can_come_is_refused_and_staff_see_it(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slips, "MOST_AN_HOUR", 4)
    monkeypatch.setattr(slips, "MISSES_A_DAY", 3)
    greedy, modest = running.station("greedy-1"), running.station("modest-1")
    asked = [post(running, greedy, f"31010119500101{n:04}")[0].status_code for n in range(6)]
    assert asked == [200, 200, 200, 200, 429, 429]
    assert post(running, modest)[0].status_code == 200
    trail = _trail(running)
    assert trail.count(("greedy-1", "slip missed", "greedy-1")) == 4
    assert trail.count(("greedy-1", "slip alarm", "greedy-1")) == 1
    assert trail.count(("greedy-1", "slip refused", "greedy-1")) == 1
    page = running.staff().get(f"{running.url}/stations", timeout=30).text
    assert "没找到 4 次。这太多了" in page
    assert "没找到 1 次。</span>" in page


def test_no_number_stands_in_the_database_outside_of_the_record(running: Running) -> None:
    station = running.station()
    filed(running, station, visit_of())
    slip(running, station)
    slip(running, station, OTHER)
    for table in ("audit", "visit", "station", "resident", "task", "task_event"):
        for row in _rows(running, f"SELECT * FROM {table}"):  # noqa: S608
            assert NUMBER not in str(row)
            assert OTHER not in str(row)


def test_visits_stored_before_there_were_hashes_are_found_after_the_next_start(running: Running) -> None:
    station = running.station()
    filed(running, station, visit_of())
    filed(running, station, replace(visit_of(), resident=replace(SHEN, identity=None)))
    with running.clinic.store.writing() as connection:
        connection.exec_driver_sql("UPDATE visit SET resident = NULL")
    assert slip(running, station) == Slip()
    assert match_older(running.clinic) == 2
    assert len(slip(running, station).visits) == 1
    assert match_older(running.clinic) == 0


def test_the_latest_answer_holds_also_where_she_did_not_know() -> None:
    first = replace(visit_of(), answers=((Question.SMOKER, Answer.YES), (Question.PACEMAKER, Answer.NO)))
    then = replace(
        visit_of(), id=new_id(), on=date(2026, 12, 1), answers=((Question.SMOKER, Answer.UNKNOWN),)
    )
    told = slip_of([then, first])
    assert told.remembered == (Remembered(Question.SMOKER, Answer.UNKNOWN, date(2026, 12, 1)),)
    assert [one.on for one in told.visits] == [date(2026, 12, 1), date(2026, 11, 23)]
    secret = SecretKey.new()
    assert answered(answer(told, secret.public()), secret) == told


def _rows(running: Running, question: str) -> list[tuple[Any, ...]]:
    with running.clinic.store.reading() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(question)]


def _trail(running: Running) -> list[tuple[str, str, str]]:
    return [(who, did, about) for who, did, about in _rows(running, "SELECT who, did, about FROM audit")]
