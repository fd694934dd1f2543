"""Visits of one station over a hostile link to a real clinic, and the sets at both ends afterwards.

Station and clinic are the product's: desk, ledger and courier here, the clinic a process of its own. Only the
courier's pauses are made short, so that a thousand faults fit into minutes.
"""

import random
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from uuid import UUID, uuid4

from benchmarks.hostile.proxy import Fault, HostileLink
from clinic.store.visits import VisitStatus
from devices.reading import Quantity
from health.assess import assess
from health.ids import new_id
from health.record import Record, read
from health.rulebook import load_rulebook
from health.visit import Consent, Observation, Resident, Sex, Visit
from kiosk.courier import patience
from kiosk.courier.courier import Courier
from kiosk.daykey import DayKey
from kiosk.demo_clinic import DemoClinic
from kiosk.desk import Desk
from kiosk.enrolment import Newcomer, enrol, membership
from kiosk.jobs import Count, KeepAlarm, KeepSealed
from kiosk.membership import Membership
from kiosk.sealing import Seal
from kiosk.stationtime import StationTime

FIRST_S, CAP_S = 0.02, 0.5
"""The courier's pauses, for this run only."""
DESK_S = 60.0
BOOK = load_rulebook()
_ON = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)


@dataclass(slots=True)
class Crossed:
    """What came of it: the envelopes and visits kept and those the clinic has, and what the link did.

    A visit is its id, its weight and how it stands: ``made`` as the station closed them, ``filed`` as the
    clinic shows them.
    """

    kept: set[UUID]
    there: Counter[UUID]
    made: set[tuple[UUID, Decimal, str]]
    filed: Counter[tuple[UUID, Decimal, str]]
    seconds: float
    requests: int
    met: Counter[Fault] = field(default_factory=Counter)

    @property
    def lost(self) -> int:
        """Envelopes and visits the clinic does not have."""
        return len(self.kept - set(self.there)) + len(self.made - set(self.filed))

    @property
    def twice(self) -> int:
        """What it has more than once, has otherwise than it was kept, or has though nobody kept it."""
        envelopes = sum(self.there.values()) - len(self.kept & set(self.there))
        return envelopes + sum(self.filed.values()) - len(self.made & set(self.filed))


class Sender:
    """A demonstration's station that joined the clinic at ``url``, in ``folder``; it sends to ``link``."""

    def __init__(self, folder: Path, url: str, link: str) -> None:
        folder.mkdir()
        enrol(url, folder, Newcomer("kiosk-1", "康驿一号", "0.1", demo=True), lambda _: None)
        clock = StationTime(uuid4())
        joined = membership(folder, DayKey(clock.boot, None))
        if joined is None:
            raise SystemExit("The station could not join the clinic; there is no figure.")
        self._joined: Membership = joined
        self.made: set[tuple[UUID, Decimal, str]] = set()
        seal = Seal(joined.identity, joined.day, clock.now, "Asia/Shanghai")
        self.desk = Desk(folder, seal, clock.now, lambda _: None)
        self.desk.start()
        self.courier = Courier(self.desk, link, lambda _: None)

    def keep(self, number: int) -> None:
        """One more visit is closed; every tenth was urgent and called."""
        record = self._record(number)
        if number % 10 == 0:
            self.desk.submit(KeepAlarm(record)).result(DESK_S)
        self.desk.submit(KeepSealed(record, shares=True)).result(DESK_S)
        self.made.add(_visit_of(record, VisitStatus.COMPLETE))

    def waiting(self) -> int:
        """Envelopes the clinic has not acknowledged."""
        return self.desk.submit(Count()).result(DESK_S).counts.waiting

    def close(self) -> None:
        """Go home."""
        self.courier.stop(DESK_S)
        self.desk.close(DESK_S)

    def _record(self, number: int) -> Record:
        seen = Observation(Quantity.BODY_WEIGHT, Decimal(400 + number % 600) / 10, "kg", at=_ON)
        one = Visit(
            id=new_id(), on=_ON.date(), opened_at=_ON, closed_at=_ON, consent=Consent.SHARE, demo=True,
            resident=Resident(Sex.FEMALE, _ON.date().replace(year=1940), identity="999999194003020426"),
            observations=(seen,),
        )  # fmt: skip
        return Record(one, assess(one, (), BOOK, one.on), (), self._joined.station, "zh_CN", "0.1")


def cross(place: Path, visits: int, seed: int, longest_s: float, poisoned: int = 1) -> Crossed:
    """So many ``visits`` sent over a link that is hostile to the end; ``poisoned`` of them never pass it.

    While those are held back all others must arrive; then the link is mended and they arrive too.
    """
    with _short_pauses(), closing(DemoClinic(place / "clinic")) as clinic:
        link = HostileLink(clinic.told.url, random.Random(seed))  # noqa: S311 - which fault comes
        station = Sender(place / "station", clinic.told.url, link.open())
        begun = time.monotonic()
        for number in range(visits):
            station.keep(number)
        kept = set(_ids(place / "station" / "ledger.db"))
        link.poisoned |= {str(one) for one in sorted(kept)[:poisoned]}
        station.courier.start()
        _until(lambda: station.waiting() == poisoned, longest_s, station)
        link.hostile = False
        station.courier.wake()
        _until(lambda: station.waiting() == 0, longest_s, station)
        took = time.monotonic() - begun
        station.close()
        link.close()
        file = place / "clinic" / "clinic.db"
        there, filed = Counter(_ids(file)), Counter(_filed(file))
        return Crossed(kept, there, station.made, filed, took, link.requests, link.met)


def _ids(file: Path) -> list[UUID]:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as db:
        return [UUID(one) for (one,) in db.execute("SELECT id FROM envelope")]


def _filed(file: Path) -> Iterator[tuple[UUID, Decimal, str]]:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as db:
        for content, status in db.execute("SELECT record, status FROM visit"):
            yield _visit_of(read(content), VisitStatus(status))


def _visit_of(record: Record, status: VisitStatus) -> tuple[UUID, Decimal, str]:
    weight = record.visit.value_of(Quantity.BODY_WEIGHT)
    return record.visit.id, Decimal(0) if weight is None else weight.value, status.value


def _until(done: Callable[[], bool], longest_s: float, station: Sender) -> None:
    end = time.monotonic() + longest_s
    while not done():
        if time.monotonic() > end:
            raise SystemExit(f"{station.waiting()} envelopes still wait; one must hold back others.")
        time.sleep(0.05)


@contextmanager
def _short_pauses() -> Iterator[None]:
    before = patience.FIRST_S, patience.CAP_S
    patience.FIRST_S, patience.CAP_S = FIRST_S, CAP_S
    try:
        yield
    finally:
        patience.FIRST_S, patience.CAP_S = before
