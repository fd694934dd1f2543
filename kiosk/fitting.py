"""From the settings to instruments on the bench: real ports as they are named, simulated ones started."""

from contextlib import ExitStack
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from devices.catalogue import model_of
from devices.model import port_settings
from devices.ports import check
from devices.relay import Relay
from devices.simulators.bench import SimulatedInstrument
from kiosk.bench import Fitted
from kiosk.settings import CallPart, InstrumentPart, KioskSettings


def fit(settings: KioskSettings, speed: float) -> tuple[Fitted, ...]:
    """Every instrument of ``settings``; the simulated ones are running when this returns.

    Raises ``DeviceError`` for an unknown model, scenario, line or kind of port, and leaves none running then.
    """
    with ExitStack() as running:
        ahead = _machine_ahead(settings.station.zone)
        fitted = tuple(_fitted(part, speed, ahead, running) for part in settings.instrument)
        running.pop_all()
    return fitted


def _machine_ahead(zone: str) -> timedelta:
    """How far this machine's civil time, which simulated instruments say, is ahead of the station's."""
    here = datetime.now()  # noqa: DTZ005 - civil time is meant
    station = datetime.now(ZoneInfo(zone)).replace(tzinfo=None)
    return timedelta(minutes=round((here - station).total_seconds() / 60))


def _fitted(part: InstrumentPart, speed: float, ahead: timedelta, running: ExitStack) -> Fitted:
    model = model_of(part.model)
    if part.line:
        model = replace(model, port=port_settings(part.line))
    scenario = part.scenario
    serial = part.serial or None
    if scenario is None:
        return Fitted(part.id, model, check(part.port), serial=serial, name=part.name or None)
    simulated = SimulatedInstrument(model, scenario, speed)
    simulated.start()
    running.callback(simulated.stop)
    return Fitted(part.id, model, simulated.port, simulated, serial, part.name or None, ahead)


def relay_of(part: CallPart) -> Relay | None:
    """The relay that rings for staff, None where none is fitted. Raises ``PortNameError``."""
    return Relay(part.relay, part.kind) if part.relay else None
