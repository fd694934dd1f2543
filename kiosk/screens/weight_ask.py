"""A weight that is odd: was it only her, dressed as last time, and is it she whom the card names?"""

from kiosk.screens.screen import StepScreen
from kiosk.theme import FaceSizes
from kiosk.views import WeightAskView

GAP, HIGH = 9.4, 40.0
"""Between the keys of a lying panel, and how high they are."""
WIDE, NARROW = 0.35, 0.26
"""How wide two of them are, and three, as parts of the room for words."""
BESIDE = 16.0
"""Between cards and keys, and between the two cards."""


class WeightAskScreen(StepScreen):
    """Last time and now side by side, one question, no answer suggested."""

    def key_at(self, choice: str, body: WeightAskView, lay: FaceSizes, *, mirrored: bool) -> list[float]:
        """Where the key lies on a lying panel: yes, again and not me keep this order for either hand."""
        shown, wide = _keys(body), _key_width(body, lay)
        place = shown.index(choice) if choice in shown else 0
        before = place if mirrored else len(shown) - 1 - place
        left = lay.width - lay.margin - wide - before * (wide + GAP)
        return [left, lay.foot_top - 46, wide, HIGH]

    def card_at(self, place: int, body: WeightAskView, lay: FaceSizes) -> list[float]:
        """Where the first (0) or second (1) weight stands there, beside the place of the keys."""
        count = max(2, len(_keys(body)))
        keys = count * (_key_width(body, lay) + GAP) - GAP
        wide = (lay.width - 2 * lay.margin - keys - BESIDE) / 2
        return [lay.margin + place * (wide + 4), lay.foot_top - 46, wide, HIGH]


def _keys(body: WeightAskView) -> tuple[str, ...]:
    offered = {"yes": not body.staff, "again": not body.staff or body.again, "not_me": body.not_me}
    return tuple(choice for choice, there in offered.items() if there)


def _key_width(body: WeightAskView, lay: FaceSizes) -> float:
    return lay.room * (NARROW if len(_keys(body)) > 2 else WIDE)
