"""The parts that staff screens share: rows, tiles, options, lines of a detail, keys of a board.

They are told what to show and say what was pressed; what it means is the backroom's affair.
"""

from kivy.input import MotionEvent
from kivy.properties import ObjectProperty, StringProperty

from kiosk.widgets.key import Key, WordKey
from kiosk.widgets.plan import Plan


class RowKey(Key):
    """A row of a list: icon, title, a line, a pill and an arrow. One that does not open is deaf."""

    row = ObjectProperty(None, allownone=True, rebind=True)

    def on_touch_down(self, touch: MotionEvent) -> bool:
        """A row that only tells hears nothing."""
        if self.row is None or not self.row.opens:
            return False
        return super().on_touch_down(touch)


class TileKey(Key):
    """A tile of home: icon and title, a large number with its unit, one short line."""

    tile = ObjectProperty(None, allownone=True, rebind=True)


class OptionKey(Key):
    """One of a few to choose from; the chosen one wears a tick and a blue line."""

    option = ObjectProperty(None, allownone=True, rebind=True)
    chosen = StringProperty("")


class ActionKey(WordKey):
    """A key made from an ``Action``; where there is none, it is not there."""

    action = ObjectProperty(None, allownone=True, rebind=True)


class ActionTile(Key):
    """A tile with a large icon above its words, made from an ``Action``."""

    action = ObjectProperty(None, allownone=True, rebind=True)


class FactLine(Plan):
    """A line of a detail: what it is at the left, what it says at the right."""

    fact = ObjectProperty(None, allownone=True, rebind=True)


class Notice(Plan):
    """One sentence about what was just done, in a quiet strip; nothing where there is none."""

    text = StringProperty("")
