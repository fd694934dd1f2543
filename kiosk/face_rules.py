"""The rules of both faces, read once before the first widget of either is made.

May be called on another thread while nothing of a face is made: reading rules draws nothing.
"""

from kiosk.screens.all_screens import load_rules
from kiosk.staff.all_screens import load_staff_rules
from kiosk.theme import FaceSizes


def read_rules(face: FaceSizes) -> None:
    """Read what says where things lie on ``face`` and in the staff area."""
    load_rules(face.rules)
    load_staff_rules(face.rules)
