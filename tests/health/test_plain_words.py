"""Every sentence a resident meets can be read at 86: common characters, short clauses, nothing frightening.

Measured, not judged: Hanzi of level 1 of GB 2312 (the 3,755 most used), lengths, and in English the grade of
Flesch and Kincaid (J. P. Kincaid et al., 1975), where 6 is a pupil of twelve.
"""

import re

import pytest

from health.words import words_of

# Where a resident's sentences stand in the catalogues; a doctor's and a staff member's have other keys.
HERS = (
    "answer.",
    "button.",
    "change.",
    "finding.",
    "hint.",
    "level.",
    "message.",
    "next.",
    "phone.",
    "plausible.",
    "question.",
    "reason.",
    "remembered.",
    "risk.",
    "scale.",
    "screen.",
    "sheet.again",
    "sheet.call",
    "sheet.disclaimer",
    "sheet.go",
    "sheet.whom",
    "sign.",
    "skip.",
    "why.",
    "word.",
)
# The house's own name, and the name of a value that has no other.
RARE = frozenset("驿酯")
LONGEST_CLAUSE, LONGEST_SENTENCE = 14, 26
LONGEST_ENGLISH, HIGHEST_GRADE = 18, 6.0
FRIGHTENS = {
    "zh_CN": re.compile("异常|错误|失败|危险|高危|肥胖|减肥|恶化|严重|死|癌|绝对不"),
    "en": re.compile(r"(?i)\b(abnormal|danger\w*|fail\w*|obes\w*|severe risk|fatal|death|cancer)\b"),
}
# A screening names no disease; only the risk sentence says which two it counts.
NAMES_A_DISEASE = {
    "zh_CN": re.compile("高血压|低血压|高血脂|糖尿病|房颤|心律失常|肌少症|心衰|缺氧|确诊|诊断出|患有"),
    "en": re.compile(r"(?i)hypertens|hypotens|diabet|fibrillat|arrhythm|sarcopen|hypoxi|diagnosed|obes"),
}
MEANING = ("finding.", "hint.", "message.", "why.", "word.", "change.", "risk.")


def _hers(language: str) -> dict[str, str]:
    words = words_of(language)
    own = {key: words.unfilled(key) for key in sorted(words.keys()) if key.startswith(HERS)}
    return {key: re.sub(r"\{\w+\}", "", text) for key, text in own.items() if not key.endswith(".doctor")}


ZH, EN = _hers("zh_CN"), _hers("en")


def _hanzi(text: str) -> list[str]:
    return re.findall(r"[\u4e00-\u9fff]", text)


def _common(letter: str) -> bool:
    """Level 1 of GB 2312 is rows 16 to 55, which its encoding writes with B0 to D7 first."""
    return 0xB0 <= letter.encode("gb2312", errors="replace")[0] <= 0xD7


def test_every_character_she_reads_is_a_common_one() -> None:
    odd = {key: {c for c in _hanzi(text) if not _common(c)} - RARE for key, text in ZH.items()}
    assert {key: rare for key, rare in odd.items() if rare} == {}


def test_no_clause_and_no_sentence_is_long() -> None:
    clauses = {k: max(len(_hanzi(c)) for c in re.split("[，。；：、！？\n]", t)) for k, t in ZH.items()}
    sentences = {k: max(len(_hanzi(c)) for c in re.split("[。！？]", t)) for k, t in ZH.items()}
    assert {key: n for key, n in clauses.items() if n > LONGEST_CLAUSE} == {}
    assert {key: n for key, n in sentences.items() if n > LONGEST_SENTENCE} == {}


def _english(text: str) -> list[list[str]]:
    parts = re.split(r"[.!?;:](?:\s|$)", text)
    return [found for part in parts if (found := re.findall(r"[A-Za-z']+", part))]


def _syllables(word: str) -> int:
    silent = re.sub(r"(?<=[a-z]{2})e$", "", word.lower()) if not word.endswith("le") else word.lower()
    return max(1, len(re.findall("[aeiouy]+", silent)))


def test_no_english_sentence_is_long() -> None:
    longest = {key: max((len(s) for s in _english(text)), default=0) for key, text in EN.items()}
    assert {key: n for key, n in longest.items() if n > LONGEST_ENGLISH} == {}


@pytest.mark.parametrize(
    "part", ["finding.", "hint.", "message.", "question.", "reason.", "risk.", "why.", "screen."]
)
def test_english_is_read_at_twelve(part: str) -> None:
    sentences = [s for key, text in EN.items() if key.startswith(part) for s in _english(text)]
    words = [word for sentence in sentences for word in sentence]
    grade = 0.39 * len(words) / len(sentences) + 11.8 * sum(map(_syllables, words)) / len(words) - 15.59
    assert grade <= HIGHEST_GRADE


@pytest.mark.parametrize(("language", "said"), [("zh_CN", ZH), ("en", EN)])
def test_no_sentence_frightens_and_no_meaning_names_a_disease(language: str, said: dict[str, str]) -> None:
    assert {k: t for k, t in said.items() if FRIGHTENS[language].search(t)} == {}
    told = {k: t for k, t in said.items() if k.startswith(MEANING)}
    assert {k: t for k, t in told.items() if NAMES_A_DISEASE[language].search(t)} == {}


def test_the_risk_is_told_as_people_and_never_as_a_percentage() -> None:
    for said in (ZH, EN):
        told = " ".join(text for key, text in said.items() if key.startswith("risk."))
        assert "100" in told
        assert "%" not in told
