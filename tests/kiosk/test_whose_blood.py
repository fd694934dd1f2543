"""Nothing of anybody's blood reaches the wrong person: real drivers on ptys, the real desk, two people."""

from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest

from devices.reading import Quantity
from devices.simulators.acts import InsertSample
from health.amendment import BY_TICKET, Amendment, Change, read
from health.envelope import Envelope, Kind
from health.record import Record
from health.unclaimed import Why
from health.visit import Skip
from health.words import words_of
from kiosk.care import blood
from kiosk.flow.steps import Choice, Step
from kiosk.jobs import Job, Office
from kiosk.measuring import tickets
from kiosk.running import RunningStation
from kiosk.staff_events import MeterReleased, StaffEvent, UnclaimedLine
from kiosk.today import ListToday, present
from kiosk.unclaimed import ListUnclaimed, ReleaseMeter
from kiosk.views import GoodbyeView, SampleView
from kiosk.visit_run import run_visit
from tests.kiosk.deskroom import LIMIT, NURSE, Hire
from tests.kiosk.meters import comes_to, simulated, with_meters
from tests.kiosk.walk import SPEED, station, until, walk

LIPIDS = (Quantity.TOTAL_CHOLESTEROL, Quantity.HDL, Quantity.TRIGLYCERIDES, Quantity.LDL)
OF_LIN = ("4.61", "1.55", "0.98", "2.62")
OF_CHEN = ("6.42", "1.02", "2.61", "4.21")


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody here waits in vain: a machine that stumbles must not make a result come too late."""
    for one in (blood, tickets):
        monkeypatch.setattr(one, "GIVE_UP_SECONDS", 36_000)


class _Present(Job[Record], frozen=True):
    visit: UUID

    def do(self, office: Office) -> Record:
        return present(office, self.visit)[1]


class _Amendments(Job[tuple[Amendment, ...]], frozen=True):
    def do(self, office: Office) -> tuple[Amendment, ...]:
        found = [Envelope.from_bytes(one.body) for one in office.ledger.waiting(50)]
        opened = [office.seal.content(e) for e in found if e.header.kind is Kind.AMENDMENT]
        return tuple(read(content) for content in opened if content is not None)


def strays(running: RunningStation) -> tuple[UnclaimedLine, ...]:
    return running.desk.submit(ListUnclaimed()).result(LIMIT)


def amendments(running: RunningStation) -> tuple[Amendment, ...]:
    return running.desk.submit(_Amendments()).result(LIMIT)


def now(running: RunningStation, visit: UUID) -> dict[Quantity, str]:
    seen = running.desk.submit(_Present(visit)).result(LIMIT).visit.observations
    return {o.quantity: str(o.value) for o in seen if o.quantity in LIPIDS}


def left_out(running: RunningStation, visit: UUID) -> dict[Quantity, Skip]:
    return {m.quantity: m.reason for m in running.desk.submit(_Present(visit)).result(LIMIT).visit.missing}


def sample(specimen: str, values: tuple[str, str, str, str]) -> InsertSample:
    return InsertSample(specimen, *map(Decimal, values))


def number_of(running: RunningStation) -> str:
    body = running.view().body
    assert isinstance(body, SampleView)
    return str(body.specimen)


def leaves_without_waiting(running: RunningStation) -> tuple[UUID, list[str]]:
    """Whoever is there goes on to the end without waiting for her blood; the visit, and what she read."""
    seen: list[UUID] = []
    read: list[str] = []

    def gone() -> bool:
        view = running.view()
        if view.step is Step.BLOOD_WAIT:
            running.choose(Choice.NEXT)
        if isinstance(view.body, GoodbyeView):
            seen[:], read[:] = [running.visit.id], [view.body.pending or ""]
        return bool(seen) and running.idle

    until(running, gone)
    running.send_away()
    return seen[0], read


@pytest.mark.parametrize("model", ["cardiochek", "curo-l7"])
def test_a_whole_visit_with_a_meter_that_says_no_number_runs_to_its_end(tmp_path: Path, model: str) -> None:
    with with_meters(tmp_path, ("meter", model, "default")) as running:
        done = run_visit(running, "lin", SPEED)
        assert strays(running) == ()
        assert running.attendant.taken() == ()
    values = {o.quantity: o for o in done.visit.observations}
    expected = LIPIDS if model == "cardiochek" else LIPIDS[:3]
    assert {q for q in LIPIDS if q in values} == set(expected)
    assert {values[q].instrument for q in expected} == {"meter"}
    assert abs(values[Quantity.HDL].value - Decimal("1.55")) <= Decimal("0.01")
    assert done.visit.missing == ()
    assert done.sheet is not None


def test_one_prick_serves_an_analyser_and_a_sugar_meter_each_by_its_own_ticket(tmp_path: Path) -> None:
    meters = (("analyser", "astm-lis", "default"), ("sugar", "codefree", "default"))
    with with_meters(tmp_path, *meters) as running:
        visit = comes_to(running, "lin", Step.STAND)
        assert [t.instrument for t in running.attendant.taken()] == ["sugar"]
        simulated(running, "sugar").act(InsertSample("", glucose=Decimal("5.6")))
        until(running, lambda: running.idle)
        seen = running.desk.submit(_Present(visit)).result(LIMIT).visit
        assert strays(running) == ()
        assert running.attendant.taken() == ()
    sugar, fat = seen.value_of(Quantity.GLUCOSE), seen.value_of(Quantity.HDL)
    assert sugar is not None
    assert fat is not None
    assert (sugar.instrument, fat.instrument) == ("sugar", "analyser")


def test_a_sugar_meter_that_said_nothing_stays_taken_though_the_blood_fats_have_come(tmp_path: Path) -> None:
    meters = (("analyser", "astm-lis", "default"), ("sugar", "codefree", "default"))
    with with_meters(tmp_path, *meters) as running:
        walk(running, "lin")
        assert [t.instrument for t in running.attendant.taken()] == ["sugar"]
        chen = comes_to(running, "chen", Step.STAND)
        simulated(running, "sugar").act(InsertSample("", glucose=Decimal("5.6")))
        until(running, lambda: len(strays(running)) == 1)
        assert running.visit.id == chen
        assert running.visit.value_of(Quantity.GLUCOSE) is None


def test_results_that_come_after_goodbye_and_in_the_wrong_order_each_find_their_own_visit(
    tmp_path: Path,
) -> None:
    with station(tmp_path) as running:
        analyser = simulated(running, "analyser")
        comes_to(running, "lin", Step.SAMPLE, sampled=False)
        of_lin = number_of(running)
        lin, said = leaves_without_waiting(running)
        assert said == [words_of("zh_CN").text("say.blood.later.clinic")]
        assert left_out(running, lin) == dict.fromkeys(LIPIDS, Skip.PENDING)
        chen = comes_to(running, "chen", Step.SAMPLE, sampled=False)
        of_chen = number_of(running)
        analyser.act(sample(of_lin, OF_LIN))
        until(running, lambda: len(amendments(running)) == 1)
        assert running.visit.id == chen
        assert running.visit.value_of(Quantity.HDL) is None
        leaves_without_waiting(running)
        analyser.act(sample(of_chen, OF_CHEN))
        until(running, lambda: len(amendments(running)) == 2)
        assert now(running, lin) == dict(zip(LIPIDS, OF_LIN, strict=True))
        assert now(running, chen) == dict(zip(LIPIDS, OF_CHEN, strict=True))
        assert left_out(running, lin) == left_out(running, chen) == {}
        assert strays(running) == ()
        made = amendments(running)
        today = running.desk.submit(ListToday()).result(LIMIT)
    assert [(a.visit, a.change, a.staff) for a in made] == [
        (visit, Change.LATE_RESULT, BY_TICKET) for visit in (lin, chen)
    ]
    assert [(line.visit, line.amended) for line in today] == [(chen, True), (lin, True)]


def test_a_result_with_another_number_or_none_waits_for_staff(tmp_path: Path) -> None:
    with station(tmp_path) as running:
        analyser = simulated(running, "analyser")
        visit = comes_to(running, "lin", Step.SAMPLE, sampled=False)
        for number, values in (("K26112399999", OF_CHEN), ("", OF_CHEN), (number_of(running), OF_LIN)):
            analyser.act(sample(number, values))
        until(running, lambda: running.idle)
        until(running, lambda: len(strays(running)) == 2)
        lines = strays(running)
        assert now(running, visit) == dict(zip(LIPIDS, OF_LIN, strict=True))
    assert {line.specimen for line in lines} == {"K26112399999", None}
    assert {line.why for line in lines} == {Why.OTHER_SPECIMEN}
    assert {line.instrument for line in lines} == {"analyser"}
    assert {len(line.values) for line in lines} == {len(LIPIDS)}


def test_a_control_sample_enters_no_visit_and_no_list(tmp_path: Path) -> None:
    with station(tmp_path, {"analyser": "qc_sample"}) as running:
        comes_to(running, "lin", Step.STAND)
        visit, _ = leaves_without_waiting(running)
        assert now(running, visit) == {}
        assert strays(running) == ()


def test_a_stored_result_dated_before_the_sample_is_not_hers(tmp_path: Path) -> None:
    with with_meters(tmp_path, ("meter", "curo-l7", "clock_behind")) as running:
        visit = comes_to(running, "lin", Step.STAND)
        until(running, lambda: len(strays(running)) == 1)
        (line,) = strays(running)
        gone, _ = leaves_without_waiting(running)
        assert gone == visit
        assert now(running, visit) == {}
    assert (line.why, line.visit, len(line.values)) == (Why.OLDER, None, 3)


def test_of_two_meters_of_one_model_only_the_one_she_took_is_hers(tmp_path: Path) -> None:
    meters = (("meter-1", "curo-l7", "default"), ("meter-2", "curo-l7", "default"))
    with with_meters(tmp_path, *meters) as running:
        first = comes_to(running, "lin", Step.STAND, sampled=False)
        assert [t.instrument for t in running.attendant.taken()] == ["meter-1"]
        simulated(running, "meter-2").act(sample("", OF_CHEN))
        until(running, lambda: len(strays(running)) == 1)
        leaves_without_waiting(running)
        assert now(running, first) == {}
        # The first meter is still taken by a visit that has gone: the next person gets the other one.
        second = comes_to(running, "chen", Step.SAMPLE, sampled=False)
        assert [t.instrument for t in running.attendant.taken()] == ["meter-2", "meter-1"]
        running.send_away()
        simulated(running, "meter-2").act(sample("", OF_LIN))
        until(running, lambda: running.visit.value_of(Quantity.HDL) is not None)
        hers = running.visit.value_of(Quantity.HDL)
        assert hers is not None
        assert (running.visit.id, hers.instrument) == (second, "meter-2")


def test_a_meter_taken_by_a_visit_that_has_gone_is_refused_until_staff_give_it_back(tmp_path: Path) -> None:
    with with_meters(tmp_path, ("meter", "cardiochek", "default")) as running:
        told: list[StaffEvent] = []
        running.on_staff_event(told.append)
        comes_to(running, "lin", Step.STAND, sampled=False)
        first, _ = leaves_without_waiting(running)
        refused = walk(running, "chen")
        assert Step.NOT_TODAY in refused.steps
        running.desk.submit(Hire()).result(LIMIT)
        running.desk.submit(ReleaseMeter("meter", NURSE)).result(LIMIT)
        until(running, lambda: MeterReleased("meter") in told)
        assert running.attendant.taken() == ()
        helped = walk(running, "chen")
        assert helped.visit.value_of(Quantity.HDL) is not None
        assert now(running, first) == {}


def test_what_a_meter_says_after_goodbye_waits_for_staff_with_the_visit_it_fits(tmp_path: Path) -> None:
    with with_meters(tmp_path, ("meter", "cardiochek", "default")) as running:
        comes_to(running, "lin", Step.STAND, sampled=False)
        first, _ = leaves_without_waiting(running)
        simulated(running, "meter").act(sample("", OF_LIN))
        until(running, lambda: bool(strays(running)) and running.attendant.taken() == ())
        (line,) = strays(running)
        assert now(running, first) == {}
    assert (line.why, line.visit) == (Why.AFTER_CLOSING, first)


def test_a_guests_blood_that_comes_late_is_kept_for_staff_and_names_no_visit(tmp_path: Path) -> None:
    with station(tmp_path) as running:
        comes_to(running, "guest", Step.SAMPLE, sampled=False)
        number = number_of(running)
        _, said = leaves_without_waiting(running)
        assert said == [words_of("zh_CN").text("say.blood.later.staff")]
        simulated(running, "analyser").act(sample(number, OF_LIN))
        until(running, lambda: len(strays(running)) == 1)
        (line,) = strays(running)
    assert (line.why, line.visit) == (Why.AFTER_CLOSING, None)
