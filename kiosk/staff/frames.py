"""What came over the wire, as bytes and as text, newest last. What names a person is blank already."""

from kivy.properties import ObjectProperty

from kiosk.staff.screen import StaffScreen
from kiosk.widgets.plan import Plan


class FrameBlock(Plan):
    """One frame: its time, its bytes, its text."""

    line = ObjectProperty(None, allownone=True, rebind=True)


class FramesScreen(StaffScreen):
    """The live frames of one instrument."""
