"""Paper is made in a process of its own: the same paper, and nothing of it stays in the kiosk."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from health.record import Record, write
from kiosk import paper, papermaker
from kiosk.paper import PaperError, sheet_of, slip_of
from kiosk.papermaker import Form
from tests.house.tree import ROOT
from tests.printouts.cases import old

PRINTS = """
import sys
from pathlib import Path
from health.record import read
from kiosk.paper import sheet_of
sheet_of(read(Path(sys.argv[1]).read_bytes()))
print(sorted({"reportlab", "babel", "segno", "printouts.report"} & set(sys.modules)))
"""


@pytest.fixture(scope="module")
def record() -> Record:
    """A whole visit of somebody who does not exist."""
    made = old()
    return Record(made.visit, made.assessment, made.history, made.station, "zh_CN", "0.1")


@pytest.mark.parametrize(("make", "form"), [(sheet_of, Form.SHEET), (slip_of, Form.SLIP)])
def test_paper_made_apart_is_byte_for_byte_the_same(
    record: Record, make: Callable[..., bytes], form: Form
) -> None:
    for copy in (False, True):
        assert make(record, copy=copy) == papermaker.made(record, form, copy=copy)


def test_what_paper_needs_is_not_in_the_process_that_prints(record: Record, tmp_path: Path) -> None:
    (file := tmp_path / "record").write_bytes(write(record))
    asked = [sys.executable, "-c", PRINTS, str(file)]
    said = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, timeout=120, check=True)
    assert said.stdout.strip() == "[]"


def test_paper_that_cannot_be_made_says_so_and_names_nobody(record: Record) -> None:
    with pytest.raises(PaperError, match=r"\(health\.words\.WordsError\)") as told:
        sheet_of(replace(record, language="沈玉珍"))
    assert "沈" not in str(told.value)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (b"Traceback\nValueError: bad", "ValueError"),
        ("ValueError: bad\n沈玉珍: x".encode(), "no reason told"),
        (b"ValueError: bad\nWang", "no reason told"),
        (b"", "no reason told"),
    ],
)
def test_of_what_the_maker_says_only_a_kind_of_error_is_kept(said: bytes, told: str) -> None:
    assert paper._kind(said) == told


def test_paper_that_cannot_be_begun_says_what_to_do(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(PaperError, match=r"FileNotFoundError.*print it again"):
        sheet_of(record)


def test_paper_that_hangs_is_given_up(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper, "LONGEST_S", 0.001)
    with pytest.raises(PaperError, match="in time"):
        sheet_of(record)
