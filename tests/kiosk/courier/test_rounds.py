"""One round: what is tried in which order, when it ends, and what is not even asked."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from uuid import UUID

import pytest

from health.envelope import Envelope
from health.wire import Delivered, encode
from kiosk.courier import patience
from kiosk.courier.road import Answer, IllError, LinkError, Road
from kiosk.courier.rounds import Answered, Rounds
from kiosk.jobs import ToSend
from kiosk.store.ledger import Waiting
from tests.kiosk.fake_clinic import FakeClinic, Reply, fake_clinic
from tests.kiosk.station import HeldTime, record, seal_of

SEAL = seal_of(HeldTime())
LONG_S = 600.0
"""So long does one rest here: no round of a test takes it, however slow the machine."""


@dataclass(slots=True)
class Counter:
    """A desk in memory."""

    waiting: list[Waiting]
    answers: list[tuple[UUID, int]] = field(default_factory=list)

    def next_to_send(self, limit: int, resting: frozenset[UUID]) -> ToSend:
        return ToSend(tuple(w for w in self.waiting if w.id not in resting)[:limit], len(self.waiting))

    def delivered(self, answers: Sequence[Answered]) -> None:
        for one in answers:
            self.answers.append((one.envelope.id, one.status))
            if one.status in (200, 201, 410):
                self.waiting.remove(one.envelope)


def _waiting(how_many: int) -> list[Waiting]:
    sealed: list[Envelope] = [SEAL.visit(record(), number) for number in range(1, how_many + 1)]
    return [Waiting(one.header.id, one.header.visit, one.to_bytes()) for one in sealed]


@pytest.fixture
def clinic() -> Iterator[FakeClinic]:
    with fake_clinic() as at_work:
        yield at_work


@pytest.fixture(autouse=True)
def _nothing_wakes_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience.wait_after, "__defaults__", (lambda: 0.9,))
    monkeypatch.setattr(patience, "FIRST_S", LONG_S)
    monkeypatch.setattr(patience, "CAP_S", LONG_S)


def _rounds(clinic: FakeClinic, counter: Counter, heard: list[Answer] | None = None) -> Rounds:
    return Rounds(Road(clinic.url), counter, (heard if heard is not None else []).append, lambda: False)


def test_a_clinic_that_is_ill_is_left_alone_after_three(clinic: FakeClinic) -> None:
    clinic.switch = lambda *_: Reply(503)
    with pytest.raises(IllError):
        _rounds(clinic, Counter(_waiting(10))).go()
    assert len(clinic.asked) == 3


def test_a_clinic_that_asks_to_wait_is_left_alone_at_once(clinic: FakeClinic) -> None:
    clinic.switch = lambda *_: Reply(429, headers=(("Retry-After", "30"),))
    with pytest.raises(IllError) as ill:
        _rounds(clinic, Counter(_waiting(10))).go()
    assert (len(clinic.asked), ill.value.wait) == (1, 30.0)


def test_a_station_that_is_not_known_does_not_knock_with_everything_it_has(clinic: FakeClinic) -> None:
    clinic.switch = lambda *_: Reply(403)
    counter = Counter(_waiting(10))
    with pytest.raises(IllError, match="enrolled"):
        _rounds(clinic, counter).go()
    assert [status for _, status in counter.answers] == [403] * 3


def test_one_that_makes_the_clinic_ill_is_tried_once_a_round_and_rests(clinic: FakeClinic) -> None:
    counter = Counter(_waiting(4))
    poison = counter.waiting[0].id
    clinic.switch = lambda c, m, path, b: Reply(500) if path.endswith(str(poison)) else None
    rounds = _rounds(clinic, counter)
    wait = rounds.go()
    assert wait is not None
    assert 0 < wait <= LONG_S
    assert [path.endswith(str(poison)) for _, path in clinic.asked] == [True, False, False, False]
    rounds.wake()
    rounds.go()
    assert len(clinic.asked) == 5


def test_one_that_is_not_taken_is_not_woken_by_the_link(clinic: FakeClinic) -> None:
    counter = Counter(_waiting(1))
    clinic.special[counter.waiting[0].id] = 202
    rounds = _rounds(clinic, counter)
    rounds.go()
    rounds.wake()
    rounds.go()
    assert len(clinic.asked) == 1


def _puts(clinic: FakeClinic) -> list[str]:
    return [path.rpartition("/")[2] for method, path in clinic.asked if method == "PUT"]


@pytest.mark.parametrize("status", [401, 429, 502])
@pytest.mark.parametrize("bad_rounds", [1, 4])
def test_after_a_clinic_that_was_ill_for_all_the_most_urgent_is_the_first_and_order_holds(
    clinic: FakeClinic, status: int, bad_rounds: int
) -> None:
    counter = Counter(_waiting(6))
    order = [str(one.id) for one in counter.waiting]
    rounds = _rounds(clinic, counter)
    clinic.switch = lambda *_: Reply(status)
    for _ in range(bad_rounds):
        with suppress(IllError):
            rounds.go()
    clinic.switch = None
    clinic.asked.clear()
    rounds.go()
    assert _puts(clinic) == order
    assert counter.waiting == []


def test_several_that_make_a_well_clinic_ill_hold_up_nobody(clinic: FakeClinic) -> None:
    counter = Counter(_waiting(9))
    poison = {str(one.id) for one in counter.waiting[:4]}
    clinic.switch = lambda c, m, path, b: Reply(500) if path.rpartition("/")[2] in poison else None
    rounds = _rounds(clinic, counter)
    for _ in range(12):
        with suppress(IllError):
            rounds.go()
    assert {str(one.id) for one in counter.waiting} == poison
    assert len(clinic.asked) < 60


def test_a_receipt_in_a_page_of_another_type_is_no_receipt(clinic: FakeClinic) -> None:
    counter = Counter(_waiting(1))
    receipt = encode(Delivered(counter.waiting[0].id, 200))
    clinic.switch = lambda *_: Reply(200, receipt, "text/html; charset=utf-8")
    with pytest.raises(LinkError, match="log-in"):
        _rounds(clinic, counter).go()
    assert counter.answers == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_nobody_is_followed_to_another_host(clinic: FakeClinic, status: int) -> None:
    counter = Counter(_waiting(1))
    with fake_clinic() as stranger:
        clinic.switch = lambda c, m, path, b: Reply(status, headers=(("Location", stranger.url + path),))
        with pytest.raises(LinkError, match="elsewhere"):
            _rounds(clinic, counter).go()
        assert stranger.asked == []
    assert [method for method, _ in clinic.asked] == ["PUT", "GET"]


def test_nothing_waits_nothing_is_asked(clinic: FakeClinic) -> None:
    assert _rounds(clinic, Counter([])).go() is None
    assert clinic.asked == []


def test_an_answer_is_heard_only_when_it_is_a_good_one(clinic: FakeClinic) -> None:
    heard: list[Answer] = []
    clinic.switch = lambda *_: Reply(500)
    with pytest.raises(IllError):
        _rounds(clinic, Counter(_waiting(3)), heard).go()
    assert heard == []
    clinic.switch = None
    _rounds(clinic, Counter(_waiting(3)), heard).go()
    assert len(heard) == 3
