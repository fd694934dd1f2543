"""One value that is hers: a card with its road and sentence, or a row where it is in range."""

from collections.abc import Callable

from kivy.properties import NumericProperty, ObjectProperty, StringProperty

from kiosk.views import Card
from kiosk.widgets.panel import Panel
from kiosk.widgets.words import broken, drawn_em, width_em

_BODY, _FLOOR = 10.0, 8.3
_LEADING = 1.36
_LAST_LINE = 1.2  # em down to where its letters end
_CHIP = 2.26  # em of a chip beside its word
_VALUE, _LESS = 24.0, 15.0
_VALUE_ROOM = 100.0  # mm left of the road, as width_em guesses figures a little wide
_SPACES = 1.06  # lines of a script with spaces end early


def value_em(value: str, large: float = 1.0) -> float:
    """Size of a value in mm: large while it fits its room, else the next smaller of the scale."""
    return (_VALUE if width_em(value) * _VALUE <= _VALUE_ROOM else _LESS) * large


def sentence_em(sentence: str, width: float, height: float, large: float = 1.0) -> float:
    """Size of a sentence in mm: the first of the scale at which ``width`` x ``height`` mm hold it."""
    for em in (_BODY * large, _BODY):
        if (_count(sentence, width / em) - 1) * _LEADING * em + _LAST_LINE * em <= height:
            return em
    return _FLOOR


def lines_of(sentence: str, width: float, height: float, large: float = 1.0) -> str:
    """The sentence as it is broken there."""
    return broken(sentence, width / sentence_em(sentence, width, height, large))


def chip_em(name: str, word: str, width: float, large: float = 1.0) -> float:
    """Size of a chip in mm beside its name: the first of the scale that leaves the name room in ``width``."""
    sizes = (11.5 * large, 11.5, _BODY, _FLOOR)
    return next((em for em in sizes if drawn_em(name) * _FLOOR + _wide(word, em) <= width), 0.0)


def fitting(width: float, *texts: str) -> str:
    """The first of ``texts`` that stands on one line of ``width`` in the smallest letters, else the last."""
    return next((text for text in texts if drawn_em(text, bold=False) * _FLOOR <= width), texts[-1])


def beside(*parts: str | None) -> str:
    """What there is of ``parts``, in one line."""
    return " · ".join(part for part in parts if part)


def _count(sentence: str, room: float) -> int:
    lines = broken(sentence, room).split("\n")
    return len(lines) if len(lines) > 1 else max(1, -int(-width_em(sentence) * _SPACES // room))


def _wide(word: str, em: float) -> float:
    return (drawn_em(word) + _CHIP) * em


class OneValue(Panel):
    """Draws a ``views.Card``; None draws nothing. ``large`` is the factor of the letters."""

    card = ObjectProperty(None, allownone=True, rebind=True)
    large = NumericProperty(1.0)


class ResultCard(OneValue):
    """A card lying under others; a low one, of a value in range, says no sentence."""


class UprightCard(OneValue):
    """A card standing beside another.

    ``grown`` is the size of its chip, ``below`` the mm by which all lies lower where that needs a row of its
    own, ``air`` what is added between the rows of a tall one.
    """

    named = StringProperty("")
    word = StringProperty("")
    grown = NumericProperty(11.5)

    below = NumericProperty(0.0)
    air = NumericProperty(0.0)


class CalmRow(OneValue):
    """A value in range: its name, number, change and sign in a row."""

    left = NumericProperty(17.0)

    def line_of(self, card: Card, width: float, say: Callable[..., str]) -> str:
        """Word, unit and what it was last time; fewer words of then where it is long; the unit stays."""
        told = {} if card.change is None else {"value": str(card.last)}
        last = say("card.last_time", **told) if told else None
        was = f"{say('card.was', **told)} {card.unit}" if told else card.unit
        return fitting(
            width,
            beside(card.word, card.unit, card.change),
            beside(card.word, card.unit, last),
            beside(card.word, was),
            beside(card.word, card.unit),
        )
