"""Step on, stand still: footprints until she stands, then the moving weight and the lamps of stillness."""

from kiosk.screens.screen import StepScreen


class StandScreen(StepScreen):
    """On the scale, before and while it measures."""
