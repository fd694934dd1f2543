"""Every sentence of the product, by stable key, in the language of whoever reads.

One catalogue serves screen, voice, paper, phone and web, so a thing is said the same everywhere. Catalogues
are the ``*.po`` files of ``assets/locale/<language>``; a language is added by adding a folder. This module
must not hold a sentence itself, and never falls back to another language: a missing key is an error.
Parts that no visit says are read when one of their keys is first asked for.
"""

import sys
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from health.assessment import Phrase
from health.catalogue import CatalogueError, sentences
from health.errors import HealthError

LOCALE = Path(__file__).resolve().parent.parent / "assets" / "locale"
DEFAULT = "zh_CN"
SELDOM = frozenset({"amendment", "backroom", "clinic", "desk", "office"})
"""The catalogues of staff and of the clinic's pages: half of all that is said, and nothing of a visit."""


class WordsError(HealthError):
    """A language or a sentence that the catalogues do not have."""


class Words:
    """All sentences of one language. Cheap to pass about; what it says never changes.

    ``rest`` reads those that are seldom said. Any thread may ask; two at once read the same.
    """

    __slots__ = ("_rest", "_sentences", "language")

    def __init__(
        self, language: str, sentences: Mapping[str, str], rest: Callable[[], Mapping[str, str]] | None = None
    ) -> None:
        self.language = language
        self._sentences = sentences
        self._rest = rest

    def text(self, key: str, **args: str) -> str:
        """The sentence of ``key`` with its ``{names}`` filled in. Raises ``WordsError`` if there is none."""
        try:
            return self._of(key).format(**args)
        except KeyError as missing:
            raise WordsError(
                f"The catalogue {self.language} cannot say {key!r}: add {missing} to it."
            ) from missing

    def say(self, phrase: Phrase) -> str:
        """The sentence of ``phrase``. An argument that begins with ``@`` is itself a key and is said too."""
        filled = {name: self.text(v[1:]) if v.startswith("@") else v for name, v in phrase.args}
        return self.text(phrase.key, **filled)

    def unfilled(self, key: str) -> str:
        """The sentence of ``key`` with its ``{names}`` still in it, for a page that fills them in."""
        try:
            return self._of(key)
        except KeyError as missing:
            raise WordsError(f"The catalogue {self.language} cannot say {key!r}: add it.") from missing

    def has(self, key: str) -> bool:
        """Whether the catalogue knows ``key``."""
        return key in self._sentences or key in self._all()

    def keys(self) -> frozenset[str]:
        """Every key of the catalogue."""
        return frozenset(self._all())

    def _of(self, key: str) -> str:
        known = self._sentences
        return known[key] if key in known else self._all()[key]

    def _all(self) -> Mapping[str, str]:
        """Every sentence; those that are seldom said are read now if nobody asked before."""
        if (rest := self._rest) is not None:
            self._sentences = rest()
            self._rest = None
        return self._sentences


def languages() -> tuple[str, ...]:
    """The languages that have a folder, the default first."""
    found = sorted(p.name for p in LOCALE.iterdir() if p.is_dir())
    return tuple(sorted(found, key=lambda name: name != DEFAULT))


def following(language: str) -> str:
    """The language that the key on the screen changes to: the next of ``languages``, and round again."""
    known = languages()
    return known[(known.index(language) + 1) % len(known)]


@cache
def words_of(language: str) -> Words:
    """The words of ``language`` (a folder of ``assets/locale``). Raises ``WordsError`` if there is none."""
    files = _files(language, "*.po")
    first = _read(file for file in files if file.stem not in SELDOM)
    return Words(language, first, lambda: _read((file for file in files if file.stem in SELDOM), first))


def first_words_of(language: str) -> Words:
    """Of the words of ``language`` those alone that are shown before all of them are read."""
    return Words(language, _read(_files(language, "start.po")))


def _files(language: str, pattern: str) -> tuple[Path, ...]:
    files = tuple(sorted((LOCALE / language).glob(pattern)))
    if not files or language not in languages():
        known = ", ".join(languages())
        raise WordsError(f"There is no language {language!r}; choose one of {known}.")
    return files


def _read(files: Iterable[Path], known: Mapping[str, str] = MappingProxyType({})) -> Mapping[str, str]:
    """What ``files`` say, and what is ``known`` before them."""
    found = dict(known)
    for file in files:
        try:
            for key, sentence in sentences(file):
                _put(found, file, key, sentence)
        except CatalogueError as unread:
            raise WordsError(str(unread)) from unread
    return MappingProxyType(found)


def _put(found: dict[str, str], file: Path, key: str, sentence: str) -> None:
    if key in found:
        raise WordsError(f"{file.name} says {key!r} a second time; keep one of the two.")
    if not sentence:
        raise WordsError(f"{file.name} has no sentence for {key!r}; write it.")
    found[sys.intern(key)] = sentence  # one key for all languages
