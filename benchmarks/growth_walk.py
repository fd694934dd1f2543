"""One visit after another through a face that stands in a window; each ``yield`` lets a frame pass.

Imports the window library, so that ``boot.prepare`` must have run before.
"""

import time
from collections.abc import Iterator

from benchmarks.face_scene import ONWARD
from health.words import languages
from kiosk.flow.steps import Step
from kiosk.running import RunningStation
from kiosk.screens.face import Face
from kiosk.screens.samples import samples
from kiosk.views import Theme
from kiosk.widgets.key import Key

SHOWN = 6
"""Sample views behind a visit: values, names and trends that the guest does not have."""
FRAMES = 3
CALM_S = 0.35
"""Nobody is there for so long, which is when the kiosk sweeps."""
STUCK_S = 60.0


class Walk:
    """Presses at ``face`` whatever leads on, behind which ``station`` is open."""

    def __init__(self, face: Face, station: RunningStation) -> None:
        self._face, self._station = face, station

    def visit(self, number: int) -> Iterator[None]:
        """A guest from the idle screen to the idle screen, then samples, then nobody."""
        yield from self._guest()
        yield from self._samples(number)
        end = time.monotonic() + CALM_S
        while time.monotonic() < end:
            time.sleep(0.02)
            yield

    def _guest(self) -> Iterator[None]:
        end, begun = time.monotonic() + STUCK_S, False
        while not begun or self._face.step is not Step.IDLE:
            begun = begun or self._face.step is not Step.IDLE
            self._press_on()
            for _ in range(FRAMES):
                yield
            if time.monotonic() > end:
                raise SystemExit(f"The visit stood still at {self._face.step}.")

    def _press_on(self) -> None:
        every = (each for each in self._face.walk(restrict=True) if isinstance(each, Key))
        keys = {each.choice: each for each in every if each.shown}
        onward = next((keys[name] for name in ONWARD if name in keys), None)
        if onward is not None:
            onward.dispatch("on_release")

    def _samples(self, number: int) -> Iterator[None]:
        language = languages()[number % len(languages())]
        theme = tuple(Theme)[number % len(Theme)]
        every = samples(language, theme, large=number % 2 == 1)
        for place in range(SHOWN):
            self._face.show(every[(number * SHOWN + place) % len(every)].view)
            for _ in range(FRAMES):
                yield
        self._face.show(self._station.view())
