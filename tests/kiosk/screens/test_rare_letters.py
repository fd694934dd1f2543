"""A letter of GB 18030 is drawn on the screen as itself: never a box, and what no face has as its number."""

import json
import subprocess
import sys

import pytest

from health.words import languages, words_of
from kiosk.widgets.letters import drawable
from printouts.coverage import face_of
from tests.house.tree import ROOT
from tests.rare_letters import HAN_BLOCKS, has_further_faces, sample


def test_every_ideograph_of_gb_18030_has_a_face() -> None:
    if not has_further_faces():
        pytest.skip("needs fonts-hanazono")
    lacking = [
        hex(code) for low, high in HAN_BLOCKS for code in range(low, high + 1) if face_of(chr(code)) is None
    ]
    assert lacking == []


def test_what_is_drawn_of_a_rare_letter_is_no_box() -> None:
    if not has_further_faces():
        pytest.skip("needs fonts-hanazono")
    done = subprocess.run(
        [sys.executable, "-m", "tests.kiosk.child_letters"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    said = json.loads(done.stdout.splitlines()[-1])
    assert said == {"drawn": len(sample()), "boxes": [], "alike": 0, "plain_label_is_a_box": True}


def test_a_letter_that_no_face_has_stands_as_its_number_and_lines_stay_lines() -> None:
    assert drawable("王\U00031350\nAل") == "王〔U+31350〕\nA〔U+0644〕"


@pytest.mark.parametrize("language", languages())
def test_no_sentence_has_a_letter_that_the_fonts_of_the_house_lack(language: str) -> None:
    words = words_of(language)
    lacking = {
        key: letter
        for key in sorted(words.keys())
        for letter in words.unfilled(key)
        if letter != "\n" and face_of(letter) != 0
    }
    assert lacking == {}
