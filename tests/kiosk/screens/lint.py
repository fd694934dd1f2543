"""The linter of the screens: what is wrong with a face as it stands, each fault in one line that names it.

Numbers: interface reference §2.1 and §2.2 (keys of 20 mm, 6.35 mm apart, letters for the distance of the
panel, WCAG 1.4.6 contrast). It knows no step: whoever calls it says what is shown and what may be pressed.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import combinations, product

from kivy.core.text.text_layout import LayoutLine
from kivy.metrics import mm
from kivy.uix.widget import Widget

from kiosk.theme import Look
from kiosk.widgets.caption import Caption
from kiosk.widgets.foot import Foot
from kiosk.widgets.key import Key
from kiosk.widgets.letters import Letters
from kiosk.widgets.panel import Panel
from kiosk.widgets.words import Words
from tests.kiosk.screens.ground import Paint, Rect, drawn, overlap
from tests.kiosk.screens.reading import Text, texts_of
from tests.kiosk.screens.strangers import foreign

GAP = 6.35
LARGE_EM, LEAST, LEAST_LARGE = 15.0, 7.0, 4.5
CHOICES = 4
REACH = 300.0
"""mm of the panel from its lower edge, which hangs 800 above the floor, to the 1100 that who sits reaches."""
GRIPPED = 20.0
"""mm of a key that must be within reach; a tall one may go on above."""
_EDGE = 1.5  # pixels of rounding
_ROUND = 0.3  # pixels of rounding of what is measured against a limit of its own
_AIR = 1.0  # mm between the letters of two texts
_BREATH, _LEAST_BREATH = 3.0, 1.0  # mm left free beside the words of a key; the least where staff press
_LONELY = 0.45  # of the widest line: a single word narrower than that looks lost
_STOPS = "。，；：！？）”"
_SENTENCES = re.compile(r"(?<=[.!?;。！？；])\n|\n\n")


Place = tuple[int, int, int, int]
"""Left, top, width and height in whole mm of the face."""


def faults(
    face: Widget, look: Look, known: Collection[str], *, behind: Sequence[Widget] = (), unit: float = 1.0
) -> Iterator[str]:
    """What is wrong with any ``face``. ``known`` is what a key may say; ``behind`` lies under a panel.

    ``unit`` is how many mm of the panel one mm of the face is.
    """
    hidden = {part for each in behind for part in each.walk(restrict=True)}
    keys = [key for key in seen(face, Key) if key not in hidden]
    texts = [text for text in texts_of(face) if text.label not in hidden]
    yield from keys_wrong(keys, look, known, unit)
    yield from astray(keys, face)
    yield from foreign(face)
    yield from texts_wrong(face, look)
    yield from faint(texts)
    yield from misplaced(texts, keys, face)


def residents_faults(
    face: Widget, help_at: Place, behind: Sequence[Widget] = (), unit: float = 1.0
) -> Iterator[str]:
    """What is wrong on a screen of the visit: crowded choices and words, keys too high, or help not at
    ``help_at``.
    """
    hidden = {part for each in behind for part in each.walk(restrict=True)}
    keys = [key for key in seen(face, Key) if key not in hidden]
    yield from choices_wrong(keys)
    for key in keys:
        if (high := ((key.y - face.y) / mm(1) + GRIPPED) * unit) > REACH:
            yield f"{key.choice} begins {high:.0f} mm above the lower edge"
    for caption in seen(face, Caption):
        if -2 * mm(_BREATH) < caption.overflow <= -2 * mm(_LEAST_BREATH):
            yield f"{caption.text!r} has less than {_BREATH:g} mm beside it"
    found = [place_of(key, face) for key in keys if key.choice == "help"]
    if found != [help_at]:
        yield f"help lies at {found}, not at {help_at}"


def place_of(widget: Widget, face: Widget) -> Place:
    """Where ``widget`` lies, from the top left corner of ``face``."""
    left, down = (widget.x - face.x) / mm(1), (face.top - widget.top) / mm(1)
    return (round(left), round(down), round(widget.width / mm(1)), round(widget.height / mm(1)))


def seen(face: Widget, kind: type[Widget]) -> list[Widget]:
    """Widgets of ``kind`` that lie on the face."""
    found = (each for each in face.walk(restrict=True) if isinstance(each, kind))
    return [each for each in found if each.right > 0 and each.top > 0 and min(each.size) > 1]


def keys_wrong(keys: list[Widget], look: Look, known: Collection[str], unit: float = 1.0) -> Iterator[str]:
    """Keys too small, too near to each other, or without a meaning."""
    for key in keys:
        if min(key.size) * unit < mm(look.size.target_min) - _ROUND:
            yield f"{key.choice} is {key.width / mm(1) * unit:.1f} x {key.height / mm(1) * unit:.1f} mm"
        if key.choice not in known:
            yield f"{key.choice!r} is nothing to press"
    for one, other in combinations(keys, 2):
        across = max(one.x, other.x) - min(one.right, other.right)
        down = max(one.y, other.y) - min(one.top, other.top)
        if max(across, down) * unit < mm(GAP) - _ROUND:
            apart = max(across, down) / mm(1) * unit
            yield f"{one.choice} and {other.choice} lie {apart:.1f} mm apart"


def astray(keys: list[Widget], face: Widget) -> Iterator[str]:
    """Keys that reach out of the screen, that nobody can see, or that something is painted over."""
    painted = list(drawn(face))
    visible = {widget for widget, _ in painted}
    for key in keys:
        if (beyond := _out(_box(key), _box(face))) > _EDGE:
            yield f"{key.choice} stands {beyond / mm(1):.1f} mm out of the screen"
        if key not in visible:
            yield f"{key.choice} takes touches and cannot be seen"
        elif key.kind != "plain" and _painted_over(key, painted):
            yield f"{key.choice} lies under something"


def _painted_over(key: Widget, painted: Sequence[tuple[Widget, Paint | None]]) -> bool:
    """Whether anything that is not of ``key`` is painted over a part of it."""
    behind = True
    for widget, paint in painted:
        behind = behind and widget is not key
        if behind or paint is None or _within(widget, key):
            continue
        if min(overlap(paint.rect, _box(key))) > _EDGE and _paints_on(paint, _box(key)):
            return True
    return False


def _paints_on(paint: Paint, box: Rect) -> bool:
    """Whether ``paint`` is not clear in what it shares with ``box``."""
    left, bottom = max(box[0], paint.rect[0]), max(box[1], paint.rect[1])
    right, top = min(box[2], paint.rect[2]), min(box[3], paint.rect[3])
    points = product((0.1, 0.3, 0.5, 0.7, 0.9), repeat=2)
    colours = (paint.colour_at(left + (right - left) * x, bottom + (top - bottom) * y) for x, y in points)
    return any(colour is not None and colour[3] > 0.5 for colour in colours)


def choices_wrong(keys: list[Widget]) -> Iterator[str]:
    """More than four things to choose from above the foot, a keypad aside; more than one blue area."""
    choices = [key.choice for key in keys if not isinstance(key.parent, Foot)]
    if "digit" not in choices and len(choices) > CHOICES:
        yield f"{len(choices)} choices: {', '.join(choices)}"
    blue = [key.choice for key in keys if key.kind == "primary"]
    if len(blue) > 1:
        yield f"{len(blue)} blue areas: {', '.join(blue)}"


def texts_wrong(face: Widget, look: Look) -> Iterator[str]:
    """Letters too small, or standing out of their box."""
    for letters in seen(face, Letters):
        if letters.text and letters.font_size < mm(look.size.text_min) - 0.1:
            yield f"{letters.text!r} is {letters.font_size / mm(1):.1f} mm"
    for words in seen(face, Words):
        if words.text and words.overflow > _EDGE:
            yield f"{words.text!r} stands out by {words.overflow / mm(1):.1f} mm"
        for lost in _lonely(words):
            yield f"{words.text!r} ends in the lonely {lost!r}"
    for caption in seen(face, Caption):
        if caption.overflow > -2 * mm(_LEAST_BREATH):
            yield f"{caption.text!r} stands out by {caption.overflow / mm(1):.1f} mm"


def _lonely(words: Words) -> Iterator[str]:
    """The last lines, sentence by sentence, that are a single word far shorter than the rest."""
    core = words._label
    lines = [] if core is None else core._cached_lines
    for paragraph in _SENTENCES.split(words.text):
        own, lines = _taken(lines, paragraph)
        if len(own) < 2:
            continue
        last = _said(own[-1]).strip()
        if not last.isascii():
            lost = len(last.rstrip(_STOPS)) <= 1
        else:
            lost = " " not in last and own[-1].w < _LONELY * max(line.w for line in own)
        if lost:
            yield last


def _taken(lines: Sequence[LayoutLine], paragraph: str) -> tuple[Sequence[LayoutLine], Sequence[LayoutLine]]:
    """The lines on which ``paragraph`` stands, and those below it."""
    letters, number = len("".join(paragraph.split())), 0
    while number < len(lines) and letters > 0:
        letters -= len("".join(_said(lines[number]).split()))
        number += 1
    return lines[: max(1, number)], lines[max(1, number) :]


def _said(line: LayoutLine) -> str:
    return "".join(word.text for word in line.words)


def least_of(text: Text) -> float:
    """The least contrast of a text by WCAG 1.4.6; large is a title and what is larger, not a point size."""
    return LEAST_LARGE if text.em >= LARGE_EM - 0.05 else LEAST


def faint(texts: list[Text]) -> Iterator[str]:
    """Letters that do not stand out from what is painted behind them."""
    for text in texts:
        least, ratio = least_of(text), text.contrast()
        if ratio < least:
            yield f"{text.says!r} stands out {ratio:.2f} to 1, not {least:g}"


def misplaced(texts: list[Text], keys: list[Widget], face: Widget) -> Iterator[str]:
    """Letters under something, over each other, over a key, beyond their card or beyond the face."""
    for text in texts:
        if text.covered():
            yield f"{text.says!r} is covered"
        for beyond, box in _homes(text.label, face):
            if _out(text.ink, box) > _EDGE:
                yield f"{text.says!r} stands {_out(text.ink, box) / mm(1):.1f} mm out of {beyond}"
    for one, other in combinations(texts, 2):
        near = min(overlap(one.ink, other.ink))
        if near > -mm(_AIR):
            how = "lie over" if near > _EDGE else "touch"
            yield f"{one.says!r} and {other.says!r} {how} each other"
    for key in (each for each in keys if each.kind != "plain"):
        for text in texts:
            if min(overlap(text.ink, _box(key))) > _EDGE and not _within(text.label, key):
                yield f"{text.says!r} lies over the key {key.choice}"


def _homes(label: Widget, face: Widget) -> Iterator[tuple[str, Rect]]:
    yield "the screen", _box(face)
    above = label.parent
    while above is not None and above is not face:
        if isinstance(above, Panel) and above.ground()[3] > 0:
            yield f"its {type(above).__name__}", _box(above)
            return
        above = above.parent


def _within(widget: Widget, home: Widget) -> bool:
    while widget is not None and widget is not home and widget.parent is not widget:
        widget = widget.parent
    return widget is home


def _out(ink: Rect, box: Rect) -> float:
    return max(box[0] - ink[0], box[1] - ink[1], ink[2] - box[2], ink[3] - box[3])


def _box(widget: Widget) -> Rect:
    return (widget.x, widget.y, widget.right, widget.top)
