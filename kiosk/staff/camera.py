"""Takes pictures of the staff area, as one panel shows it, from the unseen window."""

from pathlib import Path

from kivy.base import EventLoop
from kivy.core.window import Window

from kiosk.staff.all_screens import load_staff_rules
from kiosk.staff.face import StaffFace
from kiosk.staff.samples import staff_samples
from kiosk.theme import Look
from kiosk.widgets.dress import Wardrobe

_SETTLE_FRAMES = 4


class StaffCamera:
    """One staff face in the window; every picture is what it shows. The residents' rules are read already."""

    def __init__(self, look: Look, wardrobe: Wardrobe) -> None:
        load_staff_rules(wardrobe.panel.face.rules)
        self._face = StaffFace(look, wardrobe, size=wardrobe.panel.pixels, size_hint=(None, None))

    def take_all(self, out: Path, language: str, ending: str = "") -> list[Path]:
        """Write every sample in ``language``; the staff area has one theme and one size of letters.

        ``ending`` is what the name says of the panel.
        """
        Window.add_widget(self._face)
        written = []
        for sample in staff_samples(language):
            self._face.show(sample.view)
            for _ in range(_SETTLE_FRAMES):
                EventLoop.idle()
            written.append(out / f"{sample.name}-{language}{ending}.png")
            self._face.export_to_png(str(written[-1]))
        Window.remove_widget(self._face)
        return written
