"""What the linter computes behind words is what is painted there: a witness with real pixels."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parents[3]


def test_the_computed_ground_of_every_step_is_the_painted_one_and_words_stand_out_from_it(
    tmp_path: Path,
) -> None:
    settings = {"KIVY_NO_CONSOLELOG": "1", "KIVY_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    painted = subprocess.run(
        [sys.executable, "-m", "tests.kiosk.screens.child_pixels"],
        env={**os.environ, **settings},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert painted.returncode == 0, painted.stderr
    counted, *faint = painted.stdout.strip().splitlines()
    looked, unlike = map(int, counted.split())
    assert faint == []
    assert looked > 5_000
    assert unlike <= looked * 0.001, "the pixels on the soft edge of a shape, and no more"
