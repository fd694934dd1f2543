"""The words of a screen: what to do, and one sentence more; larger where they are read from the scale."""

from kivy.properties import BooleanProperty, ColorProperty, StringProperty

from kiosk.widgets.plan import Plan


class Question(Plan):
    """Title of 15 mm and sentence of 10 mm."""

    title = StringProperty("")
    sentence = StringProperty("")
    title_color = ColorProperty([0, 0, 0, 1])
    high = BooleanProperty(False)  # noqa: FBT003 - a kivy property takes its default by position


class LiveWords(Plan):
    """State of 24 mm and sentence of 15 mm."""

    title = StringProperty("")
    sentence = StringProperty("")
    title_color = ColorProperty([0, 0, 0, 1])
