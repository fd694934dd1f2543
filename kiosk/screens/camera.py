"""Takes pictures of views from an unseen window of the size of the panel."""

from pathlib import Path

from kivy.base import EventLoop
from kivy.core.window import Window

from kiosk.screens.all_screens import load_rules
from kiosk.screens.face import Face
from kiosk.screens.samples import Sample, samples
from kiosk.theme import Look
from kiosk.views import Theme
from kiosk.widgets.dress import Wardrobe

_SETTLE_FRAMES = 4


class Camera:
    """One window with one face; every picture is what the face shows."""

    def __init__(self, look: Look) -> None:
        self.wardrobe = wardrobe = Wardrobe(look, "zh_CN")
        wardrobe.put_up()
        load_rules()
        wardrobe.dress.mm = Window.height / look.size.height
        EventLoop.ensure_window()
        self._face = Face(look, wardrobe, size=Window.size)
        Window.add_widget(self._face)

    def take_all(self, out: Path, language: str, theme: Theme, *, large: bool = False) -> list[Path]:
        """Write every sample in ``language``; the theme is in the name unless it is the light one."""
        ending = "" if theme is Theme.LIGHT else f"-{theme.value}"
        return [
            self._take(each, out / f"{each.name}-{language}{ending}{'-large' if large else ''}.png")
            for each in samples(language, theme, large=large)
        ]

    def show(self, sample: Sample) -> Face:
        """The face as it shows ``sample``, everything on it at its place."""
        self._face.show(sample.view)
        for _ in range(_SETTLE_FRAMES):
            EventLoop.idle()
        return self._face

    def _take(self, sample: Sample, path: Path) -> Path:
        self.show(sample).export_to_png(str(path))
        return path
