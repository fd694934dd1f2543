"""What is not done every day, as tiles."""

from kiosk.staff.screen import StaffScreen


class MoreScreen(StaffScreen):
    """The rest of the staff area."""
