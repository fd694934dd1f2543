"""No key of a keypad does nothing: it changes what is shown, looks off and is deaf, or is not there."""

from collections.abc import Callable
from pathlib import Path

import pytest

from devices.model import Role
from kiosk.backroom.steps import Press, StaffStep
from kiosk.flow.steps import Choice, Step
from kiosk.screens.face import Face
from kiosk.screens.samples import samples
from kiosk.staff.face import StaffFace
from kiosk.views import TelephoneView
from kiosk.widgets.key import Key
from tests.kiosk.backroom.hand import Hand, at_station
from tests.kiosk.novice.eyes import Eyes
from tests.kiosk.novice.house import Circumstances, HandMovedStation, hand_moved
from tests.kiosk.novice.someone import Novice
from tests.kiosk.screens.finger_and_clock import Finger, Time
from tests.kiosk.screens.lint import seen
from tests.kiosk.screens.test_novice import HARD_TO_REACH, comes
from tests.kiosk.walk import until

Settle = Callable[[], None]
TYPED = ("digit", "delete")
MOBILE, LAND_LINE, NOBODYS = "13800000738", "057187654321", "222222222222"
NUMBERS = {
    Step.PHONE: ("", "1", MOBILE, LAND_LINE, NOBODYS),
    Step.TELEPHONE: ("", "1", MOBILE, LAND_LINE, NOBODYS),
    Step.TALL: ("", "1", "152"),
}


@pytest.fixture(scope="module")
def eyes(module_face: Face) -> Eyes:
    return Eyes(module_face)


def _at(house: HandMovedStation, eyes: Eyes, step: Step) -> Novice:
    name, _ = HARD_TO_REACH.get(step, ("lin", Circumstances()))
    she = comes(house, eyes, name)
    if step is Step.TALL:
        she.comes_to(Step.SAFETY)
        house.attendant.choose(Choice.NO)
    she.comes_to(step)
    return she


def _types(house: HandMovedStation, digits: str) -> None:
    for _ in range(14):
        house.attendant.choose(Choice.DELETE)
    for digit in digits:
        house.attendant.choose(Choice.DIGIT, digit)


def _trouble(house: HandMovedStation) -> str | None:
    body = house.view().body
    assert isinstance(body, TelephoneView)
    return body.trouble


@pytest.mark.parametrize("step", NUMBERS)
def test_every_key_of_a_number_answers_or_looks_off(
    tmp_path: Path, module_face: Face, eyes: Eyes, settle: Settle, step: Step
) -> None:
    _, around = HARD_TO_REACH.get(step, ("", Circumstances()))
    with hand_moved(tmp_path, around) as house:
        _at(house, eyes, step)
        for digits in NUMBERS[step]:
            _types(house, digits)
            module_face.show(house.view())
            settle()
            keys = [
                (key.choice, key.detail, key.off) for key in seen(module_face, Key) if key.choice in TYPED
            ]
            assert len(keys) == (11 if digits else 10)
            for choice, detail, off in keys:
                _types(house, digits)
                before = house.view().body
                house.attendant.choose(Choice(choice), detail)
                assert (house.view().body == before) is off, (digits, choice, detail)


def test_a_number_that_is_full_and_is_none_says_so(tmp_path: Path, eyes: Eyes) -> None:
    with hand_moved(tmp_path, Circumstances()) as house:
        _at(house, eyes, Step.TELEPHONE)
        _types(house, NOBODYS)
        assert _trouble(house) == "这个号码位数太多，请擦掉几位。"
        house.attendant.choose(Choice.DELETE)
        assert _trouble(house) is None


def test_a_key_that_is_off_is_deaf(face: Face, settle: Settle, finger: type[Finger], time: Time) -> None:
    heard: list[str] = []
    face.bind(on_choice=lambda _, choice, detail: heard.append(f"{choice} {detail}"))
    by_name = {each.name: each.view for each in samples("zh_CN")}
    for name in ("telephone_begun", "telephone"):
        face.show(by_name[name])
        settle()
        time.now += 10
        finger(134, 257).down().up()
    assert heard == ["digit 5"]


def test_every_key_of_a_pin_and_a_staff_number_answers_or_looks_off(
    tmp_path: Path, staff_face: StaffFace, settle: Settle
) -> None:
    with at_station(tmp_path) as hand:
        for step, longest in ((StaffStep.PIN, 12), (StaffStep.NUMBER, 14)):
            _come_to(hand, step)
            for typed in (0, 1, longest):
                _staff_types(hand, typed)
                staff_face.show(hand.view)
                settle()
                keys = [
                    (key.choice, key.detail, key.off) for key in seen(staff_face, Key) if key.choice in TYPED
                ]
                assert len(keys) >= 10 + (typed > 0)
                for choice, detail, off in keys:
                    _staff_types(hand, typed)
                    before = hand.view.body
                    hand.press(Press(choice), detail)
                    assert (hand.view.body == before) is off, (step, typed, choice, detail)
            hand.press(Press.LEAVE)
            hand.wait(StaffStep.OUT)


def _come_to(hand: Hand, step: StaffStep) -> None:
    """By badge to the PIN; by the held place, which works while the reader is away, to the number."""
    if step is StaffStep.PIN:
        hand.knock()
        return
    running = hand.running
    reader = running.bench.simulated(Role.CARD)
    assert reader is not None
    reader.fault("unplug")
    until(running, lambda: not running.bench.there(Role.CARD))
    running.staff.knock()
    hand.wait(step)


def _staff_types(hand: Hand, count: int) -> None:
    for _ in range(15):
        hand.press(Press.DELETE)
    for _ in range(count):
        hand.press(Press.DIGIT, "7")
