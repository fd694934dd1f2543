"""A station at which staff are called: its time can be put forward, and what rang is heard."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from time import monotonic
from typing import ClassVar

import pytest

from devices.events import CardHeard
from health.envelope import Envelope, Kind
from health.record import Record
from kiosk.calling.bell import Bell
from kiosk.calling.calls import Reason
from kiosk.clock import Clock
from kiosk.demo_faults import URGENT
from kiosk.flow.steps import Step
from kiosk.jobs import Job, NextToSend, Office, Rank
from kiosk.opening import opened
from kiosk.personas import people
from kiosk.running import RunningStation
from kiosk.upkeep.audit import Line
from kiosk.upkeep.staff import Act
from tests.kiosk.ledgers import lay_empty_ledger
from tests.kiosk.walk import SPEED, settings_with, until


class Later:
    """A monotonic clock that can be put forward."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        return monotonic() + self.ahead


class _Trail(Job[tuple[Line, ...]], frozen=True):
    """The lines about calls, once everything else was written."""

    rank: ClassVar[Rank] = Rank.LAST

    def do(self, office: Office) -> tuple[Line, ...]:
        return tuple(line for line in office.ledger.book.lines() if line.act == Act.CALL)


class Envelopes(Job[tuple[tuple[Kind, Record], ...]], frozen=True):
    """What waits, in the order it will be sent, opened with today's key."""

    def do(self, office: Office) -> tuple[tuple[Kind, Record], ...]:
        waiting = [Envelope.from_bytes(one.body) for one in NextToSend(50).do(office).envelopes]
        hers = [one for one in waiting if one.header.kind is not Kind.STATION]
        opened = [(one.header.kind, office.seal.open(one)) for one in hers]
        return tuple((kind, record) for kind, record in opened if record is not None)


class Place:
    """A station at which somebody's pressure is very high, and all that rang."""

    def __init__(self, running: RunningStation, later: Later, rang: list[Reason]) -> None:
        self.running = running
        self.later = later
        self.rang = rang

    def come(self, persona: str = "lin") -> None:
        """Come as far as the urgent screen, and leave the simulated people out from there."""
        self.running.send(persona, presses=True)
        if URGENT not in (strip.active if (strip := self.running.strip()) else ()):
            self.running.toggle_fault(URGENT)
        until(self.running, lambda: self.running.attendant.step is Step.URGENT)
        self.running.send_away()

    def lay_badge(self) -> None:
        """A member of staff lays a card on the reader."""
        card = people().staff.card()
        self.running.attendant.hear(CardHeard("reader", card, monotonic()))

    def wait(self, seconds: float) -> None:
        """Real seconds go by."""
        for _ in range(round(seconds / 10)):
            self.later.ahead += 10
            self.running.tick()

    def at(self, step: Step) -> None:
        until(self.running, lambda: self.running.attendant.step is step)

    def trail(self) -> list[tuple[str, str]]:
        lines = self.running.desk.submit(_Trail()).result(30)
        return [(line.who, line.result) for line in lines if line.result != Step.BLOOD]

    def envelopes(self) -> tuple[tuple[Kind, Record], ...]:
        return self.running.desk.submit(Envelopes()).result(30)


@contextmanager
def place(data: Path, monkeypatch: pytest.MonkeyPatch, clinic: str = "none") -> Iterator[Place]:
    later, rang = Later(), list[Reason]()
    monkeypatch.setattr("kiosk.opening.Clock", partial(Clock, later))
    monkeypatch.setattr(Bell, "ring", lambda _bell, reason: rang.append(reason))
    lay_empty_ledger(data)
    with opened(settings_with({}), data, SPEED, clinic) as open_station:
        running = open_station.station
        here = Place(running, later, rang)
        until(running, running.bench.all_there)
        yield here
