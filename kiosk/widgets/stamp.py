"""The mark of a demo station, on every screen, so that no simulated number passes for a real one."""

from kivy.properties import BooleanProperty

from kiosk.widgets.plan import Plan


class DemoStamp(Plan):
    """演示 DEMO at an edge of the face; ``raised``: at the upper one, because its place is taken."""

    raised = BooleanProperty(False)  # noqa: FBT003 - a kivy property takes its default by position
