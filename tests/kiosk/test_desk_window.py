"""The demonstration's window is whole on whatever screen the desk has."""

import pytest

from kiosk.theme import load_look
from kiosk.widgets.boot import Pane, pane_size
from kiosk.widgets.desk_screen import desk_screen
from kiosk.window import DESK, TALLEST, desk_height


@pytest.mark.parametrize("name", load_look().screen)
@pytest.mark.parametrize(
    "screen", [(640, 480), (1024, 768), (1366, 768), (1920, 1080), (3840, 2160), (1080, 1920), (600, 2000)]
)
def test_face_and_strip_fit_on_the_screen(screen: tuple[int, int], name: str) -> None:
    look = load_look()
    face = look.screen_named(name).face
    width, height = pane_size(look, Pane(desk_height(face, screen), name, strip=True))
    assert width <= screen[0] + 2
    assert height <= min(screen[1], TALLEST)


def test_a_screen_nobody_knows_gets_a_window_that_fits_most() -> None:
    for panel in load_look().screen.values():
        assert desk_height(panel.face, None) == desk_height(panel.face, DESK)


def test_without_an_x_server_no_screen_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":4711")
    assert desk_screen() is None
