"""The sounds of the kiosk, by name: a press, something done, a problem, and the call of staff.

Names only; how each sounds is ``chimes``, who plays them is ``mouth``. A sound never stands alone: what it
tells is on the screen too. It must not carry a value or a name.
"""

from enum import StrEnum


class Sound(StrEnum):
    """A short sound. ``CALL`` is for staff: over any speech, as loud as the station may, muted or not."""

    PRESS = "press"
    DONE = "done"
    PROBLEM = "problem"
    CALL = "call"


def mute(_language: str) -> bool:
    """A station without a voice, in any language."""
    return False
