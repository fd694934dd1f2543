"""Opens a station from its settings, as a demonstration or for real, and closes all of it again.

Decides where its data lie, which clinic it belongs to and which printer it has. A simulator or a speed other
than 1 makes it a demonstration; a real station starts only after it joined a clinic.
"""

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from msgspec.structs import replace

from kiosk.again import offer_again_where_lost
from kiosk.alone import alone
from kiosk.clerk import SOFTWARE
from kiosk.clock import Clock
from kiosk.courier.road import LinkError
from kiosk.daykey import DayKey, memory_folder
from kiosk.demo_clinic import DemoClinic
from kiosk.demo_printer import DemoPrinter
from kiosk.enrolment import Newcomer, enrol, membership, moved, renew
from kiosk.errors import KioskError
from kiosk.folders import NONE, OWN, make_folder, place_of
from kiosk.interim import Readdress, interim_key, without_clinic
from kiosk.membership import Membership
from kiosk.paper import printer_of
from kiosk.running import RunningStation
from kiosk.settings import KioskSettings
from kiosk.stationtime import StationTime, boot_id
from kiosk.voice.announcing import Speaks

START_S = 3.0
"""Seconds a start waits for a connection to the clinic, and as long again for its settings."""
_log = logging.getLogger(__name__)


class NotJoinedError(KioskError):
    """A real station that belongs to no clinic."""


class Opened(msgspec.Struct, frozen=True):
    """An open station; ``staff_url`` is the local clinic's one-time page for staff, None without one."""

    station: RunningStation
    data: Path
    staff_url: str | None
    clinic_url: str


@contextmanager
def opened(
    settings: KioskSettings,
    data: Path,
    speed: float,
    clinic: str,
    reader: float | None = None,
    mouth: Speaks | None = None,
) -> Iterator[Opened]:
    """An open station, closed at the end.

    ``clinic`` is an address, ``own`` (a local one, demonstrations only) or ``none``; ``reader`` as in
    ``Clock``; without a ``mouth`` nothing is said. Raises ``KioskError``.
    """
    demo = settings.simulates or speed != 1
    if demo and not settings.simulates:
        raise KioskError("A speed other than 1 needs simulated instruments; leave --speed out.")
    with ExitStack() as closing:
        place = place_of(data, clinic, demo=demo)
        make_folder(place)
        closing.enter_context(alone(place))
        local = None
        if clinic == OWN and demo:
            local = DemoClinic(data / "clinic")
            closing.callback(local.close)
        url = local.told.url if local else "" if clinic in (OWN, NONE) else clinic
        day = DayKey(boot_id(), None if demo else memory_folder())
        ca = settings.clinic.ca
        belongs = _demo_membership(settings, place, url, day) if demo else _real_membership(place, day, ca)
        clock = Clock(zone=settings.station.zone, speed=speed, reader=reader)
        station = _station(settings, belongs, place, clock, mouth, closing)
        closing.callback(station.close)
        station.open(lambda: _before_sending(station, belongs, place))
        yield Opened(station, place, local.told.staff_url if local else None, belongs.clinic_url)


def _real_membership(place: Path, day: DayKey, ca: str) -> Membership:
    _ask_for_newer_settings(place, ca)
    belongs = membership(place, day, ca)
    if belongs is None:
        raise NotJoinedError("This station has not joined a clinic; run `python main.py enrol URL` first.")
    if belongs.station.demo:
        raise NotJoinedError("These data are a demonstration's; give the real station its own --data folder.")
    return belongs


def _ask_for_newer_settings(place: Path, ca: str) -> None:
    """New keys, telephone or thresholds of the clinic hold from this start on; without it the old ones do."""
    try:
        renew(place, datetime.now(UTC), ca, START_S)
    except KioskError as away:
        _log.warning("The clinic told no newer settings: %s", type(away).__name__)


def _demo_membership(settings: KioskSettings, place: Path, url: str, day: DayKey) -> Membership:
    if url:
        _join(settings, place, url, day)
    belongs = membership(place, day, settings.clinic.ca)
    if belongs is None:
        return without_clinic(place, day, settings.station)
    return belongs if url else replace(belongs, clinic_url="")


def _join(settings: KioskSettings, place: Path, url: str, day: DayKey) -> None:
    """Join or greet the clinic at ``url``; one that does not answer is joined another time."""
    part, ca = settings.station, settings.clinic.ca
    try:
        if membership(place, day) is None:
            enrol(url, place, Newcomer(part.id, part.name, SOFTWARE, demo=True), lambda _: None, ca=ca)
        else:
            moved(place, url)
            renew(place, datetime.now(UTC), ca)
    except LinkError:
        return


def _station(
    settings: KioskSettings,
    belongs: Membership,
    place: Path,
    clock: Clock,
    mouth: Speaks | None,
    closing: ExitStack,
) -> RunningStation:
    printer = printer_of(settings.printer.ipp, settings.printer.slip)
    if belongs.station.demo and printer is None:
        printer = demo = DemoPrinter(place / "sheets")
        closing.callback(demo.close)
    return RunningStation(settings, belongs, place, clock, printer, StationTime(boot_id()), mouth)


def _before_sending(station: RunningStation, belongs: Membership, place: Path) -> None:
    _readdress(station, belongs, place)
    if belongs.clinic_url:
        offer_again_where_lost(station.desk, place)


def _readdress(station: RunningStation, belongs: Membership, place: Path) -> None:
    secret = interim_key(place)
    if secret is not None and belongs.clinic_url:
        identity = belongs.identity
        station.desk.submit(Readdress(secret, identity.to, identity.key)).result(30.0)
