"""A disk that is truly full: what was kept stays, what was begun is kept by the reserve, and it is told."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT
from tests.kiosk.store.child_full_disk import RESERVE, Said


@pytest.fixture(scope="module")
def on_a_full_disk(tmp_path_factory: pytest.TempPathFactory) -> Said:
    """What a station tells that keeps visits on a disk of 12 MiB until it is full."""
    unshare = shutil.which("unshare")
    if unshare is None:
        pytest.skip("needs unshare")
    folder: Path = tmp_path_factory.mktemp("disk")
    alone = [unshare, "-rm"]
    if subprocess.run([*alone, "mount", "-t", "tmpfs", "none", str(folder)], check=False).returncode:
        pytest.skip("needs the right to mount in a namespace of its own")
    argv = [*alone, sys.executable, "-m", "tests.kiosk.store.child_full_disk", str(folder)]
    run = subprocess.run(argv, cwd=ROOT, check=True, stdout=subprocess.PIPE, timeout=120)
    return Said(**json.loads(run.stdout))


def test_a_visit_that_was_begun_is_kept_with_what_was_set_aside(on_a_full_disk: Said) -> None:
    assert on_a_full_disk.reserve == RESERVE
    assert len(on_a_full_disk.kept) >= 100
    assert "full" in on_a_full_disk.sentence


def test_nothing_that_was_kept_is_lost_by_it(on_a_full_disk: Said) -> None:
    assert on_a_full_disk.lost == []


def test_it_is_told_that_no_visit_may_begin_and_when_one_may_again(on_a_full_disk: Said) -> None:
    assert on_a_full_disk.told == [False, True]


def test_the_room_is_set_aside_again_at_the_next_start(on_a_full_disk: Said) -> None:
    assert on_a_full_disk.reserve_again == RESERVE
