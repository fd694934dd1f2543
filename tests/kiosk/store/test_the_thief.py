"""What a thief reads off a station's disk: nothing. ``./run bench thief`` does it for a hundred visits."""

import shutil
from pathlib import Path

import pytest

from benchmarks.thief.canaries import Canary, Of, spelled
from benchmarks.thief.carve import carve, written_parts
from benchmarks.thief.disk import Disk
from benchmarks.thief.plant import leaks
from benchmarks.thief.theft import Loot, envelopes, hits, opened, steal, unfound
from health.keys import SecretKey

pytestmark = pytest.mark.long

JUNK = bytes(range(7, 251)) * 40


@pytest.fixture(scope="module")
def loot(tmp_path_factory: pytest.TempPathFactory) -> tuple[Loot, Path]:
    """The disk of a station after one visit of each kind: with a card, by telephone or card, as a guest."""
    if shutil.which("pdftotext") is None:
        pytest.skip("needs pdftotext")
    place = tmp_path_factory.mktemp("burgled")
    folder = place / "disk"
    for name in ("tmp", "home"):
        (folder / name).mkdir(parents=True)
    return steal(Disk(folder, None), place / "clinic", 6, 300.0), folder


def test_of_everybody_who_came_nothing_is_on_the_disk_in_any_spelling(loot: tuple[Loot, Path]) -> None:
    stolen, _ = loot
    assert stolen.visits == 6
    kinds = {canary.of for canary in stolen.canaries}
    assert {Of.NAME, Of.NUMBER, Of.VALUE, Of.FRAME} <= kinds
    assert len(stolen.canaries) > 100
    assert hits(stolen) == {}


def test_no_envelope_opens_with_a_key_that_lies_on_the_disk(loot: tuple[Loot, Path]) -> None:
    stolen, folder = loot
    assert len(envelopes(folder)) >= 4
    assert opened(folder, stolen.disk) == 0
    assert opened(folder, stolen.disk + SecretKey.new().text.encode()) == 0


def test_every_kind_of_leak_planted_behind_the_same_disk_is_found(loot: tuple[Loot, Path]) -> None:
    assert unfound(loot[0].disk) == []


@pytest.mark.parametrize(("kind", "leak", "canary"), [pytest.param(*one, id=one[0]) for one in leaks()])
def test_a_leak_is_found_anywhere_and_only_where_it_is(kind: str, leak: bytes, canary: Canary) -> None:
    if kind == "a PDF" and shutil.which("pdftotext") is None:
        pytest.skip("needs pdftotext")
    sought = spelled([canary])
    assert carve(JUNK + leak + JUNK, sought)
    assert not carve(JUNK + JUNK, sought)


def test_blocks_of_zeros_are_left_out_and_what_stood_together_still_does() -> None:
    disk = b"a" * 4096 + b"b" * 4096 + bytes(8192) + b"c"
    assert written_parts(disk) == b"a" * 4096 + b"b" * 4096 + b"c"
