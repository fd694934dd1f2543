"""The way to the clinic where the network is odd: a name nobody knows, a time nobody can have."""

import socket
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from kiosk.courier.road import LinkError, Road
from kiosk.courier.rounds import Answered, Rounds
from kiosk.jobs import ToSend
from kiosk.store.ledger import Waiting
from tests.kiosk.fake_clinic import fake_clinic
from tests.kiosk.station import HeldTime, record, seal_of

SEAL = seal_of(HeldTime())


def test_a_name_that_nobody_answers_for_holds_up_no_start(monkeypatch: pytest.MonkeyPatch) -> None:
    late = threading.Event()

    def nobody_says(*_: object) -> None:
        late.wait(60)
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", nobody_says)
    began = time.monotonic()
    with pytest.raises(LinkError, match="DNS"):
        Road("https://clinic.example", patience=0.1).ask("GET", "/health")
    assert time.monotonic() - began < 30
    late.set()


class Told:
    """A counter with one envelope to send, that remembers what came of it."""

    def __init__(self) -> None:
        self.at: list[datetime] = []

    def next_to_send(self, limit: int, resting: frozenset[UUID]) -> ToSend:
        made = SEAL.visit(record(), 1)
        return ToSend(() if self.at else (Waiting(made.header.id, made.header.visit, made.to_bytes()),), 1)

    def delivered(self, answers: Sequence[Answered]) -> None:
        self.at += [one.at for one in answers]


def test_when_the_clinic_took_it_is_noted_by_its_clock_and_not_by_a_wrong_one() -> None:
    told = Told()
    with fake_clinic() as clinic:
        clinic.ahead = timedelta(days=400)
        road = Road(clinic.url)
        Rounds(road, told, lambda _: None, lambda: False).go()
        road.close()
    (at,) = told.at
    assert abs(at - datetime.now(UTC) - timedelta(days=400)) < timedelta(hours=1)


@pytest.mark.parametrize(
    ("days", "told"), [(0, True), (-36500, False), (36500, False), (2_900_000, False)], ids=str
)
def test_a_time_that_no_clinic_can_have_is_no_time(days: int, *, told: bool) -> None:
    with fake_clinic() as clinic:
        clinic.ahead = timedelta(days=days)
        road = Road(clinic.url)
        assert (road.ask("GET", "/health").ahead is not None) is told
        road.close()
