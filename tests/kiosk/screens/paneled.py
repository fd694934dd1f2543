"""A face in the tests' window as one of the panels shows it."""

from dataclasses import dataclass

from kiosk.screens.face import Face
from kiosk.theme import ScreenSize
from kiosk.widgets.dress import Wardrobe


@dataclass(frozen=True, slots=True)
class Paneled:
    """``face`` in what ``wardrobe`` dresses it in."""

    face: Face
    wardrobe: Wardrobe
    screen: str

    @property
    def panel(self) -> ScreenSize:
        """The panel it stands on."""
        return self.wardrobe.panel
