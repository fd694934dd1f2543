"""A real desk on a folder, with a nurse and a technician, and short ways to put visits and results in."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from msgspec.structs import replace

from devices.reading import Quantity
from health.assess import assess
from health.envelope import Envelope, Kind
from health.ids import new_id
from health.record import Record
from health.rulebook import shipped_rulebook
from health.unclaimed import Unclaimed, Why
from health.visit import Consent, Instrument, Observation, Resident, Sample, Sex, Skip, Visit
from kiosk.desk import Desk
from kiosk.events import DeskEvent
from kiosk.jobs import Job, KeepSealed, NextToSend, Office
from kiosk.staff_events import StaffEvent
from kiosk.store.ledger import FILE
from kiosk.unclaimed import KeepUnclaimed, ListUnclaimed
from kiosk.upkeep.staff import StaffRole
from tests.kiosk.ledgers import lay_empty_ledger
from tests.kiosk.station import HeldTime, record, seal_of
from tests.kiosk.upkeep.bookroom import hire

A = TypeVar("A")
LIMIT = 120.0
NURSE, TECHNICIAN = "ann", "tom"
BOOK = shipped_rulebook()
OPENED = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)
METER = Instrument("meter", "curo-l7", "CUROfit", simulated=True)
ANALYSER = Instrument("analyser", "astm-lis", "any", simulated=True)
SHEN = Resident(Sex.FEMALE, OPENED.date().replace(year=1940), name="沈玉珍", identity="999999194003020426")
CHEN = Resident(Sex.MALE, OPENED.date().replace(year=1960), name="陈国强", identity="999999196005140375")


class Hire(Job[None], frozen=True):
    """The nurse and the technician begin at this station."""

    def do(self, office: Office) -> None:
        for name, role in ((NURSE, StaffRole.NURSE), (TECHNICIAN, StaffRole.TECHNICIAN)):
            if office.ledger.book.member(name) is None:
                hire(office, name, role)


class DeskRoom:
    """The desk, its clock, and all it told."""

    def __init__(self, folder: Path, time: HeldTime | None = None, memory: Path | None = None) -> None:
        self.folder = folder
        self.time = time or HeldTime()
        self.told: list[DeskEvent | StaffEvent] = []
        self.desk = Desk(folder, seal_of(self.time, memory), self.time.now, self.told.append)
        lay_empty_ledger(folder)
        self.desk.start()
        self.do(Hire())

    def do(self, job: Job[A]) -> A:
        """Hand it in and wait for what it answers."""
        return self.desk.submit(job).result(LIMIT)

    def visit(self, resident: Resident, **blood: str) -> UUID:
        """A closed visit with a weight, and with what ``blood`` names in mmol/L."""
        one = visit_of(resident, **blood)
        self.do(KeepSealed(one, shares=True))
        return one.visit.id

    def result(self, values: Mapping[str, str], why: Why = Why.NO_TICKET, visit: UUID | None = None) -> UUID:
        """A result without a person, value by value as an instrument says it."""
        last = None
        for name, value in values.items():
            last = self.do(KeepUnclaimed(loose(name, value, self.time.wall, why, visit)))
        assert last is not None
        return last

    def listed(self) -> list[UUID]:
        """The ids of the results without a person."""
        return [line.id for line in self.do(ListUnclaimed())]

    def sent(self, kind: Kind | None = None) -> list[Envelope]:
        """What waits to be sent, of one kind or of all."""
        found = [Envelope.from_bytes(one.body) for one in self.do(NextToSend(50)).envelopes]
        return [one for one in found if kind is None or one.header.kind is kind]

    def on_disk(self, envelope: Envelope) -> bool:
        """Whether anything of this content is left in the ledger's file."""
        return envelope.ciphertext[-40:] in (self.folder / FILE).read_bytes()

    def close(self) -> None:
        """Close the desk."""
        assert self.desk.close(LIMIT)


def blood_value(name: str, value: str, at: datetime, instrument: str = "analyser") -> Observation:
    """A blood value with the sample behind it."""
    sample = Sample(Decimal(value), "mmol/L", at=at, device_time=at.replace(tzinfo=None), frame=b"R|1|")
    return Observation(
        Quantity(name), Decimal(value), "mmol/L", at=at, instrument=instrument, samples=(sample,)
    )


def visit_of(resident: Resident, **blood: str) -> Record:
    """A closed visit, judged, of somebody who does not exist."""
    base = record()
    visit = Visit(
        id=new_id(),
        on=base.visit.on,
        opened_at=OPENED,
        closed_at=OPENED + timedelta(minutes=12),
        resident=resident,
        consent=Consent.SHARE,
        observations=(
            *base.visit.observations,
            *(blood_value(name, value, OPENED + timedelta(minutes=5)) for name, value in blood.items()),
        ),
        instruments=(ANALYSER,) if blood else (),
        demo=True,
    )
    if not blood:
        visit = visit.with_missing(Quantity.TOTAL_CHOLESTEROL, Skip.NO_RESULT)
    return replace(base, visit=visit, assessment=assess(visit, (), BOOK, visit.on))


def loose(name: str, value: str, at: datetime, why: Why, visit: UUID | None) -> Unclaimed:
    """One value without a person."""
    seen = blood_value(name, value, at, METER.id)
    station = record().station
    return Unclaimed(METER, "K26112300017", at, why, (seen,), station, "0.1", demo=True, visit=visit)
