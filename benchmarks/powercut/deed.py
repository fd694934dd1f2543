"""Run under ``strace`` as its own process: the shipped desk keeps visits, and says each time what is kept.

After every job the whole content of the ledger is boiled down to one line and appended to a second file: the
acknowledgement. ``full`` opens the ledger as SQLite would by default on a careful day (``synchronous=FULL``),
which is what the shipped setting must be told apart from.
"""

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from benchmarks.powercut.content import content_of
from devices.reading import Quantity
from health.assess import assess
from health.ids import new_id
from health.keys import SecretKey, SigningKey
from health.record import Record
from health.rulebook import load_rulebook
from health.station import Station
from health.visit import Observation, Resident, Visit
from kiosk.daykey import DayKey
from kiosk.desk import Desk
from kiosk.jobs import (
    Forget,
    Job,
    KeepAlarm,
    KeepDraft,
    KeepReport,
    KeepSealed,
    MarkDelivered,
    NextToSend,
    Office,
)
from kiosk.sealing import Identity, Seal
from kiosk.stationtime import Moment
from kiosk.store import database

BEGUN = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
BOOK = load_rulebook()


class Purge(Job[None], frozen=True):
    """What was acknowledged long ago goes, as it does while the desk is idle."""

    now: datetime

    def do(self, office: Office) -> None:
        """Purge."""
        office.ledger.purge(self.now)


class Deed:
    """A desk on ``folder``; every job is followed by a line in ``said``."""

    def __init__(self, folder: Path, said: Path) -> None:
        self._folder, self._said = folder, said.open("ab", buffering=0)
        self._boot = boot = new_id()
        self._ms = 5_000_000
        keys = (SecretKey.new().public(), SecretKey.new().public())
        identity = Identity("demo", "kiosk-1", demo=True, to=keys, key=SigningKey.new())
        seal = Seal(identity, DayKey(boot, None), self._now, "Asia/Shanghai")
        self._desk = Desk(folder, seal, self._now, lambda _: None)
        self._desk.start()
        self._say()

    def visits(self, many: int) -> None:
        """Visits one after another, every fourth a guest's, some urgent, some delivered, all purged."""
        for number in range(many):
            self._visit(number)
        self._do(Purge(datetime(2027, 12, 1, tzinfo=UTC)))
        self._desk.close()

    def _visit(self, number: int) -> None:
        shares = number % 4 != 3
        visit = new_id()
        for job in _jobs(visit, number, shares=shares):
            self._ms += 20_000
            self._do(job)
        if number % 3 == 2:
            for waiting in self._desk.submit(NextToSend(2)).result().envelopes:
                at = BEGUN + timedelta(milliseconds=self._ms)
                self._do(MarkDelivered(waiting.id, waiting.visit, 201, "", at))

    def _now(self) -> Moment:
        return Moment(self._boot, self._ms, BEGUN + timedelta(milliseconds=self._ms), trusted=True)

    def _do(self, job: Job[None]) -> None:
        self._desk.submit(job).result()
        self._say()

    def _say(self) -> None:
        self._said.write(f"{content_of(self._folder)}\n".encode())


def _jobs(visit: UUID, number: int, *, shares: bool) -> Iterator[Job[None]]:
    for seen in (1, 2, 3):
        yield KeepDraft(_record(visit, number, seen), shares)
    if number % 5 == 4 and shares:
        yield KeepAlarm(_record(visit, number, 3))
    yield KeepSealed(_record(visit, number, 4), shares)
    if not shares:
        yield Forget(visit)
    if number % 6 == 5:
        yield KeepReport(b'{"kind": "heartbeat"}' * (number + 1))


def _record(visit: UUID, number: int, seen: int) -> Record:
    quantities = (
        (Quantity.BODY_WEIGHT, "kg", 51), (Quantity.SYSTOLIC, "mm[Hg]", 138),
        (Quantity.DIASTOLIC, "mm[Hg]", 76), (Quantity.GRIP_RIGHT, "kg", 18),
    )  # fmt: skip
    values = tuple(Observation(q, Decimal(base + number), unit) for q, unit, base in quantities[:seen])
    resident = Resident(birth_date=BEGUN.date().replace(year=1940), name="沈玉珍")
    one = Visit(visit, BEGUN.date(), resident=resident, observations=values, demo=True)
    station = Station("kiosk-1", "康驿一号", tenant="demo", demo=True)
    return Record(one, assess(one, (), BOOK, one.on), (), station, "zh_CN", "0.1")


def _as_sqlite_does(pragmas: tuple[tuple[str, str, str], ...]) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        ("synchronous", "FULL", "2") if name == "synchronous" else (name, w, a) for name, w, a in pragmas
    )


MODES: dict[str, Callable[[], None]] = {
    "extra": lambda: None,
    "full": lambda: setattr(database, "PRAGMAS", _as_sqlite_does(database.PRAGMAS)),
}

if __name__ == "__main__":
    MODES[sys.argv[4]]()
    Deed(Path(sys.argv[1]), Path(sys.argv[2])).visits(int(sys.argv[3]))
