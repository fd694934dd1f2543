"""How much of a name may stand on a screen that others see: at most two of its letters.

Of a Chinese name the first and the last, of a name in parts (阿依古丽·买买提, Maria Santos) the letter
each of its outer parts begins with. One star stands for whatever is hidden, so that its length says nothing
either. A letter that no face of the house can draw is hidden like the others: a box or a number would be
nobody's name.
"""

import re
import unicodedata
from collections.abc import Iterator

from health.names import shown
from printouts.coverage import covered

STAR = "*"
_DOTS = re.compile(r"\s*[·•‧・･．.]\s*")
"""U+00B7 is the dot the registers ask for; cards and keyboards have written all of these."""
_PADDING = re.compile(r"(?<=[⺀-\U0003FFFF])\s+(?=[⺀-\U0003FFFF])")
"""Cards set 沈　珍 apart, so that it is as wide as a name of three."""
_IDEOGRAPHS = 0x2E80
"""Below it are the scripts that are read by words, so of a word its first letter alone is shown."""


def masked(name: str) -> str:
    """``沈*珍``, ``夏*``, ``阿*·买*``, ``M* S*``: nobody beside her reads it; empty stays empty."""
    whole = _PADDING.sub("", shown(name))
    for joined, pieces in (("·", _DOTS.split(whole)), (" ", whole.split())):
        parts = [piece for piece in pieces if piece]
        if len(parts) > 1:
            return _hidden_once(joined.join((_begun(parts[0]), _begun(parts[-1]))))
    letters = tuple(_letters(whole.strip("·•‧・･．.")))
    if not letters:
        return ""
    if len(letters) > 2 and _is_ideograph(letters[0]):
        return _hidden_once(f"{_drawn(letters[0])}{STAR}{_drawn(letters[-1])}")
    return _begun("".join(letters)) if len(letters) > 1 else STAR


def _begun(part: str) -> str:
    return _hidden_once(f"{_drawn(next(_letters(part)))}{STAR}")


def _letters(text: str) -> Iterator[str]:
    """The letters of ``text``, each with the marks and selectors that belong to it."""
    held = ""
    for letter in text:
        if held and not unicodedata.combining(letter) and unicodedata.category(letter) not in ("Mn", "Cf"):
            yield held
            held = ""
        held += letter
    if held:
        yield held


def _drawn(letter: str) -> str:
    """The letter, or a star where the faces lack it."""
    drawn = covered(letter)
    return STAR if "〔" in drawn or not drawn.strip() else drawn


def _hidden_once(text: str) -> str:
    return STAR if not text.strip(f"{STAR} ·") else re.sub(r"\*+", STAR, text)


def _is_ideograph(letter: str) -> bool:
    return ord(letter[0]) >= _IDEOGRAPHS
