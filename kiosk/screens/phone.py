"""Her telephone number, digit by digit, in groups as people read it aloud."""

from kivy.properties import StringProperty

from kiosk.screens.digits import DigitsScreen
from kiosk.telephone_number import groups_of
from kiosk.widgets.plan import Plan


class PhoneGroup(Plan):
    """Some digits on a line."""

    text = StringProperty("")


class PhoneScreen(DigitsScreen):
    """The keypad."""

    def group(self, digits: str, place: int) -> str:
        """The digits typed so far of the group at ``place``, from 0."""
        return groups_of(digits)[place]
