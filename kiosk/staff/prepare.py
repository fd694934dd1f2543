"""Before a calibration: the three references that will be needed, each changed by a press."""

from kivy.properties import ObjectProperty, StringProperty

from kiosk.staff.screen import StaffScreen
from kiosk.widgets.key import Key


class ReferenceKey(Key):
    """One reference with the number of its turn; pressing it takes the next that would do."""

    option = ObjectProperty(None, allownone=True, rebind=True)
    number = StringProperty("")


class PrepareScreen(StaffScreen):
    """Have these three at hand."""
