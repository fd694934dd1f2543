"""One of a few: a reason, a lot, a visit. What confirms it is there only once one is chosen."""

from kiosk.staff.screen import StaffScreen


class ChooseScreen(StaffScreen):
    """Options, and the blue key that takes the chosen one."""
