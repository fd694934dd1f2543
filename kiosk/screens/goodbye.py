"""She waves and goes: card, glasses, stick; the screen has forgotten her."""

from kivy.properties import StringProperty

from kiosk.screens.screen import StepScreen
from kiosk.widgets.panel import Panel


class Thing(Panel):
    """Something not to leave behind."""

    picture = StringProperty("")
    text = StringProperty("")


class GoodbyeScreen(StepScreen):
    """The last screen of a visit."""
