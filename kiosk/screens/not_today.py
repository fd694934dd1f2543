"""An instrument rests today; nobody is to blame, and there is a way on."""

from kiosk.flow.steps import Station
from kiosk.screens.screen import StepScreen

_PICTURES = {
    Station.BLOOD: "not_today_blood",
    Station.STAND: "not_today_stand",
    Station.SIT: "not_today_pressure",
    Station.GRIP: "not_today_grip",
    Station.SHEET: "not_today_card",
}


class NotTodayScreen(StepScreen):
    """The instrument wears a sign."""

    def picture_of(self, station: Station) -> str:
        """The drawing of the instrument that rests."""
        return _PICTURES[station]
