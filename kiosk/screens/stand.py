"""Step on, stand still: footprints until she stands, then the moving weight and the lamps of stillness."""

from collections.abc import Callable

from kiosk.screens.screen import StepScreen
from kiosk.views import StandView


class StandScreen(StepScreen):
    """On the scale, before and while it measures."""

    def her_height(self, body: StandView, say: Callable[[str], str]) -> str:
        """Her height in one line, where it is known already; else nothing."""
        if body.height is None:
            return ""
        return f"{say('screen.height')} {body.height} {say('screen.cm')}"
