"""Staff come in at a real station and put right what concerns people: ptys, real drivers, the real desk."""

from decimal import Decimal
from pathlib import Path

from devices.model import Role
from devices.simulators.acts import InsertSample, LayCard, TakeCard
from health.words import words_of
from kiosk.backroom.steps import Press, StaffStep
from kiosk.backroom.views import (
    ChooseView,
    DetailView,
    FramesView,
    HomeView,
    KeypadView,
    ListView,
    State,
)
from kiosk.demo_faults import BADGE, NETWORK
from kiosk.flow.steps import Step
from kiosk.personas import people
from tests.kiosk.backroom.hand import Hand, at_station, trail
from tests.kiosk.walk import until, walk


def test_a_wrong_pin_is_counted_waited_for_and_opens_nothing(tmp_path: Path) -> None:
    with at_station(tmp_path) as hand:
        hand.knock()
        hand.type("918273")
        until(hand.running, lambda: hand.body(KeypadView).trouble is not None)
        assert hand.body(KeypadView).closed
        hand.type("204071")
        assert hand.step is StaffStep.PIN
        hand.press(Press.LEAVE)
        assert ("demo", "try", "wrong") in trail(hand)
        assert ("demo", "sign_in", "done") not in trail(hand)


def test_a_badge_during_a_visit_never_opens_the_staff_area(tmp_path: Path) -> None:
    with at_station(tmp_path) as hand:
        running = hand.running
        running.send("lin", presses=True)
        until(running, lambda: running.attendant.step is Step.STAND)
        reader = running.bench.simulated(Role.CARD)
        assert reader is not None
        before = running.visit.id
        running.toggle_fault(BADGE)
        until(running, lambda: running.attendant.step is Step.PRESSURE)
        assert running.staff.view() is None
        assert running.visit.id == before


def test_a_resident_s_card_on_the_reader_begins_no_visit_behind_the_staff_area(tmp_path: Path) -> None:
    with at_station(tmp_path) as hand:
        hand.come_in()
        reader = hand.running.bench.simulated(Role.CARD)
        card = people().persona[0].card
        assert reader is not None
        assert card is not None
        reader.act(TakeCard())
        reader.act(LayCard(card.card()))
        hand.press(Press.OPEN, "reader")
        until(hand.running, lambda: any("38" not in f.value for f in hand.body(DetailView).facts))
        hand.press(Press.FRAMES)
        until(hand.running, lambda: len(hand.body(FramesView).lines) > 0)
        assert all(not line.hex for line in hand.body(FramesView).lines if "收到" in line.at)
        assert hand.running.attendant.step is Step.IDLE


def test_today_s_visit_is_printed_as_a_copy_and_voided_with_a_reason(tmp_path: Path) -> None:
    with at_station(tmp_path) as hand:
        done = walk(hand.running, "lin")
        hand.running.send_away()
        hand.come_in()
        hand.press(Press.VISITS)
        until(hand.running, lambda: len(hand.body(ListView).rows) == 1)
        row = hand.body(ListView).rows[0]
        assert row.id == str(done.visit.id)
        assert "*" in row.title
        hand.press(Press.OPEN, row.id)
        sheets = len(hand.running.sheets)
        hand.press(Press.REPRINT)
        said = words_of("zh_CN").text("backroom.visit.printed_now")
        until(hand.running, lambda: hand.body(DetailView).notice == said)
        assert len(hand.running.sheets) >= sheets
        hand.press(Press.VOID)
        hand.press(Press.CHOOSE, "test_run")
        hand.press(Press.CONFIRM)
        hand.wait(StaffStep.VISITS)
        until(hand.running, lambda: hand.body(ListView).rows == ())
        assert hand.view.notice == words_of("zh_CN").text("backroom.void.done")
        assert ("demo", "correct", "void:test_run") in trail(hand)


def test_blood_that_two_people_had_swapped_is_exchanged_from_the_visit_of_either(tmp_path: Path) -> None:
    with at_station(tmp_path) as hand:
        lin, shen = walk(hand.running, "lin").visit, walk(hand.running, "shen").visit
        hand.running.send_away()
        hand.come_in()
        hand.press(Press.VISITS)
        until(hand.running, lambda: len(hand.body(ListView).rows) == 2)
        hand.press(Press.OPEN, str(lin.id))
        hand.press(Press.MOVE)
        assert [one.id for one in hand.body(ChooseView).options] == [str(shen.id), f"blood:{shen.id}"]
        hand.press(Press.CHOOSE, f"blood:{shen.id}")
        assert hand.body(ChooseView).confirm == words_of("zh_CN").text("backroom.move.swap")
        hand.press(Press.CONFIRM)
        hand.wait(StaffStep.VISITS)
        rows = {str(lin.id), str(shen.id)}
        until(hand.running, lambda: len(hand.body(ListView).rows) == 2)
        until(hand.running, lambda: not rows & {row.id for row in hand.body(ListView).rows})
        assert ("demo", "correct", "wrong_person:swapped_samples") in trail(hand)


def test_a_result_without_a_person_is_filed_from_home_in_three_presses(tmp_path: Path) -> None:
    with at_station(tmp_path) as hand:
        running = hand.running
        done = walk(running, "lin")
        running.send_away()
        analyser = running.bench.simulated(Role.BLOOD)
        assert analyser is not None
        analyser.act(InsertSample("9999", glucose=Decimal("5.4")))
        hand.come_in()
        until(running, lambda: hand.body(HomeView).rows[0].id == "strays")
        hand.press(Press.OPEN, "strays")
        until(running, lambda: bool(hand.body(ChooseView).options))
        assert "5.4" in hand.body(ChooseView).sentence
        hand.press(Press.CHOOSE, str(done.visit.id))
        hand.press(Press.CONFIRM)
        hand.wait(StaffStep.STRAYS)
        until(running, lambda: hand.body(ListView).empty != "")


def test_a_new_colleague_gets_an_account_by_card_and_a_pin_typed_twice(tmp_path: Path) -> None:
    with at_station(tmp_path) as hand:
        hand.come_in()
        hand.press(Press.MORE)
        hand.press(Press.ACCOUNTS)
        until(hand.running, lambda: len(hand.body(ListView).rows) == 1)
        hand.press(Press.NEW)
        card = people().persona[0].card
        reader = hand.running.bench.simulated(Role.CARD)
        assert card is not None
        assert reader is not None
        reader.act(TakeCard())
        reader.act(LayCard(card.card()))
        hand.wait(StaffStep.NEW_PIN)
        hand.type("123456")
        assert hand.body(KeypadView).trouble is not None
        hand.type("582946")
        hand.type("582947")
        assert hand.body(KeypadView).trouble is not None
        hand.type("582946")
        hand.type("582946")
        hand.wait(StaffStep.ACCOUNTS)
        until(hand.running, lambda: len(hand.body(ListView).rows) == 2)
        made = hand.body(ListView).rows[0]
        assert made.title == card.name
        hand.press(Press.OPEN, made.id)
        hand.press(Press.SUSPEND)
        until(hand.running, lambda: hand.body(DetailView).notice is not None)
        until(hand.running, lambda: _state(hand) is State.STOP)


def _state(hand: Hand) -> State | None:
    pill = hand.body(DetailView).pill
    return None if pill is None else pill.state


def test_what_waits_is_listed_with_its_reason_while_the_network_is_away(tmp_path: Path) -> None:
    with at_station(tmp_path) as hand:
        hand.running.toggle_fault(NETWORK)
        walk(hand.running, "lin")
        hand.running.send_away()
        hand.come_in()
        hand.press(Press.DELIVERY)
        until(hand.running, lambda: len(hand.body(ListView).rows) > 0)
        kinds = {row.title for row in hand.body(ListView).rows}
        assert words_of("zh_CN").text("backroom.delivery.kind.visit") in kinds
        hand.press(Press.SEND_NOW)
        assert hand.view.notice is not None


def test_that_a_ledger_was_damaged_stands_on_the_first_screen_of_staff(tmp_path: Path) -> None:
    with at_station(tmp_path) as hand:
        for ledger in tmp_path.rglob("ledger.db"):
            ledger.with_name("ledger.unreadable-20260101T000000000000.db").touch()
        hand.come_in()
        said = words_of("zh_CN").text("backroom.home.ledger")
        until(hand.running, lambda: said in {row.title for row in hand.body(HomeView).rows})
