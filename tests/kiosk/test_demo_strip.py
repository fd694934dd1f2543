"""What the demo strip breaks is broken at the wire, and what it mends works again."""

from pathlib import Path

import pytest

from devices.model import Role
from health.words import words_of
from kiosk.demo_faults import AT_PRINTER, FAULTS, NETWORK, PRINTER, URGENT
from kiosk.flow.steps import Choice, Step
from kiosk.jobs import Count
from kiosk.opening import opened
from kiosk.running import RunningStation
from kiosk.views import PaperState, PaperView, TakeView
from printouts.printer import PrinterState
from tests.kiosk.ledgers import lay_empty_ledger
from tests.kiosk.walk import SPEED, settings_with, station, until, walk


def test_an_urgent_value_calls_staff_and_is_answered_by_a_badge(tmp_path: Path) -> None:
    with station(tmp_path) as running:
        running.send("lin", presses=True)
        running.toggle_fault(URGENT)
        done = walk(running, "lin")
    assert Step.URGENT in done.steps


def test_a_printer_without_paper_is_said_before_paper_is_offered(tmp_path: Path) -> None:
    with station(tmp_path) as running:
        running.toggle_fault(PRINTER)
        done = walk(running, "lin")
    offers = [v.body for v in done.views if isinstance(v.body, TakeView)]
    assert offers[-1].printer == words_of("zh_CN").text("say.paper.staff")
    assert not offers[-1].can_print
    states = {v.body.paper for v in done.views if isinstance(v.body, PaperView)}
    assert PaperState.DONE not in states


def test_a_printer_that_is_mended_while_the_choice_stands_is_offered(tmp_path: Path) -> None:
    with station(tmp_path, speed=20.0) as running:
        running.send("lin", presses=True)
        running.toggle_fault(PRINTER)
        until(running, lambda: running.attendant.step is Step.TAKE)
        running.demo.send_away()
        for name, state in TOLD.items():
            if name != PRINTER:
                running.toggle_fault(name)
            until(running, lambda: _told_to_staff(running) == f"printer.{state}")  # noqa: B023 - asked at once
            assert not _offer(running).can_print
            assert _offer(running).printer == words_of("zh_CN").text("say.paper.staff")
            running.toggle_fault(name)
            until(running, lambda: _offer(running).can_print)


def _told_to_staff(running: RunningStation) -> str | None:
    return running.attendant._at.clerk.printer_words()


TOLD = {
    PRINTER: PrinterState.PAPER_OUT,
    "printer_jam": PrinterState.JAM,
    "printer_door": PrinterState.DOOR,
    "printer_off": PrinterState.OFFLINE,
}


def _offer(running: RunningStation) -> TakeView:
    """What she may choose; she is still there, so nothing goes idle."""
    running.attendant.choose(Choice.CALM)
    body = running.view().body
    assert isinstance(body, TakeView)
    return body


def test_the_strip_offers_one_fault_of_the_printer_after_the_other(tmp_path: Path) -> None:
    with station(tmp_path) as running:
        running.send("lin", presses=False)
        offered = []
        for _ in range(len(AT_PRINTER) + 1):
            strip = running.strip()
            assert strip is not None
            (name,) = [one for one in strip.faults if one in AT_PRINTER]
            offered.append(name)
            running.toggle_fault(name)
            running.toggle_fault(name)
        assert offered == [*AT_PRINTER, PRINTER]


def test_a_cut_network_keeps_the_visit_and_sends_it_once_it_is_back(tmp_path: Path) -> None:
    lay_empty_ledger(tmp_path)
    with opened(settings_with({}), tmp_path, SPEED, "own") as local:
        running = local.station
        until(running, running.bench.all_there)
        running.toggle_fault(NETWORK)
        walk(running, "lin")
        assert running.desk.submit(Count()).result(30).counts.waiting == 1
        assert not running.arrived
        running.toggle_fault(NETWORK)
        until(running, lambda: len(running.arrived) == 1)


@pytest.mark.parametrize("name", ["unplug_scale", "unplug_grip"])
def test_a_pulled_plug_is_seen_and_a_plug_put_back_is_found(tmp_path: Path, name: str) -> None:
    role = Role.STAND if name == "unplug_scale" else Role.GRIP
    with station(tmp_path) as running:
        running.send("lin", presses=False)
        running.toggle_fault(name)
        until(running, lambda: not running.bench.available(role))
        running.toggle_fault(name)
        until(running, lambda: running.bench.available(role))


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_fault_has_a_word_on_the_strip(language: str) -> None:
    assert all(words_of(language).has(f"screen.strip.{name}") for name in (*FAULTS, *AT_PRINTER))


def test_another_person_comes_only_once_the_kiosk_is_free(tmp_path: Path) -> None:
    with station(tmp_path) as running:
        running.send("lin", presses=True)
        until(running, lambda: running.attendant.step is Step.STAND)
        running.pick_persona("chen")
        until(running, lambda: running.idle)
        (first,) = running.kept
        until(running, lambda: running.attendant.step is Step.STAND_DONE)
        running.send_away()
        values = {str(o.value) for o in running.visit.observations}
    assert "78.6" in values
    assert running.visit.id != first
