"""Control material runs: its number for the analyser, and each level as it comes."""

from kivy.properties import ObjectProperty

from kiosk.staff.screen import StaffScreen
from kiosk.widgets.panel import Panel


class RunRow(Panel):
    """One value of the run: what it should be, what came, how that stands."""

    value = ObjectProperty(None, allownone=True, rebind=True)


class RunScreen(StaffScreen):
    """Waiting for the analyser."""
