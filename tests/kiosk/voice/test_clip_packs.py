"""Recorded sentences: played before the engine, never once the words changed, and listed while they are
missing.
"""

from pathlib import Path

import pytest

from health.words import languages, words_of
from kiosk.voice.checkup import clip_trouble
from kiosk.voice.clips import PACKS, Pack, pack_of
from kiosk.voice.commands import voice
from kiosk.voice.engine import Engine
from kiosk.voice.errors import ClipError, VoiceError
from kiosk.voice.hearing import Pace
from kiosk.voice.recording import NOT_SAID, is_said, to_record
from kiosk.voice.speech import Speech
from kiosk.voice.wave import Wave
from tests.third_language import THIRD, one_more_language

WORDS = words_of("zh_CN")
STILL = WORDS.text("screen.stand.still")
TONE = Wave(16_000, b"\x00\x40\x00\xc0" * 800)


def pack(folder: Path, words: str, file: str = "still.wav") -> Path:
    """A pack of one clip."""
    place = folder / "zh_CN"
    place.mkdir()
    (place / "still.wav").write_bytes(TONE.file())
    (place / "index.toml").write_text(
        f'[[clip]]\nkey = "screen.stand.still"\nwords = "{words}"\nfile = "{file}"\n', encoding="utf-8"
    )
    return folder


def no_engine(folder: Path) -> Engine:
    return Engine(str(folder / "nothing"))


def test_a_clip_is_said_in_the_place_of_the_engine(tmp_path: Path) -> None:
    speech = Speech(no_engine(tmp_path), pack(tmp_path, STILL))
    assert speech.wave(STILL, "zh_CN", Pace.USUAL) == TONE


def test_a_clip_of_other_words_is_not_said_and_must_be_recorded_again(tmp_path: Path) -> None:
    packs = pack(tmp_path, "请您站稳")
    found = pack_of(WORDS, packs)
    assert STILL not in found
    assert {line.why for line in to_record(WORDS, found) if line.words == STILL} == {"changed"}


def test_a_pack_that_cannot_be_read_leaves_the_word_to_the_engine(tmp_path: Path) -> None:
    packs = pack(tmp_path, STILL, file="gone.wav")
    with pytest.raises(ClipError, match="put it into the pack"):
        pack_of(WORDS, packs).wave(STILL)
    wave = Speech(packs=packs).wave(STILL, "zh_CN", Pace.USUAL)
    assert wave.peak > 0.1


def test_a_silent_clip_leaves_the_word_to_the_engine(tmp_path: Path) -> None:
    packs = pack(tmp_path, STILL)
    (packs / "zh_CN" / "still.wav").write_bytes(Wave(16_000, bytes(32_000)).file())
    with pytest.raises(ClipError, match="silent"):
        pack_of(WORDS, packs).wave(STILL)
    assert Speech(packs=packs).wave(STILL, "zh_CN", Pace.USUAL).peak > 0.1


def test_the_doctor_names_a_clip_that_cannot_be_heard(tmp_path: Path) -> None:
    packs = pack(tmp_path, STILL)
    assert clip_trouble(packs) is None
    file = packs / "zh_CN" / "still.wav"
    file.write_bytes(Wave(16_000, bytes(32_000)).file())
    assert "still.wav is silent; record it again" in str(clip_trouble(packs))
    file.unlink()
    assert "put it into the pack" in str(clip_trouble(packs))


@pytest.mark.parametrize("name", ["../still.wav", "/etc/hostname"])
def test_a_clip_outside_its_pack_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ClipError, match="outside the pack"):
        pack_of(WORDS, pack(tmp_path, STILL, file=name))


@pytest.mark.parametrize("name", ["still.ogg", "still.mp3", "still"])
def test_a_clip_that_is_no_wav_is_refused_with_what_to_do(tmp_path: Path, name: str) -> None:
    with pytest.raises(ClipError, match="save it as WAV"):
        pack_of(WORDS, pack(tmp_path, STILL, file=name))


def test_an_index_that_is_none_is_told(tmp_path: Path) -> None:
    packs = pack(tmp_path, STILL)
    (packs / "zh_CN" / "index.toml").write_text("clip = 3", encoding="utf-8")
    with pytest.raises(ClipError, match=r"index\.toml"):
        pack_of(WORDS, packs)


def test_none_is_recorded_yet_and_all_is_listed() -> None:
    assert list(PACKS.glob("*/index.toml")) == []
    for name in languages():
        words = words_of(name)
        lines = to_record(words, Pack(PACKS / name, (), words))
        assert len(lines) == len({line.words for line in lines}) > 150
        assert {line.why for line in lines} == {"missing"}
        assert all(any(map(str.isalpha, line.words)) for line in lines), "a mark alone is not recorded"


def test_what_is_left_out_of_the_list_is_a_family_of_the_catalogue() -> None:
    keys = WORDS.keys()
    assert all(any(key.startswith(family) for key in keys) for family in NOT_SAID)
    assert not any(is_said(key) for key in keys if key.startswith(NOT_SAID))


def test_the_command_lists_what_a_person_must_record(capsys: pytest.CaptureFixture[str]) -> None:
    assert voice(["missing", "--lang", "en"]) == 0
    told = capsys.readouterr().out
    assert "screen.stand.still" in told
    assert "sentences of en are not recorded" in told


def test_of_a_language_without_a_voice_the_command_promises_no_engine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "words").mkdir()
    with one_more_language(tmp_path / "words", monkeypatch):
        assert voice(["missing", "--lang", THIRD]) == 0
        assert "nothing says them" in capsys.readouterr().out
        with pytest.raises(VoiceError, match="de has no voice"):
            voice(["say", "Bitte", "--lang", THIRD, "-o", str(tmp_path / "said.wav")])


def test_the_command_says_a_sentence_into_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "said.wav"
    assert voice(["say", "体重 51.3 公斤", "-o", str(out)]) == 0
    assert out.stat().st_size > 20_000
    assert "said.wav" in capsys.readouterr().out
