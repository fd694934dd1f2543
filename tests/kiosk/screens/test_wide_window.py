"""The window on a panel that lies: one face, its strip, and a staff area of which nothing is cut off."""

from collections.abc import Callable, Iterator

import pytest
from kivy.metrics import Metrics, mm

from kiosk.app import StationApp
from kiosk.demo_faults import FAULTS
from kiosk.room import Strip
from kiosk.screens.all_screens import load_rules
from kiosk.screens.window_stand import Stand
from kiosk.staff.samples import staff_samples
from kiosk.theme import Look, Rules, load_look
from kiosk.widgets.demo_strip import DemoStrip, StripKey
from kiosk.widgets.key import Key
from tests.kiosk.screens.lint import seen
from tests.kiosk.screens.one_room import OneRoom

Settle = Callable[[], None]
WIDE = [name for name, panel in load_look().screen.items() if panel.face.rules is Rules.WIDE]
PEOPLE = ("shen", "chen", "zhao", "lin", "xu", "guest")


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    before = Metrics.dpi
    yield
    Metrics.dpi = before
    load_rules()


def stand_on(screen: str, look: Look) -> tuple[StationApp, OneRoom, Stand]:
    """The app on its panel, at the first view."""
    room = OneRoom(Strip(PEOPLE, "shen", FAULTS, ()))
    room.moves = False
    app = StationApp(room, look, screen=screen)
    stand = app.build()
    stand.size = (1600, 800)
    return app, room, stand


@pytest.mark.parametrize("screen", WIDE)
def test_the_staff_area_is_whole_and_the_residents_face_is_as_before_after_it(
    look: Look, settle: Settle, screen: str
) -> None:
    app, room, stand = stand_on(screen, look)
    settle()
    places = [(key.choice, *key.pos, *key.size) for key in seen(stand.face, Key)]
    for sample in staff_samples("zh_CN"):
        room.backroom.shown = sample.view
        app._draw()
        settle()
        keys = seen(stand.staff, Key)
        assert keys, sample.name
        outside = [
            k for k in keys if k.x < stand.staff.x or k.right > stand.staff.right or k.y < stand.staff.y
        ]
        assert [key.choice for key in outside] == [], sample.name
    assert stand.staff.y >= stand.face.y - 0.01
    assert stand.staff.height <= stand.face.height + 0.01
    room.backroom.shown = None
    app._draw()
    settle()
    assert [(key.choice, *key.pos, *key.size) for key in seen(stand.face, Key)] == places


@pytest.mark.parametrize("screen", WIDE)
def test_every_key_of_the_strip_lies_on_the_strip(look: Look, settle: Settle, screen: str) -> None:
    _, _, stand = stand_on(screen, look)
    settle()
    strip = next(each for each in stand.children if isinstance(each, DemoStrip))
    keys = seen(strip, StripKey)
    assert len(keys) == len(PEOPLE) + len(FAULTS)
    assert all(key.y >= strip.y and key.right <= strip.right + 0.01 for key in keys)
    assert strip.x == pytest.approx(stand.face.right)
    assert mm(1) == pytest.approx(stand.face.width / look.screen_named(screen).face.width)
