"""A language more than the house has, made of files alone as docs/adding-a-language.md says."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po

from health import words
from health.words import languages, words_of

THIRD, MARK = "de", "ß"
"""Not German: every English sentence with a letter behind it that no other catalogue has."""


@contextmanager
def one_more_language(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The catalogues of the house and one more, in ``folder``."""
    for name in languages():
        (folder / name).symlink_to(words.LOCALE / name)
    (folder / THIRD).mkdir()
    for file in (words.LOCALE / "en").glob("*.po"):
        with file.open("rb") as source:
            book = read_po(source)
        book.locale = THIRD
        for message in book:
            if message.id:
                message.string = f"{message.string}{MARK}"
        with (folder / THIRD / file.name).open("wb") as out:
            write_po(out, book)
    monkeypatch.setattr(words, "LOCALE", folder)
    words_of.cache_clear()
    yield
    words_of.cache_clear()
