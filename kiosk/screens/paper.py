"""The sheet comes out, or the code is shown, or both; where no sheet comes, the code or staff do instead."""

from kiosk.screens.screen import StepScreen
from kiosk.views import PaperState, PaperView


class PaperScreen(StepScreen):
    """What the printer does, the code for the telephone, and the end."""

    def picture_of(self, body: PaperView) -> str:
        """What she takes next: the sheet, her telephone, or the hand of staff."""
        if body.paper in (PaperState.PRINTING, PaperState.DONE):
            return "printing"
        return "help" if body.code is None else "take_phone"
