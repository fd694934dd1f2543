"""What a measuring screen says when something must be done again, and how often it asked.

Pure reading, for the bodies of several steps.
"""

from kiosk.attendance import Attendance


def asked(at: Attendance) -> int:
    """How often this step asked for the same thing."""
    sitting = at.sitting
    return 1 + sitting.patience + sitting.complaints + sitting.losses + sitting.anew


def trouble(at: Attendance) -> str | None:
    """The one sentence that says what to do now, None where nothing is wrong."""
    return None if at.sitting.trouble is None else at.say(at.sitting.trouble)
