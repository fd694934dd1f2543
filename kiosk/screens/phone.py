"""Her telephone number, digit by digit, as people read it aloud: three, four, four."""

from kivy.properties import StringProperty

from kiosk.screens.digits import DigitsScreen
from kiosk.widgets.plan import Plan


class PhoneGroup(Plan):
    """Some digits on a line."""

    text = StringProperty("")


class PhoneScreen(DigitsScreen):
    """The keypad."""

    def group(self, digits: str, start: int, end: int) -> str:
        """The digits typed so far of one group."""
        return digits[start:end]
