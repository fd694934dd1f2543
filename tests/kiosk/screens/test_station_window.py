"""The window draws the room's view, hands on what was pressed, and keeps its shape in any window."""

import gc
from collections.abc import Callable

import pytest
from kivy.core.window import Window
from kivy.lang import Builder
from kivy.metrics import Metrics, mm
from kivy.tests.common import UnitTestTouch
from kivy.uix.widget import Widget
from msgspec.structs import replace

from kiosk.app import StationApp
from kiosk.backroom.steps import Press, StaffStep
from kiosk.backroom.views import StaffView
from kiosk.flow.steps import Choice, Step
from kiosk.room import Strip
from kiosk.screens.all_screens import load_rules
from kiosk.screens.face import Face
from kiosk.screens.samples import samples
from kiosk.staff.all_screens import staff_rule_files
from kiosk.staff.samples import staff_samples
from kiosk.theme import Look, Rules, load_look
from kiosk.views import ConfirmView
from kiosk.widgets.dress import Wardrobe
from kiosk.widgets.held_place import HeldPlace
from kiosk.widgets.key import WordKey
from kiosk.widgets.words import Words
from tests.kiosk.held import everything_held
from tests.kiosk.screens.one_room import OneRoom

Settle = Callable[[], None]
HERS = "甪*兲"


@pytest.fixture
def dpi(wardrobe: Wardrobe) -> Callable[[], None]:
    """Gives back the size of the other tests' window."""
    before = Metrics.dpi

    def back() -> None:
        Metrics.dpi = before

    return back


def test_a_choice_reaches_the_room_and_its_next_view_is_drawn_at_once(look: Look, settle: Settle) -> None:
    room = OneRoom()
    stand = StationApp(room, look).build()
    stand.face.dispatch("on_choice", Choice.START, "")
    assert room.chosen == [(Choice.START, "")]
    assert stand.face.step is Step.IDENTIFY


def test_a_touch_beside_every_key_reaches_the_room_and_chooses_nothing(look: Look, settle: Settle) -> None:
    room = OneRoom()
    stand = StationApp(room, look).build()
    stand.size = Window.size
    settle()
    _touched(stand, stand.face.center_x, stand.face.top - mm(3))
    assert (room.touches, room.chosen) == (1, [])
    _touched(stand, stand.face.right + 50, stand.face.center_y)
    assert room.touches == 1


def _touched(stand: Widget, x: float, y: float) -> None:
    touch = UnitTestTouch(x, y)
    touch.scale_for_screen(*Window.system_size)
    stand.dispatch("on_touch_down", touch)
    stand.dispatch("on_touch_up", touch)


def test_the_staff_area_stands_in_the_place_of_the_residents_face_and_gives_it_back(
    look: Look, settle: Settle
) -> None:
    room = OneRoom()
    app = StationApp(room, look)
    stand = app.build()
    room.backroom.shown = _staff_home()
    app._draw()
    assert stand.face.parent is None
    stand.staff.dispatch("on_press", Press.MORE, "")
    assert room.backroom.pressed == [(Press.MORE, "")]
    room.backroom.shown = None
    app._draw()
    assert stand.staff.parent is None
    assert stand.staff.step is None
    assert stand.face.parent is stand


def test_the_fixed_place_of_the_idle_screen_knocks_at_the_staff_s_door(look: Look, settle: Settle) -> None:
    room = OneRoom()
    app = StationApp(room, look)
    stand = app.build()
    assert not stand.held.wanted
    room.shown = "idle"
    app._draw()
    assert stand.held.wanted
    stand.held.dispatch("on_begun")
    assert (room.backroom.begun, room.backroom.knocks) == (1, 0)
    stand.held.dispatch("on_held")
    assert (room.backroom.begun, room.backroom.knocks) == (1, 1)


def test_a_finger_that_leaves_the_fixed_place_again_begins_nothing() -> None:
    held = HeldPlace(size=(mm(100), mm(100)))
    held.wanted = True
    touch = UnitTestTouch(mm(10), held.top - mm(10))
    touch.scale_for_screen(*Window.system_size)
    held.on_touch_down(touch)
    assert (held._beginning.is_triggered, held._waiting.is_triggered) == (1, 1)
    held.on_touch_up(touch)
    assert (held._beginning.is_triggered, held._waiting.is_triggered) == (0, 0)


def test_the_staff_s_screens_are_loaded_when_the_room_asks_for_them(look: Look, settle: Settle) -> None:
    room = OneRoom()
    StationApp(room, look).build()
    for file in staff_rule_files(Rules.TALL):
        Builder.unload_file(str(file))
    assert room.backroom.load is not None
    room.backroom.load()
    assert {str(file) for file in staff_rule_files(Rules.TALL)} <= set(Builder.files)


def test_a_wake_from_another_thread_draws_in_the_next_frame(look: Look, settle: Settle) -> None:
    room = OneRoom()
    stand = StationApp(room, look).build()
    room.shown = "take"
    assert room.wake is not None
    room.wake()
    assert stand.face.step is Step.WELCOME
    settle()
    assert stand.face.step is not Step.WELCOME


def test_a_station_for_the_left_hand_has_help_at_the_right_for_her_and_for_staff(
    look: Look, settle: Settle
) -> None:
    room = OneRoom()
    app = StationApp(room, look, left_handed=True)
    stand = app.build()
    stand.size = (1080, 1920)
    for face in (stand.face, stand.staff):
        room.backroom.shown = None if face is stand.face else _staff_home()
        app._draw()
        settle()
        helps = [key for key in face.walk(restrict=True) if isinstance(key, WordKey) and key.choice == "help"]
        assert [face.right - key.right for key in helps] == [pytest.approx(mm(16), abs=1)]
        sign, words = helps[0].children[0].children[::-1]
        assert sign.right <= words.x


def _staff_home() -> StaffView:
    return next(each.view for each in staff_samples("en") if each.view.step is StaffStep.HOME)


def test_the_settings_of_the_window_library_stay_closed(look: Look) -> None:
    assert StationApp(OneRoom(), look).open_settings() is False


@pytest.mark.parametrize("screen", load_look().screen)
@pytest.mark.parametrize("size", [(1080, 1920), (648, 1152), (1920, 1080), (500, 1400)])
def test_the_face_keeps_its_shape_in_any_window(
    look: Look, dpi: Callable[[], None], size: tuple[int, int], screen: str
) -> None:
    shape = look.screen_named(screen).face
    stand = StationApp(OneRoom(Strip(("shen",), "shen", (), ())), look, screen=screen).build()
    stand.size = size
    face = stand.face
    dpi()
    assert face.width / face.height == pytest.approx(shape.width / shape.height)
    assert face.x >= -0.01
    assert face.y >= -0.01
    assert face.right < size[0] + 0.01
    assert face.top < size[1] + 0.01
    wide = face.width * (1 + shape.strip / shape.width)
    assert max(face.height / size[1], wide / size[0]) == pytest.approx(1, abs=0.01)
    load_rules()


def test_what_a_screen_showed_of_her_is_gone_once_the_kiosk_is_idle(face: Face, settle: Settle) -> None:
    views = {each.name: each.view for each in samples("zh_CN")}
    for name in ("confirm", "result", "idle"):
        view = views[name]
        if isinstance(view.body, ConfirmView):
            view = replace(view, body=replace(view.body, name=HERS))
        face.show(view)
        settle()
        del view
    gc.unfreeze()  # what was there before the tests may hold her too
    gc.collect()
    held = everything_held()  # a view of texts alone is not counted by itself
    kept = [each for each in held if type(each) is ConfirmView and each.name == HERS]
    words = [each for each in held if type(each) is Words and each.text == HERS]
    del held
    gc.freeze()
    assert (kept, words) == ([], [])
    assert {type(each).__name__ for each in face._wings._shown.values()} == {"IdleScreen"}
