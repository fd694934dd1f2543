"""A disk that takes no new file keeps what was begun by the reserve, and then lets nobody new begin."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT
from tests.kiosk.store.child_no_names import Said


@pytest.fixture(scope="module")
def without_names(tmp_path_factory: pytest.TempPathFactory) -> Said:
    """What a station tells on a disk on which every name is taken."""
    unshare = shutil.which("unshare")
    if unshare is None:
        pytest.skip("needs unshare")
    folder: Path = tmp_path_factory.mktemp("disk")
    alone = [unshare, "-rm"]
    if subprocess.run([*alone, "mount", "-t", "tmpfs", "none", str(folder)], check=False).returncode:
        pytest.skip("needs the right to mount in a namespace of its own")
    argv = [*alone, sys.executable, "-m", "tests.kiosk.store.child_no_names", str(folder)]
    run = subprocess.run(argv, cwd=ROOT, check=True, stdout=subprocess.PIPE, timeout=120)
    return Said(**json.loads(run.stdout))


def test_a_visit_is_kept_with_the_name_that_was_set_aside(without_names: Said) -> None:
    assert without_names.by_the_reserve


def test_a_disk_that_takes_nothing_is_told_and_when_it_does_again(without_names: Said) -> None:
    assert (without_names.without_it, without_names.after) == (False, True)
    assert without_names.told == [False, True]
