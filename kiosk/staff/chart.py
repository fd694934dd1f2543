"""The chart of one control level, its verdict today, and the runs that broke a rule."""

from kivy.properties import ObjectProperty, StringProperty

from kiosk.staff.screen import StaffScreen
from kiosk.widgets.key import WordKey
from kiosk.widgets.plan import Plan


class LevelKey(WordKey):
    """A level to look at; the one shown wears a tick."""

    level = ObjectProperty(None, allownone=True, rebind=True)
    chosen = StringProperty("")


class ChartNoteLine(Plan):
    """A run that broke a rule: its mark, its day, what the rule says."""

    note = ObjectProperty(None, allownone=True, rebind=True)


class ChartScreen(StaffScreen):
    """Levey-Jennings."""
