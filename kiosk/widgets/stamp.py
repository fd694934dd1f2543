"""The mark of a demo station, on every screen, so that no simulated number passes for a real one."""

from kiosk.widgets.plan import Plan


class DemoStamp(Plan):
    """演示 DEMO at an edge of the face."""
