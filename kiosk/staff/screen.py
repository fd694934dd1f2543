"""What every screen of the staff area has: the view, its body, and one event out.

As with the screens of a visit, a screen draws what the view says and says what was pressed; it knows no other
screen, no instrument and no ledger. Head and foot belong to the ``StaffFace`` it stands in.
"""

from kivy.properties import ObjectProperty

from kiosk.backroom.views import StaffView
from kiosk.widgets.key import Key
from kiosk.widgets.panel import Panel


class StaffScreen(Panel):
    """``view`` whole, ``body`` its part for this step. The rule of the screen fills it."""

    __events__ = ("on_press",)

    view = ObjectProperty(None, rebind=True)
    body = ObjectProperty(None, rebind=True)

    def show(self, view: StaffView) -> None:
        """Draw ``view``; its body is of the kind this screen was made for."""
        self.body = view.body
        self.view = view

    def press(self, key: Key) -> None:
        """A key of this screen was pressed."""
        self.dispatch("on_press", key.choice, key.detail)

    def on_press(self, press: str, detail: str) -> None:
        """Something was pressed; bound by the face."""
