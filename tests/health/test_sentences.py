"""Every sentence of health: there in both languages, short enough for the paper, and never frightening."""

import re
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from devices.reading import Quantity
from health.assessment import Reason
from health.quantity import MEASURES
from health.visit import Question, Skip
from health.words import LOCALE, words_of
from tests.health.people import BOOK

LANGUAGES = ("zh_CN", "en")
BANNED = ("异常", "错误", "失败", "危险", "高危", "肥胖", "减肥")


def _own(language: str) -> dict[str, str]:
    with (LOCALE / language / "health.po").open("rb") as file:
        return {str(m.id): str(m.string) for m in read_po(file, locale=language) if m.id}


ZH, EN = _own("zh_CN"), _own("en")


def _han(text: str) -> int:
    return len(re.findall(r"[\u4e00-\u9fff]", text))


def _holes(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_of_a_rule_can_be_said(language: str) -> None:
    words = words_of(language)
    assert [key for key in sorted(BOOK.keys()) if not words.has(key)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_quantity_reason_question_and_class_has_its_words(language: str) -> None:
    words = words_of(language)
    needed = [f"quantity.{q}" for q in Quantity] + [f"quantity.{q}.doctor" for q in Quantity]
    needed += [m.unit_key for m in MEASURES.values()] + [f"reason.{r}" for r in Reason]
    needed += [f"question.{q}" for q in Question] + [f"skip.{s}" for s in Skip]
    needed += [
        f"class.{rule.stem}.{band.band}"
        for rule in BOOK.rules
        for edition in rule.edition
        for table in edition.tables
        for band in table.bands
        if not band.silent
    ]
    assert [key for key in needed if not words.has(key)] == []


def test_both_languages_say_the_same_things_with_the_same_numbers() -> None:
    assert set(ZH) == set(EN)
    assert [key for key in ZH if _holes(ZH[key]) != _holes(EN[key])] == []


def test_no_sentence_frightens() -> None:
    assert [key for key, text in ZH.items() if any(word in text for word in BANNED)] == []


def test_a_main_message_breaks_into_two_halves_of_ten() -> None:
    for key, text in ZH.items():
        if key.startswith("message."):
            first, second = text.removesuffix("。").split("，")
            assert _han(first) <= 10, key
            assert _han(second) <= 10, key


def test_a_main_message_in_english_is_two_short_sentences() -> None:
    for key, text in EN.items():
        if key.startswith("message."):
            assert len(re.findall(r"[.](?: |$)", text)) == 2, key


def test_a_hint_fits_on_one_line_and_names_no_medicine() -> None:
    for key, text in ZH.items():
        if key.startswith("hint."):
            assert len(text) <= 27, key
            assert not re.search(r"药|(?<!要)不要|不能|别吃|禁", text), key


def test_nobody_of_eighty_is_told_to_lose_weight() -> None:
    eighty = next(e for e in BOOK.rule("bmi").edition if e.id == "wst_868_2025")
    said = [words_of("zh_CN").text(b.hint) for b in eighty.tables[0].bands if b.hint]
    assert not any("少吃" in text or "瘦" in text or "减" in text for text in said)
