"""Paints every step once, for real and without its words, and compares the pixels with what was computed.

Run by ``test_ground_and_pixels`` in a process of its own, because kivy keeps one window for good. Prints how
many places behind words were looked at, how many of them have another colour, and each text too faint.
"""

import sys

from kiosk.theme import load_look
from kiosk.widgets.boot import Pane, prepare

HEIGHT = 960  # half the pixels of the panel: the same millimetres
LOOK = load_look()
prepare(LOOK, Pane(HEIGHT, offscreen=True))

from kivy.core.window import Window  # noqa: E402 - kivy reads what prepare settled when imported
from kivy.uix.widget import Widget  # noqa: E402

from health.words import languages  # noqa: E402
from kiosk.screens.camera import Camera  # noqa: E402
from kiosk.screens.samples import samples  # noqa: E402
from kiosk.views import Theme  # noqa: E402
from tests.kiosk.screens.ground import colour_behind  # noqa: E402
from tests.kiosk.screens.lint import least_of  # noqa: E402
from tests.kiosk.screens.reading import Text, contrast, texts_of  # noqa: E402

ALIKE = 8 / 255


class Photograph:
    """The face without its words, as it was painted."""

    def __init__(self, face: Widget, texts: list[Text]) -> None:
        for text in texts:
            text.label.opacity = 0
        texture = face.export_as_image().texture
        for text in texts:
            text.label.opacity = 1
        self._wide, self._high = texture.size
        self._pixels: bytes = texture.pixels

    def at(self, x: float, y: float) -> tuple[float, float, float, float]:
        """The colour of a pixel, by its place from the lower left corner."""
        column, row = min(int(x), self._wide - 1), min(int(self._high - y), self._high - 1)
        start = 4 * (row * self._wide + column)
        red, green, blue = self._pixels[start : start + 3]
        return (red / 255, green / 255, blue / 255, 1.0)


def main() -> None:
    """Each step in one way: a third of them in each theme, languages and sizes in turn."""
    Window.bind(
        on_draw=lambda _: True
    )  # a face is painted once, for its photograph, and in no frame of a window
    camera, spoken = Camera(LOOK), languages()
    steps = {(each.view.step, each.view.overlay): place for place, each in enumerate(samples("en"))}
    looked, unlike, faint = 0, 0, []
    for turn, place in enumerate(steps.values()):
        theme = tuple(Theme)[turn * len(Theme) // len(steps)]
        language, large = spoken[turn % len(spoken)], turn // len(spoken) % 2 == 1
        sample = samples(language, theme, large=large)[place]
        face = camera.show(sample)
        behind = (
            set() if sample.view.overlay is None else {w for top in face.children[-3:] for w in top.walk()}
        )
        texts = [text for text in texts_of(face) if text.label not in behind]
        picture = Photograph(face, texts)
        for text in texts:
            seen = {point: picture.at(*point) for point in text.points()}
            looked += len(seen)
            for point, colour in seen.items():
                computed = colour_behind(text.behind, *point)
                unlike += max(abs(a - b) for a, b in zip(computed, colour, strict=True)) > ALIKE
            if min(contrast(tuple(text.label.color), colour) for colour in seen.values()) < least_of(text):
                faint.append(f"{sample.name} {language} {theme}: {text.says}")
    sys.stdout.write("\n".join([f"{looked} {unlike}", *faint]))


main()
