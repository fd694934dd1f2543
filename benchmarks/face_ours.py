"""The kiosk itself for the probe: the window as it starts, a whole station of the demonstration behind it.

Nobody acts at the instruments and nothing is said; the probe walks a guest through the screens by what leads
on. Run as a child process.
"""

import gc
import sys
from pathlib import Path

import msgspec

from kiosk.folders import NONE, place_of
from kiosk.heap import keep_little
from kiosk.kept_face import KeptPlace
from kiosk.lifeline import Lifeline
from kiosk.opening_behind import Opening
from kiosk.settings import DEMO, VoicePart, read_settings
from kiosk.theme import load_look
from kiosk.widgets.boot import FRAMES, pane_for, prepare
from kiosk.window import PICTURES, entrance_of, station_behind

PAUSE_S = 0.75  # as the probe's own, which cannot be imported before the window is prepared


def main(data: str, taps: int, screens: int, pause: float = PAUSE_S) -> None:
    """Open the window, the station behind it, and let the probe at it, ``pause`` seconds before a screen."""
    keep_little()
    gc.disable()  # both as ``run_window`` does
    look, settings = load_look(), read_settings(DEMO)
    silent = msgspec.structs.replace(settings, voice=VoicePart(on=False))
    pictures = place_of(Path(data), NONE, demo=True) / PICTURES
    pane = pane_for(look, offscreen=True)
    prepare(look, pane, pictures)
    from kivy.config import Config

    Config.set("graphics", "maxfps", str(FRAMES))  # as where the window is seen
    opening = Opening(lambda: station_behind(look, silent, Path(data), 1.0, NONE))
    kept = KeptPlace(pictures, pane, silent.hand, silent.instrument)
    entrance = entrance_of(opening, look, silent, Lifeline({}), None, kept)

    from benchmarks.face_probe import measure
    from benchmarks.face_scene import scene_of

    measure(entrance.run, scene_of(entrance.stop), taps, screens, pause)


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:4]), *map(float, sys.argv[4:]))
