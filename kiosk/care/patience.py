"""How long a measuring step waits for its instrument, and what it says meanwhile.

One rule for every instrument: silence once is said in a sentence and waited for again; silence twice leaves
the value out, where somebody is there: nobody touched anything in that time, so it is asked first whether she
is. A lost line is waited for a few seconds, then the step says that the instrument rests today.
It must not be used for anything a person does on a form.
"""

from kiosk.attendance import Attendance
from kiosk.calling.calls import Reason
from kiosk.views import Overlay

MOST_COMPLAINTS = 3
"""How often an instrument may say nonsense, or that it could not, before the value is left out."""
SAME_COMPLAINT = 2.0
"""Seconds of the visit's own time within which nonsense said again is the same complaint."""
MOST_LOSSES = 3
"""How often its line may go before the instrument rests today."""
LINE_GRACE = 6.0
"""Seconds a lost line may take to come back (reconnecting needs up to two)."""


class Patience:
    """Waiting of one measuring step. ``limit`` in seconds of the visit's own time."""

    def __init__(self, at: Attendance, limit: float, words: str) -> None:
        self._at = at
        self._limit = limit
        self._words = words

    def exhausted(self) -> bool:
        """Whether nothing came twice, or nonsense too often. The first time only the sentence is shown.

        The second time nobody goes on with an empty chair: who touched nothing is asked whether she is there.
        """
        if self._at.sitting.complaints >= MOST_COMPLAINTS:
            return True
        if not self._at.clock.over(self._at.sitting.entered, self._limit):
            return False
        if self._at.sitting.patience == 0:
            self._at.restart()
            self._at.sitting.patience = 1
            self._at.sitting.trouble = self._words
            return False
        return self._somebody()

    def _somebody(self) -> bool:
        """Whether a key was pressed since the step last asked for something; else that is asked aloud."""
        sitting = self._at.sitting
        if sitting.overlay is not None:
            return False
        if sitting.touched > sitting.entered:
            return True
        self._at.cover(Overlay.STILL_THERE)
        return False

    def complain(self, words: str) -> None:
        """The instrument said something that is no value: say ``words`` and wait anew.

        What an instrument repeats within two seconds is one complaint, not many.
        """
        if self._at.sitting.complaints and self._at.spent() < SAME_COMPLAINT:
            return
        self._at.restart()
        self._at.sitting.complaints += 1
        self._at.sitting.trouble = words

    def lost(self) -> None:
        """The line went away in the middle of it."""
        self._at.sitting.losses += 1
        self._at.sitting.lost_since = self._at.clock.monotonic()
        self._at.sitting.trouble = "say.instrument.lost"

    def unclear(self) -> None:
        """For some seconds nothing it said was understood: it is no affair of hers, staff are called."""
        self._at.sitting.trouble = "say.instrument.unclear"
        self._at.call(Reason.TROUBLE)

    def found(self) -> None:
        """The line is back: the step begins anew."""
        if self._at.sitting.lost_since is not None:
            self._at.restart()
            self._at.sitting.trouble = "say.instrument.back"

    def line_gone(self) -> bool:
        """Whether the lost line did not come back in time, or keeps going."""
        if self._at.sitting.losses >= MOST_LOSSES:
            return True
        since = self._at.sitting.lost_since
        return since is not None and self._at.clock.monotonic() - since > LINE_GRACE
