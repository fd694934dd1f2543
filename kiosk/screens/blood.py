"""Staff were called for the finger prick; she waits with her palm up. Serves the second offer too."""

from kiosk.screens.screen import StepScreen


class BloodScreen(StepScreen):
    """Waiting for staff."""
