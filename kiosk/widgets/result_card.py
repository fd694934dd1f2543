"""One value that is hers: name, number, change at the left; state, road and sentence at the right."""

from kivy.properties import ObjectProperty

from kiosk.widgets.panel import Panel
from kiosk.widgets.words import width_em

_BODY, _FLOOR = 10.0, 8.3
_VALUE, _LESS = 24.0, 15.0
_VALUE_ROOM = 100.0  # mm left of the road, as width_em guesses figures a little wide
_SENTENCE_ROOM = 121.0  # mm
_TWO_LINES = 23.0  # em that two lines of the card hold
_LATIN = 0x2E80  # letters from here on are one em wide
_PAUSES, _CLOSERS = "，；", "，。；、：！？）"


def value_em(value: str) -> float:
    """Size of a value in mm: large while it fits its room, else the next smaller of the scale."""
    return _VALUE if width_em(value) * _VALUE <= _VALUE_ROOM else _LESS


def folded(sentence: str, room: float) -> str:
    """``sentence`` of Hanzi in two lines of ``room`` em, at a pause where one serves, never a sign alone."""
    if width_em(sentence) <= room or not any(ord(letter) > _LATIN for letter in sentence):
        return sentence
    cuts = [place for place in range(1, len(sentence)) if sentence[place - 1] in _PAUSES]
    fitting = [c for c in cuts if max(width_em(sentence[:c]), width_em(sentence[c:])) <= room]
    if fitting:
        cut = min(fitting, key=lambda c: abs(len(sentence) - 2 * c))
    else:
        cut = max(c for c in range(1, len(sentence)) if width_em(sentence[:c]) <= room)
        while cut > 1 and sentence[cut] in _CLOSERS:
            cut -= 1
    return f"{sentence[:cut]}\n{sentence[cut:]}"


class OneCard(Panel):
    """Draws a ``views.Card``; None draws nothing."""

    card = ObjectProperty(None, allownone=True, rebind=True)

    def sentence_em(self, sentence: str) -> float:
        """Size of the sentence in mm: body size while two lines hold it, else the floor of the scale."""
        wide = sum(1.0 if ord(letter) > _LATIN else 0.5 for letter in sentence)
        return _BODY if wide <= _TWO_LINES else _FLOOR

    def lines_of(self, sentence: str, room: float = _SENTENCE_ROOM) -> str:
        """The sentence as it is broken on the card, in ``room`` mm."""
        return folded(sentence, room / self.sentence_em(sentence))


class ResultCard(OneCard):
    """A card lying under others."""


class UprightCard(OneCard):
    """A card standing beside another, or alone on its page."""
