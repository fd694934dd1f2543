"""Her main values over the last visits, a picture each; one key leads back to the results."""

from kiosk.screens.screen import StepScreen
from kiosk.views import Trend, TrendsView


class TrendsScreen(StepScreen):
    """Up to four pictures under each other, or two beside each other, or one."""

    def trend_at(self, body: TrendsView, place: int) -> Trend | None:
        """The picture at ``place``, None where there is none."""
        return body.trends[place] if place < len(body.trends) else None
