"""Joining a clinic: the same digits on both screens, nothing believed that the clinic did not sign."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from msgspec.structs import replace

from clinic.verifying import verify
from health import signing
from health.keys import SigningKey, VerifyKey
from health.wire import (
    Approval,
)
from kiosk import enrolment
from kiosk.alone import NotAloneError, alone
from kiosk.courier.road import LinkError
from kiosk.daykey import DayKey
from kiosk.enrolment import Newcomer, enrol, membership, renew
from kiosk.new_keys import by_hand
from kiosk.pinned import FILE, SECOND, EnrolmentError
from kiosk.read_out import ReadOut
from kiosk.store.database import LedgerError
from kiosk.store.ledger import Ledger
from tests.kiosk.fake_clinic import Reply, fake_clinic
from tests.kiosk.office import Office

WHO = Newcomer("kiosk-1", "康驿一号", "0.1", demo=True)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def url(office: Office) -> Iterator[str]:
    with fake_clinic() as clinic:
        clinic.switch = office.switch
        yield clinic.url


def _enrol(url: str, data: Path, who: Newcomer = WHO) -> str:
    shown: list[str] = []
    enrol(url, data, who, shown.append, sleep=lambda _: None)
    return shown[0]


def _day() -> DayKey:
    return DayKey(UUID(int=1), None)


def test_both_screens_show_the_same_digits_and_the_station_then_belongs(
    tmp_path: Path, url: str, office: Office
) -> None:
    assert membership(tmp_path, _day()) is None
    assert _enrol(url, tmp_path) == office.shown
    joined = membership(tmp_path, _day())
    assert joined is not None
    assert (joined.identity.tenant, joined.identity.station, joined.identity.demo) == (
        "demo",
        "kiosk-1",
        True,
    )
    assert office.request is not None
    assert joined.identity.key.verify_key().text == office.request.key
    assert len(joined.identity.to) == 2
    assert (joined.station.name, joined.station.phone, joined.clinic_url) == ("康驿一号", "021-0000", url)


def test_the_digits_are_shown_before_anybody_agrees(tmp_path: Path, url: str, office: Office) -> None:
    office.states = [Approval.REFUSED]
    shown: list[str] = []
    with pytest.raises(EnrolmentError, match="refused"):
        enrol(url, tmp_path, WHO, shown.append, sleep=lambda _: None)
    assert shown == [office.shown]
    assert membership(tmp_path, _day()) is None


def test_when_nobody_comes_it_ends_with_a_sentence(
    tmp_path: Path, url: str, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(enrolment, "PATIENCE_S", 6.0)
    office.states = [Approval.WAITING] * 10
    with pytest.raises(EnrolmentError, match="in time"):
        _enrol(url, tmp_path)


@pytest.mark.parametrize(
    "told",
    [
        {"station": "kiosk-2"},
        {"station_key": SigningKey.new().verify_key().text},
        {"demo": False, "tenant": "real"},
        {"tenant": "real"},
    ],
)
def test_settings_of_another_station_or_a_demo_in_a_real_tenant_are_refused(
    tmp_path: Path, url: str, office: Office, told: dict[str, object]
) -> None:
    office.told = told
    with pytest.raises(EnrolmentError):
        _enrol(url, tmp_path)
    assert membership(tmp_path, _day()) is None


def test_another_clinic_needs_another_folder(tmp_path: Path, url: str, office: Office) -> None:
    _enrol(url, tmp_path)
    office.key, office.states = SigningKey.new(), [Approval.APPROVED]
    with pytest.raises(EnrolmentError, match="--new-keys"):
        _enrol(url, tmp_path)
    _enrol(url, tmp_path / "other")


def test_a_clinic_that_lost_its_keys_is_believed_once_its_digits_were_read_out_here(
    tmp_path: Path, url: str, office: Office
) -> None:
    _enrol(url, tmp_path)
    before = membership(tmp_path, _day())
    office.key = SigningKey.new()
    pinned = (tmp_path / FILE).read_bytes()
    for said in (str, lambda: "1234 5678\n"):
        office.states = [Approval.APPROVED]
        with pytest.raises(EnrolmentError, match="Nothing was changed"):
            _enrol_again(url, tmp_path, said)
        assert (tmp_path / FILE).read_bytes() == pinned
    office.states = [Approval.APPROVED]
    _enrol_again(url, tmp_path, lambda: office.shown + "\n")
    after = membership(tmp_path, _day())
    assert before is not None
    assert after is not None
    assert after.identity.key == before.identity.key
    assert after.identity.to != before.identity.to
    office.states, office.key, office.told = [Approval.APPROVED], SigningKey.new(), {"station": "kiosk-2"}
    with pytest.raises(EnrolmentError):
        _enrol_again(url, tmp_path, lambda: office.shown)


def test_whom_a_station_believes_anew_and_whom_it_did_not_stands_in_its_trail(
    tmp_path: Path, url: str, office: Office
) -> None:
    _enrol(url, tmp_path)
    office.key = SigningKey.new()
    office.states = [Approval.APPROVED]
    with pytest.raises(EnrolmentError, match="Nothing was changed"):
        _enrol_again(url, tmp_path, lambda: "1234 5678")
    office.states = [Approval.APPROVED]
    office.told = {"tenant": "real", "demo": False}
    with pytest.raises(EnrolmentError, match="another station"):
        _enrol_again(url, tmp_path, lambda: office.shown)
    office.states, office.told = [Approval.APPROVED], {}
    _enrol_again(url, tmp_path, lambda: office.shown)
    office.states = [Approval.APPROVED]
    _enrol_again(url, tmp_path, lambda: pytest.fail("a key that is known is asked about no more"))
    key = office.key.verify_key().text
    assert _trail(tmp_path) == [
        ("command", "clinic_key", key, "refused"),
        ("command", "clinic_key", key, "done"),
    ]


def test_new_keys_are_not_believed_while_a_kiosk_runs_here_or_the_trail_takes_no_line(
    tmp_path: Path, url: str, office: Office
) -> None:
    _enrol(url, tmp_path)
    pinned = (tmp_path / FILE).read_bytes()
    office.key = SigningKey.new()
    with alone(tmp_path), pytest.raises(NotAloneError):
        _enrol_again(url, tmp_path, lambda: office.shown)
    office.states = [Approval.APPROVED]

    def full(key: VerifyKey, *, right: bool) -> None:
        raise LedgerError("The disk takes no write.")

    how = ReadOut(lambda: office.shown, full)
    with pytest.raises(LedgerError):
        enrol(url, tmp_path, WHO, lambda _: None, read_out=how, sleep=lambda _: None)
    assert (tmp_path / FILE).read_bytes() == pinned


def test_a_memory_that_cannot_be_read_is_made_anew_by_the_digits_too(
    tmp_path: Path, url: str, office: Office
) -> None:
    _enrol(url, tmp_path)
    (tmp_path / FILE).write_text("{")
    (tmp_path / SECOND).write_text("{")
    office.states = [Approval.APPROVED] * 2
    with pytest.raises(EnrolmentError, match="--new-keys"):
        _enrol(url, tmp_path)
    _enrol_again(url, tmp_path, lambda: office.shown)
    assert membership(tmp_path, _day()) is not None


def _enrol_again(url: str, data: Path, read_out: Callable[[], str]) -> None:
    with by_hand(data, read_out) as how:
        enrol(url, data, WHO, lambda _: None, read_out=how, sleep=lambda _: None)


def _trail(data: Path) -> list[tuple[str, ...]]:
    ledger = Ledger(data)
    try:
        return [(one.who, one.act, one.subject, one.result) for one in ledger.book.lines()]
    finally:
        ledger.close()


def test_joining_the_same_clinic_again_keeps_the_stations_key(
    tmp_path: Path, url: str, office: Office
) -> None:
    _enrol(url, tmp_path)
    assert office.request is not None
    before = office.request.key
    office.states = [Approval.APPROVED]
    _enrol(url, tmp_path)
    assert office.request.key == before


def test_newer_settings_are_kept_and_older_or_forged_ones_are_not(
    tmp_path: Path, url: str, office: Office
) -> None:
    office.edition = 5
    _enrol(url, tmp_path)
    office.edition, office.told = 6, {"phone": "021-1111"}
    assert renew(tmp_path, NOW).phone == "021-1111"
    office.edition, office.told = 4, {"phone": "021-2222"}
    assert renew(tmp_path, NOW).phone == "021-1111"
    office.edition, office.key = 7, SigningKey.new()
    with pytest.raises(EnrolmentError):
        renew(tmp_path, NOW)
    joined = membership(tmp_path, _day())
    assert joined is not None
    assert joined.station.phone == "021-1111"


def test_the_question_for_settings_is_signed_by_the_station(tmp_path: Path, url: str, office: Office) -> None:
    _enrol(url, tmp_path)
    assert office.request is not None
    key = VerifyKey(office.request.key)
    secret = enrolment.station_key(tmp_path)
    headers = signing.sign("GET", "/settings", b"", key=secret, key_id="kiosk-1", at=NOW)
    sender = verify("GET", "/settings", headers.items(), b"", key_of=lambda _: key, now=NOW)
    assert sender.key_id == "kiosk-1"


def test_an_altered_or_unreadable_memory_is_told(tmp_path: Path, url: str) -> None:
    _enrol(url, tmp_path)
    file = tmp_path / FILE
    whole = file.read_text()
    for harmed in (whole.replace("kiosk-1", "kiosk-9"), "{}", whole[:50]):
        file.write_text(harmed)
        (tmp_path / SECOND).write_text(harmed)
        with pytest.raises(EnrolmentError, match="again"):
            membership(tmp_path, _day())


def test_a_clinic_that_is_away_or_says_no_is_told_in_a_sentence(tmp_path: Path) -> None:
    with fake_clinic() as clinic:
        clinic.switch = lambda c, m, p, b: Reply(
            403, b'{"error":"A demo station joins the demo clinic only."}'
        )
        with pytest.raises(EnrolmentError, match="demo clinic only"):
            _enrol(clinic.url, tmp_path, replace(WHO, demo=False))
        away = clinic.url
    with pytest.raises(LinkError, match="reached"):
        _enrol(away, tmp_path)


def test_the_stations_key_is_for_its_owner_only(tmp_path: Path, url: str) -> None:
    _enrol(url, tmp_path)
    assert (tmp_path / enrolment.KEY_FILE).stat().st_mode & 0o777 == 0o600


def test_a_clinic_that_moved_is_the_same_clinic_by_its_key(tmp_path: Path, url: str) -> None:
    assert enrolment.clinic_of(tmp_path) == ""
    enrolment.moved(tmp_path, "http://nowhere")
    assert enrolment.clinic_of(tmp_path) == ""
    _enrol(url, tmp_path)
    enrolment.moved(tmp_path, "http://127.0.0.1:9")
    joined = membership(tmp_path, _day())
    assert joined is not None
    assert joined.clinic_url == enrolment.clinic_of(tmp_path) == "http://127.0.0.1:9"
