"""A name as it may be shown: what a card or a file hides between its letters is left out.

Characters that nobody sees (zero width, joiners, directions, controls, halves of a pair) turn the words
beside a name round, make two names of one, or a name that cannot be found or typed. Screen, paper and clinic
show and compare what this says; a record keeps what the card said. It must not judge which letters are a
name.
"""

import re
import unicodedata

UNSEEN = frozenset({"Cc", "Cf", "Cs"})
"""Unicode general categories (UAX 44, table 12) of what is no letter and takes no room.

What is not assigned yet may be a rare letter of a newer edition, so it stays.
"""
_BLANK = re.compile("[\u115f\u1160\u2800\u3164\uffa0]|\\s+")
"""Spaces, and what is drawn as one: the fillers of Hangul, the empty cell of Braille."""
MARKS = 2
"""Marks that one letter may carry; no script of a name needs more, and a pile of them covers other lines."""


def shown(name: str) -> str:
    """``name`` without what nobody sees, any white space one space; empty where nothing is left."""
    spaced = _BLANK.sub(lambda found: "\u3000" if found[0] == "\u3000" else " ", name)
    letters: list[str] = []
    marks = 0
    for sign in unicodedata.normalize("NFC", spaced):
        category = unicodedata.category(sign)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if category not in UNSEEN and marks <= MARKS:
            letters.append(sign)
    return re.sub(" {2,}", " ", "".join(letters)).strip()
