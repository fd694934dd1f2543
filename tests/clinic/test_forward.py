"""What was shared goes on to any FHIR server: each visit once, and none waits for another."""

import json
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy.exc import OperationalError

from clinic.erasing import erase
from clinic.forward import forwarding
from clinic.forward.forwarding import Forwarder
from clinic.forward.judging import Verdict, verdict_on
from clinic.forward.target import Target
from clinic.settings import ClinicSettingsError, read_settings
from clinic.store.forwarding import QUARANTINED, SENT, StateOfTarget, counts, state_of_target
from health.visit import Consent, Visit
from tests.clinic.other_server import OtherServer, other_server
from tests.clinic.running import NURSE, Running
from tests.clinic.stations import SHEN, FakeStation, visit_of
from tests.clinic.test_amendments import correction, late
from tests.clinic.test_erasing import whose

OTHER = replace(SHEN, name="李明", identity="310101195001010019", phone="13900000001")
STRATEGIES = ("put", "conditional", "chunks")


@dataclass
class Onward:
    """A clinic whose visits go on, and a clock that can be moved."""

    running: Running
    other: OtherServer
    station: FakeStation
    strategy: str = "conditional"
    later: timedelta = timedelta(0)

    def file(self, *visits: Visit) -> None:
        for visit in visits:
            assert self.running.put(self.station.envelope(visit)).status_code == 201

    def round(self, **later: float) -> int:
        self.later += timedelta(**later)
        now = self.running.clinic.now() + self.later
        clinic = replace(self.running.clinic, now=lambda: now)
        target = Target("district", self.other.url, self.strategy)  # type: ignore[arg-type]
        return Forwarder(clinic, target, luck=lambda: 1.0).round()

    def state(self) -> StateOfTarget:
        with self.running.clinic.store.reading() as connection:
            return state_of_target(connection, "clinic", "district")

    def counts(self) -> dict[str, int]:
        with self.running.clinic.store.reading() as connection:
            return counts(connection, "clinic", "district")


@pytest.fixture
def onward(running: Running) -> Iterator[Onward]:
    with other_server() as other:
        yield Onward(running, other, running.station())


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_visit_arrives_whole_once_and_linked_by_each_strategy(onward: Onward, strategy: str) -> None:
    onward.strategy = strategy
    onward.file(visit_of(), visit_of(OTHER))
    assert onward.round() == 2
    assert onward.counts() == {SENT: 2}
    other = onward.other
    assert [len(other.of(kind)) for kind in ("Patient", "Encounter", "DiagnosticReport")] == [2, 2, 2]
    assert len(other.of("Observation")) > 20
    weight = next(one for one in other.of("Observation") if "29463-7" in json.dumps(one["code"]))
    assert weight["valueQuantity"]["value"] == 51.3
    patients = {f"Patient/{id_}" for kind, id_ in other.kept if kind == "Patient"}
    assert {one["subject"]["reference"] for one in other.of("Observation")} == patients
    assert str(SHEN.identity) not in json.dumps(list(other.kept.values()))
    if strategy == "chunks":
        assert max(other.sizes) <= 8
    assert onward.round(hours=1) == 0


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_whatever_it_does_first_each_resource_is_there_once_in_the_end(onward: Onward, strategy: str) -> None:
    onward.strategy = strategy
    onward.other.habits = [500, 409, 429, 401, 302, "html", "entries", "late", 400]
    onward.file(visit_of())
    for _ in range(10):
        assert onward.counts().get(SENT, 0) == 0
        onward.round(minutes=16)
    assert onward.counts() == {SENT: 1}
    assert [len(onward.other.of(kind)) for kind in ("Patient", "Encounter", "DiagnosticReport")] == [1, 1, 1]


def test_one_that_is_never_taken_is_set_aside_after_a_day_and_holds_up_no_other(onward: Onward) -> None:
    onward.other.poison = "李明"
    onward.file(visit_of(OTHER), visit_of())
    onward.round()
    assert onward.counts() == {"ready": 1, SENT: 1}
    for _ in range(12):
        onward.round(hours=1)
    assert onward.counts() == {"ready": 1, SENT: 1}
    onward.round(hours=13)
    assert onward.counts() == {QUARANTINED: 1, SENT: 1}
    assert onward.round(hours=1) == 0
    assert "Patient" in onward.state().refused


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_what_is_refused_as_a_whole_arrives_part_by_part_but_for_the_part_that_is_refused(
    onward: Onward, strategy: str
) -> None:
    onward.strategy, onward.other.poison = strategy, '"resourceType":"DiagnosticReport"'
    onward.file(visit_of())
    for _ in range(9):
        onward.round(hours=3)
    assert onward.counts() == {QUARANTINED: 1}
    # What points at the part that is not there cannot be filed there either.
    assert onward.state().refused == ("DiagnosticReport", "Provenance")
    other = onward.other
    assert [len(other.of(kind)) for kind in ("Patient", "Encounter", "DiagnosticReport")] == [1, 1, 0]
    assert len(other.of("Observation")) > 10


def test_a_server_that_is_away_is_asked_for_ever_and_not_too_often(onward: Onward) -> None:
    onward.other.habits = [503] * 100
    onward.file(visit_of())
    tried = sum(onward.round(minutes=1) for _ in range(120))
    assert 8 <= tried <= 30
    assert onward.counts() == {"ready": 1}


def test_a_door_that_is_shut_is_knocked_at_once_and_not_for_each_visit(onward: Onward) -> None:
    onward.other.habits = [403] * 9
    onward.file(visit_of(), visit_of(OTHER), visit_of())
    assert [onward.round(), onward.round(minutes=6), onward.round(minutes=8)] == [1, 0, 0]
    assert len(onward.other.habits) == 8
    onward.other.habits = []
    onward.round(minutes=2)
    assert onward.counts() == {SENT: 3}


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_what_is_too_large_goes_in_halves(onward: Onward, strategy: str) -> None:
    onward.strategy, onward.other.most = strategy, 5
    onward.file(visit_of())
    onward.round()
    assert onward.counts() == {SENT: 1}
    assert [len(onward.other.of(kind)) for kind in ("Patient", "Encounter", "DiagnosticReport")] == [1, 1, 1]


def test_how_far_a_server_is_can_be_asked(onward: Onward) -> None:
    assert onward.state() == StateOfTarget("district", 0, None, 0, None, "", None)
    onward.other.habits = [403]
    onward.file(visit_of())
    onward.round()
    waits = onward.state()
    assert (waits.waiting, waits.trouble, waits.status, waits.sent_last) == (1, "closed", 403, None)
    assert waits.waiting_since is not None
    onward.round(minutes=16)
    sent = (onward.running.clinic.now() + onward.later).isoformat()
    done = onward.state()
    assert (done.waiting, done.waiting_since, done.set_aside, done.trouble) == (0, None, 0, "")
    assert done.sent_last is not None
    assert waits.waiting_since < done.sent_last <= sent


def test_a_database_that_was_away_for_a_moment_ends_no_forwarding(
    onward: Onward, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds: list[str] = []
    round_ = Forwarder.round

    def away_at_first(forwarder: Forwarder) -> int:
        rounds.append(forwarder.target.name)
        if len(rounds) == 1:
            raise OperationalError("SELECT 1", {}, sqlite3.OperationalError("disk I/O error"))
        return round_(forwarder)

    monkeypatch.setattr(Forwarder, "round", away_at_first)
    settings = replace(onward.running.clinic.settings, forward=(Target("district", onward.other.url, "put"),))
    onward.file(visit_of())
    stop = forwarding.start(replace(onward.running.clinic, settings=settings), pause_s=0.01)
    try:
        end = time.monotonic() + 30
        while onward.counts() != {SENT: 1}:
            assert time.monotonic() < end
            time.sleep(0.02)
    finally:
        stop.set()
    assert len(rounds) > 1


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_what_was_amended_or_entered_in_error_is_so_over_there(onward: Onward, strategy: str) -> None:
    onward.strategy = strategy
    visit = visit_of()
    sealed = onward.station.envelope(visit)
    assert onward.running.put(sealed).status_code == 201
    onward.round()
    many = len(onward.other.kept)
    fresh = replace(visit.observations[5], value=Decimal("6.02"))
    amended = late(onward.station, visit.with_observation(fresh), sealed, fresh)
    assert onward.running.put(amended).status_code == 201
    onward.round(minutes=1)
    assert {one["status"] for one in onward.other.of("DiagnosticReport")} == {"amended"}
    assert onward.running.put(correction(onward.station, visit, sealed)).status_code == 201
    onward.round(minutes=1)
    assert {one["status"] for one in onward.other.of("Observation")} == {"entered-in-error"}
    assert len(onward.other.kept) == many


def test_only_what_is_whole_and_shared_goes(onward: Onward) -> None:
    draft = visit_of(OTHER, incomplete=True)
    onward.file(
        replace(visit_of(), consent=Consent.PRINT_ONLY),
        replace(visit_of(), consent=None),
        draft,
    )
    onward.round()
    assert onward.other.kept == {}
    whole = replace(visit_of(OTHER), id=draft.id)
    onward.file(whole)
    onward.round(minutes=1)
    assert len(onward.other.of("Encounter")) == 1


def test_who_was_erased_is_not_sent_any_more(onward: Onward) -> None:
    visit = visit_of()
    onward.file(visit)
    erase(onward.running.clinic, whose(onward.running, visit), NURSE)
    onward.round()
    assert onward.other.kept == {}


@pytest.mark.parametrize(
    ("status", "body", "verdict"),
    [
        (
            200,
            b'{"type":"transaction-response","entry":[{"response":{"status":"201 Created"}}]}',
            Verdict.TAKEN,
        ),
        (200, b'{"type":"transaction-response","entry":[{"response":{"status":"409"}}]}', Verdict.AGAIN),
        (200, b'{"type":"batch-response","entry":[{"response":{"status":"422"}}]}', Verdict.DOUBTFUL),
        (200, b'{"type":"batch-response","entry":[{"response":{"status":"403"}}]}', Verdict.CLOSED),
        (200, b'{"type":"batch-response","entry":[]}', Verdict.DOUBTFUL),
        (200, b'{"type":"searchset","entry":[]}', Verdict.AGAIN),
        (200, b'{"type":"batch-response","entry":[{}]}', Verdict.AGAIN),
        (200, b"[]", Verdict.AGAIN),
        (200, b"\xff", Verdict.AGAIN),
        (204, b"", Verdict.AGAIN),
        (307, b"", Verdict.AGAIN),
        (412, b"", Verdict.DOUBTFUL),
        (404, b"", Verdict.DOUBTFUL),
    ],
)
def test_an_answer_is_a_success_only_if_every_entry_says_so(
    status: int, body: bytes, verdict: Verdict
) -> None:
    assert verdict_on(status, body, 1) is verdict


def test_a_server_on_plain_http_elsewhere_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "clinic.toml"
    file.write_text('[[forward]]\nname = "city"\nurl = "http://fhir.example"\n', encoding="utf-8")
    with pytest.raises(ClinicSettingsError, match="city"):
        read_settings(file)
