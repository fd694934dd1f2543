"""What every test shares: an unchecked promise is named, and under ``KANGYI_STRICT=1`` it fails.

This module must not hold fixtures of one package: those live beside that package's tests.
"""

import functools
import gc
import hashlib
import importlib
import os
import sys
import tempfile
from collections.abc import Generator, Iterator
from typing import Any

import pytest
from hypothesis import settings

from tests.order import begun, read

# Kivy reads these when it is first imported, here or in a child: no test opens a window on somebody's screen,
# reads or writes somebody's home, or loses pytest's arguments to Kivy. Nor does one
# ask a proxy of the shell for a server of its own.
_KIVY_HOME = tempfile.TemporaryDirectory(prefix="kangyi-tests-")
for _name, _value in (
    ("KIVY_HOME", _KIVY_HOME.name),
    ("KIVY_NO_ARGS", "1"),
    ("KIVY_NO_FILELOG", "1"),
    ("KIVY_LOG_MODE", "PYTHON"),
    ("SDL_VIDEODRIVER", "offscreen"),
    ("SDL_AUDIODRIVER", "dummy"),
    ("NO_PROXY", "127.0.0.1,localhost,::1"),
    ("ESCPOS_CAPABILITIES_PICKLE_DIR", _KIVY_HOME.name),
):
    os.environ.setdefault(_name, _value)

# The processes that tests start, and the next run, read what was compiled once, whatever the shell asks.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

WAITING = "kangyi_waiting"
_YOUNG = 50_000
"""So many new objects before the collector looks: at Python's 700 it takes a tenth of all tests' time."""
STRICT = os.environ.get("KANGYI_STRICT") == "1"

# A busy machine is no reason to fail, and a gate says the same twice; elsewhere each run searches further.
settings.register_profile("quick", deadline=None, derandomize=STRICT, max_examples=50)
settings.register_profile("whole", deadline=None, derandomize=STRICT, max_examples=300)


class Unchecked:
    """The tests that were skipped, by name and reason; told as the very last line of a run."""

    def __init__(self, terminal: pytest.TerminalReporter) -> None:
        self._terminal = terminal
        self._reasons: dict[str, str] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped and not _is_expected_failure(report):
            self._reasons[report.nodeid] = _reason(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.skipped:
            self._reasons[report.nodeid] = _reason(report)

    @pytest.hookimpl(trylast=True)
    def pytest_unconfigure(self) -> None:
        if self._reasons:
            names = "; ".join(f"{name} ({reason})" for name, reason in sorted(self._reasons.items()))
            self._terminal.write_line(f"{len(self._reasons)} promises not checked here: {names}")


class Waiting:
    """How many tests wait for ``--whole``; each worker has the same, and one of them tells it."""

    def __init__(self, terminal: pytest.TerminalReporter) -> None:
        self._terminal = terminal
        self.number = 0

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:  # noqa: ANN401 - of xdist
        self.number = node.workeroutput.get(WAITING, 0) if hasattr(node, "workeroutput") else self.number

    @pytest.hookimpl(trylast=True)
    def pytest_unconfigure(self) -> None:
        if self.number:
            self._terminal.write_line(f"{self.number} tests more are in ./run test --whole")


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--whole``, see ``tests/whole.py``."""
    parser.addoption(
        "--whole", action="store_true", help="also every cell of the wide matrices; minutes more"
    )


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Listens for skipped tests, in the process that talks to the terminal."""
    if config.getoption("--whole"):
        os.environ["KANGYI_WHOLE"] = "1"
    settings.load_profile("whole" if os.environ.get("KANGYI_WHOLE") == "1" else "quick")
    terminal = config.pluginmanager.get_plugin("terminalreporter")
    if isinstance(terminal, pytest.TerminalReporter):
        _read_printers()
        config.pluginmanager.register(Unchecked(terminal), "unchecked")
        config.pluginmanager.register(Waiting(terminal), "waiting")


def _read_printers() -> None:
    """Reads the YAML of all receipt printers once a run, before any worker or child begins."""
    importlib.import_module("escpos.capabilities")


@pytest.fixture(scope="session", autouse=True)
def _cards_known_at_once() -> Iterator[None]:
    """The slow digest of a card's number is as slow as it must be once for each number, then remembered."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(hashlib, "scrypt", functools.cache(hashlib.scrypt))
        yield


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves to ``--whole`` what is marked so, and begins with what takes long."""
    if os.environ.get("KANGYI_WHOLE") != "1":
        _leave(config, items)
    items[:] = begun(items, _among(config)[1])


def _among(config: pytest.Config) -> tuple[int, int]:
    """The number of this worker, from 0, and how many there are."""
    told: dict[str, Any] = getattr(config, "workerinput", {})
    return int(told.get("workerid", "gw0").removeprefix("gw")), told.get("workercount", 1)


def _leave(config: pytest.Config, items: list[pytest.Item]) -> None:
    left = [item for item in items if item.get_closest_marker("whole")]
    if not left:
        return
    items[:] = [item for item in items if not item.get_closest_marker("whole")]
    config.hook.pytest_deselected(items=left)
    waiting = config.pluginmanager.get_plugin("waiting")
    if isinstance(waiting, Waiting):
        waiting.number = len(left)
    output: dict[str, object] | None = getattr(config, "workeroutput", None)
    if output is not None:
        output[WAITING] = len(left)


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """What is collected lives to the end, so the collector of garbage need never look at it, and else seldom.

    A test that asks whether something is gone collects by itself; programs that tests start are as ever.
    """
    gc.disable()
    found = yield
    gc.freeze()
    gc.set_threshold(_YOUNG)
    gc.enable()
    return found


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Under ``KANGYI_STRICT=1`` a skipped test has failed."""
    report = yield
    if STRICT and report.skipped and not _is_expected_failure(report):
        report.longrepr = _refusal(item.nodeid, _reason(report))
        report.outcome = "failed"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Each worker reads a folder in its own order; under ``KANGYI_STRICT=1`` a skipped file has failed."""
    report = yield
    if isinstance(collector, pytest.Dir):
        report.result = read(report.result or [], *_among(collector.config))
    if STRICT and report.skipped:
        report.longrepr = _refusal(collector.nodeid, _reason(report))
        report.outcome = "failed"
    return report


def _is_expected_failure(report: pytest.TestReport) -> bool:
    return "wasxfail" in vars(report)


def _refusal(name: str, reason: str) -> str:
    return f"{name} was skipped, and KANGYI_STRICT=1 lets no promise go unchecked: {reason}"


def _reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    if isinstance(report.longrepr, tuple):
        return report.longrepr[2].removeprefix("Skipped: ")
    return str(report.longrepr)
