"""Takes pictures of views from an unseen window of the size of the panel."""

from pathlib import Path

from kivy.base import EventLoop
from kivy.core.window import Window
from kivy.metrics import Metrics

from kiosk.screens.all_screens import load_rules
from kiosk.screens.face import Face
from kiosk.screens.samples import Sample, samples
from kiosk.theme import FIRST_SCREEN, Look
from kiosk.views import Theme
from kiosk.widgets.dress import Wardrobe

_SETTLE_FRAMES = 4
_MM_PER_INCH = 25.4


class Camera:
    """One face of the panel ``screen`` in the window; every picture is what the face shows."""

    def __init__(self, look: Look, screen: str = FIRST_SCREEN) -> None:
        self.wardrobe = wardrobe = Wardrobe(look, "zh_CN", screen)
        wardrobe.put_up()
        load_rules(wardrobe.panel.face.rules)
        EventLoop.ensure_window()
        pixels = wardrobe.panel.pixels[1] / wardrobe.panel.face.height
        Metrics.dpi = pixels * _MM_PER_INCH
        wardrobe.dress.mm = pixels
        self._face = Face(look, wardrobe, size=wardrobe.panel.pixels, size_hint=(None, None))
        self._screen = screen
        self.ending = "" if screen == FIRST_SCREEN else f"-{screen}"
        Window.add_widget(self._face)

    def take_all(self, out: Path, language: str, theme: Theme, *, large: bool = False) -> list[Path]:
        """Write every sample in ``language``; screen and theme are in the name unless they are the first."""
        ending = self.ending if theme is Theme.LIGHT else f"{self.ending}-{theme.value}"
        return [
            self._take(each, out / f"{each.name}-{language}{ending}{'-large' if large else ''}.png")
            for each in samples(language, theme, large=large, screen=self._screen)
        ]

    def put_away(self) -> None:
        """Leave the window to another camera."""
        Window.remove_widget(self._face)

    def show(self, sample: Sample) -> Face:
        """The face as it shows ``sample``, everything on it at its place."""
        self._face.show(sample.view)
        for _ in range(_SETTLE_FRAMES):
            EventLoop.idle()
        return self._face

    def _take(self, sample: Sample, path: Path) -> Path:
        self.show(sample).export_to_png(str(path))
        return path
