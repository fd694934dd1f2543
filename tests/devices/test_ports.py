"""An instrument is found by a name that stays; of two that answer to it neither is opened."""

import os
from pathlib import Path

import pytest
from msgspec.structs import replace

from devices.catalogue import model_of
from devices.events import Found, Heard, LineEvent, Lost, TwoAlike
from devices.line import Line, present
from devices.ports import AbsentPortError, AmbiguousPortError, Port, PortNameError, check, find
from devices.simulators.bench import SimulatedInstrument
from devices.simulators.samples import samples
from tests.devices.played import SPEED, until

SCALE = Port("/dev/ttyUSB0", 0x10C4, 0xEA60, "0001", "1-1.2")
CUFF = Port("/dev/ttyUSB1", 0x10C4, 0xEA60, "0002", "1-1.3")
BOARD = Port("/dev/ttyS0")


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("usb:10c4:ea60:0001", "/dev/ttyUSB0"),
        ("usb:10C4:EA60:0002", "/dev/ttyUSB1"),
        ("usb:10c4:ea60@1-1.3", "/dev/ttyUSB1"),
        ("usb:10c4:ea60:0001@1-1.2", "/dev/ttyUSB0"),
        ("/dev/ttyS0", "/dev/ttyS0"),
        ("socket://10.0.0.5:4001", "socket://10.0.0.5:4001"),
    ],
)
def test_a_name_finds_its_port_wherever_it_is_now(name: str, path: str) -> None:
    assert find(name, (BOARD, SCALE, CUFF)) == path
    moved = (BOARD, replace(CUFF, path="/dev/ttyUSB0"), replace(SCALE, path="/dev/ttyUSB1"))
    if name.startswith("usb:"):
        assert find(name, moved) != path


def test_every_listed_port_is_found_by_the_name_it_says() -> None:
    nameless = Port("/dev/ttyACM0", 0x0590, 0x0090, None, "1-1.4")
    ports = (BOARD, SCALE, CUFF, nameless)
    assert [find(port.name, ports) for port in ports] == [port.path for port in ports]


def test_of_two_alike_none_is_guessed() -> None:
    with pytest.raises(AmbiguousPortError, match="by its socket") as refused:
        find("usb:10c4:ea60", (SCALE, CUFF))
    assert refused.value.paths == ("/dev/ttyUSB0", "/dev/ttyUSB1")


def test_one_that_is_not_there_is_not_replaced_by_its_like() -> None:
    with pytest.raises(AbsentPortError, match="check cable and power"):
        find("usb:10c4:ea60:0001", (CUFF,))


@pytest.mark.parametrize(
    "name", ["usb:", "usb:10c4", "usb:10c4:ea60:", "usb:10c4:ea6", "usb:10c4:ea60@", "usb:zzzz:0000"]
)
def test_a_name_that_can_be_none_is_refused_in_a_sentence(name: str) -> None:
    with pytest.raises(PortNameError, match="write usb:"):
        check(name)


def test_adapters_that_share_one_serial_number_share_a_name_by_id_and_none_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    node = tmp_path / "ttyUSB0"
    node.touch()
    link = tmp_path / "usb-Silicon_Labs-if00-port0"
    link.symlink_to(node)
    monkeypatch.setattr("devices.ports.BY_ID", f"{tmp_path}/")
    mine = Port(os.path.realpath(node), 0x10C4, 0xEA60, "0001", "1-1.2")
    assert find(str(link), (mine, CUFF)) == str(link)
    with pytest.raises(AmbiguousPortError):
        find(str(link), (mine, replace(CUFF, serial="0001")))


def test_four_ports_of_one_adapter_are_no_twins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    node = tmp_path / "ttyUSB0"
    node.touch()
    monkeypatch.setattr("devices.ports.BY_ID", f"{tmp_path}/")
    four = [Port(os.path.realpath(node), 0x0403, 0x6011, "FT1", "1-1:1.0")]
    four += [Port(f"/dev/ttyUSB{place}", 0x0403, 0x6011, "FT1", f"1-1:1.{place}") for place in (1, 2, 3)]
    assert find(str(node), four) == str(node)


def test_what_is_plugged_in_here_can_be_listed() -> None:
    assert all(port.path.startswith("/dev/") for port in present())


def _stand(path: str, serial: str) -> Port:
    return Port(path, 0x10C4, 0xEA60, serial, "1-1.2")


def test_an_instrument_whose_node_was_renamed_is_heard_again() -> None:
    """The plug goes out and comes back as another device file, while a stranger takes the old one."""
    model = model_of("shanghe-sh")
    events: list[LineEvent] = []
    first, second = SimulatedInstrument(model, speed=SPEED), SimulatedInstrument(model, speed=SPEED)
    first.start()
    second.start()
    ports = [_stand(first.port, "0001")]
    line = Line("stand", model, "usb:10c4:ea60:0001", events.append, listing=lambda: tuple(ports))
    line.open()
    try:
        until(lambda: _count(events, Found) == 1, 30)
        ports[:] = [_stand(first.port, "0002"), _stand(second.port, "0001")]
        first.fault("unplug")
        until(lambda: _count(events, Found) == 2, 30)
        second.act(samples(model.role)[0][0])
        until(lambda: _count(events, Heard) == 2, 30)
    finally:
        line.close()
        first.stop()
        second.stop()


def test_with_a_second_of_the_same_model_plugged_in_none_is_heard_until_staff_say_which() -> None:
    model = model_of("shanghe-sh")
    events: list[LineEvent] = []
    first, second = SimulatedInstrument(model, speed=SPEED), SimulatedInstrument(model, speed=SPEED)
    first.start()
    second.start()
    ports = [_stand(first.port, "0001"), _stand(second.port, "0001")]
    line = Line("stand", model, "usb:10c4:ea60:0001", events.append, listing=lambda: tuple(ports))
    line.open()
    try:
        until(lambda: _count(events, TwoAlike) == 1 and _count(events, Lost) == 1, 30)
        (told,) = [event for event in events if isinstance(event, TwoAlike)]
        assert told.paths == (first.port, second.port)
        del ports[1]
        until(lambda: _count(events, Found) == 1, 30)
    finally:
        line.close()
        first.stop()
        second.stop()
    assert [type(event) for event in events] == [TwoAlike, Lost, Found]


def _count(events: list[LineEvent], kind: type[LineEvent]) -> int:
    return sum(isinstance(event, kind) for event in list(events))
