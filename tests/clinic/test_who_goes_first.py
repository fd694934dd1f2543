"""Strangers who ask to join take places from each other and never that of a station that was announced."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
from msgspec.structs import replace

from clinic import enrolment
from clinic.addresses import is_proxy
from clinic.commands import clinic
from clinic.enrolment import EnrolmentError
from clinic.settings import ClinicSettingsError, read_settings
from clinic.station_codes import code_for_station
from health import pairing
from health.keys import SigningKey
from health.wire import Approval, EnrolmentOffer, EnrolmentQuestion, EnrolmentRequest, decode, encode
from kiosk.enrolment import Newcomer, enrol
from tests.clinic.running import NURSE, Running, clinic_at

NGINX = ("127.0.0.1",)


def _request(name: str, number: str, code: str = "") -> EnrolmentRequest:
    key = SigningKey.new().verify_key().text
    return EnrolmentRequest(name, "站", key, pairing.commitment(number), "0.1.0", code=code)


def _goes_on(running: Running, name: str, address: str = "", code: str = "") -> str:
    """Ask, and open the number; returns the request's id."""
    number = pairing.number()
    offer = enrolment.ask(running.clinic, _request(name, number, code), address)
    enrolment.answer(running.clinic, offer.id, number)
    return str(offer.id)


def _waiting(running: Running) -> list[str]:
    return [one.station for _, one in enrolment.waiting(running.clinic)]


def test_a_hundred_strangers_keep_no_station_out_that_was_announced(running: Running, tmp_path: Path) -> None:
    for at in range(100):
        _goes_on(running, "nobody", f"203.0.113.{at}")
    with pytest.raises(EnrolmentError, match="--code"):
        _goes_on(running, "late", "198.51.100.1")
    code, seen = code_for_station(running.clinic, NURSE), []

    def agree(shown: str) -> None:
        first, asked = enrolment.waiting(running.clinic)[0]
        seen.append((first == shown, asked.station))
        assert enrolment.approve(running.clinic, asked.id, NURSE)

    who = Newcomer("wanqing-1", "晚晴里驿站", "0.1.0", demo=False, code=code.lower().replace("-", " "))
    assert enrol(running.url, tmp_path, who, agree, sleep=lambda _: None).station == "wanqing-1"
    assert seen == [(True, "wanqing-1")]
    with pytest.raises(EnrolmentError, match="used"):
        _goes_on(running, "another", code=code)


def test_a_code_has_one_place_lets_nobody_in_and_ends_after_a_day(running: Running) -> None:
    code = code_for_station(running.clinic, NURSE)
    first = _goes_on(running, "first", code=code)
    _goes_on(running, "second", code=code)
    assert _waiting(running) == ["second"]
    assert not enrolment.approve(running.clinic, first, NURSE)
    later = replace(
        running,
        clinic=replace(running.clinic, now=lambda: datetime.now(UTC) + timedelta(days=2)),
    )
    with pytest.raises(EnrolmentError, match="too old"):
        _goes_on(later, "third", code=code)
    with pytest.raises(EnrolmentError, match="never given"):
        _goes_on(running, "guess", code="ABCD-EFGH-JKMN-PQRS")


def test_who_asks_with_a_code_and_does_not_go_on_is_not_pushed_out_by_strangers(running: Running) -> None:
    code, number = code_for_station(running.clinic, NURSE), pairing.number()
    offer = enrolment.ask(running.clinic, _request("announced", number, code), "192.0.2.1")
    for at in range(101):
        enrolment.ask(running.clinic, _request("nobody", pairing.number()), f"203.0.113.{at}")
    assert enrolment.answer(running.clinic, offer.id, number).state is Approval.WAITING
    assert _waiting(running) == ["announced"]


def test_one_address_takes_eight_places_and_pushes_out_its_own_alone(running: Running) -> None:
    number = pairing.number()
    honest = enrolment.ask(running.clinic, _request("honest", number), "192.0.2.1")
    for _ in range(8):
        _goes_on(running, "nobody", "203.0.113.1")
    with pytest.raises(EnrolmentError, match="Too many"):
        _goes_on(running, "nobody", "203.0.113.1")
    for _ in range(120):
        enrolment.ask(running.clinic, _request("nobody", pairing.number()), "203.0.113.1")
    assert enrolment.answer(running.clinic, honest.id, number).state is Approval.WAITING
    assert _waiting(running).count("honest") == 1


def _asks(running: Running, forwarded: str) -> int:
    """The status of a whole request to join whose headers say it is forwarded for that address."""
    number, headers = pairing.number(), {"X-Forwarded-For": forwarded}
    url = f"{running.url}/enrolments"
    answer = requests.post(url, encode(_request("one", number)), headers=headers, timeout=30)
    offer = decode(answer.content, EnrolmentOffer)
    body = encode(EnrolmentQuestion(number))
    return requests.post(f"{url}/{offer.id}", body, headers=headers, timeout=30).status_code


def test_a_proxy_that_is_named_is_believed_and_is_no_stranger_itself(tmp_path: Path) -> None:
    with clinic_at(tmp_path / "clinic", proxies=NGINX) as running:
        said = [_asks(running, "203.0.113.7") for _ in range(9)]
        assert said == [200] * 8 + [429]
        # Whoever writes such a header before the proxy does is seen where the proxy saw him.
        assert _asks(running, "192.0.2.9, 203.0.113.7") == 429
        assert _asks(running, "203.0.113.8") == 200
        assert _asks(running, "2001:db8:1:2::1") == 200
        assert [_asks(running, one) for one in ["127.0.0.1", "what?"] * 5] == [200] * 10


def test_who_names_no_proxy_believes_nobody_in_who_asks(running: Running) -> None:
    assert [_asks(running, "203.0.113.7") for _ in range(9)] == [200] * 9
    with running.clinic.store.reading() as connection:
        assert connection.exec_driver_sql("SELECT DISTINCT address FROM enrolment").scalars().all() == [""]


def test_another_address_of_one_network_of_ipv6_is_the_same_stranger(tmp_path: Path) -> None:
    with clinic_at(tmp_path / "clinic", proxies=NGINX) as running:
        assert [_asks(running, f"2001:db8:1:2::{at}") for at in range(9)] == [200] * 8 + [429]


@pytest.mark.parametrize("text", ["*", "0.0.0.0/0", "::/0", "localhost", ""])
def test_everybody_is_no_proxy(tmp_path: Path, text: str) -> None:
    assert not is_proxy(text)
    file = tmp_path / "clinic.toml"
    file.write_text(f'proxies = ["{text}"]\n', "utf-8")
    with pytest.raises(ClinicSettingsError, match="proxies"):
        read_settings(file)


def test_the_command_line_shows_the_code_to_type_at_the_station(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here = ["--data", str(tmp_path)]
    assert clinic(["init", *here]) == 0
    assert clinic(["stations", "invite", *here]) == 0
    assert re.search(r"--code [2-9A-Z]{4}(-[2-9A-Z]{4}){3}\n", capsys.readouterr().out)
