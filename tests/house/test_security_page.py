"""What the page on security names is there: a line for every threat, every test and every bench."""

import ast
import re

import pytest

from benchmarks.__main__ import BENCHMARKS
from tests.house.tree import ROOT

PAGE = (ROOT / "docs/security.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))
LINES = [line for line in PAGE.splitlines() if re.match(r"\| T\d+ ", line)]


def test_every_threat_has_its_line() -> None:
    assert [line.split("|")[1].strip() for line in LINES] == [f"T{n}" for n in range(1, 31)]


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_every_test_it_names_is_there(file: str, name: str) -> None:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    assert name in {one.name for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)}


def test_every_bench_it_names_is_there() -> None:
    named = set(re.findall(r"`\./run bench (\w+)`", PAGE))
    assert named
    assert named <= {name for name, _ in BENCHMARKS}


def test_a_line_without_a_test_says_so() -> None:
    silent = [line for line in LINES if "`tests/" not in line and "./run bench" not in line]
    assert [line[:6] for line in silent if "**no" not in line.lower()] == []
