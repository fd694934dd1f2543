"""The frame of every screen of the staff area: the two keys of its foot.

Pure. The way out is at the right on every screen; what else a screen has in its foot stands beside help.
"""

from collections.abc import Mapping
from types import MappingProxyType

from health.words import Words
from kiosk.backroom.steps import Press, StaffStep
from kiosk.backroom.views import Action, ChooseView, ListView, StaffBody

_HOMEWARD = frozenset({StaffStep.CALIBRATED, StaffStep.CHECKED, StaffStep.CHART})
"""Where a piece of work is done, and the way back is home."""
_DOOR = frozenset({StaffStep.NUMBER, StaffStep.PIN})
_BESIDE: Mapping[StaffStep, tuple[Press, str, str]] = MappingProxyType(
    {
        StaffStep.HOME: (Press.MORE, "plus", "backroom.more.key"),
        StaffStep.STRAY: (Press.DISCARD, "close", "backroom.stray.discard"),
        StaffStep.CHART: (Press.CONTROL, "drop", "backroom.instrument.control"),
        StaffStep.LOTS: (Press.SUPPLY, "plus", "backroom.lots.supply_new"),
        StaffStep.CONTROL: (Press.LOTS, "bottle", "backroom.more.lots"),
    }
)


def right_of(step: StaffStep, words: Words) -> Action:
    """The way back, or out."""
    if step in _DOOR:
        return Action(Press.LEAVE, "close", words.text("backroom.cancel"))
    if step is StaffStep.HOME:
        return Action(Press.LEAVE, "power", words.text("backroom.log_out"))
    if step in _HOMEWARD:
        return Action(Press.BACK, "home", words.text("backroom.to_home"))
    return Action(Press.BACK, "arrow_left", words.text("backroom.back"))


def left_of(step: StaffStep, body: StaffBody, words: Words) -> Action | None:
    """The key beside help: the next page of a list that has one, else what this step has there."""
    if isinstance(body, ListView | ChooseView) and body.pages > 1:
        said = words.text("backroom.page", number=str(body.page), total=str(body.pages))
        return Action(Press.PAGE, "arrow_right", said)
    if step in _BESIDE:
        press, icon, key = _BESIDE[step]
        return Action(press, icon, words.text(key))
    return None
