"""Run as a child process: the window as it starts, unseen, with a station that opens late or not at all.

``press``, ``moment``, ``nothing``: it opens once the finger did its part; ``shut``, ``ends``: it cannot be
opened, with and without somebody who starts the program anew. ``keeps``: a face is kept and stands first,
drawn for real. ``first``: no face is kept yet. ``rests``: a whole open station stands idle. What became of it
is told as one line of JSON.
"""

import json
import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import msgspec

from kiosk import window
from kiosk.errors import KioskError
from kiosk.kept_face import KeptFace, KeptPlace
from kiosk.lifeline import Lifeline
from kiosk.opening_behind import Opening
from kiosk.settings import DEMO, KioskSettings, read_settings
from kiosk.theme import Look, load_look
from kiosk.widgets.boot import Pane, prepare
from tests.kiosk.paced import pace
from tests.kiosk.screens.one_room import OneRoom

if TYPE_CHECKING:
    from kiosk.app import StationApp
    from kiosk.entrance import Entrance
    from kiosk.opening import Opened

HIGH = 960
CALM_BEATS, WATCHED_BEATS = 16, 12
"""Quarters of a second until everything that follows a start is done, and in which pictures are counted."""
OF_OTHERS = {"cryptography", "http_message_signatures", "reportlab", "babel", "requests", "jinja2", "segno"}
"""Libraries of the clinic, of the process that makes the paper, and of a code that nobody has wanted yet."""
WORDS = "The disk of this station is full; see to it."


def main(mode: str) -> None:
    """Start as ``mode`` says and tell what was seen."""
    if mode not in {"keeps", "first"}:
        os.environ["KIVY_GL_BACKEND"] = "mock"
    look = load_look()
    prepare(look, Pane(HIGH, offscreen=True))
    pace()
    with tempfile.TemporaryDirectory() as folder:
        place = KeptPlace(Path(folder), mode)
        ways = {"shut": cannot_open, "ends": cannot_open, "keeps": keeps, "rests": rests}
        told = {**ways, "first": first_sight}.get(mode, late)(look, place, mode)
    sys.stdout.write(json.dumps(told) + "\n")


def late(look: Look, place: KeptPlace, mode: str) -> dict[str, Any]:
    """A finger comes before the station is open; then it opens."""
    from kivy.clock import Clock

    from kiosk import entrance as first
    from kiosk.widgets.doorstep import Doorstep
    from tests.kiosk.kept_faces import a_kept_face

    first.MOMENT_S = 0.0 if mode == "moment" else 600.0
    room, may_open = OneRoom(), threading.Event()
    room.moves, room.shown = False, "idle"
    told: dict[str, Any] = {"asked": 0}

    @contextmanager
    def station() -> Iterator[Any]:
        may_open.wait(60)
        yield SimpleNamespace(station=room)

    entrance = entrance_on(look, Opening(station), room, a_kept_face("help", "start"))

    def asks(step: Doorstep) -> None:
        told["asked"] += 1

    watched: Any = Doorstep
    watched.ask_for_a_moment = asks

    def finger(_: float) -> None:
        from tests.kiosk.screens.finger_and_clock import Finger

        step = entrance.root
        told["first"] = type(step).__name__
        if mode != "nothing":
            touch = Finger(100, 100).down()
            told["pressed"] = step.touched
            touch.up()
            told["heard"] = [key.choice for key in step.heard]
        Clock.schedule_interval(opens, 0.02)

    def opens(_: float) -> bool:
        if mode == "moment" and not told["asked"]:
            return True
        may_open.set()
        Clock.schedule_interval(stands, 0.02)
        return False

    def stands(_: float) -> bool:
        (shown,) = window_children()
        if type(shown).__name__ != "Stand":
            return True
        told["deaf"] = shown.face._deaf_until > 0
        told["step"] = shown.face.step
        told["chosen"] = [choice for choice, _detail in room.chosen]
        entrance.stop()
        return False

    Clock.schedule_once(finger, 0.1)
    entrance.run()
    entrance._opening.close()
    return told


def cannot_open(look: Look, place: KeptPlace, mode: str) -> dict[str, Any]:
    """The station cannot be opened; ``shut``: a service manager would start the program anew."""
    from kivy.clock import Clock

    from kiosk import entrance as first

    first.SHUT_S = 0.5
    settings = msgspec.structs.replace(read_settings(DEMO), instrument=())
    told: dict[str, Any] = {"seen": []}

    def station() -> AbstractContextManager["Opened"]:
        raise KioskError(WORDS)

    def look_at(_: float) -> None:
        for name in (type(each).__name__ for each in window_children()):
            if name not in told["seen"]:
                told["seen"].append(name)

    Clock.schedule_interval(look_at, 0)
    opening = Opening(station)
    try:
        window._run(opening, look, settings, Lifeline(), None)
    except KioskError as wrong:
        told["said"] = str(wrong)
    opening.close()
    return told


def keeps(look: Look, place: KeptPlace, mode: str) -> dict[str, Any]:
    """The idle face is kept, and then stands in its own place; where the two differ is told in rows."""
    from kivy.clock import Clock
    from kivy.core.window import Window

    from kiosk.kept_face import band_of, pixels_of
    from kiosk.widgets.doorstep import Doorstep
    from tests.kiosk.pixels import rows_of

    room = OneRoom()
    room.moves, room.shown = False, "idle"
    told: dict[str, Any] = {}
    entrance = entrance_on(look, Opening(lambda: opened(room)), room, None, place)

    def wait(_: float) -> bool:
        face = place.read()
        if face is None:
            return True
        (stand,) = window_children()
        live = rows_of(stand.face)
        step = Doorstep(face)
        Window.remove_widget(stand)
        Window.add_widget(step)
        step.size, step.pos = Window.size, (0, 0)
        same = rows_of(step, stand.face.size, stand.face.pos)
        told["as_kept"] = same == pixels_of(face.picture)
        other = band_of(live, same, face.size[0])
        told["differs"] = None if other is None else [(*other.at, *other.size), face.size]
        told["keys"] = {key.choice: key.pressed is not None for key in face.keys}
        told["moment"] = face.moment is not None
        entrance.stop()
        return False

    Clock.schedule_interval(wait, 0.05)
    entrance.run()
    entrance._opening.close()
    return told


def first_sight(look: Look, place: KeptPlace, mode: str) -> dict[str, Any]:
    """What stands in the very first picture, and what of it is drawn: rows as colours, lines as words."""
    from kivy.clock import Clock
    from kivy.core.window import Window

    from tests.kiosk.pixels import rows_of

    may_open = threading.Event()
    told: dict[str, Any] = {}

    def station() -> AbstractContextManager["Opened"]:
        may_open.wait(60)
        raise KioskError(WORDS)

    opening = Opening(station)
    entrance = window.entrance_of(opening, look, demo(), Lifeline({}), None, place)

    def seen(*_: object) -> None:
        Window.unbind(on_flip=seen)
        Clock.schedule_once(look_at, 0)

    def look_at(_: float) -> None:
        (shown,) = window_children()
        width, rows = round(Window.width), rows_of(shown)
        told["first"] = type(shown).__name__
        told["lines"] = [line.text for line in shown.lines]
        told["fits"] = all(line.texture_size[0] <= width for line in shown.lines)
        told["corner"] = rows[:3].hex().upper()
        told["inked"] = []
        for line in shown.lines:
            below, above = round(line.y), round(line.top)
            part = rows[below * width * 4 : above * width * 4]
            told["inked"].append(sum(part[at : at + 3] != rows[:3] for at in range(0, len(part), 4)))
        may_open.set()
        entrance.stop()

    Window.bind(on_flip=seen)
    entrance.run()
    opening.close()
    return told


def rests(look: Look, place: KeptPlace, mode: str) -> dict[str, Any]:
    """Pictures drawn of a view that stood already, while every instrument is there and nobody is."""
    from kivy.clock import Clock
    from kivy.core.window import Window

    from kiosk.app import StationApp
    from kiosk.opening import opened as opened_station

    told: dict[str, Any] = {"alike": 0, "beats": 0}
    with tempfile.TemporaryDirectory() as data, opened_station(demo(), Path(data), 1.0, "none") as it:
        app = StationApp(it.station, look)
        stood: list[object] = [None]

        def flipped(*_: object) -> None:
            (stand,) = window_children()
            told["alike"] += told["beats"] > CALM_BEATS and stand.face.seen == stood[0]
            stood[0] = stand.face.seen

        def beat(_: float) -> None:
            told["beats"] += it.station.bench.all_there()
            if told["beats"] > CALM_BEATS + WATCHED_BEATS:
                told["step"] = window_children()[0].face.step
                app.stop()

        Window.bind(on_flip=flipped)
        Clock.schedule_interval(beat, 0.25)
        app.run()
        told["of_others"] = sorted(OF_OTHERS & set(sys.modules))
    return told


def demo() -> KioskSettings:
    """The demonstration as it ships."""
    return read_settings(DEMO)


@contextmanager
def opened(room: OneRoom) -> Iterator[Any]:
    yield SimpleNamespace(station=room)


def entrance_on(
    look: Look, opening: Opening, room: OneRoom, face: KeptFace | None, place: KeptPlace | None = None
) -> "Entrance":
    """The entrance of a station whose room the test sets."""
    from kiosk.entrance import Entrance

    def station(_: "Opened") -> "StationApp":
        from kiosk import app

        app.KEPT_S = 0.0
        made = app.StationApp(room, look)
        if place is not None:
            made.keep_face(place)
        return made

    return Entrance(opening, station, face, None)


def window_children() -> list[Any]:
    from kivy.core.window import Window

    return list(Window.children)


if __name__ == "__main__":
    main(*sys.argv[1:])
