"""The one door to the staff area: what lies behind it is loaded once somebody begins to sign in, and stays.

Days go by at a station without a staff member before it, and four tenths of all rules of how a screen lies
are the area's. Nothing outside ``kiosk.backroom`` and ``kiosk.staff`` imports what is in them but through
here, and what is the same for a visit (what is in force, what rests) is ``kiosk.upkeep``'s and always there.
Every function here may take some tenths of a second the first time and nothing after it; each may be called
on any thread but ``face_of``, which makes widgets. What is broken behind the door is found by the doctor.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.backroom.backroom import Backroom
    from kiosk.backroom.reception import Surroundings
    from kiosk.clock import Clock
    from kiosk.demo_hands import Hands
    from kiosk.person import Find
    from kiosk.staff.face import StaffFace
    from kiosk.theme import Look, Rules
    from kiosk.widgets.dress import Wardrobe


def backroom_of(station: "Surroundings") -> "Backroom":
    """The work of the area, at this station."""
    from kiosk.backroom.furnishing import furnished

    load_work()
    return furnished(station)


def load_work() -> None:
    """Load the work of the area, what the demonstration does there, and every word of it."""
    import kiosk.backroom.furnishing
    import kiosk.demo_hands  # noqa: F401 - so that they are there when they are wanted
    from health.words import languages, words_of

    for language in languages():
        words_of(language).keys()


def load_face(rules: "Rules") -> None:
    """Load the screens of the area and the rules of how they lie. The residents' come before."""
    from kiosk.staff.all_screens import load_staff_rules
    from kiosk.staff.face import StaffFace  # noqa: F401 - so that it is there when it is wanted

    load_staff_rules(rules)


def face_of(look: "Look", wardrobe: "Wardrobe") -> "StaffFace":
    """The face of the area, with nothing on it yet."""
    from kiosk.staff.face import StaffFace

    load_face(wardrobe.panel.face.rules)
    return StaffFace(look, wardrobe)


def hands_of(clock: "Clock", find: "Find") -> "Hands":
    """The simulated colleague at the instruments."""
    from kiosk.demo_hands import Hands

    return Hands(clock, find)
