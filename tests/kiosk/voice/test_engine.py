"""The speech engine: it is heard, it is slow enough for old ears, and one that breaks is no matter."""

import stat
import time
from pathlib import Path

import pytest

from kiosk.voice import engine as engine_module
from kiosk.voice.engine import Engine
from kiosk.voice.errors import EngineError
from kiosk.voice.hearing import Pace
from kiosk.voice.speech import Speech
from tests.kiosk.voice.speaking import Ears

CHINESE = "请坐好，先歇一会儿。歇 5 分钟，血压才量得准。手臂会紧一下，过一会儿就松开。"
ENGLISH = "Please sit down and rest for a while. The cuff squeezes, then lets go, and then it is done."


def script(folder: Path, body: str, name: str = "engine") -> str:
    """A program of the test's own in place of the engine."""
    file = folder / name
    file.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return str(file)


@pytest.mark.usefixtures("ears")
@pytest.mark.parametrize(("text", "language"), [(CHINESE, "zh_CN"), (ENGLISH, "en")])
def test_a_sentence_is_to_be_heard(text: str, language: str) -> None:
    wave = Speech().wave(text, language, Pace.USUAL)
    assert wave.loudness > 0.03
    assert 5 < wave.seconds < 20


@pytest.mark.usefixtures("ears")
def test_old_ears_hear_mandarin_at_165_hanzi_a_minute_and_slower_on_request() -> None:
    hanzi = sum("\u4e00" <= letter <= "\u9fff" for letter in CHINESE) + 1  # the 5 is one more
    usual, slower, slowest = (hanzi * 60 / Speech().wave(CHINESE, "zh_CN", pace).seconds for pace in Pace)
    assert 155 <= usual <= 172
    assert 140 <= slower <= 158
    assert 118 <= slowest <= 138


@pytest.mark.usefixtures("ears")
def test_old_ears_hear_english_at_150_words_a_minute_and_slower_on_request() -> None:
    words = len(ENGLISH.split())
    usual, slower, slowest = (words * 60 / Speech().wave(ENGLISH, "en", pace).seconds for pace in Pace)
    assert 120 <= usual <= 180
    assert usual > 1.08 * slower > 1.08 * 1.08 * slowest


def test_the_sentence_is_no_argument_of_the_child(tmp_path: Path, ears: Ears) -> None:
    seen = tmp_path / "arguments"
    program = script(tmp_path, f'echo "$@" > {seen}; exec espeak-ng "$@"')
    assert ears.texts == []
    assert Engine(program).spoken("体重五十一点三公斤", "cmn-latn-pinyin", 150).peak > 0.1
    assert "五十一" not in seen.read_text(encoding="utf-8")
    assert "--stdin" in seen.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("exit 3", "ended with 3"),
        ("echo nonsense", "made no sound"),
        ("sleep 60", "hung and was ended"),
    ],
)
def test_an_engine_that_breaks_is_told_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, said: str
) -> None:
    monkeypatch.setattr(engine_module, "LONGEST", 0.3)
    with pytest.raises(EngineError, match=said):
        Engine(script(tmp_path, body)).spoken("一", "cmn-latn-pinyin", 150)


def test_a_missing_engine_speaks_no_language(tmp_path: Path) -> None:
    speech = Speech(Engine(str(tmp_path / "nothing")))
    assert not speech.can("zh_CN")
    with pytest.raises(EngineError, match="cannot be started"):
        speech.wave("请坐好", "zh_CN", Pace.USUAL)


def test_an_engine_that_died_once_is_asked_again(tmp_path: Path, ears: Ears) -> None:
    once = tmp_path / "once"
    program = script(tmp_path, f'[ -e {once} ] || {{ touch {once}; exit 9; }}; exec espeak-ng "$@"')
    began = time.monotonic()
    assert Speech(Engine(program)).wave("请坐好", "zh_CN", Pace.USUAL).peak > 0.1
    assert time.monotonic() - began < 20
    assert ears.sounds == []
