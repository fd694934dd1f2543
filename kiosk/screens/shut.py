"""The window of a station that could not be opened: ask a member of staff, and nothing else, for a minute.

Then the program ends and its service manager tries again: a disk that is full, a clinic that was never
joined or a file that is broken must not leave a black screen.
"""

from kivy.app import App
from kivy.clock import Clock
from kivy.core.window import Window
from kivy.metrics import Metrics
from kivy.uix.widget import Widget

from health.words import DEFAULT
from kiosk.lifeline import BEAT_S, Lifeline
from kiosk.screens.all_screens import load_rules
from kiosk.theme import FIRST_SCREEN, Look
from kiosk.widgets.dress import Wardrobe
from kiosk.widgets.mishap import Mishap
from kiosk.widgets.safe_board import SafeBoard

STANDS_S = 60.0
_MM_PER_INCH = 25.4


class ShutApp(App):
    """Shows the board for a minute. No key, no touch and no close does anything."""

    title = "Kangyi 康驿"

    def __init__(
        self, look: Look, lifeline: Lifeline, screen: str = FIRST_SCREEN, stands_s: float = STANDS_S
    ) -> None:
        super().__init__()
        self._lifeline, self._stands_s = lifeline, stands_s
        self._wardrobe = Wardrobe(look, DEFAULT, screen)
        self._mishap = Mishap(self.stop)

    def build(self) -> Widget:
        """Put up the board."""
        self._wardrobe.put_up()
        face = self._wardrobe.panel.face
        load_rules(face.rules)
        pixels = Window.height / face.height
        Metrics.dpi = pixels * _MM_PER_INCH
        self._wardrobe.dress.mm = pixels
        Window.bind(on_keyboard=lambda *_: True, on_request_close=lambda *_, **__: True)
        return SafeBoard(face)

    def open_settings(self, *_: object) -> bool:
        """Kivy's own settings page stays closed."""
        return False

    def on_start(self) -> None:
        """Count the minute."""
        self._mishap.watch()
        self._lifeline.ready()
        Clock.schedule_interval(lambda _: self._lifeline.alive(), BEAT_S)
        Clock.schedule_once(lambda _: self.stop(), self._stands_s)

    def on_stop(self) -> None:
        """The program ends."""
        self._mishap.leave()
