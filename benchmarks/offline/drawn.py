"""The child of ``offline`` with a window: taps until they show, calm and while the courier drains.

The whole kiosk as it starts, over a ledger full of visits that nobody took yet. Behind the calm taps it tells
them as a line and waits for one, by which the clinic is back. Run as a child process.
"""

import gc
import sys
import time
from pathlib import Path

import msgspec

from kiosk.folders import place_of
from kiosk.heap import keep_little
from kiosk.jobs import Count
from kiosk.lifeline import Lifeline
from kiosk.opening_behind import Opening
from kiosk.settings import DEMO, VoicePart, read_settings
from kiosk.theme import load_look
from kiosk.widgets.boot import FRAMES, pane_for, prepare
from kiosk.window import PICTURES, entrance_of, station_behind

CALM, AT_ONCE = 60, 3
"""Taps before the clinic is back, and between two looks at what still waits."""
DESK_S, LONGEST_S = 120.0, 300.0


def main(data: str, url: str) -> None:
    """Open the window over the ledger in ``data``, whose clinic comes back at ``url``."""
    keep_little()
    gc.disable()  # both as ``run_window`` does
    look, settings = load_look(), read_settings(DEMO)
    silent = msgspec.structs.replace(settings, voice=VoicePart(on=False))
    prepare(look, pane_for(look, offscreen=True), place_of(Path(data), url, demo=True) / PICTURES)
    from kivy.config import Config

    Config.set("graphics", "maxfps", str(FRAMES))  # as where the window is seen
    opening = Opening(lambda: station_behind(look, silent, Path(data), 1.0, url))
    entrance = entrance_of(opening, look, silent, Lifeline({}), None, None)

    from benchmarks.face_probe import Probe, say
    from benchmarks.face_scene import scene_of

    probe = Probe(scene_of(entrance.stop))

    def drain() -> None:
        probe.wait_until_settled()
        say({"calm": probe.tap(CALM)})
        sys.stdin.readline()
        station = None if opening.opened is None else opening.opened.station
        if station is None or (courier := station.courier) is None:
            raise SystemExit("The station has no courier; there is no figure.")
        courier.wake()
        begun, busy = time.monotonic(), probe.tap(AT_ONCE)
        while (waiting := station.desk.submit(Count()).result(DESK_S).counts.waiting) > 0:
            busy += probe.tap(AT_ONCE)
            if time.monotonic() - begun > LONGEST_S:
                break
        probe.told |= {"busy": busy, "drained": time.monotonic() - begun, "waiting": waiting}

    probe.watch(entrance.run, drain)


if __name__ == "__main__":
    main(*sys.argv[1:])
