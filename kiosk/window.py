"""Opens the window on an open station, or says that there is no screen.

Settles what must be settled before the window library is imported, and imports it only here.
"""

import logging
import os
import signal
import sys
import time
from pathlib import Path

from kiosk.errors import KioskError
from kiosk.falls import FELL, Falls, tell_only_where
from kiosk.lifeline import Lifeline
from kiosk.opening import Opened, opened
from kiosk.settings import KioskSettings
from kiosk.stationtime import boot_id
from kiosk.theme import FaceSizes, Look, load_look
from kiosk.voice.loudspeaker import Loudspeaker
from kiosk.voice.mouth import Mouth
from kiosk.voice.speech import Speech
from kiosk.widgets.boot import Pane, has_display, prepare
from kiosk.widgets.desk_screen import desk_screen

DESK = (1280, 1090)
"""Pixels of the desk's screen where nobody knows how large it is."""
TALLEST = 1200
"""Pixels of its window on any desk's screen: a larger face reads no better there and draws slower."""
PICTURES = "pictures"
"""The folder of painted pictures, beside what the station keeps: nothing of anybody is in it."""
_PART = 0.88
"""How much of the screen's height is left by a title and a bar."""


class NoScreenError(KioskError):
    """There is nothing to draw on."""


def run_window(settings: KioskSettings, data: Path, speed: float, clinic: str) -> int:
    """The kiosk until it ends: 0 in good order, ``FELL`` after an error in a frame.

    Raises ``NoScreenError`` where there is no screen.
    """
    if not has_display():
        raise NoScreenError("There is no screen here; run `python main.py visit` instead.")
    _say_only_trouble()
    tell_only_where()
    look = load_look()
    panel = look.screen_named(settings.screen)
    lifeline = Lifeline()
    try:
        with opened(settings, data, speed, clinic, reader=1.0, mouth=_mouth(settings)) as running:
            demo = settings.simulates
            height = desk_height(panel.face, desk_screen()) if demo else panel.pixels[1]
            pane = Pane(height, settings.screen, full=not demo, strip=demo)
            prepare(look, pane, running.data / PICTURES)
            _say_where(running)
            if demo:
                running.station.send_first()
            falls = None if demo else Falls(running.data, boot_id())
            return _run(running, look, settings, lifeline, falls)
    except KioskError:
        if lifeline.watched and not settings.simulates:
            _shut(look, settings.screen, lifeline)
        raise


def _shut(look: Look, screen: str, lifeline: Lifeline) -> None:
    """It could not be opened and nobody reads why: whoever stands there is told whom to ask."""
    prepare(look, Pane(look.screen_named(screen).pixels[1], screen, full=True))
    from kiosk.screens.shut import ShutApp  # noqa: PLC0415 - as below

    ShutApp(look, lifeline, screen).run()


def _run(
    running: Opened, look: Look, settings: KioskSettings, lifeline: Lifeline, falls: Falls | None
) -> int:
    from kiosk.app import StationApp  # noqa: PLC0415 - the window library reads what was prepared

    fallen = 0 if falls is None else falls.begin(time.monotonic())
    app = StationApp(
        running.station,
        look,
        lifeline=lifeline,
        falls=fallen,
        screen=settings.screen,
        left_handed=settings.hand == "left",
    )
    signal.signal(signal.SIGTERM, app.leave)
    try:
        app.run()
    except KeyboardInterrupt:
        _end(falls)
        raise
    if app.fell:
        return FELL
    _end(falls)
    return 0


def _end(falls: Falls | None) -> None:
    if falls is not None:
        falls.end()


def _mouth(settings: KioskSettings) -> Mouth | None:
    """The voice of this machine; None where the settings want none."""
    if not settings.voice.on:
        return None
    ear = Loudspeaker(settings.voice.headphones) if settings.voice.headphones else None
    return Mouth(Speech(), Loudspeaker(settings.voice.device), headphones=ear)


def desk_height(face: FaceSizes, screen: tuple[int, int] | None) -> int:
    """Pixels of the demonstration's window, ``face`` and strip whole on a desk's ``screen``."""
    width, height = screen or DESK
    beside = face.height / (face.width + face.strip)
    return round(min(TALLEST, _PART * height, width * beside))


def _say_where(running: Opened) -> None:
    if running.staff_url is not None:
        print(f"The clinic's page for staff: {running.staff_url}", flush=True)  # noqa: T201
    print(f"What this station keeps: {os.fspath(running.data)}", flush=True)  # noqa: T201


def _say_only_trouble() -> None:
    """Warnings and worse go to standard error; the window library sets the level of its own logger."""
    warnings = logging.StreamHandler(sys.stderr)
    warnings.setLevel(logging.WARNING)
    logging.basicConfig(level=logging.WARNING, handlers=[warnings])
