"""The cuff works. A stop key stands here only where the machine hears it; else the machine's own is shown."""

from kiosk.screens.screen import StepScreen


class PressureScreen(StepScreen):
    """One reading of several."""
