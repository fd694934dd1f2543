"""A station that is no demonstration: named ports, a clinic that staff let it join, nothing marked as demo.

The instruments at the ports are simulators, and nothing of the station knows it.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from clinic.enrolment import approve, waiting
from clinic.keyring import rotate
from clinic.safekeeping.asking_again import ask_again
from devices.catalogue import model_of
from devices.reading import Quantity
from devices.simulators.acts import Hand, Squeeze, StepOff, StepOn, TakePressure
from devices.simulators.bench import SimulatedInstrument
from health.settings import SettingsError
from kiosk.daykey import DayKey
from kiosk.enrolment import Newcomer, enrol, membership
from kiosk.flow.steps import Choice, Step
from kiosk.opening import NotJoinedError, opened
from kiosk.pinned import enrolled_in
from kiosk.running import RunningStation
from kiosk.settings import InstrumentPart, KioskSettings, PrinterPart, StationPart, read_settings
from kiosk.stationtime import boot_id
from tests.clinic.running import NURSE, Running, clinic_at
from tests.kiosk.ports import quiet_port
from tests.kiosk.walk import until

MODELS = {"reader": "sam-idcard", "scale": "shanghe-sh", "cuff": "omron-hbp9030", "handle": "grip-line"}


@contextmanager
def instruments() -> Iterator[dict[str, SimulatedInstrument]]:
    """Four instruments on ports of their own, outside of the station."""
    with ExitStack() as plugged:
        made = {}
        for name, model in MODELS.items():
            made[name] = SimulatedInstrument(model_of(model), "default", 200.0)
            made[name].start()
            plugged.callback(made[name].stop)
        yield made


def settings_for(made: dict[str, SimulatedInstrument]) -> KioskSettings:
    """The settings file of a station with these ports."""
    parts = tuple(InstrumentPart(name, MODELS[name], one.port) for name, one in made.items())
    return KioskSettings(StationPart("wanqing-7", "晚晴里"), parts, PrinterPart(), pressure="quick")


def join(running: Running, data: Path) -> None:
    """The station asks, staff compare the code and approve."""
    data.mkdir()
    who = Newcomer("wanqing-7", "晚晴里", "0.1.0", demo=False)
    shown: list[str] = []

    def staff() -> None:
        ((code, request),) = waiting(running.clinic)
        assert code == shown[0]
        assert approve(running.clinic, str(request.id), NURSE)

    def show(code: str) -> None:
        shown.append(code)
        threading.Thread(target=staff).start()

    enrol(running.url, data, who, show, sleep=lambda _: time.sleep(0.05))


def press_until(station: RunningStation, choice: Choice, step: Step) -> None:
    """Press one thing, then wait for the step it leads to."""
    station.choose(choice)
    until(station, lambda: station.attendant.step is step)


def stand_and_grip(station: RunningStation, made: dict[str, SimulatedInstrument]) -> None:
    """A guest-like visit with the hands of the test: no thinking, no rest."""
    for choice, step in (
        (Choice.START, Step.WELCOME),
        (Choice.START, Step.IDENTIFY),
        (Choice.BY_PHONE, Step.PHONE),
    ):
        press_until(station, choice, step)
    for digit in "13800000738":
        station.choose(Choice.DIGIT, digit)
    press_until(station, Choice.CONFIRM, Step.CONSENT)
    press_until(station, Choice.AGREE, Step.NOT_TODAY)
    press_until(station, Choice.NEXT, Step.STAND)
    made["scale"].act(StepOn(Decimal("57.8"), Decimal("160.5")))
    until(station, lambda: station.attendant.step is Step.STAND_DONE)
    made["scale"].act(StepOff())
    until(station, lambda: station.view().body.ready)  # type: ignore[union-attr]
    press_until(station, Choice.NEXT, Step.QUESTION)
    while station.attendant.step is Step.QUESTION:
        station.choose(Choice.NO)
    until(station, lambda: station.attendant.step is Step.PRESSURE)
    made["cuff"].act(TakePressure(126, 78, 70))
    until(station, lambda: station.attendant.step is Step.GRIP)
    for hand in (Hand.LEFT, Hand.LEFT, Hand.RIGHT, Hand.RIGHT):
        done = len([t for t in station.view().body.tries if t.value])  # type: ignore[union-attr]
        made["handle"].act(Squeeze(hand, Decimal("26.1")))
        until(station, lambda done=done: _gripped(station) > done)  # type: ignore[misc]
    until(station, lambda: station.attendant.step is Step.RESULT)


def _gripped(station: RunningStation) -> int:
    body = station.view().body
    return sum(one.value is not None for one in body.tries) if hasattr(body, "tries") else 4


def test_a_real_station_sends_a_real_visit_to_the_clinic_it_joined(tmp_path: Path) -> None:
    with clinic_at(tmp_path / "clinic") as running, instruments() as made:
        join(running, tmp_path / "station")
        with opened(settings_for(made), tmp_path / "station", 1.0, "own") as open_station:
            station = open_station.station
            until(station, station.bench.all_there)
            assert not station.view().demo
            assert station.strip() is None
            stand_and_grip(station, made)
            while station.attendant.step is Step.RESULT:
                station.choose(Choice.NEXT)
            if station.attendant.step is Step.TEACH:
                press_until(station, Choice.SKIP, Step.TAKE)
            visit = station.visit
            press_until(station, Choice.NOTHING, Step.GOODBYE)
            until(station, lambda: visit.id in station.arrived)
        assert not visit.demo
        assert str(visit.value_of(Quantity.BODY_WEIGHT).value) == "57.8"  # type: ignore[union-attr]
        assert all(not one.simulated for one in visit.instruments)


def test_what_the_clinic_changed_holds_from_the_next_start_and_without_it_what_held_before(
    tmp_path: Path,
) -> None:
    port, data = quiet_port(), tmp_path / "station"
    with clinic_at(tmp_path / "clinic", port=port) as running, instruments() as made:
        join(running, data)
        before = running.clinic.keys.working.public()
    rotate(tmp_path / "clinic")
    with instruments() as made:
        with clinic_at(tmp_path / "clinic", port=port, phone="021-5500") as running:
            after = running.clinic.keys.working.public()
            ask_again(running.clinic)
            with opened(settings_for(made), data, 1.0, "own"):
                pass
        with opened(settings_for(made), data, 1.0, "own"):
            pass
    joined = membership(data, DayKey(boot_id(), None))
    assert joined is not None
    assert joined.station.phone == "021-5500"
    noted = enrolled_in(data)
    assert noted is not None
    assert noted.clinic_that_has() == noted.clinic_now() != noted.clinic_key
    assert after in joined.identity.to
    assert before not in joined.identity.to


def test_a_real_station_does_not_start_before_it_joined(tmp_path: Path) -> None:
    with (
        instruments() as made,
        pytest.raises(NotJoinedError, match="enrol"),
        opened(settings_for(made), tmp_path, 1.0, "own"),
    ):
        pass


def test_settings_that_mix_real_and_simulated_instruments_do_not_start(tmp_path: Path) -> None:
    parts = (
        InstrumentPart("scale", "shanghe-sh", "simulated"),
        InstrumentPart("cuff", "omron-hbp9030", "/dev/x"),
    )
    mixed = KioskSettings(StationPart("a", "a"), parts)
    file = tmp_path / "station.toml"
    file.write_text(as_toml(mixed), encoding="utf-8")
    with pytest.raises(SettingsError, match="mixed"):
        read_settings(file)


def as_toml(settings: KioskSettings) -> str:
    """The settings as a file."""
    blocks = [f"[station]\nid = {settings.station.id!r}\nname = {settings.station.name!r}\n"]
    for part in settings.instrument:
        pairs = [pair for pair in msgspec.structs.asdict(part).items() if pair[1] != ()]
        blocks.append("[[instrument]]\n" + "".join(f"{key} = {value!r}\n" for key, value in pairs))
    return "\n".join(blocks)
