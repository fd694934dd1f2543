"""A key hears what a trembling, slow or doubled finger meant, once."""

from collections.abc import Callable, Iterator

import pytest
from kivy.core.window import Window
from msgspec.structs import replace

from kiosk.room import Strip
from kiosk.screens.face import Face
from kiosk.screens.samples import samples
from kiosk.views import QuestionView, View
from kiosk.widgets.demo_strip import DemoStrip
from kiosk.widgets.dress import Wardrobe
from kiosk.widgets.key import WordKey
from kiosk.widgets.one_finger import LOST_S
from kiosk.widgets.plan import Plan
from tests.kiosk.screens.finger_and_clock import Finger, Time

Settle = Callable[[], None]


@pytest.fixture
def pressed(wardrobe: Wardrobe, settle: Settle) -> Iterator[list[str]]:
    """A key of 60 x 26 mm at 100, 300, and another 8 mm below; each writes its detail."""
    heard: list[str] = []
    plan = Plan(size=Window.size)
    for name, y in (("upper", 300), ("lower", 334)):
        key = WordKey(at=[100, y, 60, 26], text=name, detail=name)
        key.bind(on_release=lambda pressed_key: heard.append(pressed_key.detail))
        plan.add_widget(key)
    Window.add_widget(plan)
    settle()
    yield heard
    Window.remove_widget(plan)


def test_a_press_counts_when_the_finger_lifts(pressed: list[str], finger: type[Finger], time: Time) -> None:
    touch = finger(130, 310).down()
    assert pressed == []
    touch.up()
    assert pressed == ["upper"]


@pytest.mark.parametrize(("x", "y"), [(97, 310), (163, 310), (130, 297), (130, 329)])
def test_a_touch_three_millimetres_beside_a_key_still_means_it(
    pressed: list[str], finger: type[Finger], time: Time, x: float, y: float
) -> None:
    finger(x, y).down().up()
    assert pressed == ["upper"]


def test_a_touch_four_millimetres_beside_a_key_means_nothing(
    pressed: list[str], finger: type[Finger], time: Time
) -> None:
    finger(95.9, 310).down().up()
    assert pressed == []


def test_between_two_keys_a_touch_means_the_nearer_one(
    pressed: list[str], finger: type[Finger], time: Time
) -> None:
    finger(130, 328).down().up()
    finger(130, 332).down().up()
    assert pressed == ["upper", "lower"]


def test_a_finger_may_slide_eleven_millimetres_but_not_thirteen(
    pressed: list[str], finger: type[Finger], time: Time
) -> None:
    finger(130, 310).down().move(141, 310).up()
    time.now += 1
    finger(130, 310).down().move(143.5, 310).up()
    assert pressed == ["upper"]


def test_a_key_shows_at_once_that_it_is_pressed(pressed: list[str], finger: type[Finger], time: Time) -> None:
    key = next(each for each in Window.children[0].children if each.text == "upper")
    touch = finger(130, 310).down()
    assert key.plate is not None
    assert key.plate.fill == tuple(key.down_fill)
    assert key.down_fill != key.fill
    touch.up()
    assert not key.down


def test_a_finger_that_slid_away_and_came_back_means_the_key(
    pressed: list[str], finger: type[Finger], time: Time
) -> None:
    finger(130, 310).down().move(150, 310).move(133, 310).up()
    assert pressed == ["upper"]


def test_a_finger_that_came_down_beside_a_key_and_slid_onto_it_means_nothing(
    pressed: list[str], finger: type[Finger], time: Time
) -> None:
    finger(90, 310).down().move(101, 310).up()
    assert pressed == []


def test_a_second_knock_within_six_tenths_of_a_second_is_not_heard(
    pressed: list[str], finger: type[Finger], time: Time
) -> None:
    for step in (0.0, 0.3, 0.29, 0.02):
        time.now += step
        finger(130, 310).down().up()
    assert pressed == ["upper", "upper"]


def test_another_key_is_heard_at_once(pressed: list[str], finger: type[Finger], time: Time) -> None:
    finger(130, 310).down().up()
    finger(130, 345).down().up()
    assert pressed == ["upper", "lower"]


def test_a_second_finger_on_the_same_key_presses_nothing(
    pressed: list[str], finger: type[Finger], time: Time
) -> None:
    first = finger(120, 310).down()
    second = finger(140, 310).down()
    second.up()
    assert pressed == []
    first.up()
    assert pressed == ["upper"]


def view_of(name: str) -> View:
    return next(each.view for each in samples("zh_CN") if each.name == name)


@pytest.fixture
def chosen(face: Face, settle: Settle, time: Time) -> list[str]:
    heard: list[str] = []
    face.bind(on_choice=lambda _, choice, detail: heard.append(f"{choice}{detail}"))
    face.show(view_of("identify"))
    settle()
    time.now += 1
    return heard


def test_a_palm_beside_the_finger_presses_nothing(chosen: list[str], finger: type[Finger]) -> None:
    palm = finger(50, 200).down()
    finger(130, 350).down().up()
    palm.up()
    assert chosen == []
    finger(130, 350).down().up()
    assert chosen == ["by_phone"]


def test_no_finger_is_heard_for_four_tenths_of_a_second_after_a_change_of_screen(
    chosen: list[str], face: Face, finger: type[Finger], settle: Settle, time: Time
) -> None:
    face.show(view_of("take"))
    settle()
    time.now += 0.39
    finger(130, 340).down().up()
    assert chosen == []
    time.now += 0.02
    finger(130, 340).down().up()
    assert chosen == ["both"]


def test_a_finger_that_was_down_before_the_change_presses_nothing_on_the_new_screen(
    chosen: list[str], face: Face, finger: type[Finger], settle: Settle, time: Time
) -> None:
    held = finger(220, 450).down()  # the way out of the old screen, at the same place on the new one
    face.show(view_of("phone_begun"))
    settle()
    time.now += 1
    held.up()
    assert chosen == []


def test_while_a_finger_is_still_down_from_before_no_other_is_heard_on_the_new_screen(
    chosen: list[str], face: Face, finger: type[Finger], settle: Settle, time: Time
) -> None:
    held = finger(20, 100).down()
    face.show(view_of("take"))
    settle()
    time.now += 5
    finger(130, 340).down().up()
    assert chosen == []
    held.up()
    finger(130, 340).down().up()
    assert chosen == ["both"]


def test_a_finger_that_lifted_while_staff_had_the_screen_keeps_nobody_out_afterwards(
    chosen: list[str], face: Face, finger: type[Finger], settle: Settle, time: Time
) -> None:
    held = finger(20, 20).down()
    Window.remove_widget(face)
    held.up()
    Window.add_widget(face)
    face.rest()
    face.show(view_of("take"))
    settle()
    time.now += 1
    finger(130, 340).down().up()
    assert chosen == ["both"]


def test_a_finger_that_the_panel_lost_keeps_nobody_out_for_ever(
    chosen: list[str], finger: type[Finger], time: Time
) -> None:
    lost = finger(50, 200).down()
    time.now += LOST_S - 1
    finger(130, 350).down().up()
    assert chosen == []
    time.now += 2
    finger(130, 350).down().up()
    assert chosen == ["by_phone"]
    lost.up()


def test_a_digit_says_which(
    chosen: list[str], face: Face, finger: type[Finger], settle: Settle, time: Time
) -> None:
    face.show(view_of("phone_begun"))
    settle()
    time.now += 1
    finger(50, 210).down().up()
    assert chosen == ["digit1"]


def test_a_new_question_guards_the_fingers_like_a_new_screen(
    chosen: list[str], face: Face, finger: type[Finger], settle: Settle, time: Time
) -> None:
    asked = view_of("question")
    face.show(asked)
    settle()
    time.now += 1
    finger(60, 320).down().up()
    assert chosen == ["yes"]
    face.show(replace(asked, body=QuestionView("fasting", "?", 3, 5)))
    settle()
    time.now += 0.2
    finger(200, 320).down().up()
    assert chosen == ["yes"]


def test_behind_a_panel_nothing_but_the_foot_can_be_pressed(
    chosen: list[str], face: Face, finger: type[Finger], settle: Settle, time: Time
) -> None:
    face.show(view_of("still_there"))
    settle()
    time.now += 1
    finger(130, 90).down().up()
    assert chosen == []
    finger(130, 360).down().up()
    finger(40, 448).down().up()
    assert chosen == ["stay", "help"]


def test_the_same_view_twice_draws_nothing_new(face: Face, settle: Settle) -> None:
    face.show(view_of("stand"))
    settle()
    shown = list(face.children)
    face.show(view_of("stand"))
    assert list(face.children) == shown


def test_the_demo_strip_says_who_and_what_and_marks_what_is_at_work(
    wardrobe: Wardrobe, finger: type[Finger], settle: Settle, time: Time
) -> None:
    heard: list[str] = []
    strip = DemoStrip(475.8, size=Window.size)
    strip.bind(on_persona=lambda _, name: heard.append(name), on_fault=lambda _, name: heard.append(name))
    Window.add_widget(strip)
    strip.show(Strip(("shen", "chen"), "shen", ("unsteady", "new"), ("new",)))
    settle()
    keys = {key.text: key for key in strip.children if isinstance(key, WordKey)}
    assert {text: key.kind for text, key in keys.items()} == {
        "沈玉珍 86": "primary",
        "陈国强 66": "secondary",
        "站不稳": "secondary",
        "new": "primary",
    }
    finger(30, 60).down().up()
    finger(30, 105).down().up()
    assert heard == ["chen", "unsteady"]
    Window.remove_widget(strip)
