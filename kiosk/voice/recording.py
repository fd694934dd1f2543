"""What a person has to record so that a language is spoken by a human voice: the sentences without a number
in them.

A sentence with a value in it is made by the engine in any case, and is not listed. Pure.
"""

import msgspec

from health.words import Words
from kiosk.voice.clips import Pack

SAID = ("screen.", "button.", "overlay.", "voice.", "say.", "question.", "remembered.", "message.", "hint.")
"""Families of keys that a screen of the residents says."""
NOT_SAID = (
    "screen.brand",
    "screen.demo",
    "screen.strip.",
    "screen.idle.",
    "screen.sample.specimen",
    "screen.sample.meter",
    "screen.blood.staff",
    "say.weekday.",
    "say.correction.",
    "say.no_room",
    "button.language",
    "button.colours.",
    "button.larger",
    "button.large",
)
"""Of those: what is for staff, for the demonstration, or only to be seen."""
SHORT = (".short", ".doctor")
"""Ends of keys that only paper and pages use."""


class Line(msgspec.Struct, frozen=True):
    """One sentence to record. ``why``: ``missing``, or ``changed`` since it was recorded."""

    key: str
    words: str
    why: str


def is_said(key: str) -> bool:
    """Whether the kiosk may say the sentence of ``key``."""
    return key.startswith(SAID) and not key.startswith(NOT_SAID) and not key.endswith(SHORT)


def to_record(words: Words, pack: Pack) -> tuple[Line, ...]:
    """Every sentence without a clip, one line each however many keys say it, in the order of the keys."""
    changed = {one.key for one in pack.changed}
    lines: dict[str, Line] = {}
    for key in sorted(words.keys()):
        sentence = words.unfilled(key)
        worded = "{" not in sentence and any(map(str.isalpha, sentence))
        if is_said(key) and worded and sentence not in pack:
            lines.setdefault(sentence, Line(key, sentence, "changed" if key in changed else "missing"))
    return tuple(lines.values())
