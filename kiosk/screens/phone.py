"""Her telephone number, digit by digit, as people read it aloud: three, four, four.

What cannot be pressed is not there: "done" appears with the eleventh digit.
"""

from kivy.properties import StringProperty

from kiosk.screens.screen import StepScreen
from kiosk.widgets.key import WordKey
from kiosk.widgets.plan import Plan


class DigitKey(WordKey):
    """One digit, said by ``detail``."""


class PhoneGroup(Plan):
    """Some digits on a line."""

    text = StringProperty("")


class PhoneScreen(StepScreen):
    """The keypad."""

    def group(self, digits: str, start: int, end: int) -> str:
        """The digits typed so far of one group."""
        return digits[start:end]
