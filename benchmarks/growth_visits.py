"""The child of ``growth``: walks visits through the real window of an open station and tells its memory.

Whatever leads on is pressed as soon as it stands there; no finger and no guard time are in it. Run as
``python -m benchmarks.growth_visits DATA VISITS``.
"""

import gc
import json
import resource
import sys
from collections.abc import Iterator
from pathlib import Path

from kiosk.heap import keep_little
from kiosk.opening import opened
from kiosk.settings import DEMO, read_settings
from kiosk.theme import load_look
from kiosk.widgets.boot import Pane, prepare
from kiosk.window import PICTURES

HEIGHT = 480
SPEED = 30.0
"""How fast the station's clock runs, so that nobody waits for the goodbye to end."""


def main(data: str, visits: int) -> None:
    """Open the station and its window, walk, tell."""
    keep_little()  # as ``run_window`` does
    look = load_look()
    with opened(read_settings(DEMO), Path(data), SPEED, "none") as running:
        prepare(look, Pane(HEIGHT, offscreen=True), running.data / PICTURES)
        from kivy.clock import Clock
        from kivy.core.window import Window
        from kivy.graphics.opengl import glFinish

        from benchmarks.growth_walk import Walk
        from kiosk.app import StationApp
        from kiosk.screens.window_stand import Stand

        app = StationApp(running.station, look)

        def begin(_: float) -> None:
            (stand,) = (each for each in Window.children if isinstance(each, Stand))
            walk = visited(Walk(stand.face, running.station), visits)
            Clock.schedule_interval(lambda _: next(walk, None), 0)

        def visited(walk: Walk, count: int) -> Iterator[None]:
            for number in range(count):
                yield from walk.visit(number)
                tell()
            app.stop()

        # As the probe of ``face``: what an unseen window puts off piles up where the machine is busy.
        Window.bind(on_flip=lambda *_: glFinish())
        Clock.schedule_once(begin, 0)
        app.run()


def tell() -> None:
    """A line with what this process holds in memory now, in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    told = {"rss": pages * resource.getpagesize() / 1e6, "objects": len(gc.get_objects())}
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
