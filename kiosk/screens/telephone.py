"""How her doctor reaches her: the keypad once more, and then the number read back to her."""

from kiosk.screens.phone import PhoneScreen
from kiosk.screens.screen import StepScreen


class TelephoneScreen(PhoneScreen):
    """The keypad, with words of its own."""


class TelephoneCheckScreen(StepScreen):
    """Is this the number?"""
