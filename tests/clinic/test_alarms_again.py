"""Who is in danger again is to be reached again; a visit asks for nothing twice."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace

from clinic import district, follow_up
from clinic.follow_up import Call
from clinic.intake import take_in
from clinic.pages.tasks import waits
from clinic.reasons import Did, Outcome, State
from clinic.store.board import figures, times_to_contact
from clinic.store.tasks import Task, history_of, open_tasks, task_of
from devices.reading import Quantity
from health.assessment import Level
from health.envelope import Envelope, Kind
from health.visit import Observation, Visit
from tests.clinic.running import NURSE, Running
from tests.clinic.stations import FakeStation, visit_of
from tests.clinic.test_amendments import late

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
WEEK = timedelta(days=7)


def urgent(systolic: str = "188") -> Visit:
    return visit_of(systolic=systolic, diastolic="112")


def alarm(station: FakeStation, visit: Visit) -> Envelope:
    return station.envelope(replace(visit, incomplete=True), kind=Kind.ALARM)


def at(running: Running, moment: datetime) -> Running:
    return replace(running, clinic=replace(running.clinic, now=lambda: moment))


def came(running: Running, envelope: Envelope) -> None:
    assert take_in(running.clinic, envelope.header.id, envelope.to_bytes()).status == 201


def pressure(running: Running) -> Task:
    (found,) = (one for one in every(running) if one.reason == "pressure")
    return found


def every(running: Running) -> tuple[Task, ...]:
    with running.clinic.store.reading() as connection:
        return open_tasks(connection, "clinic")


def called(running: Running, task: Task, outcome: Outcome) -> Task:
    with running.clinic.store.writing() as connection:
        follow_up.write_down(connection, "clinic", task.id, Call(NURSE, outcome), running.clinic.now())
        found = task_of(connection, "clinic", task.id)
    assert found is not None
    return found


def history(running: Running, task: Task) -> list[tuple[str, str]]:
    with running.clinic.store.reading() as connection:
        return [(one.did, one.visit) for one in history_of(connection, "clinic", task.id)]


def test_who_was_reached_last_week_and_is_in_danger_today_is_to_be_reached_today(running: Running) -> None:
    station, first, again = running.station(), urgent(), urgent("215")
    came(at(running, NOON), alarm(station, first))
    called(at(running, NOON + timedelta(minutes=5)), pressure(running), Outcome.AGREED)
    today = at(running, NOON + WEEK)
    came(today, alarm(station, again))
    task = pressure(running)
    assert waits(task)
    assert (task.state, task.contacted_at, task.visit) == (State.REQUESTED, None, str(again.id))
    assert task.alarmed_at == today.clinic.now().isoformat()
    assert datetime.fromisoformat(task.due_at) - today.clinic.now() < timedelta(days=1)
    assert datetime.fromisoformat(task.follow_up_by) - today.clinic.now() > timedelta(days=13)
    assert history(running, task)[-1] == (Did.ALARMED, str(again.id))


def test_board_figures_and_metrics_count_from_the_new_alarm(running: Running) -> None:
    station, today = running.station(), NOON + WEEK
    came(at(running, NOON), alarm(station, urgent()))
    called(at(running, NOON + timedelta(minutes=5)), pressure(running), Outcome.AGREED)
    came(at(running, today), alarm(station, urgent("215")))
    later = at(running, today + timedelta(hours=3))
    with running.clinic.store.reading() as connection:
        now = district.standing(later.clinic, connection)
        counts = figures(connection, "clinic", int(Level.NOW), later.clinic.now())
    assert ([waits(one) for one in now.alarms], now.late(), now.waited()) == ([True], 1, [])
    assert (counts.not_reached, now.tasks.not_reached) == (1, 1)
    called(at(running, today + timedelta(minutes=9)), pressure(running), Outcome.AGREED)
    with running.clinic.store.reading() as connection:
        ((begun, reached),) = times_to_contact(connection, "clinic", int(Level.NOW), today.isoformat())
        then = district.standing(later.clinic, connection)
    assert datetime.fromisoformat(reached) - datetime.fromisoformat(begun) == timedelta(minutes=9)
    assert (then.waited(), then.late()) == ([timedelta(minutes=9)], 0)


@pytest.mark.parametrize("reached_after", [None, timedelta(minutes=10), timedelta(minutes=40)])
def test_an_alarm_is_late_whether_somebody_was_reached_in_the_end_or_not(
    running: Running, reached_after: timedelta | None
) -> None:
    came(at(running, NOON), alarm(running.station(), urgent()))
    if reached_after is not None:
        called(at(running, NOON + reached_after), pressure(running), Outcome.AGREED)
    with running.clinic.store.reading() as connection:
        now = district.standing(at(running, NOON + timedelta(hours=3)).clinic, connection)
    assert now.late() == (reached_after != timedelta(minutes=10))


def test_who_still_waits_goes_on_waiting_from_when_she_began_to(running: Running) -> None:
    station = running.station()
    came(at(running, NOON), alarm(station, urgent()))
    due = pressure(running).due_at
    came(at(running, NOON + WEEK), alarm(station, urgent("215")))
    task = pressure(running)
    assert (task.alarmed_at, task.due_at, task.contacted_at) == (NOON.isoformat(), due, None)


def test_what_rises_to_danger_waits_from_then_and_what_is_less_undoes_no_call(running: Running) -> None:
    station, risen = running.station(), NOON + timedelta(days=2)
    came(at(running, NOON), station.envelope(visit_of()))
    assert pressure(running).alarmed_at is None
    called(at(running, NOON), pressure(running), Outcome.AGREED)
    came(at(running, risen), alarm(station, urgent()))
    task = pressure(running)
    assert waits(task)
    assert task.alarmed_at == risen.isoformat()
    called(at(running, risen), task, Outcome.AGREED)
    came(at(running, risen + WEEK), station.envelope(visit_of()))
    after = pressure(running)
    assert (after.level, waits(after), after.alarmed_at) == (Level.NOW, False, risen.isoformat())
    assert history(running, after)[-1][0] == Did.AGAIN


def test_a_visit_asks_once_though_another_came_between_its_alarm_and_itself(running: Running) -> None:
    station, first, second = running.station(), urgent(), urgent("190")
    for one in (first, second):
        came(running, alarm(station, one))
    reached = called(running, pressure(running), Outcome.AGREED)
    for one in (first, second):
        came(running, station.envelope(one))
    assert pressure(running) == reached


@pytest.mark.parametrize("closing", [Outcome.VISITED, None])
def test_a_closed_alarm_is_not_opened_by_its_own_visit(running: Running, closing: Outcome | None) -> None:
    station, visit = running.station(), urgent()
    came(running, alarm(station, visit))
    task = pressure(running)
    if closing is not None:
        called(running, task, closing)
    came(running, station.envelope(visit))
    assert [one.id for one in every(running) if one.reason == "pressure"] == ([] if closing else [task.id])
    what = [did for did, _ in history(running, task)]
    assert what == ([Did.OPENED, Did.CALLED, Did.CAME_AFTER] if closing else [Did.OPENED])


def test_a_late_result_asks_only_for_what_it_added(running: Running) -> None:
    station, visit = running.station(), urgent()
    sealed = station.envelope(visit)
    came(running, sealed)
    for one in every(running):
        called(running, one, Outcome.VISITED)
    fresh = Observation(Quantity.GLUCOSE, Decimal("18.2"), "mmol/L", at=NOON, instrument="blood")
    came(running, late(station, visit.with_observation(fresh), sealed, fresh))
    assert [one.reason for one in every(running)] == ["sugar"]


def test_a_visit_that_turns_out_more_dangerous_than_what_was_closed_is_a_new_task(running: Running) -> None:
    station, visit = running.station(), visit_of()
    sealed = station.envelope(visit)
    came(running, sealed)
    was = called(running, pressure(running), Outcome.VISITED)
    fresh = Observation(Quantity.SYSTOLIC, Decimal("215"), "mm[Hg]", at=NOON)
    came(running, late(station, visit.with_observation(fresh), sealed, fresh))
    task = pressure(running)
    assert (task.id != was.id, task.level, waits(task)) == (True, Level.NOW, True)
