"""Home of the staff area: what needs somebody first, then every module, then four tiles."""

from kiosk.staff.screen import StaffScreen


class HomeScreen(StaffScreen):
    """How the station is today."""
