"""Reads a catalogue: the ``.po`` file of one part of the product in one language.

The format is that of GNU gettext (manual, "The Format of PO Files"), and of it what the house writes:
comments, ``msgid`` and ``msgstr``, each in one or several strings. What it does not write (contexts,
plurals) is an error. A library reads the whole of it, and keeps every language, territory and time zone of
the world in memory for that; a test holds this reader to the same answers.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from health.errors import HealthError

_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"\Z')
_ESCAPED = re.compile(r"\\(.)")
_MEANT = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}


class CatalogueError(HealthError):
    """A line of a catalogue that says nothing."""


def sentences(file: Path) -> Iterator[tuple[str, str]]:
    """Key and sentence of every entry of ``file``, in order. Raises ``CatalogueError`` with the line."""
    entry: dict[str, list[str]] = {}
    field: list[str] = []
    for number, line in _lines(file):
        word, _, rest = line.partition(" ")
        if word == "msgid":
            yield from _said(entry)
            entry = {}
        if word in ("msgid", "msgstr"):
            field = entry.setdefault(word, [])
            line = rest  # noqa: PLW2901 - behind the word stands a string, as on a line of its own
        string = _STRING.match(line)
        if string is None or not entry:
            raise CatalogueError(f"{file.name}, line {number}: this is no line of a catalogue; mend it.")
        field.append(_ESCAPED.sub(lambda sign: _MEANT.get(sign[1], sign[0]), string[1]))
    yield from _said(entry)


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    """What is neither empty nor a comment, with the number of its line."""
    with file.open(encoding="utf-8") as source:
        for number, line in enumerate(source, 1):
            if (bare := line.strip()) and not bare.startswith("#"):
                yield number, bare


def _said(entry: dict[str, list[str]]) -> Iterable[tuple[str, str]]:
    """The entry, unless it is the head of the file, which has no key."""
    key = "".join(entry.get("msgid", ()))
    return ((key, "".join(entry.get("msgstr", ()))),) if key else ()
