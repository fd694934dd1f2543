"""Language, colours and letters change while a screen stands: nothing on it is left as it was.

A face that showed the same moment otherwise before must be, label by label and key by key, the face that
shows it first. Every sample is changed in one of the two directions; ``./run test --whole`` does so on each
panel.
"""

from collections.abc import Callable, Iterator
from itertools import zip_longest

from kivy.uix.label import Label

from kiosk.flow.steps import Step
from kiosk.screens.face import Face
from kiosk.screens.samples import Sample, samples
from kiosk.theme import FIRST_SCREEN, load_look
from kiosk.views import Theme
from kiosk.widgets.key import Key
from tests.kiosk.screens.paneled import Paneled
from tests.kiosk.screens.sweep import sweep
from tests.whole import WHOLE

Settle = Callable[[], None]
Way = tuple[str, Theme, bool]
WAYS: tuple[Way, Way] = (("zh_CN", Theme.LIGHT, False), ("en", Theme.CONTRAST, True))
"""Language, colours, large letters: from one to the other."""
SCREENS = tuple(load_look().screen)
SEEN_EVERYWHERE = {Step.TAKE}
"""Whose large keys change their kind."""


def stands(face: Face) -> list[tuple[object, ...]]:
    """Every label that says something and every key, as it lies."""
    found: list[tuple[object, ...]] = []
    for each in face.walk(restrict=True):
        if isinstance(each, Label) and each.text:
            found.append((each.text, *each.pos, *each.size, *each.color, each.font_size))
        elif isinstance(each, Key):
            found.append((each.choice, *each.pos, *each.size, each.kind, *each.fill, *each.ink))
    return found


def test_nothing_on_a_standing_screen_is_left_as_it_was(paneled: Paneled, settle: Settle) -> None:
    face, left = paneled.face, []
    for one, other in _changes(paneled):
        face.show(one.view)
        settle()
        face.show(other.view)
        settle()
        switched = stands(face)
        face.rest()
        face._wings.forget()
        sweep()
        face.show(other.view)
        settle()
        left += [
            f"{other.name}: {is_so} not {should_be}"
            for is_so, should_be in zip_longest(switched, stands(face))
            if is_so != should_be
        ]
    assert left == [], "\n".join(left)


def _changes(paneled: Paneled) -> Iterator[tuple[Sample, Sample]]:
    """Every sample as it was and as it becomes, half of them on each panel, or a third."""
    kept = [
        samples(language, theme, large=large and paneled.panel.face.large > 1, screen=paneled.screen)
        for language, theme, large in WAYS
    ]
    place = SCREENS.index(paneled.screen)
    share = 2 if paneled.screen == FIRST_SCREEN else len(SCREENS)
    for number, (one, other) in enumerate(zip(*kept, strict=True)):
        if WHOLE or number % share == place % share or one.view.step in SEEN_EVERYWHERE:
            yield (one, other) if number // share % 2 else (other, one)
