"""Paper or telephone, as two pictures; a way that is not there is not shown."""

from kivy.properties import StringProperty

from kiosk.screens.screen import StepScreen
from kiosk.widgets.key import Key


class TakeTile(Key):
    """A large key with a drawing."""

    picture = StringProperty("")
    text = StringProperty("")
    more = StringProperty("")


class TakeScreen(StepScreen):
    """How the results go home."""
