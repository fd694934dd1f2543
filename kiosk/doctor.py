"""What is wrong with this station and what to do about it, in words.

Each check looks once, changes nothing and never stops the next. It must not open the ledger for writing nor
touch an instrument that is in use.
"""

import shutil
import time
from collections.abc import Callable
from datetime import UTC, datetime
from os import environ
from pathlib import Path

import msgspec

from devices.catalogue import model_of
from devices.errors import DeviceError
from devices.line import present
from devices.model import Role
from devices.ports import AmbiguousPortError, find
from kiosk.courier.checkup import clinic_words
from kiosk.settings import ASSETS, CallPart, KioskSettings
from kiosk.stationtime import EARLIEST
from kiosk.store.ledger import FILE, ROOM, damaged_words
from kiosk.upkeep.checkup import look
from kiosk.voice.checkup import voice_words
from printouts.coverage import RARE

WITHOUT_A_PLACE = (Role.CODE, Role.CHIP)
"""Scanners and chip readers: nothing in the visit asks for what they read."""

FONTS = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")


class Check(msgspec.Struct, frozen=True):
    """One thing that was looked at. ``words`` say what is so, and what to do where ``ok`` is False."""

    check: str
    ok: bool
    words: str


def examine(settings: KioskSettings, data: Path, clinic: str) -> tuple[Check, ...]:
    """Every check, in the order staff would look. ``clinic`` is its address, empty where none is set."""
    looks: tuple[Callable[[], Check], ...] = (
        _screen,
        _fonts,
        lambda: _ports(settings),
        lambda: _places(settings),
        lambda: _printer(settings),
        lambda: _ledger(data),
        _clock,
        lambda: _sound(settings),
        lambda: _relay(settings.call),
        _swap,
        lambda: _clinic(clinic, settings, data),
    )
    kept = (Check(one.about, one.ok, one.words) for one in look(settings, data, datetime.now(UTC)))
    return (*(each() for each in looks), *kept)


def _screen() -> Check:
    where = environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")
    if where:
        return Check("screen", ok=True, words="A desktop is there to draw on.")
    if Path("/dev/dri").exists():
        return Check("screen", ok=True, words="A graphics card is there to draw on without a desktop.")
    return Check(
        "screen", ok=False, words="No screen was found; start a desktop, or use `visit` without a window."
    )


def _fonts() -> Check:
    missing = [name for name in FONTS if not (ASSETS / "fonts" / name).is_file()]
    if missing:
        return Check("fonts", ok=False, words=f"The font {missing[0]} is missing; restore assets/fonts.")
    if any(not face.is_file() for face in RARE):
        return Check(
            "fonts",
            ok=True,
            words="Both fonts are there. The rarest letters of names are a star on the screen and a number "
            "on paper; install fonts-hanazono to have them drawn.",
        )
    return Check("fonts", ok=True, words="The fonts are there, those for the rarest letters of names too.")


def _ports(settings: KioskSettings) -> Check:
    real = [part for part in settings.instrument if part.scenario is None]
    if not real:
        count = len(settings.instrument)
        return Check("ports", ok=True, words=f"All {count} instruments are simulated: a demonstration.")
    gone, alike = [], []
    plugged = present()
    for part in real:
        try:
            place = find(part.port, plugged)
        except AmbiguousPortError as error:
            alike.append(f"{part.id}: {error}")
        except DeviceError:
            gone.append(part.id)
        else:
            gone += [part.id] if place.startswith("/") and not Path(place).exists() else []
    if alike:
        return Check("ports", ok=False, words=" ".join(alike))
    if gone:
        here = ", ".join(port.name for port in plugged) or "nothing"
        away = f"Not plugged in: {', '.join(gone)}. Check cable, power and port name."
        return Check("ports", ok=False, words=f"{away} Plugged in now: {here}.")
    return Check("ports", ok=True, words=f"The ports of all {len(real)} instruments are there.")


def _places(settings: KioskSettings) -> Check:
    """Whether the visit has a place for every instrument that is fitted."""
    idle = [part.id for part in settings.instrument if model_of(part.model).role in WITHOUT_A_PLACE]
    if idle:
        return Check(
            "places",
            ok=False,
            words=f"The visit has no place yet for {', '.join(idle)}: read and never used. Take it out.",
        )
    return Check("places", ok=True, words="Every instrument has its place in the visit.")


def _printer(settings: KioskSettings) -> Check:
    if not (settings.printer.ipp or settings.printer.slip):
        if settings.simulates:
            return Check("printer", ok=True, words="The printer is simulated; its sheets become files.")
        return Check(
            "printer", ok=False, words="No printer is set; set its address, or offer the phone only."
        )
    from kiosk.paper import printer_trouble  # noqa: PLC0415 - only where a printer is set

    trouble = printer_trouble(settings.printer.ipp, settings.printer.slip)
    if trouble is None:
        return Check("printer", ok=True, words="The printer is ready.")
    return Check("printer", ok=False, words=trouble)


def _ledger(data: Path) -> Check:
    there = data if data.exists() else data.parent if data.parent.exists() else Path.cwd()
    free = shutil.disk_usage(there).free
    if free < ROOM:
        return Check(
            "ledger",
            ok=False,
            words=f"Only {free // 2**20} MB are free; make room for {ROOM // 2**20} MB, or no visit begins.",
        )
    damaged = damaged_words(data)
    if damaged is not None:
        return Check("ledger", ok=False, words=damaged)
    begun = "is there" if (data / FILE).is_file() else "will be made at the first start"
    return Check("ledger", ok=True, words=f"The ledger {begun}; {free // 2**30} GB are free.")


def _clock() -> Check:
    now = datetime.now(UTC)
    if now < EARLIEST:
        return Check("clock", ok=False, words=f"The clock says {now:%Y}; set it, or connect to the network.")
    return Check("clock", ok=True, words=f"The clock says {now:%Y-%m-%d %H:%M} UTC, {time.tzname[0]} here.")


def _sound(settings: KioskSettings) -> Check:
    ok, words = voice_words(settings.voice)
    return Check("sound", ok=ok, words=words)


def _swap() -> Check:
    try:
        lines = Path("/proc/swaps").read_text(encoding="ascii").splitlines()[1:]
    except OSError:
        lines = []
    on_disk = [line.split()[0] for line in lines if "zram" not in line]
    if on_disk:
        return Check("swap", ok=False, words="Memory may be written to disk; turn swap off, or use zram.")
    return Check("swap", ok=True, words="Memory is never written to disk.")


def _relay(call: CallPart) -> Check:
    """Whether the relay that rings where staff sit can be reached; it is not closed for that."""
    if not call.relay:
        return Check("relay", ok=True, words="No relay is set; staff hear a call at the station only.")
    try:
        place = find(call.relay, present())
    except DeviceError as wrong:
        return Check("relay", ok=False, words=f"The relay that calls staff: {wrong}")
    if place.startswith("/") and not Path(place).exists():
        words = "The relay that calls staff is not plugged in: a call is heard at the station only."
        return Check("relay", ok=False, words=words)
    return Check(
        "relay", ok=True, words="The port of the relay that calls staff is there; ring it once a month."
    )


def _clinic(url: str, settings: KioskSettings, data: Path) -> Check:
    ok, words = clinic_words(url, settings.clinic.ca, data)
    return Check("clinic", ok=ok, words=words)
