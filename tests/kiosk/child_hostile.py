"""Run as a child process: the window of a kiosk, unseen, under every key, button and finger there is.

The events go into the queue of the window system library (SDL 2) itself, as those of a keyboard, a mouse, a
touch panel and a window manager do. What became of the window is told as one line of JSON.
"""

import ctypes
import json
import os
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

from kiosk.room import Strip
from kiosk.theme import load_look
from kiosk.widgets.boot import Pane, prepare
from tests.kiosk.paced import pace
from tests.kiosk.screens.one_room import OneRoom

# SDL_events.h, SDL_keycode.h of SDL 2.30
QUIT, WINDOW, KEY_DOWN, KEY_UP, TEXT = 0x100, 0x200, 0x300, 0x301, 0x303
MOVED, PRESSED, LIFTED, WHEEL = 0x400, 0x401, 0x402, 0x403
FINGER_DOWN, FINGER_UP, FINGER_MOVED, PINCH = 0x700, 0x701, 0x702, 0x802
MINIMIZED, CLOSED = 7, 14
SHIFT, CONTROL, ALT, SUPER = 0x0001, 0x0040, 0x0100, 0x0400
BY_SCANCODE = 1 << 30
KEYS = (
    *(BY_SCANCODE | code for code in range(0x39, 0x66)),  # F1 to F12, PrintScreen, arrows, Menu
    *(BY_SCANCODE | code for code in range(0xE0, 0xE8)),  # Control, Shift, Alt, Super, both sides
    *(BY_SCANCODE | code for code in (0x103, 0x10D, 0x10E, 0x10F, 0x119, 0x11A, 0x74, 0x66)),  # media, power
    *(8, 9, 13, 27, 32, 127),
    *map(ord, "abcdefghijklmnopqrstuvwxyz0123456789"),
)
TOGETHER = (0, CONTROL, ALT, SHIFT, SUPER, CONTROL | ALT, CONTROL | SHIFT)
WIDE, HIGH = 540, 960
SETTLE_S, EVENTS_A_FRAME = 0.7, 30


def keyboard() -> Iterator[bytes]:
    for held in TOGETHER:
        for key in KEYS:
            for kind, state in ((KEY_DOWN, 1), (KEY_UP, 0)):
                yield struct.pack("<IIIBBBBiiHxxI", kind, 0, 1, state, 0, 0, 0, 0, key, held, 0)
    yield struct.pack("<III32s", TEXT, 0, 1, b"q")


def mouse() -> Iterator[bytes]:
    corners = ((1, 1), (WIDE - 2, 1), (WIDE - 2, HIGH - 2), (1, HIGH - 2), (WIDE // 2, 5), (5, HIGH // 2))
    for button in (2, 3, 4, 5):  # middle, right, and the two at the side
        for x, y in corners:
            for kind, state in ((PRESSED, 1), (LIFTED, 0)):
                yield struct.pack("<IIIIBBBBii", kind, 0, 1, 0, button, state, 2, 0, x, y)
    for x, y in corners:  # from every edge across the whole screen
        yield struct.pack("<IIIIBBBBii", PRESSED, 0, 1, 0, 1, 1, 1, 0, x, y)
        for part in range(1, 6):
            at = (x + (WIDE // 2 - x) * part // 5, y + (HIGH // 2 - y) * part // 5)
            yield struct.pack("<IIIIIiiii", MOVED, 0, 1, 0, 1, *at, 0, 0)
        yield struct.pack("<IIIIBBBBii", LIFTED, 0, 1, 0, 1, 0, 1, 0, WIDE // 2, HIGH // 2)
    for across, down in ((0, 3), (0, -3), (3, 0), (-3, 0)):
        yield struct.pack("<IIIIiiI", WHEEL, 0, 1, 0, across, down, 0)


def fingers() -> Iterator[bytes]:
    for kind in (FINGER_DOWN, FINGER_MOVED, FINGER_UP):
        for finger in range(10):
            place = (0.02 + finger / 11, 0.5, 0.1, 0.0, 1.0)
            yield struct.pack("<IIqqfffffI", kind, 0, 1, finger, *place, 1)
    yield struct.pack("<IIqffffHH", PINCH, 0, 1, 0.5, 0.8, 0.5, 0.5, 5, 0)


def window_manager() -> Iterator[bytes]:
    for said in (MINIMIZED, CLOSED):
        yield struct.pack("<IIIBBBBii", WINDOW, 0, 1, said, 0, 0, 0, 0, 0)
    yield struct.pack("<II", QUIT, 0)  # what Alt-F4 and the cross of a title become


def sdl() -> ctypes.CDLL:
    """The very library the window runs on."""
    import kivy

    (file,) = (Path(kivy.__file__).parents[1] / "Kivy.libs").glob("libSDL2-2-*")
    return ctypes.CDLL(str(file))


def main(kind: str) -> None:
    """Open the window, let everything come, and say what is left."""
    os.environ["KIVY_GL_BACKEND"] = "mock"
    look = load_look()
    prepare(look, Pane(HIGH, full=False, offscreen=True))
    pace()
    from kivy.clock import Clock
    from kivy.config import Config
    from kivy.core.window import Window

    from kiosk.app import StationApp
    from kiosk.widgets.key import Key

    room = OneRoom(Strip(("shen",), "shen", (), ()) if kind == "demo" else None)
    room.moves = False
    app, library = StationApp(room, look), sdl()
    every = [*keyboard(), *mouse(), *fingers(), *window_manager()]
    coming = iter(every)
    pushed = [0]
    windows: set[str] = set()
    told: dict[str, object] = {"refused_to_close": False}

    def put(event: bytes) -> None:
        pushed[0] += library.SDL_PushEvent(event.ljust(64, b"\0"))

    def push(_: float) -> None:
        windows.update(type(each).__name__ for each in Window.children)
        for _number in range(EVENTS_A_FRAME):
            event = next(coming, None)
            if event is None:
                Clock.unschedule(push)
                Clock.schedule_once(press, SETTLE_S)
                Clock.schedule_once(survived, 2 * SETTLE_S)
                return
            put(event)

    def press(_: float) -> None:
        """One finger on the key that begins a visit: it is heard as ever."""
        told["chosen_before"] = len(room.chosen)
        key = next(
            each for each in Window.children[0].walk() if isinstance(each, Key) and each.choice == "start"
        )
        x, y = round(key.center_x), round(Window.height - key.center_y)
        for kind, state in ((PRESSED, 1), (LIFTED, 0)):
            put(struct.pack("<IIIIBBBBii", kind, 0, 1, 0, 1, state, 1, 0, x, y))

    def survived(_: float) -> None:
        """Reached only where nothing of all this ended the program."""
        told["refused_to_close"] = True
        windows.update(type(each).__name__ for each in Window.children)
        told["stand"] = [type(each).__name__ for stand in Window.children for each in stand.children]
        told["dark_corners"] = sorted(
            type(each).__module__
            for stand in Window.children
            for each in stand.walk(restrict=True)
            if type(each).__module__.startswith(("kivy.uix.settings", "kivy.modules", "kivy.uix.vkeyboard"))
        )
        app.stop()

    Clock.schedule_once(lambda _: Clock.schedule_interval(push, 0), SETTLE_S)
    app.run()
    told |= {
        "window": sorted(windows),
        "pushed": pushed[0] - len(every),
        "chosen": [choice.value for choice, _ in room.chosen],
        "knocks": room.backroom.knocks,
        "modules": dict(Config.items("modules")) if Config.has_section("modules") else {},
        "inputs": dict(Config.items("input")),
        "fell": app.fell,
    }
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
