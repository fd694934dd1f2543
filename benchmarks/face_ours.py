"""The kiosk itself for the probe: a whole open station of the demonstration behind its real window.

Nobody acts at the instruments; the probe walks a guest through the screens by what leads on. Run as a child
process.
"""

import sys
from pathlib import Path

from kiosk.theme import load_look
from kiosk.widgets.boot import FRAMES, pane_for, prepare
from kiosk.window import PICTURES

ONWARD = ("done", "nothing", "print_only", "as_guest", "no", "skip", "calm", "next", "start")
"""What leads on, the first that is there."""


def main(data: str, taps: int, screens: int) -> None:
    """Open the station and its window and let the probe at it."""
    look = load_look()
    from kiosk.opening import opened
    from kiosk.settings import DEMO, read_settings

    with opened(read_settings(DEMO), Path(data), 1.0, "none", reader=1.0) as running:
        pane = pane_for(look, offscreen=True)
        prepare(look, pane, running.data / PICTURES)
        from kivy.config import Config

        Config.set("graphics", "maxfps", str(FRAMES))  # as where the window is seen
        from kivy.core.window import Window

        from benchmarks.face_probe import Scene, measure
        from kiosk.app import Stand, StationApp
        from kiosk.screens.face import Face
        from kiosk.widgets.key import Key

        app = StationApp(running.station, look)

        def face() -> Face:
            (stand,) = (each for each in Window.children if isinstance(each, Stand))
            found: Face = stand.face
            return found

        def keys() -> list[Key]:
            return [each for each in face().walk(restrict=True) if isinstance(each, Key) and each.shown]

        def onward() -> tuple[float, float] | None:
            there = {key.choice: key for key in keys()}
            return next((tuple(there[name].center) for name in ONWARD if name in there), None)

        scene = Scene(
            place=lambda: next(key for key in keys() if key.choice == "help").center,
            onward=onward,
            is_down=lambda: any(key.down for key in keys()),
            shown=lambda: (face().step, running.station.view().body),
            stop=app.stop,
        )
        measure(app.run, scene, taps, screens)


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
