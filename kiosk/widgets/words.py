"""Text on a plan: one weight, one of the six sizes, in its box from the left, the middle or the right.

A text that does not fit its box is a text to shorten; nothing here shrinks a letter. Larger letters are worn
only where the box holds them.
"""

from collections.abc import Sequence
from functools import lru_cache

from kivy.core.text import Label as CoreLabel
from kivy.properties import BooleanProperty, NumericProperty, OptionProperty

from kiosk.widgets.letters import Letters
from kiosk.widgets.plan import Placed

NATURAL_LINE = 1.448  # em from line to line in Noto Sans SC
_FULL, _HALF = 1.0, 0.56  # em of a Hanzi and, on average, of a Latin letter
_HANZI = 0x2E80
_WHOLE = "“”‘’…—"  # signs that stand in the square of a Hanzi
_PROBE = 64  # pixels of the letters that are measured
_LEAST_LINE = 1.2  # em of the tightest line of the look
_CLOSERS = "，。；、：！？）”"
_ORPHAN = 2.5  # em of a last line that looks lost
_FEW = 0.5  # of a line: a last line shorter than that looks lost behind one cut in the middle of a sentence
_SHORT = 0.4  # of a line: the least that may stand on it for the sake of a pause
_SLACK = 1.12  # the boxes of the look hold a line of 1.2 to 1.5 em; the font's own line is a little more


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
    return _worded(text, room, bold=True) if _spaced(text) else _lines(text, room, bold=True)


@lru_cache(maxsize=512)
def drawn_em(text: str, *, bold: bool = True) -> float:
    """How wide ``text`` really is, in em."""
    return float(CoreLabel(font_size=_PROBE, bold=bold).get_extents(text)[0]) / _PROBE


def forget_widths() -> None:
    """Know no text any more: a number and a name were among what was measured."""
    drawn_em.cache_clear()


def broken(text: str, room: float, *, bold: bool = False) -> str:
    """``text`` in lines of ``room`` em: Hanzi after a pause where one serves, and no line begins with a stop.

    Words with spaces between them stand on as few lines as they need, and the last of them is no lonely word.
    """
    return "\n".join(line for whole in text.split("\n") for line in _lines(whole, room, bold=bold))


def _lines(text: str, room: float, *, bold: bool) -> list[str]:
    if _spaced(text):
        return _balanced(text, room, bold=bold)
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


def _balanced(text: str, room: float, *, bold: bool) -> list[str]:
    """Words as they are; evened on as few lines of ``room`` as they need if the last would look lost."""
    plain = _worded(text, room, bold=bold)
    if len(plain) == 1 or not _lonely(plain):
        return [text]
    for heavy in (True, bold):
        for part in range(95, 45, -5):
            lines = _worded(text, room * part / 100, bold=heavy)
            if len(lines) == len(plain) and not _lonely(lines):
                return lines
    return [text]


def _lonely(lines: Sequence[str]) -> bool:
    return drawn_em(lines[-1]) < _SHORT * max(drawn_em(line) for line in lines)


def _worded(text: str, room: float, *, bold: bool) -> list[str]:
    found: list[str] = []
    for word in text.split(" "):
        if found and drawn_em(f"{found[-1]} {word}", bold=bold) <= room:
            found[-1] += f" {word}"
        else:
            found.append(word)
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

    @property
    def overflow(self) -> float:
        """Pixels by which the text stands out of its box, upwards or sideways; 0 or less where it fits."""
        high = self.texture_size[1] - self.height * _SLACK - self.font_size * (NATURAL_LINE - _LEAST_LINE)
        return float(max(self.texture_size[0] - self.width - 1, high))
