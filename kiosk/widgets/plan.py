"""Places in millimetres: what is placed says where it lies, and a plan puts it there.

``at`` is x, y, width, height in mm from the top left corner of the plan, y downwards, as the look of the
kiosk is written. Nothing here has a colour, a word or a meaning.
"""

from kivy.clock import Clock
from kivy.metrics import mm
from kivy.properties import BooleanProperty, ListProperty
from kivy.uix.widget import Widget

_NOWHERE = -100_000


class Placed(Widget):
    """Everything that lies on a plan. What is not ``shown`` lies nowhere and hears no touch."""

    at = ListProperty([0, 0, 0, 0])
    shown = BooleanProperty(True)  # noqa: FBT003 - a kivy property takes its default by position


class Plan(Placed):
    """A widget whose placed children lie where their ``at`` says.

    ``mirrored``: as if measured from the right edge. Only places change sides; nothing is turned over, and
    what lies inside a child lies as ever.
    """

    mirrored = BooleanProperty(False)  # noqa: FBT003 - as above

    def __init__(self, **kwargs: object) -> None:
        self._arrange = Clock.create_trigger(self.arrange, -1)
        super().__init__(**kwargs)
        self.bind(pos=self._arrange, size=self._arrange, children=self._arrange, mirrored=self._arrange)
        self._arrange()

    def add_widget(self, widget: Widget, *args: object, **kwargs: object) -> None:
        """Add a child and follow its place."""
        super().add_widget(widget, *args, **kwargs)
        if isinstance(widget, Placed):
            widget.bind(at=self._arrange, shown=self._arrange)

    def remove_widget(self, widget: Widget, *args: object, **kwargs: object) -> None:
        """Remove a child and forget its place."""
        if isinstance(widget, Placed):
            widget.unbind(at=self._arrange, shown=self._arrange)
        super().remove_widget(widget, *args, **kwargs)

    def arrange(self, *_: object) -> None:
        """Put every placed child where it belongs. Happens by itself before the next frame."""
        for child in self.children:
            if isinstance(child, Placed):
                self._put(child)

    def _put(self, child: Widget) -> None:
        if not child.shown:
            child.size, child.pos = (0, 0), (_NOWHERE, _NOWHERE)
            return
        x, y, width, height = (mm(each) for each in child.at)
        child.size = (width, height)
        if self.mirrored:
            x = self.width - x - width
        child.pos = (self.x + x, self.top - y - height)
