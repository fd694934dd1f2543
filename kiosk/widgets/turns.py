"""When the window takes its next turn: at once for a finger, else when something is due or is to be drawn.

The window library sleeps for a picture, then looks what the system heard meanwhile, and hands it on only when
it slept again: 13 to 26 ms after the finger. Here the sleep is a row of naps, and behind each it is looked,
without drawing anything, whether a finger came. A turn without one is taken when a clock asks for it, at most
``FRAMES`` times a second. It leans on three private names of kivy 2.3.1, which is locked to that version.
"""

from time import sleep

from kivy.base import EventLoop
from kivy.clock import Clock
from kivy.config import Config
from kivy.core.window import Window

from kiosk.widgets.boot import FRAMES

NAP_S, REST_NAP_S = 0.004, 0.016
"""Between two looks, while fingers come and else: a finger waits for half of it on average.

To wake up is what a look costs, so at rest there are no more than in any window of the library.
"""
RESTS_S = 30.0
"""So long after the last finger it is rest."""
LONGEST_S = 0.25
"""So long after a turn there is another, whatever else."""


def watch_closely() -> None:
    """Let the window of this process wait like this from now on; where nobody looks it never waits."""
    if Config.getint("graphics", "maxfps"):
        Clock.idle = Turns().wait


class Turns:
    """Waits between the turns of a window."""

    def __init__(self) -> None:
        self._touched_at = -RESTS_S

    def wait(self) -> float:
        """Wait for the next turn, and say when it began on the library's own clock."""
        before: float = Clock.get_time()
        nap = NAP_S if before - self._touched_at < RESTS_S else REST_NAP_S
        while not self._is_time(Clock.time() - before):
            sleep(nap)
            Window.mainloop()
        now: float = Clock.time()
        Clock._dt, Clock._last_tick = now - before, now  # noqa: SLF001 - see above
        return now

    def _is_time(self, waited: float) -> bool:
        """Whether a turn is due, ``waited`` seconds after the one before."""
        if _heard():
            self._touched_at = Clock.time()
            return True
        if EventLoop.quit or waited >= LONGEST_S:
            return True
        return waited >= 1 / FRAMES and (
            Clock.get_min_timeout() <= Clock.time() or Window.canvas.needs_redraw
        )


def _heard() -> bool:
    """Whether a touch waits to be handed on: of the window, or of a panel that is read without it."""
    for provider in EventLoop.input_providers:
        provider.update(dispatch_fn=EventLoop._dispatch_input)  # noqa: SLF001 - as the loop does itself
    return bool(EventLoop.input_events)
