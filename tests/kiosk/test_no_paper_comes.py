"""Where the screen says that staff help, they are called: no sheet comes and no telephone can show it."""

from pathlib import Path

import pytest

from kiosk.flow.steps import Choice, Step
from kiosk.views import PaperState, PaperView
from tests.kiosk.novice.house import PRINTS_SECONDS, Circumstances, HandMovedStation, hand_moved
from tests.kiosk.test_couples_and_other_cards import goes_to, lay

PAGE = "https://page.example/p"


def wants_paper(house: HandMovedStation) -> PaperView:
    """She has asked for it, and the printer has had its time."""
    lay(house, "lin")
    goes_to(house, "lin", Step.TAKE)
    house.attendant.choose(Choice.PRINT)
    assert house.view().help_called is False
    house.go_on(PRINTS_SECONDS + 2.0)
    body = house.view().body
    assert isinstance(body, PaperView)
    return body


@pytest.mark.parametrize(
    ("printer", "page", "called"), [("stuck", "", True), ("stuck", PAGE, False), ("ready", "", False)]
)
def test_staff_are_called_where_nothing_but_they_can_help(
    tmp_path: Path, printer: str, page: str, called: bool
) -> None:
    around = Circumstances(guideline=False, printer=printer, phone_page=page)
    with hand_moved(tmp_path, around) as house:
        body = wants_paper(house)
        assert body.paper is (PaperState.DONE if printer == "ready" else PaperState.TROUBLE)
        assert house.view().help_called is called
        goes_to(house, "lin", Step.IDLE)
        assert house.view().help_called is False
