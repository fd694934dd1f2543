"""What is wrong with how a screen is laid out: keys too small or too near, words too small or cut."""

from collections.abc import Collection, Iterator
from itertools import combinations

from kivy.metrics import mm
from kivy.uix.widget import Widget

from kiosk.theme import Look
from kiosk.widgets.caption import Caption
from kiosk.widgets.words import Words

_EDGE = 1.5  # pixels of rounding
_BREATH = 1.0  # mm left free beside the words of a key


def seen(face: Widget, kind: type[Widget]) -> list[Widget]:
    """Widgets of ``kind`` that lie on the face."""
    found = (each for each in face.walk(restrict=True) if isinstance(each, kind))
    return [each for each in found if each.right > 0 and each.top > 0 and min(each.size) > 1]


def keys_wrong(keys: list[Widget], look: Look, known: Collection[str]) -> Iterator[str]:
    for key in keys:
        if min(key.size) < mm(look.size.target_min) - _EDGE:
            yield f"{key.choice} is {key.width / mm(1):.1f} x {key.height / mm(1):.1f} mm"
        if key.choice not in known:
            yield f"{key.choice!r} is nothing to press"
    for one, other in combinations(keys, 2):
        across = max(one.x, other.x) - min(one.right, other.right)
        down = max(one.y, other.y) - min(one.top, other.top)
        if max(across, down) < mm(6.35) - _EDGE:
            yield f"{one.choice} and {other.choice} lie {max(across, down) / mm(1):.1f} mm apart"


def texts_wrong(face: Widget, look: Look) -> Iterator[str]:
    for words in seen(face, Words):
        if words.text and words.font_size < mm(look.size.text_min) - 0.1:
            yield f"{words.text!r} is {words.font_size / mm(1):.1f} mm"
        if words.text and words.overflow > _EDGE:
            yield f"{words.text!r} stands out by {words.overflow / mm(1):.1f} mm"
    for caption in seen(face, Caption):
        if caption.overflow > -2 * mm(_BREATH):
            yield f"{caption.text!r} stands out by {caption.overflow / mm(1):.1f} mm"
