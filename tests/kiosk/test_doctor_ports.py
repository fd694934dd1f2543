"""What the doctor says about ports: which plug is out, and which two nobody can tell apart."""

import pytest

from devices.ports import Port
from kiosk.doctor import _places, _ports
from kiosk.settings import InstrumentPart, KioskSettings, StationPart


def _settings(*ports: str) -> KioskSettings:
    parts = tuple(InstrumentPart(f"part-{at}", "sma", port) for at, port in enumerate(ports))
    return KioskSettings(StationPart("here", "Here"), parts)


@pytest.fixture(autouse=True)
def plugged(monkeypatch: pytest.MonkeyPatch) -> None:
    ports = tuple(Port("/dev/null", 0x10C4, 0xEA60, "0001", socket) for socket in ("1-1.2", "1-1.3"))
    monkeypatch.setattr("kiosk.doctor.present", lambda: ports)


def test_a_port_named_by_its_socket_is_there() -> None:
    assert _ports(_settings("usb:10c4:ea60@1-1.2")).ok


def test_a_plug_that_is_out_is_named_with_what_to_do() -> None:
    said = _ports(_settings("usb:0403:6001", "/dev/no-such-port", "usb:10c4:ea60@1-1.2"))
    assert not said.ok
    assert said.words.startswith("Not plugged in: part-0, part-1. Check cable, power and port name.")
    assert said.words.endswith("Plugged in now: usb:10c4:ea60:0001, usb:10c4:ea60:0001.")


def test_two_that_answer_to_one_name_are_told_with_what_to_do() -> None:
    said = _ports(_settings("usb:10c4:ea60:0001"))
    assert not said.ok
    assert "part-0: 2 ports answer to usb:10c4:ea60:0001" in said.words
    assert "usb:VID:PID@SOCKET" in said.words


def test_an_instrument_the_visit_has_no_place_for_is_named() -> None:
    fitted = (
        InstrumentPart("scale", "sma", "/dev/null"),
        InstrumentPart("codes", "qr-serial", "/dev/null"),
    )
    said = _places(KioskSettings(StationPart("here", "Here"), fitted))
    assert not said.ok
    assert "codes" in said.words
    assert _places(KioskSettings(StationPart("here", "Here"), fitted[:1])).ok
