"""Every Hanzi of the catalogue is read as another dictionary reads it; where that one errs is named here.

The engine tells its phonemes for the text it is given and for the pinyin of the witness (``pypinyin``);
they must be the same. A light tone in the place of a full one is how people speak, and passes.
"""

import re
import shutil
import subprocess
from functools import cache

import pytest

from kiosk.voice.mandarin import spelled
from kiosk.voice.readings import WORDS, read
from tests.kiosk.voice.test_every_text_is_speakable import said_in, sentences_of

pypinyin = pytest.importorskip("pypinyin")
WITNESS_ERRS = {("看", "家"), ("肚", "子"), ("量", "不")}
"""Where the witness takes another word: to guard a house (看家), tripe (肚子), an amount (量)."""
TONE = re.compile(r"\[?\d{2,3}(?=[nN]?$)")


def phonemes(texts: list[str]) -> list[list[str]]:
    """The engine's syllables of each text, all in one process."""
    said = subprocess.run(
        ["espeak-ng", "-q", "-x", "-v", "cmn-latn-pinyin", "-b", "1", "--stdin"],
        input="\n\n".join(texts).encode(),
        capture_output=True,
        check=True,
        timeout=60,
    ).stdout.decode()
    lines = [line for line in said.splitlines() if line.strip()]
    return [[one for one in (re.sub(r"[\s_:',]", "", s) for s in line.split("|")) if one] for line in lines]


@cache
def parts() -> tuple[str, ...]:
    """Everything that is said in Mandarin, in pieces without a pause."""
    texts = {**said_in("zh_CN"), **sentences_of("zh_CN")}
    return tuple(
        sorted({piece for text in texts for piece in re.split("[，。！？、；：]", spelled(text)) if piece})
    )


def witnessed(part: str) -> list[str]:
    return list(
        pypinyin.lazy_pinyin(part, style=pypinyin.Style.TONE3, neutral_tone_with_five=True, v_to_u=False)
    )


def is_light(ours: str, theirs: str) -> bool:
    """Whether ``ours`` is the syllable of the witness with a light tone."""
    return TONE.sub("", ours) == TONE.sub("", theirs) and bool(re.search(r"(11|22|33|44)[nN]?$", ours))


def test_every_hanzi_is_read_as_the_dictionary_reads_it() -> None:
    if shutil.which("espeak-ng") is None:
        pytest.skip("espeak-ng is missing")
    ours = phonemes([read(part) for part in parts()])
    theirs = phonemes([" ".join(witnessed(part)) for part in parts()])
    assert len(ours) == len(theirs) == len(parts())
    wrong = []
    for part, mine, other in zip(parts(), ours, theirs, strict=True):
        assert len(mine) == len(other) == len(part), part
        for place, letter in enumerate(part):
            after = part[place + 1 : place + 2]
            if mine[place] == other[place] or is_light(mine[place], other[place]):
                continue
            if letter not in "一不" and (letter, after) not in WITNESS_ERRS:
                wrong.append((part, letter, mine[place], other[place]))
    assert wrong == []


@pytest.mark.parametrize(
    ("words", "given"),
    [
        ("一个", "yi2 个"),
        ("一下", "yi2 下"),
        ("一天", "yi4 天"),
        ("一百六十五", "yi4 百六十五"),
        ("第一次", "第一次"),
        ("十一次", "十一次"),
        ("一点三八", "一点三八"),
        ("略高一点", "略高 yi4 点"),
        ("不是", "bu2 是"),
        ("不说话", "不说话"),
    ],
)
def test_the_tone_of_yi_and_bu_hangs_on_the_next(words: str, given: str) -> None:
    assert " ".join(read(words).split()) == given


@pytest.mark.parametrize("word", sorted(WORDS))
def test_a_word_with_another_reading_reaches_the_engine_as_pinyin(word: str) -> None:
    assert " ".join(read(f"请{word}吗").split()) == f"请 {WORDS[word]} 吗"
    assert re.fullmatch(r"([a-z]+[1-5] ?)+", WORDS[word])
