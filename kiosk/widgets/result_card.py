"""One value that is hers: a card with its road and sentence, or a row where it is in range."""

from collections.abc import Callable

from kivy.properties import NumericProperty, ObjectProperty, StringProperty

from health.assessment import Level
from kiosk.views import Card
from kiosk.widgets.panel import Panel
from kiosk.widgets.words import broken, drawn_em, width_em

_BODY, _FLOOR = 10.0, 8.3
_LEADING = 1.36
_LAST_LINE = 1.2  # em down to where its letters end
_CHIP = 2.26  # em of a chip beside its word
_VALUE, _LESS = 24.0, 15.0
_VALUE_ROOM = 102.0  # mm left of the road, as width_em guesses figures a little wide
_BOTH = 52.0  # mm below a row that hold a road and a sentence
_SPACES = 1.06  # lines of a script with spaces end early


def value_em(value: str, large: float = 1.0) -> float:
    """Size of a value in mm: large while it fits its room, else the next smaller of the scale."""
    sizes = (_VALUE * large, _VALUE, _LESS * large)
    return next((em for em in sizes if width_em(value) * em <= _VALUE_ROOM), sizes[-1])


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
    """Size of a chip in mm beside its name: the first of the scale at which both stand alike in ``width``.

    Where none is, the first that leaves room to the smallest name; 0 where no chip does.
    """
    sizes = (11.5 * large, 11.5, _BODY, _FLOOR)
    alike = (em for em in sizes[:-1] if drawn_em(name) * em + _wide(word, em) <= width)
    beside = (em for em in sizes if drawn_em(name) * _FLOOR + _wide(word, em) <= width)
    return next(alike, next(beside, 0.0))


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

    def line_of(self, card: Card, width: float, say: Callable[..., str], word: str | None = None) -> str:
        """Word, unit and what it was last time; fewer words of then where it is long; the unit stays."""
        told = {} if card.change is None else {"value": str(card.last)}
        last = say("card.last_time", **told) if told else None
        was = f"{say('card.was', **told)} {card.unit}" if told else card.unit
        return fitting(
            width,
            beside(word, card.unit, card.method, card.change),
            beside(word, card.unit, card.method, last),
            beside(word, card.method, was),
            beside(word, card.unit, card.method),
        )


class ResultCard(OneValue):
    """A card lying under others; a low one has its road, or its sentence where it is to be looked at."""

    def looked_at(self, card: Card | None) -> bool:
        """Whether it is not simply in range and there is something to say of it."""
        return card is not None and card.level is not Level.NORMAL and card.sentence != ""


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


class RowWords(OneValue):
    """What stands in a row: sign, name and number, and a line of few words below the name."""

    left = NumericProperty(17.0)


class CalmRow(OneValue):
    """A value in range: its name, number, change and sign in a row."""


class LowCard(OneValue):
    """A row with more below it: the sentence of a value to look at, the road of one in range, or both.

    ``row`` is how high its row is; what is below it begins ``below`` mm from the top.
    """

    row = NumericProperty(25.6)
    below = NumericProperty(25.6)

    def says(self, card: Card | None, room: float) -> bool:
        """Whether ``room`` mm below its row hold its sentence."""
        return card is not None and card.sentence != "" and (card.level is not Level.NORMAL or room > _BOTH)

    def draws(self, card: Card | None, room: float) -> bool:
        """Whether they hold its road."""
        return card is not None and card.ruler is not None and (not self.says(card, room) or room > _BOTH)
