"""Text on a plan: one weight, one of the six sizes, in its box from the left, the middle or the right.

A text that does not fit its box is a text to shorten; nothing here shrinks a letter.
"""

from kivy.properties import BooleanProperty, NumericProperty, OptionProperty
from kivy.uix.label import Label

from kiosk.widgets.plan import Placed


class Words(Placed, Label):
    """A label of ``em`` mm. ``line`` is the height of a line in em; ``grows`` False: deaf to large letters.

    The rule in ``widgets.kv`` gives it its size, colour and box.
    """

    em = NumericProperty(10.0)
    line = NumericProperty(1.5)
    grows = BooleanProperty(True)  # noqa: FBT003 - a kivy property takes its default by position
    stand = OptionProperty("middle", options=["top", "middle"])

    @property
    def overflow(self) -> tuple[float, float]:
        """Pixels by which the text is wider and higher than its box; 0 or less where it fits."""
        return (self.texture_size[0] - self.width, self.texture_size[1] * 0.8 - self.height)
