"""Keeps the idle face as pixels for the next start: at rest, with each key pressed, and asking for a moment.

It draws a second face beside the window, a step a frame, while nobody is at the kiosk, and gives up as soon
as somebody comes; the next start tries again. Nothing in the picture is of a person or of an hour.
"""

from collections.abc import Iterator

from kivy.clock import Clock
from kivy.core.window import Window
from kivy.graphics import ClearBuffers, ClearColor, Fbo, Translate
from kivy.metrics import mm
from msgspec.structs import replace

from health.words import DEFAULT
from kiosk.flow.steps import Step
from kiosk.kept_face import KeptFace, KeptKey, KeptPlace, band_of, whole
from kiosk.screens.face import Face
from kiosk.theme import Look
from kiosk.views import IdleView, Theme
from kiosk.widgets.dress import Wardrobe
from kiosk.widgets.key import Key

_FRAMES = 4
"""In so many a change has reached every word and place of a face."""


class FaceKeeper:
    """Keeps what ``shown``, the face in the window, looks like at rest, in ``place``."""

    def __init__(self, look: Look, wardrobe: Wardrobe, shown: Face, place: KeptPlace) -> None:
        self._wardrobe, self._shown, self._place = wardrobe, shown, place
        self._at = (round(shown.x), round(shown.y))
        self._size = (round(shown.width), round(shown.height))
        self._face = Face(look, wardrobe, size=shown.size, pos=shown.pos, size_hint=(None, None))
        self._face.looks_ahead = False
        self._steps = self._keep()

    def begin(self) -> None:
        """Go on with every frame from now on, and be forgotten at the end.

        The clock holds a bound method weakly and a function strongly; nobody else holds this.
        """

        def step(_: float) -> bool:
            return self._step()

        Clock.schedule_interval(step, 0)

    def _step(self) -> bool:
        untouched = self._wardrobe.dress.palette == Theme.LIGHT.value and self._wardrobe.spoken == DEFAULT
        if self._shown.step is not Step.IDLE or not untouched:
            return False  # somebody is here; it is not called again
        return next(self._steps, False)

    def _keep(self) -> Iterator[bool]:
        """One step a frame; what it yields is whether there is another."""
        yield from self._show(None)
        rest = self._taken()
        keys: list[KeptKey] = []
        for key in self._keys():
            key.down = True
            yield from self._settled()
            pressed = band_of(rest, self._taken(), self._size[0])
            keys.append(KeptKey(key.choice, key.detail, _box(key), pressed))
            key.down = False
        yield from self._settled()
        yield from self._show(self._wardrobe.words.text("screen.idle.moment"))
        moment = band_of(rest, self._taken(), self._size[0])
        picture = whole(rest, self._size[0])
        drift = mm(max(key.drift for key in self._keys()))
        window = (round(Window.width), round(Window.height))
        self._place.write(KeptFace(window, self._at, self._size, picture, moment, tuple(keys), drift))

    def _show(self, sentence: str | None) -> Iterator[bool]:
        seen = self._shown.seen
        if seen is not None and isinstance(seen.body, IdleView):
            body = replace(seen.body, clock="", day="", closed=None, called=sentence)
            self._face.show(replace(seen, body=body, overlay=None, help_called=False))
        yield from self._settled()

    def _settled(self) -> Iterator[bool]:
        for _ in range(_FRAMES):
            yield True

    def _keys(self) -> list[Key]:
        """Every key that can be pressed, topmost first."""
        found = [
            each
            for part in self._face.children
            for each in part.walk(restrict=True)
            if isinstance(each, Key) and each.shown
        ]
        return [key for key in found if key.width > 0]

    def _taken(self) -> bytes:
        """The rows of the face as it stands, lowest first."""
        sheet = Fbo(size=self._size, with_stencilbuffer=True)
        with sheet:
            ClearColor(0, 0, 0, 1)
            ClearBuffers()
            Translate(-self._at[0], -self._at[1], 0)
        sheet.add(self._face.canvas)
        sheet.draw()
        pixels: bytes = sheet.pixels
        sheet.remove(self._face.canvas)
        return pixels


def _box(key: Key) -> tuple[float, float, float, float]:
    beside = mm(key.slop)
    return (key.x - beside, key.y - beside, key.width + 2 * beside, key.height + 2 * beside)
