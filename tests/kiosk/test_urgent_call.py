"""A value that cannot wait calls staff, is sealed before anybody goes on, and is answered for."""

import os
import tty
from pathlib import Path
from threading import Event
from time import monotonic, sleep

import msgspec
import pytest

from devices.events import CardHeard
from devices.reading import Quantity
from devices.relay import LC_CLOSE, LC_OPEN
from health.envelope import Kind
from health.visit import CallOutcome
from kiosk.calling.calls import AGAIN_S, UNANSWERED_S, Reason
from kiosk.care.calling import WAITS_S
from kiosk.demo_faults import URGENT
from kiosk.flow.steps import Choice, Step
from kiosk.jobs import KeepAlarm, Office
from kiosk.opening import opened
from kiosk.personas import people
from kiosk.settings import CallPart
from kiosk.upkeep.demo import DEMO
from kiosk.views import IdleView, UrgentView
from tests.kiosk.calling_place import place
from tests.kiosk.walk import SPEED, settings_with, until, walk


def test_the_whole_visit_with_an_urgent_value_says_what_came_of_the_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with place(tmp_path, monkeypatch) as here:
        here.running.send("lin", presses=True)
        here.running.toggle_fault(URGENT)
        done = walk(here.running, "lin")
        kinds = [kind for kind, _ in here.envelopes()]
        trail = here.trail()
    assert {Step.URGENT, Step.ANSWERED, Step.RESULT} <= done.steps
    call = done.visit.call
    assert call is not None
    assert call.answered_at is not None
    assert call.called_at <= call.answered_at
    assert (call.by, call.outcome) == (DEMO, CallOutcome.RESTED)
    assert kinds == [Kind.ALARM, Kind.VISIT]
    assert trail == [("station", "called:urgent:urgent"), (DEMO, "urgent"), ("station", "closed:rested")]


def test_it_rings_at_once_and_each_minute_until_a_badge_is_laid(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with place(tmp_path, monkeypatch) as here:
        here.come()
        assert here.rang[-1] is Reason.URGENT
        before = len(here.rang)
        here.wait(2 * AGAIN_S)
        assert len(here.rang) == before + 2
        here.lay_badge()
        here.at(Step.ANSWERED)
        here.wait(3 * AGAIN_S)
        assert len(here.rang) == before + 2
        assert not here.running.view().help_called


def test_staff_who_went_with_her_and_said_nothing_leave_a_free_kiosk_and_are_asked_by_the_next_badge(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with place(tmp_path, monkeypatch) as here:
        here.come()
        here.lay_badge()
        here.at(Step.ANSWERED)
        here.wait(WAITS_S - 60)
        assert here.running.attendant.step is Step.ANSWERED
        rang = len(here.rang)
        here.wait(80)
        here.at(Step.IDLE)
        view = here.running.view()
        assert isinstance(view.body, IdleView)
        assert view.body.called is not None
        assert here.rang[rang:] == [Reason.URGENT]
        here.lay_badge()
        here.at(Step.ANSWERED)
        here.running.choose(Choice.OUTCOME, CallOutcome.AMBULANCE)
        here.at(Step.IDLE)
        assert not here.running.view().help_called
        assert here.trail()[-1] == ("station", "closed:ambulance")


def test_nobody_leaves_the_screen_before_the_alarm_is_sealed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk_is_slow, keep = Event(), KeepAlarm.do

    def slowly(job: KeepAlarm, office: Office) -> None:
        assert disk_is_slow.wait(30)
        keep(job, office)

    monkeypatch.setattr(KeepAlarm, "do", slowly)
    with place(tmp_path, monkeypatch) as here:
        here.come()
        here.lay_badge()
        for _ in range(50):
            here.running.tick()
            sleep(0.002)
        assert here.running.attendant.step is Step.URGENT
        disk_is_slow.set()
        here.at(Step.ANSWERED)
        kind, alarm = here.envelopes()[0]
        assert kind is Kind.ALARM
        assert alarm.visit.value_of(Quantity.SYSTOLIC) is not None
        assert alarm.visit.call is not None


def test_after_three_minutes_she_is_told_whom_to_call_and_may_go_on_to_her_sheet_while_the_call_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with place(tmp_path, monkeypatch) as here:
        here.come()
        here.running.choose(Choice.NEXT)
        assert here.running.attendant.step is Step.URGENT
        here.wait(UNANSWERED_S)
        view = here.running.view()
        assert isinstance(view.body, UrgentView)
        assert view.body.unanswered
        assert "120" in view.body.whom
        assert view.right is Choice.NEXT
        here.running.choose(Choice.NEXT)
        here.at(Step.RESULT)
        assert here.running.view().help_called
        here.lay_badge()
        here.at(Step.ANSWERED)
        here.running.choose(Choice.OUTCOME, CallOutcome.DOCTOR)
        here.at(Step.RESULT)
        call = here.running.visit.call
        assert call is not None
        assert call.outcome is CallOutcome.DOCTOR


def test_who_says_she_is_very_unwell_is_told_of_120_at_once_and_it_rings_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with place(tmp_path, monkeypatch) as here:
        here.come()
        rang = len(here.rang)
        here.running.choose(Choice.UNWELL)
        body = here.running.view().body
        assert isinstance(body, UrgentView)
        assert "120" in body.repeat
        assert len(here.rang) == rang + 1
        assert here.running.visit.danger_signs == ("unwell",)


def test_a_screen_nobody_comes_to_and_nobody_touches_is_put_away_and_the_next_badge_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with place(tmp_path, monkeypatch) as here:
        here.come()
        here.wait(WAITS_S + 20)
        here.at(Step.IDLE)
        body = here.running.view().body
        assert isinstance(body, IdleView)
        assert body.called is not None
        assert here.running.visit.value_of(Quantity.SYSTOLIC) is None
        here.lay_badge()
        here.at(Step.ANSWERED)
        here.running.choose(Choice.OUTCOME, CallOutcome.HOME)
        here.at(Step.IDLE)
        assert here.trail()[-1] == ("station", "closed:home")
        body = here.running.view().body
        assert isinstance(body, IdleView)
        assert body.called is None


def test_after_a_restart_the_call_that_nobody_answered_rings_again_and_an_answered_one_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with place(tmp_path, monkeypatch) as here:
        here.come()
        until(here.running, lambda: bool(here.running.kept))
    with place(tmp_path, monkeypatch) as here:
        until(here.running, lambda: here.running.view().help_called)
        assert here.running.idle
        assert here.rang in ([], [Reason.URGENT])
        assert here.envelopes() == () or here.envelopes()[0][0] is Kind.ALARM
        here.lay_badge()
        here.at(Step.ANSWERED)
        here.running.choose(Choice.OUTCOME, CallOutcome.AMBULANCE)
        here.at(Step.IDLE)
    with place(tmp_path, monkeypatch) as here:
        here.trail()
        here.running.tick()
        assert not here.running.view().help_called


def test_who_comes_back_within_ten_minutes_finds_the_call_and_no_second_alarm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with place(tmp_path, monkeypatch) as here:
        here.come()
        here.wait(WAITS_S + 20)
        here.at(Step.IDLE)
        card = people().called("lin").card
        assert card is not None
        here.running.attendant.hear(CardHeard("reader", card.card(), monotonic()))
        here.running.choose(Choice.YES)
        here.at(Step.URGENT)
        here.lay_badge()
        here.at(Step.ANSWERED)
        kinds = [kind for kind, _ in here.envelopes()]
        assert kinds.count(Kind.ALARM) == 1


def test_a_guest_is_called_for_as_well_and_no_alarm_leaves_the_station(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with place(tmp_path, monkeypatch) as here:
        here.come("guest")
        assert here.rang[-1] is Reason.URGENT
        here.lay_badge()
        here.at(Step.ANSWERED)
        here.running.choose(Choice.OUTCOME, CallOutcome.RESTED)
        here.at(Step.RESULT)
        assert here.envelopes() == ()


def test_a_relay_in_the_room_of_the_staff_is_closed_for_her(tmp_path: Path) -> None:
    near, far = os.openpty()
    tty.setraw(far)
    settings = msgspec.structs.replace(settings_with({}), call=CallPart(relay=os.ttyname(far)))
    try:
        with opened(settings, tmp_path, SPEED, "none") as open_station:
            running = open_station.station
            until(running, running.bench.all_there)
            running.choose(Choice.HELP)
            assert os.read(near, len(LC_CLOSE)) == LC_CLOSE
        assert os.read(near, len(LC_OPEN)) == LC_OPEN
    finally:
        os.close(near)
        os.close(far)
