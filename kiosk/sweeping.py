"""When memory is gone through for what holds itself in circles: while nobody waits for a screen.

Python does it whenever enough was made, which is mostly when a screen was; a whole sweep then stands in the
way of the picture for a tenth of a second. Here it is done at the beat of the window. A whole sweep follows
every visit (``app``), because what knew her must go.
"""

import gc

from kiosk.heap import give_back

MOST_BEATS = 120
"""After so many beats without a whole sweep there is one, however long somebody stays."""


class Sweeping:
    """Between ``begin`` and ``end`` nothing is swept but by ``beat`` and ``whole``."""

    def __init__(self) -> None:
        self._beats = 0

    def begin(self) -> None:
        """From now on sweeps wait for the beat."""
        gc.disable()

    def end(self) -> None:
        """Leave it to Python again."""
        gc.unfreeze()
        gc.enable()

    def beat(self, *, went: bool = False) -> None:
        """Go through what was made lately; through all where screens ``went``, and now and then anyway."""
        self._beats += 1
        if went or self._beats >= MOST_BEATS:
            self.whole()
        elif gc.collect(1):
            give_back()

    def whole(self) -> None:
        """Go through everything."""
        self._beats = 0
        gc.collect()
        give_back()

    def spare(self) -> None:
        """Leave what there is now out of every later sweep: it stays to the end."""
        gc.collect()
        gc.freeze()
        give_back()
