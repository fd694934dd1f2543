"""Who has to be called: one task for a danger, followed until somebody writes down what came of it."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from clinic import follow_up
from clinic.follow_up import Call, Press, TaskError
from clinic.reasons import Did, Outcome, State, Why
from clinic.store.board import Figures, figures
from clinic.store.residents import resident_by_id
from clinic.store.tasks import Task, Wanted, history_of, open_tasks, task_of, tasks_of_subject
from health.assessment import Level
from health.envelope import Kind
from health.ids import new_id
from health.visit import Consent, Visit
from tests.clinic.running import Running
from tests.clinic.stations import SHEN, visit_of
from tests.clinic.test_amendments import correction

TENANT = "clinic"


def urgent() -> Visit:
    return visit_of(systolic="188", diastolic="112")


def worklist(running: Running, **which: str) -> tuple[Task, ...]:
    with running.clinic.store.reading() as connection:
        return open_tasks(connection, TENANT, Wanted(**which))  # type: ignore[arg-type]


def call(running: Running, task: Task, outcome: Outcome, why: Why | None = None, note: str = "") -> Task:
    with running.clinic.store.writing() as connection:
        follow_up.write_down(
            connection, TENANT, task.id, Call("王莉", outcome, why, note), running.clinic.now()
        )
        found = task_of(connection, TENANT, task.id)
    assert found is not None
    return found


def history(running: Running, task: Task) -> list[tuple[str, str, str]]:
    with running.clinic.store.reading() as connection:
        return [(e.did, e.outcome, e.why) for e in history_of(connection, TENANT, task.id)]


def test_an_alarm_and_its_visit_are_one_task_however_often_they_come(running: Running) -> None:
    station, visit = running.station(), urgent()
    alarm = station.envelope(replace(visit, incomplete=True), kind=Kind.ALARM)
    whole = station.envelope(visit)
    for envelope in (alarm, alarm, whole, whole):
        assert running.put(envelope).status_code in {200, 201}
    (task,) = [one for one in worklist(running) if one.level == Level.NOW]
    assert (task.reason, task.state, task.visit, task.name, task.phone) == (
        "pressure",
        State.REQUESTED,
        str(visit.id),
        "沈玉珍",
        "13600007741",
    )
    assert history(running, task) == [(Did.OPENED, "", "now")]


def test_an_urgent_pressure_is_due_today_and_followed_for_two_weeks(running: Running) -> None:
    running.put(running.station().envelope(urgent()))
    (task,) = (one for one in worklist(running) if one.level == Level.NOW)
    zone, now = running.clinic.settings.zone, datetime.now(UTC)
    due, last = (datetime.fromisoformat(at).astimezone(zone) for at in (task.due_at, task.follow_up_by))
    assert (
        timedelta(0)
        <= due.date() - datetime.fromisoformat(task.opened_at).astimezone(zone).date()
        <= timedelta(0)
    )
    assert (due.hour, due.minute) == (23, 59)
    assert last - due == timedelta(days=14)
    assert abs(datetime.fromisoformat(task.opened_at) - now) < timedelta(minutes=10)


def test_the_same_danger_again_is_the_same_task_and_says_so(running: Running) -> None:
    station = running.station()
    first, second = visit_of(), urgent()
    assert [running.put(station.envelope(one)).status_code for one in (first, second)] == [201, 201]
    pressure = [one for one in worklist(running) if one.reason == "pressure"]
    assert [(one.level, one.visit) for one in pressure] == [(Level.NOW, str(second.id))]
    assert history(running, pressure[0]) == [(Did.OPENED, "", "doctor"), (Did.RAISED, "", "now")]
    calm = visit_of()
    assert running.put(station.envelope(calm)).status_code == 201
    (still,) = (one for one in worklist(running) if one.reason == "pressure")
    assert (still.level, still.due_at) == (Level.NOW, pressure[0].due_at)
    assert history(running, still)[-1] == (Did.AGAIN, "", "doctor")


def test_the_most_dangerous_comes_first_and_then_what_was_due_first(running: Running) -> None:
    station = running.station()
    others = [replace(SHEN, identity=f"31010119500101{n:04}") for n in range(3)]
    for resident, visit in zip(others, (visit_of(), urgent(), visit_of()), strict=True):
        assert running.put(station.envelope(replace(visit, resident=resident))).status_code == 201
    levels = [one.level for one in worklist(running)]
    assert levels == sorted(levels, reverse=True)
    assert levels[0] == Level.NOW


def test_without_a_number_the_task_is_about_the_visit(running: Running) -> None:
    visit = replace(urgent(), resident=replace(SHEN, identity=None))
    running.put(running.station().envelope(visit))
    (task,) = (one for one in worklist(running) if one.level == Level.NOW)
    assert task.subject == str(visit.id)
    running.put(running.station("other-1").envelope(urgent()))
    assert len([one for one in worklist(running) if one.level == Level.NOW]) == 2


def test_who_did_not_agree_to_share_is_known_by_no_hash_but_a_danger_is_still_told(running: Running) -> None:
    visit = replace(urgent(), consent=Consent.PRINT_ONLY)
    running.put(running.station().envelope(visit))
    (task,) = (one for one in worklist(running) if one.level == Level.NOW)
    assert task.subject == str(visit.id)
    with running.clinic.store.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM resident").scalar_one() == 0


def test_three_steps_from_the_list_to_a_closed_task(running: Running) -> None:
    running.put(running.station().envelope(urgent()))
    (task,) = (one for one in worklist(running) if one.level == Level.NOW)
    with running.clinic.store.writing() as connection:
        follow_up.take(connection, TENANT, task.id, "王莉", Press("王莉"), running.clinic.now())
    assert worklist(running, owner="王莉")[0].state == State.ACCEPTED
    agreed = call(running, task, Outcome.AGREED)
    assert (agreed.state, agreed.contacted_at is not None, agreed.closed_at) == (
        State.IN_PROGRESS,
        True,
        None,
    )
    assert task.due_at < agreed.due_at <= task.follow_up_by
    seen = call(running, task, Outcome.VISITED)
    assert (seen.state, seen.outcome, seen.closed_at is not None) == (State.COMPLETED, "visited", True)
    assert [did for did, _, _ in history(running, task)] == ["opened", "taken", "called", "called"]
    with pytest.raises(TaskError, match="closed"):
        call(running, task, Outcome.LATER)
    with running.clinic.store.reading() as connection:
        assert task.id in {one.id for one in tasks_of_subject(connection, TENANT, task.subject)}


@pytest.mark.parametrize(
    ("outcome", "why", "state"),
    [
        (Outcome.NO_ANSWER, None, State.IN_PROGRESS),
        (Outcome.LATER, None, State.IN_PROGRESS),
        (Outcome.REMOVED, Why.REFUSED, State.CANCELLED),
        (Outcome.REMOVED, Why.ALREADY_VISITED, State.COMPLETED),
    ],
)
def test_what_each_outcome_leads_to(
    running: Running, outcome: Outcome, why: Why | None, state: State
) -> None:
    running.put(running.station().envelope(urgent()))
    (task,) = (one for one in worklist(running) if one.level == Level.NOW)
    after = call(running, task, outcome, why, note="晚上再打")
    assert after.state == state
    assert (after.closed_at is None) is (outcome is not Outcome.REMOVED)
    if outcome is Outcome.NO_ANSWER:
        assert (after.due_at, after.contacted_at) == (task.due_at, None)
    assert history(running, task)[-1] == (Did.CALLED, outcome, "" if why is None else why)


@pytest.mark.parametrize(("outcome", "why"), [(Outcome.REMOVED, None), (Outcome.VISITED, Why.OTHER)])
def test_nothing_is_removed_without_a_reason(running: Running, outcome: Outcome, why: Why | None) -> None:
    running.put(running.station().envelope(urgent()))
    task = worklist(running)[0]
    with pytest.raises(TaskError, match="why"):
        call(running, task, outcome, why)
    assert worklist(running)[0].events == task.events


def test_of_two_who_close_a_task_at_once_the_second_is_told(running: Running) -> None:
    from clinic.store.tasks import change

    running.put(running.station().envelope(urgent()))
    task = worklist(running)[0]
    with running.clinic.store.writing() as connection:
        assert change(connection, task, {"owner": "ann"})
        assert not change(connection, task, {"owner": "bob"})
    assert worklist(running)[0].owner == "ann"


def test_an_unknown_task_or_that_of_another_tenant_is_refused(running: Running) -> None:
    running.put(running.station().envelope(urgent()))
    task = worklist(running)[0]
    with running.clinic.store.writing() as connection:
        for tenant, name in ((TENANT, str(new_id())), ("elsewhere", task.id)):
            with pytest.raises(TaskError, match="no such"):
                follow_up.take(connection, tenant, name, "ann", Press("ann"), running.clinic.now())
        assert open_tasks(connection, "elsewhere") == ()


def test_a_visit_that_was_no_true_one_closes_nothing_but_is_told(running: Running) -> None:
    station, visit = running.station(), urgent()
    sealed = station.envelope(visit)
    assert running.put(sealed).status_code == 201
    assert running.put(correction(station, visit, sealed)).status_code == 201
    task = worklist(running)[0]
    assert history(running, task)[-1][0] == Did.VISIT_VOID


def test_the_board_knows_how_many_wait_and_how_many_nobody_reached(running: Running) -> None:
    station = running.station()
    for n in range(3):
        visit = replace(urgent(), resident=replace(SHEN, identity=f"31010119500101{n:04}"))
        running.put(station.envelope(visit))
    tasks = [one for one in worklist(running) if one.level == Level.NOW]
    call(running, tasks[0], Outcome.AGREED)
    call(running, tasks[1], Outcome.VISITED)
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    with running.clinic.store.reading() as connection:
        told = figures(connection, TENANT, int(Level.NOW), tomorrow)
        nothing = figures(connection, "elsewhere", int(Level.NOW), tomorrow)
    assert (told.urgent, told.not_reached) == (2, 1)
    assert told.open >= 2
    assert told.overdue >= 1
    assert nothing == Figures(0, 0, 0, 0)


def test_a_resident_is_named_as_the_clinic_knows_her(running: Running) -> None:
    running.put(running.station().envelope(urgent()))
    task = worklist(running)[0]
    with running.clinic.store.reading() as connection:
        known = resident_by_id(connection, TENANT, task.subject)
    assert known is not None
    assert (known.name, known.phone, known.contracted) == ("沈玉珍", "13600007741", False)
