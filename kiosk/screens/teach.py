"""What she will do first at home: three pictures, and behind them the right one."""

from kivy.properties import ObjectProperty

from kiosk.screens.screen import StepScreen
from kiosk.views import Deed, TeachView
from kiosk.widgets.key import Key
from kiosk.widgets.words import width_em

_LARGE, _LESS = 15.0, 11.5
_TWO_LINES = 23.0  # em of the large size


class DeedTile(Key):
    """A large key with the drawing of something to do at home; None shows nothing."""

    deed = ObjectProperty(None, allownone=True, rebind=True)


class TeachScreen(StepScreen):
    """Pick one; then the right one stands there alone."""

    def sentence_em(self, sentence: str) -> float:
        """Size in mm: large while two lines hold it in large letters too."""
        return _LARGE if width_em(sentence) <= _TWO_LINES else _LESS

    def deed_at(self, body: TeachView, place: int) -> Deed | None:
        """The deed at ``place``, None once she has picked."""
        return body.deeds[place] if body.first is None and place < len(body.deeds) else None
