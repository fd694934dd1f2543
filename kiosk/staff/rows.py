"""A list: instruments, visits, what waits, lots, checks, accounts. At most one thing to do below it."""

from kiosk.staff.screen import StaffScreen


class RowsScreen(StaffScreen):
    """Rows, or a kind word where there are none."""
