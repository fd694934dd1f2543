"""The analyser works; she goes on, or at the end of the visit waits for it."""

from kiosk.screens.screen import StepScreen


class BloodRunningScreen(StepScreen):
    """The time left in a window, and the way on."""
