"""Opens the window and the station behind it, or says that there is no screen.

Settles what must be settled before the window library is imported, and imports it only here. The first
picture waits for every import at the top of this file and of what it imports; the station's own are made
on the thread that opens it.
"""

import gc
import logging
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.errors import KioskError
from kiosk.falls import FELL, Falls, tell_only_where
from kiosk.folders import place_of
from kiosk.heap import keep_little
from kiosk.kept_face import KeptPlace
from kiosk.lifeline import Lifeline
from kiosk.opening_behind import Opening
from kiosk.settings import KioskSettings
from kiosk.stationtime import boot_id
from kiosk.theme import FaceSizes, Look, load_look
from kiosk.widgets.boot import Pane, has_display, prepare
from kiosk.widgets.desk_screen import desk_screen

if TYPE_CHECKING:
    from kiosk.app import StationApp
    from kiosk.entrance import Entrance
    from kiosk.opening import Opened
    from kiosk.voice.mouth import Mouth
    from kiosk.widgets.first_sight import FirstSight as Sight

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

    Raises ``NoScreenError`` where there is no screen, and what kept the station from being opened.
    """
    if not has_display():
        raise NoScreenError("There is no screen here; run `python main.py visit` instead.")
    keep_little()
    gc.disable()  # until the station stands: what is made at a start stays, and going through it takes time
    _say_only_trouble()
    tell_only_where()
    look = load_look()
    panel, demo = look.screen_named(settings.screen), settings.simulates
    pane = pane_of(settings, desk_height(panel.face, desk_screen()) if demo else panel.pixels[1])
    place = place_of(data, clinic, demo=demo)
    prepare(look, pane, place / PICTURES)
    kept = KeptPlace(place / PICTURES, pane, settings.hand, settings.instrument)
    falls = None if demo else Falls(place, boot_id())
    opening = Opening(lambda: _greeted(station_behind(look, settings, data, speed, clinic), demo=demo))
    try:
        return _run(opening, look, settings, Lifeline(), falls, kept)
    finally:
        opening.close()


def pane_of(settings: KioskSettings, height: int) -> Pane:
    """The window of this station, ``height`` pixels high: the whole panel, or a demonstration's own."""
    demo = settings.simulates
    return Pane(height, settings.screen, full=not demo, strip=demo, touch_device=settings.touch or None)


def station_behind(
    look: Look, settings: KioskSettings, data: Path, speed: float, clinic: str
) -> AbstractContextManager["Opened"]:
    """The station, and what its face is drawn from: everything that the first picture does not wait for.

    Runs on the thread that opens it. What it needs is imported here, since importing is most of the time.
    """
    from health.words import languages, words_of  # noqa: PLC0415 - as above
    from kiosk.app import StationApp  # noqa: PLC0415, F401 - so that it is there when it is wanted
    from kiosk.opening import opened  # noqa: PLC0415
    from kiosk.screens.all_screens import load_rules  # noqa: PLC0415

    for language in languages():
        words_of(language)
    load_rules(look.screen_named(settings.screen).face.rules)
    return opened(settings, data, speed, clinic, reader=1.0, mouth=_mouth(settings))


def _run(
    opening: Opening,
    look: Look,
    settings: KioskSettings,
    lifeline: Lifeline,
    falls: Falls | None,
    kept: KeptPlace | None = None,
) -> int:
    """After a fall nothing stands before the board that says so."""
    shown = None if falls is not None and falls.fell() else kept
    entrance = entrance_of(opening, look, settings, lifeline, falls, shown)
    signal.signal(signal.SIGTERM, entrance.leave)
    try:
        entrance.run()
    except KeyboardInterrupt:
        _end(falls)
        raise
    if opening.failure is not None:
        raise opening.failure
    if entrance.fell:
        return FELL
    _end(falls)
    return 0


def entrance_of(
    opening: Opening,
    look: Look,
    settings: KioskSettings,
    lifeline: Lifeline,
    falls: Falls | None,
    kept: KeptPlace | None,
) -> "Entrance":
    """The window's app: what it shows first, what of the opened station, and what in its place.

    ``kept``: where the face of an earlier start lies; None shows none and keeps none.
    """
    from kiosk.entrance import Entrance  # noqa: PLC0415 - the window library reads what was prepared

    def station(running: "Opened") -> "StationApp":
        from kiosk.app import StationApp  # noqa: PLC0415 - imported behind the first picture

        app = StationApp(
            running.station,
            look,
            lifeline=lifeline,
            falls=0 if falls is None else falls.begin(time.monotonic()),
            screen=settings.screen,
            left_handed=settings.hand == "left",
        )
        if kept is not None and not entrance.knew_the_face:
            app.keep_face(kept)
        return app

    def board() -> object:
        from kiosk.screens.shut import shut_board  # noqa: PLC0415 - seldom needed

        return shut_board(look, lifeline, settings.screen)

    def sight() -> "Sight":
        from kiosk.widgets.first_sight import FirstSight  # noqa: PLC0415 - the very first start alone has it

        return FirstSight(look.color.light)

    watched = lifeline.watched and not settings.simulates
    face = None if kept is None else kept.read()
    first = None if kept is None else sight
    entrance = Entrance(opening, station, face, board if watched else None, first)
    return entrance


@contextmanager
def _greeted(station: AbstractContextManager["Opened"], *, demo: bool) -> Iterator["Opened"]:
    """The open station, told of on the command line; to a demonstration its first person comes."""
    with station as running:
        _say_where(running)
        if demo:
            running.station.send_first()
        yield running


def _end(falls: Falls | None) -> None:
    if falls is not None and falls.begun:
        falls.end()


def _mouth(settings: KioskSettings) -> "Mouth | None":
    """The voice of this machine; None where the settings want none."""
    if not settings.voice.on:
        return None
    from kiosk.voice.loudspeaker import Loudspeaker  # noqa: PLC0415 - behind the first picture
    from kiosk.voice.mouth import Mouth  # noqa: PLC0415
    from kiosk.voice.speech import Speech  # noqa: PLC0415

    ear = Loudspeaker(settings.voice.headphones) if settings.voice.headphones else None
    return Mouth(Speech(), Loudspeaker(settings.voice.device), headphones=ear)


def desk_height(face: FaceSizes, screen: tuple[int, int] | None) -> int:
    """Pixels of the demonstration's window, ``face`` and strip whole on a desk's ``screen``."""
    width, height = screen or DESK
    beside = face.height / (face.width + face.strip)
    return round(min(TALLEST, _PART * height, width * beside))


def _say_where(running: "Opened") -> None:
    if running.staff_url is not None:
        print(f"The clinic's page for staff: {running.staff_url}", flush=True)  # noqa: T201
    print(f"What this station keeps: {os.fspath(running.data)}", flush=True)  # noqa: T201


def _say_only_trouble() -> None:
    """Warnings and worse go to standard error; the window library sets the level of its own logger."""
    warnings = logging.StreamHandler(sys.stderr)
    warnings.setLevel(logging.WARNING)
    logging.basicConfig(level=logging.WARNING, handlers=[warnings])
