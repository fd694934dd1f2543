"""A language that lacks something is named, key by key, as docs/adding-a-language.md promises."""

from pathlib import Path
from string import Formatter

import pytest
from babel.core import Locale, UnknownLocaleError
from babel.messages.pofile import read_po

from health import words
from health.words import DEFAULT, languages
from tests.third_language import THIRD, one_more_language

Said = dict[tuple[str, str], str]


def said_in(language: str) -> tuple[Said, list[str]]:
    """Every sentence by catalogue and key, and the catalogues whose header names another language."""
    found: Said = {}
    foreign: list[str] = []
    for file in sorted((words.LOCALE / language).glob("*.po")):
        with file.open("rb") as source:
            book = read_po(source)
        found |= {(file.name, str(each.id)): str(each.string) for each in book if each.id}
        if book.locale_identifier != language:
            foreign.append(f"{file.name}: its header names {book.locale_identifier}")
    return found, foreign


def filled_in(sentence: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def lacking(language: str) -> list[str]:
    """All that keeps ``language`` from being used, a line each."""
    (model, _), (said, foreign) = said_in(DEFAULT), said_in(language)
    lines = [f"{file} {key}: missing" for file, key in sorted(model.keys() - said.keys())]
    lines += [f"{file} {key}: nobody asks for it" for file, key in sorted(said.keys() - model.keys())]
    both = sorted(model.keys() & said.keys())
    lines += [f"{file} {key}: empty" for file, key in both if not said[file, key]]
    lines += [
        f"{file} {key}: fills in other names"
        for file, key in both
        if said[file, key] and filled_in(said[file, key]) != filled_in(model[file, key])
    ]
    try:
        Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        lines.append(f"{language}: Babel does not know this code, so no date can be written")
    return lines + foreign


@pytest.mark.parametrize("language", languages())
def test_a_language_has_every_sentence_with_the_same_names_in_it(language: str) -> None:
    assert lacking(language) == []


def test_what_a_new_language_lacks_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with one_more_language(tmp_path, monkeypatch):
        assert lacking(THIRD) == []
        file = tmp_path / THIRD / "voice.po"
        whole = file.read_text(encoding="utf-8")
        key = whole.split('msgid "')[2].split('"')[0]
        file.write_text(whole.replace(f'msgid "{key}"', 'msgid "voice.other"'), encoding="utf-8")
        assert lacking(THIRD) == [f"voice.po {key}: missing", "voice.po voice.other: nobody asks for it"]
        file.write_text(whole.replace("Language: de", "Language: fr"), encoding="utf-8")
        assert lacking(THIRD) == ["voice.po: its header names fr"]
        file.write_text(whole.replace("{", "{x"), encoding="utf-8")
        assert {line.partition(": ")[2] for line in lacking(THIRD)} == {"fills in other names"}
        (tmp_path / THIRD).rename(tmp_path / "wuu_CN")
        assert "wuu_CN: Babel does not know this code, so no date can be written" in lacking("wuu_CN")
