"""Text on a plan: one weight, one of the six sizes, in its box from the left, the middle or the right.

A text that does not fit its box is a text to shorten; nothing here shrinks a letter. Larger letters are worn
only where the box holds them. It breaks its own lines: after a pause, and so that no last word stands alone.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache, partial

from kivy.core.text import Label as CoreLabel
from kivy.properties import BooleanProperty, NumericProperty, OptionProperty

from kiosk.widgets.letters import Letters, drawable
from kiosk.widgets.plan import Placed

NATURAL_LINE = 1.448  # em from line to line in Noto Sans SC
_FULL, _HALF = 1.0, 0.56  # em of a Hanzi and, on average, of a Latin letter
_HANZI = 0x2E80
_WHOLE = "“”‘’…—"  # signs that stand in the square of a Hanzi
_PROBE = 64  # pixels of the letters that are measured
_LEAST_LINE = 1.2  # em of the tightest line of the look
_CLOSERS = "，。；、：！？）”"
_PAUSES = re.compile(r"(?<=[.!?;:]) (?=\D)"), re.compile(r"(?<=[.!?;:,]) (?=\D)")
"""Between sentences, then between their parts; not before a number: "ext. 8012"."""
_ORPHAN = 2.5  # em of a last line that looks lost
_FEW = 0.5  # of a line: a last line shorter than that looks lost behind one cut in the middle of a sentence
_SHORT = 0.4  # of a line: the least that may stand on it for the sake of a pause
_SURE = 0.8  # of the room: a text of about that width surely stands on one line
_NO_ROOM = 2.0  # em: a box that has no place yet
_SLACK = 1.12  # the boxes of the look hold a line of 1.2 to 1.5 em; the font's own line is a little more

Wide = Callable[[str], float]
"""How wide a line is, in em."""


def width_em(text: str) -> float:
    """About how wide ``text`` is, in em."""
    return sum(_FULL if ord(letter) > _HANZI or letter in _WHOLE else _HALF for letter in text)


def holds(box: Sequence[float], text: str, em: float) -> bool:
    """Whether a box (x, y, width, height in mm) holds ``text`` at ``em`` mm, wrapped where it must be."""
    width, height = box[2], box[3]
    if width <= 0:
        return False
    lines = sum(max(1, -int(-(width_em(line) * em) // width)) for line in text.split("\n"))
    return lines * (_LEAST_LINE if lines == 1 else NATURAL_LINE) * em <= height * _SLACK


def fitting_em(text: str, room: float, *sizes: float) -> float:
    """The first of falling ``sizes`` (mm) at which ``text`` stands on one line of ``room``, else the last."""
    wide = max(drawn_em(line) for line in text.split("\n"))
    return next((em for em in sizes if wide * em <= room), sizes[-1])


def laid_em(text: str, room: float, lines: int, *sizes: float) -> float:
    """The first of falling ``sizes`` (mm) at which ``text`` takes at most ``lines`` of ``room`` mm."""
    return next((em for em in sizes if len(_laid(text, room / em)) <= lines), sizes[-1])


def _laid(text: str, room: float) -> list[str]:
    return _worded(text, room, drawn_em) if _spaced(text) else _lines(text, room, drawn_em)


@lru_cache(maxsize=512)
def drawn_em(text: str, *, bold: bool = True, px: int = _PROBE) -> float:
    """How wide ``text`` really is, in em; a letter of ``px`` pixels is not quite the same part of it."""
    return float(CoreLabel(font_size=px, bold=bold).get_extents(text)[0]) / px


def forget_widths() -> None:
    """Know no text any more: a number and a name were among what was measured."""
    drawn_em.cache_clear()


def broken(text: str, room: float, *, bold: bool = False, px: int = _PROBE) -> str:
    """``text`` in lines of ``room`` em: after a pause where one serves, and no line begins with a stop.

    Words with spaces between them stand on as few lines as they need, and the last of them is no lonely word.
    """
    wide = partial(drawn_em, bold=bold, px=px)
    return "\n".join(line for whole in text.split("\n") for line in _lines(whole, room, wide))


def _lines(text: str, room: float, wide: Wide) -> list[str]:
    if _spaced(text):
        return _balanced(text, room, wide)
    full, paused = _filled(text, room, least=room), _filled(text, room, least=room * _SHORT)
    if len(paused) == len(full):
        full = paused
    even = min(room, width_em(text) / len(full) + 1.0)  # no last line of one letter
    evened = _filled(text, even, least=even)
    paused_at = all(line[-1] in _CLOSERS for line in full[:-1])
    lost = width_em(full[-1]) <= (_ORPHAN if paused_at else room * _FEW)
    return evened if lost and len(evened) == len(full) else full


def _spaced(text: str) -> bool:
    """Words with spaces between them, be there one Hanzi among them: the 转 of an extension."""
    return sum(ord(letter) > _HANZI for letter in text) <= len(text.split())


def _balanced(text: str, room: float, wide: Wide) -> list[str]:
    """Words on as few lines of ``room`` as they need: cut after a pause, or evened if the last looks lost."""
    plain = _worded(text, room, wide)
    if len(plain) == 1:
        return [text]
    for pause in _PAUSES:
        lines = _packed(pause.split(text), room, wide)
        if len(lines) == len(plain) and not _lonely(lines, wide):
            return lines
    if not _lonely(plain, wide):
        return plain
    for part in range(95, 45, -5):
        lines = _worded(text, room * part / 100, wide)
        if len(lines) == len(plain) and not _lonely(lines, wide):
            return lines
    return plain


def _lonely(lines: Sequence[str], wide: Wide) -> bool:
    """Whether the last line is far shorter than the rest, or a single word not half as wide."""
    part = _SHORT if " " in lines[-1] else _FEW
    return wide(lines[-1]) < part * max(wide(line) for line in lines)


def _worded(text: str, room: float, wide: Wide) -> list[str]:
    return _packed(text.split(" "), room, wide)


def _packed(parts: Sequence[str], room: float, wide: Wide) -> list[str]:
    """As many ``parts`` on a line as ``room`` holds; one that is wider is cut between its words."""
    found: list[str] = []
    for part in parts:
        if found and wide(f"{found[-1]} {part}") <= room:
            found[-1] += f" {part}"
        elif " " in part:
            found += _worded(part, room, wide)
        else:
            found.append(part)
    return found


def _filled(text: str, room: float, *, least: float) -> list[str]:
    """Lines of at most ``room``, cut after a pause where that leaves more than ``least``."""
    found = []
    while width_em(text) > room:
        most = max(place for place in range(1, len(text)) if width_em(text[:place]) <= room)
        while most > 1 and text[most] in _CLOSERS:
            most -= 1
        most = _before_the_number(text, most)
        cut = max((place for place in range(1, most + 1) if text[place - 1] in _CLOSERS), default=0)
        found.append(text[: cut if width_em(text[:cut]) > least else most])
        text = text[len(found[-1]) :]
    return [*found, text]


def _before_the_number(text: str, cut: int) -> int:
    """``cut``, or where the number or the Latin word begins that it would go through."""
    start = cut
    while start > 0 and all(
        letter.isascii() and not letter.isspace() for letter in text[start - 1 : start + 1]
    ):
        start -= 1
    return start or cut


class Words(Placed, Letters):
    """A label of ``em`` mm. ``line`` is the height of a line in em; ``grows`` False: deaf to large letters.

    The rule in ``widgets.kv`` gives it its size, colour and box.
    """

    em = NumericProperty(10.0)
    line = NumericProperty(1.5)
    grows = BooleanProperty(True)  # noqa: FBT003 - a kivy property takes its default by position
    stand = OptionProperty("middle", options=["top", "middle"])

    def growth(self, large: float, text: str, at: Sequence[float], em: float) -> float:
        """The factor its letters wear: ``large`` where its box holds them, else 1."""
        return large if holds(at, text, em * large) else 1.0

    def texture_update(self, *args: object) -> None:
        """Break the lines for the width and the letters of this moment, then draw them."""
        if self._label is not None:
            self._label.text = drawable(self._in_lines())
        super().texture_update(*args)

    def _in_lines(self) -> str:
        text, px = str(self.text), max(1, int(self.font_size))
        room = (self.text_size[0] or 0) / px
        if room < _NO_ROOM or width_em(text) < _SURE * room:
            return text
        if all(drawn_em(line, bold=self.bold, px=px) <= room for line in text.split("\n")):
            return text
        return broken(text, room, bold=self.bold, px=px)

    @property
    def overflow(self) -> float:
        """Pixels by which the text stands out of its box, upwards or sideways; 0 or less where it fits."""
        high = self.texture_size[1] - self.height * _SLACK - self.font_size * (NATURAL_LINE - _LEAST_LINE)
        return float(max(self.texture_size[0] - self.width - 1, high))
