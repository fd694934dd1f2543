"""Down from the scale by the rail; two numbers are hers."""

from kivy.properties import StringProperty

from kiosk.screens.screen import StepScreen
from kiosk.widgets.panel import Panel


class HerValue(Panel):
    """A finished number on green."""

    name = StringProperty("")
    value = StringProperty("")
    unit = StringProperty("")


class StandDoneScreen(StepScreen):
    """What the scale found, and the way on."""
