"""The staff area in the tests' window as one of the panels shows it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from kivy.core.window import Window
from kivy.metrics import Metrics

from kiosk.screens.all_screens import load_rules
from kiosk.staff.all_screens import load_staff_rules
from kiosk.staff.face import StaffFace
from kiosk.theme import Look
from kiosk.widgets.dress import Wardrobe

_MM_PER_INCH = 25.4


@dataclass(frozen=True, slots=True)
class Desk:
    """``face`` in what ``wardrobe`` dresses it in."""

    face: StaffFace
    wardrobe: Wardrobe


@contextmanager
def desk_on(screen: str, look: Look) -> Iterator[Desk]:
    """The staff area on ``screen``, as large as its panel, whatever the size of the window."""
    before = Metrics.dpi
    wardrobe = Wardrobe(look, "zh_CN", screen)
    wardrobe.put_up()
    panel = wardrobe.panel
    load_rules(panel.face.rules)
    load_staff_rules(panel.face.rules)
    pixels = panel.pixels[1] / panel.face.height
    Metrics.dpi = pixels * _MM_PER_INCH
    wardrobe.dress.mm = pixels
    face = StaffFace(look, wardrobe, size=panel.pixels, size_hint=(None, None))
    Window.add_widget(face)
    try:
        yield Desk(face, wardrobe)
    finally:
        Window.remove_widget(face)
        Metrics.dpi = before
        load_rules()
        load_staff_rules()
