"""A station for tests: its keys, its clock that can be held, and synthetic people."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID, uuid4

from msgspec.structs import replace

from devices.reading import Quantity
from health.assessment import Assessment, Level, Phrase
from health.envelope import Kind
from health.ids import new_id
from health.keys import SecretKey, SigningKey
from health.record import Record
from health.station import Station
from health.visit import Observation, Resident, Visit
from kiosk.daykey import DayKey
from kiosk.sealing import Identity, Seal
from kiosk.stationtime import Moment

CLINIC, RECOVERY = SecretKey.new(), SecretKey.new()
KEY = SigningKey.new()
IDENTITY = Identity("demo", "kiosk-1", True, (CLINIC.public(), RECOVERY.public()), KEY)
NUMBER = "110101194003021224"


class HeldTime:
    """A clock that goes only when told to."""

    def __init__(self, boot: UUID | None = None) -> None:
        self.boot = boot or uuid4()
        self.monotonic_ms = 5_000_000
        self.wall = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
        self.trusted = True

    def now(self) -> Moment:
        return Moment(self.boot, self.monotonic_ms, self.wall, self.trusted)

    def go_on(self, **much: float) -> None:
        self.monotonic_ms += int(timedelta(**much).total_seconds() * 1000)
        self.wall += timedelta(**much)


def record(visit: UUID | None = None, weight: str = "51.3", identity: str | None = NUMBER) -> Record:
    """A visit of a person who does not exist."""
    seen = Observation(Quantity.BODY_WEIGHT, Decimal(weight), "kg")
    return Record(
        Visit(
            visit or new_id(), date(2026, 11, 23), resident=Resident(identity=identity), observations=(seen,)
        ),
        Assessment("2026", Level.NORMAL, Phrase("visit.fine")),
        (),
        Station("kiosk-1", "康驿一号", tenant="demo", demo=True),
        "zh_CN",
        "0.1",
    )


def so_far(what: Record) -> Record:
    """The same visit before it closed."""
    return replace(what, visit=replace(what.visit, incomplete=True))


def seal_of(time: HeldTime, memory: Path | None = None) -> Seal:
    """The station's seal; ``memory`` stands for the folder on tmpfs."""
    return Seal(IDENTITY, DayKey(time.boot, memory), time.now, "Asia/Shanghai")


__all__ = [
    "CLINIC",
    "IDENTITY",
    "KEY",
    "NUMBER",
    "RECOVERY",
    "HeldTime",
    "Kind",
    "record",
    "seal_of",
    "so_far",
]
