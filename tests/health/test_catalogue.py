"""A catalogue is read as gettext's own tools read it; what the house does not write in one is an error."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from health import words
from health.catalogue import CatalogueError, sentences
from health.words import LOCALE, WordsError, words_of

FILES = sorted(LOCALE.glob("*/*.po"))
WRAPPED = """
# A comment.
#, fuzzy
msgid ""
msgstr "Language: en\\n"

#: somewhere.py:1
msgid "two."
"parts"
msgstr ""
"Say \\"ah\\",\\n"
"a tab \\t and a \\\\ stroke."
#~ msgid "old"
#~ msgstr "gone"
"""


def as_babel_reads(file: Path) -> list[tuple[str, str]]:
    with file.open("rb") as source:
        return [(str(each.id), str(each.string)) for each in read_po(source) if each.id]


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_every_catalogue_is_read_as_babel_reads_it(file: Path) -> None:
    assert list(sentences(file)) == as_babel_reads(file)


def test_a_sentence_of_several_strings_with_signs_in_it_is_read_whole(tmp_path: Path) -> None:
    file = tmp_path / "wrapped.po"
    file.write_text(WRAPPED, encoding="utf-8")
    assert list(sentences(file)) == as_babel_reads(file)
    assert dict(sentences(file)) == {"two.parts": 'Say "ah",\na tab \t and a \\ stroke.'}


@pytest.mark.parametrize(
    "line", ['msgctxt "menu"', 'msgid_plural "many"', "msgstr no string", '"a" tail', 'msgstr "open', "words"]
)
def test_a_line_that_says_nothing_is_named(line: str, tmp_path: Path) -> None:
    file = tmp_path / "bad.po"
    file.write_text(f'msgid "key"\nmsgstr "sentence"\n\n{line}\n', encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"bad\.po, line 4"):
        list(sentences(file))


def test_a_language_with_a_broken_catalogue_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "xx").mkdir()
    (tmp_path / "xx" / "bad.po").write_text("nothing\n", encoding="utf-8")
    monkeypatch.setattr(words, "LOCALE", tmp_path)
    with pytest.raises(WordsError, match=r"bad\.po, line 1"):
        words_of("xx")


def _two_parts(folder: Path, desk: str) -> None:
    (folder / "yy").mkdir()
    (folder / "yy" / "kiosk.po").write_text('msgid "step.off"\nmsgstr "Step off."\n', encoding="utf-8")
    (folder / "yy" / "desk.po").write_text(desk, encoding="utf-8")


def test_what_is_seldom_said_is_read_when_it_is_first_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _two_parts(tmp_path, 'msgid "trail.did"\nmsgstr "{who} did it."\n')
    monkeypatch.setattr(words, "LOCALE", tmp_path)
    said = words_of.__wrapped__("yy")
    assert said.text("step.off") == "Step off."
    (tmp_path / "yy" / "kiosk.po").unlink()  # and what is often said is not read again
    assert said.text("trail.did", who="Li") == "Li did it."
    assert said.has("trail.did")
    assert said.keys() == {"step.off", "trail.did"}
    with pytest.raises(WordsError, match=r"cannot say 'trail\.nothing'"):
        said.text("trail.nothing")


@pytest.mark.parametrize("asked", ["trail.did", "nothing"])
def test_a_broken_catalogue_of_what_is_seldom_said_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    _two_parts(tmp_path, 'msgid "step.off"\nmsgstr "Another."\n')
    monkeypatch.setattr(words, "LOCALE", tmp_path)
    said = words_of.__wrapped__("yy")
    for _ in range(2):
        with pytest.raises(WordsError, match=r"desk\.po says 'step\.off' a second time"):
            said.text(asked)
