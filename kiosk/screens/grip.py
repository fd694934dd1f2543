"""The hanging fist: she squeezes past the white mark of her best; the tries stand in one strip."""

from kivy.properties import BooleanProperty, ObjectProperty, StringProperty

from kiosk.screens.screen import StepScreen
from kiosk.views import GripTry
from kiosk.widgets.panel import Panel


class TryCell(Panel):
    """One try; the running one is a piece of window."""

    left = BooleanProperty(False)  # noqa: FBT003 - a kivy property takes its default by position
    now = BooleanProperty(False)  # noqa: FBT003
    value = StringProperty("")


class Divider(Panel):
    """A thin line between two tries."""


class Tries(Panel):
    """The cells of the plan, side by side; made anew only when their number changes."""

    tries = ObjectProperty(())

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._cells: list[TryCell] = []
        self.bind(tries=self._draw, at=self._draw)
        self._draw()

    def _draw(self, *_: object) -> None:
        if len(self._cells) != len(self.tries):
            self._build(len(self.tries))
        for cell, each in zip(self._cells, self.tries, strict=True):
            _fill(cell, each)

    def _build(self, count: int) -> None:
        self.clear_widgets()
        wide, high = self.at[2] / max(1, count), self.at[3]
        for place in range(1, count):
            self.add_widget(Divider(at=[wide * place - 0.4, 6, 0.8, high - 12]))
        self._cells = [TryCell(at=[wide * place, 0, wide, high]) for place in range(count)]
        for cell in self._cells:
            self.add_widget(cell)


class GripScreen(StepScreen):
    """One hand at a time."""


def _fill(cell: TryCell, each: GripTry) -> None:
    cell.left, cell.now, cell.value = each.left, each.now, each.value or ""
