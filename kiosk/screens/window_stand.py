"""What stands in the window: the residents' face or the staff's, one in the place of the other, or the board.

It gives each its place and the size of a millimetre. It asks nobody what to show; of the keys it hears the
staff's alone, and hands them on, because their face is made when it is first shown.
"""

from typing import TYPE_CHECKING

from kivy.metrics import Metrics
from kivy.uix.widget import Widget

from kiosk.flow.steps import Step
from kiosk.screens.face import Face
from kiosk.staff_area import face_of
from kiosk.theme import Look
from kiosk.views import View
from kiosk.widgets.demo_strip import DemoStrip
from kiosk.widgets.dress import Wardrobe
from kiosk.widgets.held_place import HeldPlace
from kiosk.widgets.safe_board import SafeBoard

if TYPE_CHECKING:
    from kiosk.backroom.steps import Press
    from kiosk.backroom.views import StaffView
    from kiosk.staff.face import StaffFace

_MM_PER_INCH = 25.4


class Stand(Widget):
    """The face as large as the window lets it be, the strip at its right, black round both.

    Dispatches ``on_press(press, detail)`` for a key of the staff area.
    """

    __events__ = ("on_press",)

    def __init__(self, look: Look, wardrobe: Wardrobe, strip: DemoStrip | None) -> None:
        super().__init__()
        self._look, self._wardrobe, self._strip = look, wardrobe, strip
        self.face = Face(look, wardrobe)
        self._staff: StaffFace | None = None
        self.held = HeldPlace()
        self.board = SafeBoard(wardrobe.panel.face)
        for part in (self.face, self.held):
            self.add_widget(part)
        if strip is not None:
            self.add_widget(strip)
        self.bind(size=self._fit)

    @property
    def staff(self) -> "StaffFace":
        """The face of the staff area; made when it is first asked for."""
        if self._staff is None:
            self._staff = face_of(self._look, self._wardrobe)
            self._staff.size, self._staff.pos = self.face.size, self.face.pos
            self._staff.bind(on_press=self._hand_on)
        return self._staff

    def show(self, view: View, staff: "StaffView | None") -> None:
        """Draw the residents' view, or the staff area in its place: never one through the other."""
        if staff is None:
            self._put(self.face, self._staff)
            self.face.show(view)
        else:
            self._put(self.staff, self.face)
            self.staff.show(staff)
        self.held.wanted = staff is None and view.step is Step.IDLE

    def on_press(self, press: "Press", detail: str) -> None:
        """A key of the staff area was pressed; bound by the window."""

    def _hand_on(self, _: object, press: "Press", detail: str) -> None:
        self.dispatch("on_press", press, detail)

    def _put(self, shown: "Face | StaffFace", other: "Face | StaffFace | None") -> None:
        """Let ``shown`` stand in the place of ``other``."""
        if other is not None and other.parent is self:
            self.remove_widget(other)
            other.rest()
        if shown.parent is not self:
            self.add_widget(shown, index=len(self.children))

    def cover(self, *, may_leave: bool) -> None:
        """Show the board alone: whatever else stood here is gone with what it showed."""
        self.board.may_leave = may_leave
        self.clear_widgets()
        self.add_widget(self.board)
        self.board.guard()

    def uncover(self) -> None:
        """Take the board away; what is shown next finds its place."""
        self.clear_widgets()
        for part in (self.held, self._strip):
            if part is not None:
                self.add_widget(part)

    def _fit(self, *_: object) -> None:
        size = self._wardrobe.panel.face
        strip = size.strip if self._strip is not None else 0.0
        pixels = min(self.height / size.height, self.width / (size.width + strip))
        Metrics.dpi = pixels * _MM_PER_INCH
        self._wardrobe.dress.mm = pixels
        left = self.x + (self.width - (size.width + strip) * pixels) / 2
        below = self.y + (self.height - size.height * pixels) / 2
        self.face.size = (size.width * pixels, size.height * pixels)
        self.face.pos = (left, below)
        for part in (self._staff, self.held, self.board):
            if part is None:
                continue
            part.size, part.pos = self.face.size, self.face.pos
        if self._strip is not None:
            self._strip.size = (strip * pixels, size.height * pixels)
            self._strip.pos = (self.face.right, below)
