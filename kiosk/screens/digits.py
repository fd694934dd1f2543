"""Ten digits under the thumb: what a telephone number and a height are typed with.

What cannot be pressed is not there: "done" appears with the last digit, "delete" with the first. The digits
themselves stay where they are when no more is taken, and look it: a keypad that goes from under the thumb
frightens.
"""

from kivy.properties import NumericProperty, StringProperty

from kiosk.screens.screen import StepScreen
from kiosk.widgets.key import WordKey


class DigitKey(WordKey):
    """One digit, said by ``detail``."""


class DigitsScreen(StepScreen):
    """What every screen with a keypad has; its keys stand in ``digits.kv``.

    On a wide screen the keypad begins at ``left`` with keys ``high`` mm high; the words stand beside it.
    """

    title = StringProperty("")
    sentence = StringProperty("")
    left = NumericProperty(0.0)
    high = NumericProperty(0.0)
