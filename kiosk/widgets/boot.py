"""What must be settled before kivy is imported for the first time: dots per inch, input, fonts, lock-down.

Kivy reads its environment once, on import, and keeps an old configuration in the home folder unless told not
to; so this module imports kivy only inside ``prepare``, and whoever opens a window calls that first.
Sources: the interface reference §4.1-4.4 (measured with kivy 2.3.1).
"""

import atexit
import logging
import os
import shutil
import tempfile
from pathlib import Path

import msgspec

from kiosk.theme import FIRST_SCREEN, Look

FONTS = Path(__file__).resolve().parents[2] / "assets" / "fonts"
PICTURES = "KANGYI_PICTURES"
"""The variable that names the folder of painted pictures (``album``); without it none are kept."""
FRAMES = 60
"""How often a second the window looks for a touch; a standing picture is not drawn again for that."""
_MM_PER_INCH = 25.4
_ALIGNED = 4  # pictures of a window whose width is no multiple of four come out slanted


class Pane(msgspec.Struct, frozen=True):
    """The window to open. ``height`` in pixels; ``strip`` adds the demo strip at the right of ``screen``."""

    height: int
    screen: str = FIRST_SCREEN
    full: bool = False
    strip: bool = False
    offscreen: bool = False
    touch_device: str | None = None


def has_display() -> bool:
    """Whether a window can be seen: a display server, or a graphics card of our own."""
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")) or Path("/dev/dri").exists()


def pane_size(look: Look, pane: Pane) -> tuple[int, int]:
    """Width and height of the window in pixels; the face keeps its shape at any height."""
    face = look.screen_named(pane.screen).face
    width = face.width + (face.strip if pane.strip else 0.0)
    pixels = width * pane.height / face.height
    return round(pixels / _ALIGNED) * _ALIGNED, pane.height


def pane_for(look: Look, screen: str = FIRST_SCREEN, *, strip: bool = False, offscreen: bool = False) -> Pane:
    """The pane that fills ``screen``. Raises ``ThemeError`` where the theme has none of that name."""
    height = look.screen_named(screen).pixels[1]
    return Pane(height=height, screen=screen, strip=strip, offscreen=offscreen)


def prepare(look: Look, pane: Pane, pictures: Path | None = None) -> None:
    """Set the environment and configuration of kivy. Call once, before anything imports a widget.

    ``pictures``: a folder that keeps painted pictures for the next start.
    """
    face = look.screen_named(pane.screen).face
    environment = {
        "KIVY_NO_ARGS": "1",
        "KIVY_NO_CONFIG": "1",
        "KIVY_NO_FILELOG": "1",
        "KIVY_LOG_MODE": "PYTHON",
        "KIVY_DPI": f"{pane.height / face.height * _MM_PER_INCH:.4f}",
        "KIVY_METRICS_DENSITY": "1",
    }
    os.environ.update(environment)
    if pictures is not None:
        os.environ[PICTURES] = str(pictures)
    if "KIVY_HOME" not in os.environ:
        os.environ["KIVY_HOME"] = home = tempfile.mkdtemp(prefix="kangyi-window-")
        atexit.register(shutil.rmtree, home, ignore_errors=True)
    if pane.offscreen:
        os.environ["SDL_VIDEODRIVER"] = "offscreen"
    _configure(look, pane)


def _configure(look: Look, pane: Pane) -> None:
    from kivy.config import Config  # noqa: PLC0415 - kivy reads the environment above when it is imported

    logging.getLogger("kivy").setLevel(logging.WARNING)
    width, height = pane_size(look, pane)
    graphics = {
        "multisamples": "0",
        "width": str(width),
        "height": str(height),
        "resizable": "0" if pane.full else "1",
        "fullscreen": "auto" if pane.full else "0",
        "borderless": "1" if pane.full else "0",
        "show_cursor": "0" if pane.full else "1",
        "allow_screensaver": "0",
        "maxfps": "0" if pane.offscreen else str(FRAMES),  # where nobody looks, no frame waits for its turn
    }
    for name, value in graphics.items():
        Config.set("graphics", name, value)
    for name, value in {
        "exit_on_escape": "0",
        "keyboard_mode": "",
        "log_level": "warning",
        "log_enable": "0",
        "window_icon": "",
        "default_font": str(_default_font()),
    }.items():
        Config.set("kivy", name, value)
    _one_input(Config, pane)


def _default_font() -> list[str]:
    regular, bold = str(FONTS / "NotoSansSC-Regular.ttf"), str(FONTS / "NotoSansSC-Bold.ttf")
    return ["Kangyi", regular, regular, bold, bold]


def _one_input(config: object, pane: Pane) -> None:
    """One provider only: a panel read twice presses every key twice (kivy issues 1903, 8494)."""
    from kivy.config import ConfigParser  # noqa: PLC0415 - after the environment, as above

    if not isinstance(config, ConfigParser):
        return
    config.remove_section("input")
    config.add_section("input")
    if pane.touch_device:
        config.set("input", "panel", f"mtdev,{pane.touch_device}")
    else:
        config.set("input", "mouse", "mouse,disable_multitouch")
