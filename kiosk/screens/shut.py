"""What stands in the window of a station that could not be opened: ask a member of staff, and nothing else.

A disk that is full, a clinic that was never joined or a file that is broken must not leave a black screen.
Whoever shows the board ends the program after a while, and its service manager tries again.
"""

from kivy.clock import Clock
from kivy.core.window import Window
from kivy.metrics import Metrics

from health.words import DEFAULT
from kiosk.lifeline import BEAT_S, Lifeline
from kiosk.screens.all_screens import load_rules
from kiosk.theme import FIRST_SCREEN, Look
from kiosk.widgets.dress import Wardrobe
from kiosk.widgets.safe_board import SafeBoard

_MM_PER_INCH = 25.4


def shut_board(look: Look, lifeline: Lifeline, screen: str = FIRST_SCREEN) -> SafeBoard:
    """The board, and word to the service manager that the program lives. No touch does anything."""
    wardrobe = Wardrobe(look, DEFAULT, screen)
    wardrobe.put_up()
    face = wardrobe.panel.face
    load_rules(face.rules)
    pixels = Window.height / face.height
    Metrics.dpi = pixels * _MM_PER_INCH
    wardrobe.dress.mm = pixels
    lifeline.ready()
    Clock.schedule_interval(lambda _: lifeline.alive(), BEAT_S)
    return SafeBoard(face)
