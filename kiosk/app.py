"""The window of the kiosk: draws the view of the room, hands it every choice, and nothing else.

``widgets.boot.prepare`` must have run before this module is imported. The window draws only when the view
changed; it knows no instrument, no database and no file but the theme.
"""

from typing import TYPE_CHECKING

from kivy.app import App
from kivy.clock import Clock
from kivy.core.window import Window
from kivy.uix.widget import Widget

from kiosk.falls import OFTEN
from kiosk.flow.steps import Choice, Step
from kiosk.kept_face import KeptPlace
from kiosk.lifeline import BEAT_S, Lifeline
from kiosk.room import Room
from kiosk.screens.all_screens import load_rules
from kiosk.screens.face_keeper import FaceKeeper
from kiosk.screens.window_stand import Stand
from kiosk.staff_area import load_face
from kiosk.sweeping import Sweeping
from kiosk.theme import FIRST_SCREEN, Look, load_look
from kiosk.widgets.demo_strip import DemoStrip
from kiosk.widgets.dress import Wardrobe
from kiosk.widgets.mishap import Mishap
from kiosk.widgets.spent import forget_orders, forget_translator, keep_orders

if TYPE_CHECKING:
    from kiosk.backroom.steps import Press

FORGET_S = 0.3
"""After a visit: so soon nothing of it is in memory any more."""
SETTLED_S = 0.2
"""So soon all that stays to the end has been made, and no screen yet that will go again (``wings``)."""
KEPT_S = 2.0  # after the first frame: so late nothing that a person waits for is done any more
COVERED_S = 4.0
"""How long the board stands before a program that fell ends, so that it can be started anew."""
STANDS_S = 20.0
"""How long it stands after the restart where nobody presses its key; three times as long after many falls."""


class StationApp(App):
    """Draws ``room`` until it is stopped. ``language`` is spoken until the first view says another.

    ``falls`` of the last minutes: after one the board stands first. ``fell`` is True once a frame fell.
    ``screen`` is the name of the panel it stands on.
    """

    title = "Kangyi 康驿"

    def __init__(
        self,
        room: Room,
        look: Look | None = None,
        language: str = "zh_CN",
        lifeline: Lifeline | None = None,
        falls: int = 0,
        screen: str = FIRST_SCREEN,
        *,
        left_handed: bool = False,
    ) -> None:
        super().__init__()
        self.fell = False
        self._lifeline = lifeline or Lifeline({})
        self._falls = falls
        self._covered = self._leaving = False
        self._empty = True
        self._sweeping = Sweeping()
        self._sweep_soon = Clock.create_trigger(self._sweep)
        self._mishap = Mishap(self._cover)
        self._room = room
        self._look = look or load_look()
        self._wardrobe = Wardrobe(self._look, language, screen, left_handed=left_handed)
        self._strip: DemoStrip | None = None
        self._stand: Stand | None = None

    def build(self) -> Widget:
        """Make the face; the room is asked from now on."""
        self._wardrobe.put_up()
        rules = self._wardrobe.panel.face.rules
        load_rules(rules)
        self._room.staff.before_drawn(lambda: load_face(rules))
        if self._room.strip() is not None:
            self._strip = DemoStrip(self._wardrobe.panel.face.height)
            self._strip.bind(on_persona=self._pick, on_fault=self._toggle)
        self._stand = Stand(self._look, self._wardrobe, self._strip)
        self._stand.face.bind(on_choice=self._choose, on_crowded=self._sweep_soon)
        self._stand.face.bind(on_presence=lambda _: self._room.touched())
        self._stand.bind(on_press=self._press)
        self._stand.held.bind(on_begun=lambda _: self._room.staff.make_ready(), on_held=self._knock)
        self._stand.board.bind(on_away=self._uncover)
        Window.bind(on_keyboard=_swallow, on_request_close=self._refuses_to_close)
        Window.clearcolor = (0, 0, 0, 1)
        self._room.on_wake(Clock.create_trigger(self._tick))
        Clock.schedule_interval(self._tick, self._look.timing.tick / 1000)
        if self._falls:
            self._wait_for_staff()
        self._draw()
        return self._stand

    def press(self, choice: str, detail: str) -> None:
        """Do what was pressed before the face stood; what the station has to say is heard first."""
        self._room.tick()
        self._room.choose(Choice(choice), detail)

    def hear_at_once(self) -> None:
        """The face stands in the place of its own picture: nothing new to guard a finger from."""
        if self._stand is not None:
            self._stand.face.hear_at_once()

    def on_start(self) -> None:
        """The first frame is due."""
        self._mishap.watch()
        forget_orders()
        self._lifeline.ready()
        self._sweeping.begin()
        Clock.schedule_interval(self._beat, BEAT_S)
        Clock.schedule_once(self._settle, SETTLED_S)

    def on_stop(self) -> None:
        """The last frame was drawn."""
        self._sweeping.end()
        keep_orders()
        self._mishap.leave()
        self._lifeline.stopping()

    def keep_face(self, place: KeptPlace) -> None:
        """Keep the idle face in ``place`` for the next start, once nothing else is to be done."""

        def begin(_: float) -> None:
            if self._stand is not None and not self._covered and self._empty:
                FaceKeeper(self._look, self._wardrobe, self._stand.face, place).begin()

        Clock.schedule_once(begin, KEPT_S)

    def leave(self, *_: object) -> None:
        """End in good order at the next beat; may be called from a signal."""
        self._leaving = True

    def _settle(self, _: float) -> None:
        """Spare every later collection what was made at the start: going through it stops the screen.

        Only while nobody has begun: what is spared once is never found again, and she must be.
        """
        forget_translator()
        if self._empty:
            self._sweeping.spare()

    def _beat(self, _: float) -> None:
        self._lifeline.alive()
        self._sweep()
        if self._leaving:
            self.stop()

    def _sweep(self, *_: object) -> None:
        self._sweeping.beat(went=self._stand is not None and self._stand.face.went())

    def _refuses_to_close(self, *_: object, **__: object) -> bool:
        """A demonstration may be closed; a kiosk is ended by its service manager alone."""
        return self._room.strip() is None

    def _cover(self) -> None:
        """A frame fell: the person's things go from the screen, and the program ends to be started anew."""
        self.fell = True
        if self._covered or self._stand is None:
            self.stop()
            return
        self._covered = True
        self._stand.cover(may_leave=False)
        Clock.schedule_once(lambda _: self.stop(), COVERED_S)

    def _wait_for_staff(self) -> None:
        """The last run fell: say so first. After many falls nobody is asked to begin again at once."""
        often = self._falls >= OFTEN
        self._covered = True
        if self._stand is not None:
            self._stand.cover(may_leave=not often)
        Clock.schedule_once(self._uncover, STANDS_S * (3 if often else 1))

    def _uncover(self, *_: object) -> None:
        if self._covered and not self.fell and self._stand is not None:
            self._covered = False
            self._stand.uncover()
            self._draw()

    def open_settings(self, *_: object) -> bool:
        """Kivy's own settings page stays closed at a kiosk."""
        return False

    def _tick(self, *_: object) -> None:
        if self.fell:
            return
        self._room.tick()
        self._draw()

    def _draw(self, *_: object) -> None:
        if self._stand is None or self._covered:
            return
        view = self._room.view()
        self._stand.show(view, self._room.staff.view())
        if view.step is Step.IDLE and not self._empty:
            # What knew her holds itself in circles now.
            Clock.schedule_once(self._forget, FORGET_S)
        self._empty = view.step is Step.IDLE
        strip = self._room.strip()
        if self._strip is not None and strip is not None:
            self._strip.show(strip)

    def _forget(self, _: float) -> None:
        forget_translator()
        self._sweeping.whole()

    def _choose(self, _: object, choice: Choice, detail: str) -> None:
        self._room.choose(choice, detail)
        self._draw()

    def _press(self, _: object, press: "Press", detail: str) -> None:
        self._room.staff.press(press, detail)
        self._draw()

    def _knock(self, _: object) -> None:
        self._room.staff.knock()
        self._draw()

    def _pick(self, _: object, name: str) -> None:
        self._room.pick_persona(name)
        self._draw()

    def _toggle(self, _: object, name: str) -> None:
        self._room.toggle_fault(name)
        self._draw()


def _swallow(*_: object) -> bool:
    """No key of a keyboard does anything: escape, F1 and the rest end here."""
    return True
