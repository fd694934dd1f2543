"""The window from the program's first moment: the doorstep while the station opens, then its face.

What was pressed on the doorstep is done as soon as the station is open. A station that cannot be opened
shows whom to ask where somebody starts the program anew, and else ends. ``widgets.boot.prepare`` must have
run before this module is imported; it must stay quick to import, for the first picture waits for it.
"""

from __future__ import annotations

import logging
from time import monotonic
from typing import TYPE_CHECKING

from kivy.app import App
from kivy.clock import Clock
from kivy.core.window import Window
from kivy.uix.widget import Widget

from kiosk.kept_face import PictureError
from kiosk.widgets.doorstep import Doorstep
from kiosk.widgets.turns import watch_closely

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.app import StationApp
    from kiosk.kept_face import KeptFace
    from kiosk.opening import Opened
    from kiosk.opening_behind import Opening

LONGEST_S = 3.0
"""How long the station's face waits for a finger that is just pressing a key of the doorstep."""
MOMENT_S = 1.5
"""So long after a press without an answer it is said that it takes a moment."""
SHUT_S = 60.0
"""How long a station that cannot be opened says whom to ask, before the program ends to be started anew."""
LOOK_S = 0.02
"""How often it is looked whether the station is open; its thread tells nothing that could be missed."""
_LOG = logging.getLogger(__name__)


class Entrance(App):
    """``station`` makes the station's own app of what ``opening`` opened; ``board`` what stands instead.

    Without a ``kept`` face ``sight`` makes what stands until the station is open, and without that nothing
    does; without a ``board`` a station that cannot be opened ends it. ``fell`` is True once a frame fell.
    """

    title = "Kangyi 康驿"

    def __init__(
        self,
        opening: Opening,
        station: Callable[[Opened], StationApp],
        kept: KeptFace | None,
        board: Callable[[], object] | None,
        sight: Callable[[], Widget] | None = None,
    ) -> None:
        super().__init__()
        self._opening, self._make, self._board = opening, station, board
        self._kept, self._sight = kept, sight
        self._doorstep: Doorstep | None = None
        self._before = Widget()
        self._pressed_at: float | None = None
        self._open_at = 0.0
        self._leaving = False
        self._station: StationApp | None = None

    @property
    def fell(self) -> bool:
        """Whether a frame of the station fell."""
        return self._station is not None and self._station.fell

    @property
    def knew_the_face(self) -> bool:
        """Whether the face of an earlier start stood first."""
        return self._doorstep is not None

    def build(self) -> Widget:
        """Show what there is before the station."""
        watch_closely()
        Window.bind(on_keyboard=_swallow, on_request_close=_stay)
        Window.clearcolor = (0, 0, 0, 1)
        self._doorstep = _doorstep_of(self._kept)
        if self._doorstep is not None:
            self._before = self._doorstep
        elif self._sight is not None:
            self._before = self._sight()
        Window.bind(on_flip=self._first_picture)
        return self._before

    def leave(self, *_: object) -> None:
        """End in good order at the next beat; may be called from a signal."""
        self._leaving = True
        if self._station is not None:
            self._station.leave()

    def open_settings(self, *_: object) -> bool:
        """Kivy's own settings page stays closed."""
        return False

    def on_stop(self) -> None:
        """The window ends before the station's own face stood, or with it."""
        if self._station is not None:
            self._station.on_stop()

    def _first_picture(self, *_: object) -> None:
        """It is just being shown; the frame after it begins what would have kept it waiting."""
        Window.unbind(on_flip=self._first_picture)
        Clock.schedule_once(self._begin, 0)

    def _begin(self, _: float) -> None:
        self._opening.begin()
        Clock.schedule_interval(self._look, LOOK_S)

    def _look(self, _: float) -> bool:
        """See whether the station is open; returns whether to look again."""
        if self._leaving:
            self.stop()
            return False
        if not self._opening.done:
            self._ask_for_a_moment()
            return True
        if self._opening.opened is None:
            self._shut()
            return False
        self._open_at = self._open_at or monotonic()
        pressing = self._doorstep is not None and self._doorstep.touched
        if pressing and monotonic() - self._open_at < LONGEST_S:
            return True
        self._enter(self._opening.opened)
        return False

    def _ask_for_a_moment(self) -> None:
        """Say so where her press has no answer yet."""
        if self._doorstep is None or not self._doorstep.heard:
            return
        now = monotonic()
        self._pressed_at = self._pressed_at or now
        if now - self._pressed_at > MOMENT_S:
            self._doorstep.ask_for_a_moment()
            self._pressed_at = float("inf")

    def _enter(self, opened: Opened) -> None:
        """Put the station's face in the doorstep's place, with everything done that was pressed there."""
        self._station = station = self._make(opened)
        for key in () if self._doorstep is None else self._doorstep.heard:
            station.press(key.choice, key.detail)
        stand = station.build()
        if self._doorstep is not None and not self._doorstep.heard:
            station.hear_at_once()
        Window.unbind(on_request_close=_stay)
        Window.remove_widget(self._before)
        Window.add_widget(stand)
        self._before, self._doorstep, self._kept = stand, None, None
        self.root = stand  # the doorstep is the largest picture there is, and must go
        station.on_start()
        if self._leaving:
            station.leave()

    def _shut(self) -> None:
        if self._board is None:
            self.stop()
            return
        board = self._board()
        Window.remove_widget(self._before)
        Window.add_widget(board)
        self._before = board
        Clock.schedule_once(lambda _: self.stop(), SHUT_S)


def _doorstep_of(kept: KeptFace | None) -> Doorstep | None:
    """The doorstep of this window; None without a face that was kept whole of a window of this size."""
    if kept is None or kept.window != tuple(map(round, Window.size)):
        return None
    try:
        return Doorstep(kept)
    except PictureError as broken:
        _LOG.warning("%s", broken)
        return None


def _swallow(*_: object) -> bool:
    """No key of a keyboard does anything."""
    return True


def _stay(*_: object, **__: object) -> bool:
    """A window that is just opening is not closed."""
    return True
