"""One unseen window for the tests of the screens: no display, no graphics card, the real touch path.

Kivy keeps one window a process for good, so it is opened here once, with drawing mocked. The variable that
mocks it is taken back at once: children of other tests paint for real.
"""

import functools
import logging
import os
from collections.abc import Callable, Iterator, Sequence

import pytest

from kiosk.theme import Look, load_look
from kiosk.widgets.boot import pane_for, prepare

_LOOK = load_look()
_MM_PER_INCH = 25.4
_BEFORE = dict(os.environ)
os.environ["KIVY_GL_BACKEND"] = "mock"
prepare(_LOOK, pane_for(_LOOK, offscreen=True))

from kivy.base import EventLoop  # noqa: E402
from kivy.core.window import Window  # noqa: E402
from kivy.graphics.texture import Texture  # noqa: E402
from kivy.lang import builder  # noqa: E402
from kivy.metrics import Metrics, mm  # noqa: E402

from kiosk.screens.all_screens import load_rules  # noqa: E402
from kiosk.screens.face import Face  # noqa: E402
from kiosk.screens.samples import samples  # noqa: E402
from kiosk.staff.all_screens import load_staff_rules  # noqa: E402
from kiosk.staff.face import StaffFace  # noqa: E402
from kiosk.widgets.dress import Wardrobe  # noqa: E402
from kiosk.widgets.flatten import Patch  # noqa: E402
from tests.kiosk.screens.broken import Broken, Showing  # noqa: E402
from tests.kiosk.screens.finger_and_clock import Finger, Time  # noqa: E402 - kivy reads what prepare settled when imported
from tests.kiosk.screens.flattened import flattened  # noqa: E402
from tests.kiosk.screens.paneled import Paneled  # noqa: E402

os.environ.clear()
os.environ.update(_BEFORE)
logging.getLogger("kivy").setLevel(logging.CRITICAL)


@pytest.fixture(scope="session", autouse=True)
def _rules_parsed_once() -> Iterator[None]:
    """Panels take turns in one window, and each reads its rules anew: the same file says the same again."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(builder, "Parser", functools.cache(builder.Parser))
        yield


@pytest.fixture(scope="module", autouse=True)
def _nothing_is_painted() -> Iterator[None]:
    """Shapes are handed on as ever, but nobody paints them: this window is blind, and painting is slow.

    ``test_painting`` and ``test_ground_and_pixels`` paint for real, in processes of their own.
    """
    blank = Texture.create(size=(2, 2))

    def paint(patches: Sequence[Patch], *_: object) -> Texture:
        assert all(isinstance(each, Patch) for each in patches)
        return blank

    with pytest.MonkeyPatch.context() as patched:
        for module in ("drawing", "icon", "sketch"):
            patched.setattr(f"kiosk.widgets.{module}.paint", paint)
            patched.setattr(f"kiosk.widgets.{module}.halved", lambda _: bytes(4))
        for module in ("drawing", "icon"):
            patched.setattr(f"kiosk.widgets.{module}.flatten", flattened)
        yield


@pytest.fixture(scope="session")
def look() -> Look:
    return _LOOK


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    clock = Time()
    monkeypatch.setattr("kiosk.widgets.key.monotonic", clock)
    monkeypatch.setattr("kiosk.widgets.one_finger.monotonic", clock)
    return clock


@pytest.fixture(scope="module")
def wardrobe() -> Wardrobe:
    worn = Wardrobe(_LOOK, "zh_CN")
    worn.put_up()
    load_rules()
    worn.dress.mm = mm(1)
    return worn


@pytest.fixture(scope="module")
def module_face(wardrobe: Wardrobe) -> Iterator[Face]:
    face = Face(_LOOK, wardrobe, size=Window.size)
    Window.add_widget(face)
    yield face
    Window.remove_widget(face)


@pytest.fixture
def face(wardrobe: Wardrobe) -> Iterator[Face]:
    made = Face(_LOOK, wardrobe, size=Window.size)
    Window.add_widget(made)
    yield made
    Window.remove_widget(made)


@pytest.fixture
def staff_face(wardrobe: Wardrobe) -> Iterator[StaffFace]:
    load_staff_rules()
    made = StaffFace(_LOOK, wardrobe, size=Window.size)
    Window.add_widget(made)
    yield made
    Window.remove_widget(made)


@pytest.fixture(scope="module", params=_LOOK.screen)
def paneled(request: pytest.FixtureRequest) -> Iterator[Paneled]:
    """The face of each screen in turn, as large as its panel, whatever the size of the window."""
    before = Metrics.dpi
    wardrobe = Wardrobe(_LOOK, "zh_CN", request.param)
    wardrobe.put_up()
    size = wardrobe.panel
    load_rules(size.face.rules)
    Metrics.dpi = size.pixels[1] / size.face.height * _MM_PER_INCH
    wardrobe.dress.mm = mm(1)
    face = Face(_LOOK, wardrobe, size=size.pixels, size_hint=(None, None))
    Window.add_widget(face)
    yield Paneled(face, wardrobe, request.param)
    Window.remove_widget(face)
    Metrics.dpi = before
    load_rules()


@pytest.fixture
def finger() -> type[Finger]:
    return Finger


@pytest.fixture
def settle() -> Callable[[], None]:
    """Let the frames pass in which widgets find their places."""

    def pass_frames() -> None:
        for _ in range(2):
            EventLoop.idle()

    return pass_frames


@pytest.fixture
def screen(face: Face, settle: Callable[[], None]) -> Showing:
    """Shows a sample in which nothing is wrong yet."""

    def showing(name: str) -> Broken:
        face.show(next(each.view for each in samples("zh_CN") if each.name == name))
        broken = Broken(face, _LOOK, settle)
        assert broken.faults() == []
        return broken

    return showing
