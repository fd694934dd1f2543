"""A told thing that is not pressed: already known, waiting, in one line."""

from kivy.properties import BooleanProperty, NumericProperty, StringProperty

from kiosk.widgets.panel import Panel


class InfoStrip(Panel):
    """``icon`` and one sentence on the info colour, without a border."""

    icon = StringProperty("")
    text = StringProperty("")
    em = NumericProperty(11.5)
    grows = BooleanProperty(True)  # noqa: FBT003 - a kivy property takes its default by position
