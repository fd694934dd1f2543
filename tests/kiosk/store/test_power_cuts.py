"""Power cut at any stroke of the shipped ledger: a sample; ``./run bench powercut`` opens every state."""

import itertools
import random
import shutil
from pathlib import Path

import pytest

from benchmarks.powercut.disk import Disk
from benchmarks.powercut.strokes import (
    Cut,
    FolderSynced,
    Made,
    Said,
    Stroke,
    Synced,
    UnknownStrokeError,
    Unlinked,
    Written,
    strokes,
)
from benchmarks.powercut.trial import Outcome, instants, judge, traced

FOLDER, SAID = Path("/d/data"), Path("/d/said")


@pytest.fixture(scope="module")
def strace() -> None:
    """Skips by name where the tool is missing."""
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed: power cuts")


@pytest.mark.parametrize("ordered", [True, False], ids=["names-in-order", "names-only-by-folder-sync"])
@pytest.mark.usefixtures("strace")
def test_of_states_drawn_over_a_whole_visit_none_has_lost_or_broken_anything(*, ordered: bool) -> None:
    found = instants(traced("extra", 1), ordered=ordered, draws=1, seed=3)
    outcome = judge(itertools.islice(found, 0, None, 4), Outcome())
    assert outcome.states > 40
    assert (outcome.lost, outcome.corrupt) == (0, 0)


@pytest.mark.usefixtures("strace")
def test_the_same_cuts_do_find_what_a_journal_unlinked_without_a_sync_loses() -> None:
    found = instants(traced("full", 1), ordered=True, draws=0, seed=3)
    assert judge(found, Outcome()).lost > 0


def pictures(run: list[Stroke], *, ordered: bool = False) -> set[tuple[tuple[str, bytes], ...]]:
    """All that may be found after a cut behind ``run``, writes by chance included."""
    disk = Disk(ordered=ordered)
    for stroke in run:
        disk.do(stroke)
    return set(disk.after_cuts(random.Random(1), 200))  # noqa: S311 - not a secret


def test_a_synced_file_whose_folder_was_not_synced_may_be_missing_but_never_half_there() -> None:
    run: list[Stroke] = [Made("a"), Written("a", 0, b"whole"), Synced("a")]
    assert pictures(run) == {(), (("a", b"whole"),)}
    assert pictures(run, ordered=True) == {(("a", b"whole"),)}
    assert pictures([*run, FolderSynced()]) == {(("a", b"whole"),)}


def test_writes_after_the_last_sync_may_be_lost_reordered_or_torn_at_sectors() -> None:
    run: list[Stroke] = [
        Made("a"),
        FolderSynced(),
        Written("a", 0, b"1" * 1024),
        Synced("a"),
        Written("a", 256, b"2" * 512),
    ]
    first, second = b"1" * 256, b"2" * 256
    tails = {
        first * 4,
        first + second * 2 + first,
        first + second + first * 2,
        first * 2 + second + first,
    }
    assert pictures(run) == {(("a", one),) for one in tails}


def test_a_removed_name_may_still_be_there_until_the_folder_is_synced() -> None:
    run: list[Stroke] = [Made("j"), FolderSynced(), Written("j", 0, b"x"), Synced("j"), Unlinked("j")]
    assert pictures(run) == {(), (("j", b"x"),)}
    assert pictures([*run, FolderSynced()]) == {()}


def test_a_file_that_was_cut_or_lengthened_may_have_either_length() -> None:
    run: list[Stroke] = [Made("a"), Written("a", 0, b"abc"), Synced("a"), FolderSynced()]
    assert pictures([*run, Cut("a", 1)]) == {(("a", b"abc"),), (("a", b"a"),)}
    assert pictures([*run, Cut("a", 5)]) == {(("a", b"abc"),), (("a", b"abc\0\0"),)}


def hexed(text: str) -> str:
    """As strace -xx writes it."""
    return "".join(f"\\x{byte:02x}" for byte in text.encode())


def log(*calls: str) -> list[str]:
    """Lines of one thread."""
    return [f"12 {call}\n" for call in calls]


DATA = hexed("/d/data/ledger.db")


def test_a_log_becomes_strokes_and_what_lies_elsewhere_is_left_out() -> None:
    lines = log(
        f'openat(AT_FDCWD<{hexed("/d")}>, "{DATA}", O_RDWR|O_CREAT, 0600) = 4<{DATA}>',
        f'openat(AT_FDCWD<{hexed("/d")}>, "{hexed("/etc/x")}", O_RDWR|O_CREAT, 0600) = 5<{hexed("/etc/x")}>',
        f'pwrite64(4<{DATA}>, "{hexed("abc")}", 3, 8) = 3',
        f'pwrite64(5<{hexed("/etc/x")}>, "{hexed("abc")}", 3, 8) = 3',
        f"fdatasync(4<{DATA}>) = 0",
        f"fdatasync(6<{hexed('/d/data')}>) = 0",
        f'unlink("{DATA}") = 0',
        f'unlink("{DATA}") = -1 ENOENT (No such file or directory)',
        f'write(7<{hexed("/d/said")}>, "{hexed("kept")}", 4) = 4',
    )
    assert list(strokes(lines, FOLDER, SAID)) == [
        Made("ledger.db"), Written("ledger.db", 8, b"abc"), Synced("ledger.db"), FolderSynced(),
        Unlinked("ledger.db"), Said("kept"),
    ]  # fmt: skip


def test_a_call_that_another_thread_interrupted_counts_from_where_it_finished() -> None:
    lines = [
        f"12 fdatasync(4<{DATA}> <unfinished ...>\n",
        f'13 pwrite64(4<{DATA}>, "{hexed("b")}", 1, 0) = 1\n',
        "12 <... fdatasync resumed>) = 0\n",
    ]
    assert list(strokes(lines, FOLDER, SAID)) == [Written("ledger.db", 0, b"b"), Synced("ledger.db")]


@pytest.mark.parametrize(
    "call",
    [
        f'pwrite64(4<{DATA}>, "{hexed("abc")}"..., 4096, 0) = 4096',
        f'pwrite64(4<{DATA}>, "{hexed("abc")}", 4096, 0) = 4096',
        f'write(4<{DATA}>, "{hexed("abc")}", 3) = 3',
        f'rename("{DATA}", "{hexed("/d/data/b")}") = 0',
    ],
    ids=["cut-short", "shorter-than-said", "by-another-call", "a-rename"],
)
def test_what_the_replay_would_get_wrong_is_refused(call: str) -> None:
    with pytest.raises(UnknownStrokeError):
        list(strokes(log(call), FOLDER, SAID))
