"""A finger and a stop-watch in a window: events in the library's own queue, times taken where it is drawn.

The same probe sits in the kiosk and in its peer. It presses where it is told, at moments of its own, and
says how long it took until a picture stood that shows it. Nothing in it knows a screen.
"""

import ctypes
import json
import os
import random
import resource
import struct
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import kivy
from kivy.clock import Clock
from kivy.core.window import Window
from kivy.graphics.opengl import glFinish

PRESSED, LIFTED, MOVED = 0x401, 0x402, 0x400
"""SDL_events.h of SDL 2.30."""
SETTLED_S, IDLE_S, HELD_S = 2.0, 6.0, 0.12
PAUSE_S = 0.75
"""Nobody reads a screen in less."""
LONGEST_S, OPEN_S = 3.0, 30.0
AWAY = 400
"""Pixels a finger slides so that what it pressed is not meant."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What the probe may ask of a window. Places are pixels from the lower left corner.

    ``place`` where to press for a look only, ``onward`` where to press to come to the next screen,
    ``is_down`` whether the pressed look is on, ``shown`` what tells one picture from another, ``is_open``
    whether all that belongs to it is there, ``led_on`` whether the first press led to another screen.
    """

    place: Callable[[], tuple[float, float]]
    onward: Callable[[], tuple[float, float] | None]
    is_down: Callable[[], bool]
    shown: Callable[[], object]
    is_open: Callable[[], bool]
    led_on: Callable[[], bool]
    stop: Callable[[], None]


class Probe:
    """Runs in a thread of its own beside the window; ``told`` are milliseconds, a share and megabytes."""

    def __init__(self, scene: Scene, pause: float = PAUSE_S) -> None:
        (file,) = (Path(kivy.__file__).parents[1] / "Kivy.libs").glob("libSDL2-2-*")
        self._sdl = ctypes.CDLL(str(file))
        self._scene, self._pause = scene, pause
        self._waiting: Callable[[], bool] | None = None
        self._seen, self._first = threading.Event(), threading.Event()
        self._seen_at = 0.0
        self._pictures = self._needless = 0
        self._stood: object = None
        self._chance = random.Random(7)  # noqa: S311 - moments, no secrets
        self.told: dict[str, object] = {}
        Window.bind(on_flip=self._flipped)

    def watch(self, run: Callable[[], None], work: Callable[[], None]) -> None:
        """Run an app with ``work`` beside it; tell what it left in ``told``, and leave at once."""
        _say_first_picture()

        def until_done() -> None:
            work()
            Clock.schedule_once(lambda _: self._scene.stop(), 0)

        threading.Thread(target=until_done, daemon=True).start()
        run()
        say(self.told)
        os._exit(0)

    def _flipped(self, *_: object) -> None:
        glFinish()  # an unseen window is painted when it must be; a seen one before it is shown
        stands = self._scene.shown()
        self._pictures += 1
        self._needless += stands == self._stood
        self._stood = stands
        self._first.set()
        if self._waiting is not None and self._waiting():
            self._seen_at = time.perf_counter()
            self._waiting = None
            self._seen.set()

    def press_at_once(self) -> None:
        """What comes of a press on the very first picture; where it has no key, how long until one stands."""
        self._first.wait(OPEN_S)
        begun, place = time.perf_counter(), self._scene.onward()
        if place is None:
            self.told["opened"] = self._until(self._scene.is_open, lambda: None, OPEN_S)
        else:
            self.told["press"] = self._until(self._scene.is_down, lambda: self._put(PRESSED, *place))
            time.sleep(HELD_S)
            self._until(self._scene.led_on, lambda: self._put(LIFTED, *place), OPEN_S)
            self.told["led_on"] = (self._seen_at - begun) * 1000

    def wait_until_settled(self) -> None:
        """Until all is there and has been for a moment."""
        while not self._scene.is_open():
            time.sleep(0.05)
        time.sleep(SETTLED_S)

    def measure(self, taps: int, screens: int) -> None:
        """Rest, ``taps`` for a look only, ``screens`` one after another, and the memory behind it."""
        self.wait_until_settled()
        self.told |= self._idle()
        self.told["taps"] = self.tap(taps)
        self.told["screens"] = [took for took in (self._next() for _ in range(screens)) if took]
        self.told["rss"] = int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6

    def tap(self, times: int) -> list[float]:
        """Press so often for a look only; milliseconds until each stood painted."""
        return [took for took in (self._tap() for _ in range(times)) if took]

    def _idle(self) -> dict[str, object]:
        pictures, needless = self._pictures, self._needless
        used, begun = time.process_time(), time.perf_counter()
        time.sleep(IDLE_S)
        took = time.perf_counter() - begun
        rss = int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6
        return {
            "idle": (time.process_time() - used) / took,
            "pictures": self._pictures - pictures,
            "needless": self._needless - needless,
            "rss_idle": rss,
        }

    def _tap(self) -> float | None:
        time.sleep(self._chance.uniform(0.15, 0.3))
        x, y = self._scene.place()
        took = self._until(self._scene.is_down, lambda: self._put(PRESSED, x, y))
        self._put(MOVED, x, y - AWAY if y > AWAY else y + AWAY)
        self._put(LIFTED, x, y - AWAY if y > AWAY else y + AWAY)
        return took

    def _next(self) -> float | None:
        time.sleep(self._chance.uniform(self._pause, self._pause + 0.15))
        place, before = self._scene.onward(), self._scene.shown()
        if place is None:
            return None
        self._put(PRESSED, *place)
        time.sleep(HELD_S)
        return self._until(lambda: self._scene.shown() != before, lambda: self._put(LIFTED, *place))

    def _until(
        self, there: Callable[[], bool], do: Callable[[], None], longest: float = LONGEST_S
    ) -> float | None:
        """Milliseconds from ``do`` to the picture after which ``there`` holds; None where none came."""
        self._seen.clear()
        self._waiting = there
        begun = time.perf_counter()
        do()
        seen = self._seen.wait(longest)
        self._waiting = None
        return (self._seen_at - begun) * 1000 if seen else None

    def _put(self, kind: int, x: float, y: float) -> None:
        at = (round(x), round(Window.height - y))
        if kind == MOVED:
            event = struct.pack("<IIIIIiiii", kind, 0, 1, 0, 1, *at, 0, 0)
        else:
            event = struct.pack("<IIIIBBBBii", kind, 0, 1, 0, 1, int(kind == PRESSED), 1, 0, *at)
        self._sdl.SDL_PushEvent(event.ljust(64, b"\0"))


def measure(run: Callable[[], None], scene: Scene, taps: int, screens: int, pause: float = PAUSE_S) -> None:
    """Run an app, press in its ``scene``, tell what was measured, and leave at once.

    Without ``taps``, it is measured what comes of a press on its very first picture.
    """
    probe = Probe(scene, pause)
    probe.watch(run, (lambda: probe.measure(taps, screens)) if taps else probe.press_at_once)


def say(told: dict[str, object]) -> None:
    """Tell something as a line, to whoever started this process."""
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def _say_first_picture() -> None:
    """Tell the moment the first picture stood, on the clock every process shares."""

    def first(*_: object) -> None:
        Window.unbind(on_flip=first)
        say({"first": time.clock_gettime(time.CLOCK_MONOTONIC), "worked": time.process_time()})

    Window.bind(on_flip=first)
