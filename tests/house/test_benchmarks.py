"""The benchmarks say what they measured, and refuse what they do not know."""

import pytest

from benchmarks.__main__ import BENCHMARKS, main
from benchmarks.measure import p95
from tests.house.tree import ROOT


def test_an_unknown_benchmark_is_answered_with_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["dance"]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert all(name in said for name, _ in BENCHMARKS)


def test_ninety_five_of_a_hundred_stay_under_the_95th_percentile() -> None:
    taken = [float(value) for value in range(100)]
    assert sum(value < p95(taken) for value in taken) == 95


def test_the_page_on_performance_lists_every_benchmark_that_runs() -> None:
    page = (ROOT / "docs/performance.md").read_text(encoding="utf-8")
    assert [name for name, _ in BENCHMARKS if f"`{name}`" not in page] == []
