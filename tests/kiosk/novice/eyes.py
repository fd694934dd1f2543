"""What a person sees of a screen who reads nothing: where keys are, how big and how blue."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

import msgspec
from kivy.base import EventLoop
from kivy.metrics import mm

from kiosk.screens.face import Face
from kiosk.views import Deed, View
from kiosk.widgets.foot import Foot
from kiosk.widgets.key import Key
from tests.kiosk.screens.lint import seen

FRAMES = 2
"""Until every widget has found its place."""
COUNTED = frozenset({"asked", "seconds_left"})
"""Fields of a body that only count: how often a sentence was said, and seconds. A test asks whether."""


@dataclass(frozen=True, slots=True)
class KeySeen:
    """One key above the foot. ``area`` in square millimetres, ``high`` where its middle is."""

    choice: str
    detail: str
    kind: str
    area: int
    high: int


class Eyes:
    """Looks at the real face. What was seen once of the same kind of screen is remembered.

    Which keys a screen has hangs on what there is in its view, never on the words: so two views with the
    same things in them are one look.
    """

    def __init__(self, face: Face, *, forgetful: bool = False) -> None:
        self._face, self._forgetful = face, forgetful
        self._known: dict[tuple[object, ...], tuple[KeySeen, ...]] = {}

    def keys(self, view: View) -> tuple[KeySeen, ...]:
        """The keys of this screen that can be pressed, without those in the foot."""
        kind = (view.step, view.overlay, *_shape(view.body))
        if self._forgetful or kind not in self._known:
            self._known[kind] = self._look(view)
        return self._known[kind]

    def _look(self, view: View) -> tuple[KeySeen, ...]:
        self._face.show(view)
        for _ in range(FRAMES):
            EventLoop.idle()
        behind = [] if view.overlay is None else list(self._face.children[-2].walk(restrict=True))
        foot = [key for each in seen(self._face, Foot) for key in each.walk(restrict=True)]
        free = (key for key in seen(self._face, Key) if key not in behind and key not in foot)
        return tuple(
            KeySeen(
                choice=key.choice,
                detail=key.detail,
                kind=key.kind,
                area=round(key.width * key.height / mm(1) ** 2),
                high=round(key.center_y),
            )
            for key in free
        )


def _shape(body: object) -> Iterator[object]:
    """What there is in a body: which parts are there, how many, every yes or no; not what is ``COUNTED``."""
    yield type(body).__name__
    if isinstance(body, msgspec.Struct):
        for name in body.__struct_fields__:
            if name not in COUNTED:
                yield _kept(getattr(body, name))


def _kept(value: object) -> object:
    if value is None or isinstance(value, bool | Enum | int):
        return value
    if isinstance(value, tuple) and value and isinstance(value[0], Deed):
        return tuple(each.name for each in value)
    return len(value) if isinstance(value, tuple) else bool(value)
