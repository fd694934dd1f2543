"""A station joins only after a person compared the code, and then may do three things."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
from msgspec.structs import replace

from clinic import enrolment
from clinic.store.enrolments import enrolment_of
from clinic.store.fleet_tables import FORMER_KEY
from clinic.store.waiting import waiting_for_staff
from health import pairing, signing
from health.keys import SigningKey, VerifyKey
from health.wire import Approval, EnrolmentQuestion, EnrolmentRequest, SignedSettings, decode, encode
from tests.clinic.running import NURSE, Running, clinic_at
from tests.clinic.stations import FakeStation
from tests.clinic.stations import visit_of as a_visit

FAR = datetime(2100, 1, 1, tzinfo=UTC)


def _newcomer(running: Running, name: str = "wanqing-1") -> FakeStation:
    keys = running.clinic.keys
    return FakeStation(keys.working.public(), keys.recovery, id=name)


def _signed(
    station: FakeStation, method: str, target: str, body: bytes = b"", late: float = 0.0
) -> dict[str, str]:
    at = datetime.now(UTC) - timedelta(seconds=late)
    key_id = f"{station.tenant}/{station.id}"
    return signing.sign(method, target, body, key=station.key, key_id=key_id, at=at)


def test_both_sides_show_the_same_code_and_settings_come_after_the_yes(running: Running) -> None:
    station, number = _newcomer(running), pairing.number()
    offer = running.ask(station, number)
    assert enrolment.waiting(running.clinic) == ()
    assert running.question(offer, number).state is Approval.WAITING
    ((code, waiting),) = enrolment.waiting(running.clinic)
    assert code == pairing.code(station.key.verify_key(), VerifyKey(offer.key), number, offer.number)
    assert running.put(station.envelope(a_visit())).status_code == 403
    assert enrolment.approve(running.clinic, waiting.id, NURSE)
    answer = running.question(offer, number)
    assert answer.state is Approval.APPROVED
    assert answer.settings is not None
    told = pairing.read_settings(answer.settings, VerifyKey(offer.key))
    assert (told.tenant, told.station, told.working) == ("clinic", "wanqing-1", station.working.text)
    assert running.put(station.envelope(a_visit())).status_code == 201


def test_a_refused_station_learns_it_and_cannot_be_approved_afterwards(running: Running) -> None:
    station, number = _newcomer(running), pairing.number()
    offer = running.ask(station, number)
    running.question(offer, number)
    assert enrolment.refuse(running.clinic, str(offer.id), NURSE)
    assert running.question(offer, number).state is Approval.REFUSED
    assert not enrolment.approve(running.clinic, str(offer.id), NURSE)


def test_a_number_that_does_not_open_the_commitment_is_refused(running: Running) -> None:
    offer = running.ask(_newcomer(running), pairing.number())
    body = encode(EnrolmentQuestion(pairing.number()))
    answer = requests.post(f"{running.url}/enrolments/{offer.id}", data=body, timeout=30)
    assert answer.status_code == 403
    assert enrolment.waiting(running.clinic) == ()


def test_a_request_in_between_cannot_be_approved_in_place_of_the_one_compared(running: Running) -> None:
    honest, thief, number = _newcomer(running), _newcomer(running), pairing.number()
    offer = running.ask(honest, number)
    running.question(offer, number)
    other = running.ask(thief, number)
    running.question(other, number)
    codes = [code for code, _ in enrolment.waiting(running.clinic)]
    assert len(set(codes)) == 2
    assert enrolment.approve(running.clinic, str(offer.id), NURSE)
    assert running.put(honest.envelope(a_visit())).status_code == 201
    assert running.put(thief.envelope(a_visit())).status_code == 202


def test_a_demo_station_cannot_join_a_real_clinic(running: Running) -> None:
    station = _newcomer(running)
    key = station.key.verify_key().text
    request = EnrolmentRequest("kiosk", "站", key, pairing.commitment("1"), "0.1.0", demo=True)
    answer = requests.post(f"{running.url}/enrolments", data=encode(request), timeout=30)
    assert answer.status_code == 403


@pytest.mark.parametrize("body", [b"", b"[]", b'{"station":"../x"}', b"\xff", b"{" * 9000])
def test_nonsense_is_answered_by_one_sentence(running: Running, body: bytes) -> None:
    answer = requests.post(f"{running.url}/enrolments", data=body, timeout=30)
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_whoever_asks_and_does_not_go_on_keeps_no_station_out_and_does_not_fill_the_disk(
    running: Running,
) -> None:
    station, number = _newcomer(running), pairing.number()
    first = running.ask(_newcomer(running), pairing.number())
    for _ in range(100):
        running.ask(_newcomer(running, "nobody"), pairing.number())
    offer = running.ask(station, number)
    running.question(offer, number)
    assert [one.station for _, one in enrolment.waiting(running.clinic)] == [station.id]
    with running.clinic.store.reading() as connection:
        assert enrolment_of(connection, "clinic", str(first.id)) is None
        assert connection.exec_driver_sql("SELECT count(*) FROM enrolment").scalar_one() == 100
    assert enrolment.approve(running.clinic, str(offer.id), NURSE)


def test_no_more_than_a_hundred_are_to_be_compared_and_who_asks_no_more_makes_room(running: Running) -> None:
    for _ in range(100):
        number = pairing.number()
        running.question(running.ask(_newcomer(running, "nobody"), number), number)
    station, number = _newcomer(running), pairing.number()
    offer = running.ask(station, number)
    body = encode(EnrolmentQuestion(number))
    answer = requests.post(f"{running.url}/enrolments/{offer.id}", data=body, timeout=30)
    assert answer.status_code == 429
    later = replace(running.clinic, now=lambda: datetime.now(UTC) + timedelta(minutes=21))
    asked = EnrolmentRequest(
        station.id, "站", station.key.verify_key().text, pairing.commitment(number), "0.1.0"
    )
    offer = enrolment.ask(later, asked)
    assert enrolment.answer(later, offer.id, number).state is Approval.WAITING
    assert [one.station for _, one in enrolment.waiting(later)] == [station.id]


def test_what_a_station_sealed_before_it_got_another_key_is_taken_in(running: Running) -> None:
    station = running.station()
    before, late = station.envelope(a_visit()), station.envelope(a_visit(), wall=FAR)
    old = station.key
    _joins_again(running, station)
    assert [running.put(one).status_code for one in (before, before)] == [201, 200]
    answer = running.put(late)
    assert (answer.status_code, "以前的钥匙" in answer.text) == (202, True)
    assert running.put(station.envelope(a_visit())).status_code == 201
    # The old key sends what it sealed and nothing else: settings and slips are the new key's alone.
    station.key = old
    headers = _signed(station, "GET", "/settings")
    assert requests.get(f"{running.url}/settings", headers=headers, timeout=30).status_code == 403


def test_what_waited_as_not_signed_is_nobodys_doubt_once_its_key_is_known(running: Running) -> None:
    station = running.station()
    sealed, old = station.envelope(a_visit()), station.key
    _joins_again(running, station)
    with running.clinic.store.writing() as connection:
        connection.exec_driver_sql("DELETE FROM former_key")
    assert running.put(sealed).status_code == 202
    now = datetime.now(UTC).isoformat()
    with running.clinic.store.writing() as connection:
        key = (old.verify_key().text, now, now)
        row: dict[str, object] = dict(zip(("verify_key", "since", "until"), key, strict=True))
        row |= {"tenant": "clinic", "station": station.id, "revoked": False}
        connection.execute(FORMER_KEY.insert().values(row))
    assert running.put(sealed).status_code == 201
    with running.clinic.store.reading() as connection:
        assert waiting_for_staff(connection, "clinic") == ()


def test_a_revoked_key_stays_revoked_when_its_station_joins_with_another(running: Running) -> None:
    station = running.station()
    arrived, sealed = station.envelope(a_visit()), station.envelope(a_visit())
    assert running.put(arrived).status_code == 201
    enrolment.revoke(running.clinic, station.id, NURSE)
    _joins_again(running, station)
    answer = running.put(sealed)
    assert (answer.status_code, "撤销" in answer.text) == (202, True)
    assert running.put(arrived).status_code == 200
    assert running.put(station.envelope(a_visit())).status_code == 201


def _joins_again(running: Running, station: FakeStation) -> None:
    """The file of its key was lost: it makes another, and staff compare the code."""
    station.key, number = SigningKey.new(), pairing.number()
    offer = running.ask(station, number)
    running.question(offer, number)
    assert enrolment.approve(running.clinic, str(offer.id), NURSE)


def test_a_station_reads_its_own_settings_and_the_edition_rises_only_with_a_change(running: Running) -> None:
    station = running.station()
    clinic_key = running.clinic.keys.signing.verify_key()

    def settings() -> int:
        answer = requests.get(
            f"{running.url}/settings", headers=_signed(station, "GET", "/settings"), timeout=30
        )
        assert answer.status_code == 200, answer.text
        return pairing.read_settings(decode(answer.content, SignedSettings), clinic_key).edition

    assert settings() == settings() == 1


def test_a_request_is_taken_once_in_time_and_from_an_approved_station(running: Running) -> None:
    station, url = running.station(), f"{running.url}/settings"
    headers = _signed(station, "GET", "/settings")
    assert requests.get(url, headers=headers, timeout=30).status_code == 200
    assert requests.get(url, headers=headers, timeout=30).status_code == 403
    late = requests.get(url, headers=_signed(station, "GET", "/settings", late=400), timeout=30)
    assert late.status_code == 401
    assert late.headers["Date"]
    assert requests.get(url, timeout=30).status_code == 403
    stranger = _signed(_newcomer(running, "stranger"), "GET", "/settings")
    assert requests.get(url, headers=stranger, timeout=30).status_code == 403
    enrolment.revoke(running.clinic, station.id, NURSE)
    assert requests.get(url, headers=_signed(station, "GET", "/settings"), timeout=30).status_code == 403


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/visits"),
        ("GET", "/stations"),
        ("GET", "/api/visits/01a20a67-4abf-71e3-b19b-5433f096a6ed"),
        ("POST", "/settings"),
        ("PUT", "/settings"),
        ("DELETE", "/envelopes/01a20a67-4abf-71e3-b19b-5433f096a6ed"),
        ("GET", "/envelopes/01a20a67-4abf-71e3-b19b-5433f096a6ed"),
        ("POST", "/stations/revoke"),
        ("GET", "/"),
    ],
)
def test_whatever_else_carries_a_stations_signature_is_forbidden(
    running: Running, method: str, path: str
) -> None:
    headers = _signed(running.station(), method, path)
    answer = requests.request(method, running.url + path, headers=headers, timeout=30, allow_redirects=False)
    assert answer.status_code == 403


def test_a_demo_clinic_lets_a_demo_station_in_unasked_and_takes_its_visits(tmp_path: Path) -> None:
    with clinic_at(tmp_path / "clinic", "demo") as running:
        station = running.station()
        assert running.put(station.envelope(a_visit(demo=True))).status_code == 201
