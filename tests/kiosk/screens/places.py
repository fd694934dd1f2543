"""Where help lies: the same place on every screen of a panel, the residents' and the staff's."""

from typing import Literal

from tests.kiosk.screens.lint import Place

Hand = Literal["right", "left"]
HELP: dict[tuple[int, Hand], Place] = {
    (1080, "right"): (16, 438, 60, 22),
    (1080, "left"): (192, 438, 60, 22),
    (1920, "right"): (16, 162, 60, 22),
    (1920, "left"): (269, 162, 60, 22),
    (1280, "right"): (10, 149, 60, 27),
    (1280, "left"): (220, 149, 60, 27),
}
"""Where help lies on each panel, by its pixels across: above the lower edge, at the left; for the left hand
at the right."""
