"""Five minutes of sitting: eyes closed, back against the chair, feet flat, no talk."""

from kivy.properties import StringProperty

from kiosk.screens.screen import StepScreen
from kiosk.widgets.plan import Plan


class Tip(Plan):
    """One small drawing and its word."""

    picture = StringProperty("")
    text = StringProperty("")


class RestScreen(StepScreen):
    """The rest, a block a minute."""
