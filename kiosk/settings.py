"""The station's own settings file: what stands here and how it is reached.

Strict: an unknown setting stops the start. What the clinic decides (name, keys, tenant) comes signed from
enrolment and is not in this file. It must not hold a key or a person.
"""

from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

import msgspec

from devices.errors import DeviceError
from devices.ports import check
from devices.relay_kind import RelayKind
from health.settings import SettingsError, load
from kiosk.backroom.references import ReferencePart, references_of
from kiosk.upkeep.asked import NOTHING_ASKED, PlatePart, UpkeepPart

ASSETS = Path(__file__).resolve().parent.parent / "assets"
DEMO = ASSETS / "settings.demo.toml"
SIMULATED = "simulated"

Name = Annotated[str, msgspec.Meta(pattern=r"\A[a-z0-9][a-z0-9-]{0,31}\Z")]


class InstrumentPart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One instrument. ``port`` is a path by id, ``usb:VID:PID[:SERIAL][@SOCKET]``, a pyserial URL, or
    ``simulated[:SCENARIO]``.

    ``line`` is speed and bits where the instrument's menu differs from the model's (``4800 8N1``).
    ``name`` is what paper and pages call it, ``serial`` the number on its plate. ``plate`` is what a scale's
    or stadiometer's plate says of its range; without it the instrument can be neither checked nor calibrated.
    """

    id: Name
    model: str
    port: str
    line: str = ""
    serial: str = ""
    name: str = ""
    plate: tuple[PlatePart, ...] = ()

    @property
    def scenario(self) -> str | None:
        """The scenario of a simulated instrument, None for a real one."""
        kind, _, scenario = self.port.partition(":")
        return (scenario or "default") if kind == SIMULATED else None


class PrinterPart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``ipp`` is the address of a printer of A4, ``slip`` that of a thermal one, used where ``ipp`` is empty.

    Both empty: this station has no printer and offers the phone only.
    """

    ipp: str = ""
    slip: str = ""


class CallPart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How staff are called besides the sound. ``relay`` is the port of a relay, empty where there is none.

    ``kind``: ``lc`` a USB relay told by four bytes, ``rts`` or ``dtr`` an output of a serial adapter.
    """

    relay: str = ""
    kind: RelayKind = RelayKind.LC


class ClinicPart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The way to the clinic; its address comes from ``enrol``.

    ``ca`` is a file of certificates (PEM) that the clinic's is trusted by, in place of the system's. Empty
    where a public authority signed it.
    """

    ca: str = ""


class KeepPart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How long what the clinic has acknowledged stays here, in days. What it does not have stays for ever."""

    sent_days: Annotated[int, msgspec.Meta(ge=1, le=365)] = 30


class VoicePart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The voice. ``on`` false: screens are shown only. ``device`` is ALSA's name of the sound card.

    ``headphones`` is the name of another card, with headphones or a receiver that she alone hears: sentences
    go there, with her values, and the loudspeaker keeps the sounds. Empty where there is none.
    """

    on: bool = True
    device: str = "default"
    headphones: str = ""


class StationPart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The station before it is enrolled. ``zone`` is its time zone."""

    id: Name
    name: str
    zone: str = "Asia/Shanghai"


class KioskSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file. ``badges`` are what ``python -m kiosk.badge`` prints of staff cards.

    ``upkeep`` is what must be in order before an instrument measures; left out, nothing is asked.
    ``reference`` are the masses and rods that instruments are calibrated and checked with. ``hand`` is the
    one the controls lie for. ``touch`` is the input device of the panel where no display server reads it.
    """

    station: StationPart
    instrument: tuple[InstrumentPart, ...]
    printer: PrinterPart = PrinterPart()
    call: CallPart = CallPart()
    clinic: ClinicPart = ClinicPart()
    keep: KeepPart = KeepPart()
    voice: VoicePart = VoicePart()
    screen: str = "portrait-21"
    hand: Literal["right", "left"] = "right"
    touch: str = ""
    pressure: Literal["guideline", "quick"] = "guideline"
    badges: tuple[str, ...] = ()
    upkeep: UpkeepPart = NOTHING_ASKED
    reference: tuple[ReferencePart, ...] = ()

    @property
    def simulates(self) -> bool:
        """Whether any instrument is simulated: then this is a demonstration and nothing else."""
        return any(part.scenario is not None for part in self.instrument)


def read_settings(path: Path) -> KioskSettings:
    """The settings in ``path``. Raises ``SettingsError`` with one sentence for anything wrong."""
    settings = load(path, KioskSettings)
    if not _is_zone(settings.station.zone):
        raise SettingsError(f"{path}: there is no time zone {settings.station.zone!r}; write Asia/Shanghai.")
    ids = [part.id for part in settings.instrument]
    twice = sorted({one for one in ids if ids.count(one) > 1})
    if twice:
        raise SettingsError(f"{path}: two instruments are called {twice[0]!r}; give each its own id.")
    simulated = {part.scenario is not None for part in settings.instrument}
    _look_at_upkeep(path, settings)
    _look_at_relay(path, settings.call)
    _look_at_authority(path, settings.clinic)
    if settings.touch and not settings.touch.startswith("/dev/input/"):
        raise SettingsError(f"{path}: touch is no input device; name one of /dev/input/by-id.")
    if len(simulated) == 2:
        raise SettingsError(
            f"{path}: real and simulated instruments are mixed; make all of them real or all simulated."
        )
    return settings


def _look_at_upkeep(path: Path, settings: KioskSettings) -> None:
    """Raises ``SettingsError`` for a plate that makes no instrument, or a name of none."""
    unknown = set(settings.upkeep.calibrated) - {part.id for part in settings.instrument}
    if unknown:
        raise SettingsError(
            f"{path}, [upkeep]: there is no instrument {min(unknown)!r}; name one of the instruments."
        )
    try:
        references_of(settings.reference, settings.station.zone)
    except DeviceError as wrong:
        raise SettingsError(f"{path}, [[reference]]: {wrong}") from wrong
    for part in settings.instrument:
        for plate in part.plate:
            try:
                plate.span(part.id)
            except DeviceError as wrong:
                raise SettingsError(f"{path}, the plate of {part.id!r}: {wrong}") from wrong


def _look_at_relay(path: Path, call: CallPart) -> None:
    """Raises ``SettingsError`` for a port that can be none."""
    try:
        check(call.relay)
    except DeviceError as wrong:
        raise SettingsError(f"{path}, [call]: {wrong}") from wrong


def _look_at_authority(path: Path, clinic: ClinicPart) -> None:
    """Raises ``SettingsError`` for a file that depends on where the program is started.

    What is in it is looked at when it is used: a station that cannot reach its clinic still measures.
    """
    if clinic.ca and not Path(clinic.ca).is_absolute():
        raise SettingsError(f"{path}, [clinic]: write the whole path of ca, such as /etc/kangyi/clinic.pem.")


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown, no name of a zone, a folder of zones
        return False
    return True
