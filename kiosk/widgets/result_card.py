"""One value that is hers: name, number, change at the left; state, road and sentence at the right."""

from kivy.properties import ObjectProperty

from kiosk.widgets.panel import Panel

_BODY, _FLOOR = 10.0, 8.3
_TWO_LINES = 23.0  # em that two lines of the card hold
_LATIN = 0x2E80  # letters from here on are one em wide


class ResultCard(Panel):
    """Draws a ``views.Card``; None draws nothing."""

    card = ObjectProperty(None, allownone=True, rebind=True)

    def sentence_em(self, sentence: str) -> float:
        """Size of the sentence in mm: body size while two lines hold it, else the floor of the scale."""
        wide = sum(1.0 if ord(letter) > _LATIN else 0.5 for letter in sentence)
        return _BODY if wide <= _TWO_LINES else _FLOOR
