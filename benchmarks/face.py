"""The kiosk's face against a bare Kivy app of five buttons: first picture, tap, next screen, rest, memory.

A start is a start after the first, on whose first picture a finger presses at once; how long it takes until
that shows, and until it leads on, is told beside it. The very first of an edition has no face to show yet:
how soon it says that it is getting ready is told by itself, and when its station stands.
Both run as processes of their own, by turns, in windows of one size with the same probe inside; drawn
without a graphics card, so milliseconds are a worst case and the ratios are what counts. The long run of the
kiosk lies between two of its peer. The screens of its second walk are those of all day; the first walk after
a start makes each of them. As where it is installed, both find their code compiled. Takes three minutes.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from benchmarks.measure import Figure, p95

STARTS, NEW, TAPS, SCREENS = 5, 3, 40, 46
"""Two visits of a guest have about 46 screens."""
QUICK_S = 0.2
"""Between the screens of the very first start, which only paints every picture."""
FIRST_WALK = 23
NOTICED_MS = 100.0
"""What a person takes for at once."""
SOON_MS = 50.0
"""Allowed from a press to the next screen."""
LONGEST_S = 240.0


@dataclass(slots=True)
class Seen:
    """What the children of one kind told, all rounds together. Times in ms, memory in MB."""

    first: list[float] = field(default_factory=list)
    sight: list[float] = field(default_factory=list)
    opened: list[float] = field(default_factory=list)
    press: list[float] = field(default_factory=list)
    led_on: list[float] = field(default_factory=list)
    taps: list[float] = field(default_factory=list)
    made: list[float] = field(default_factory=list)
    screens: list[float] = field(default_factory=list)
    idle: list[float] = field(default_factory=list)
    needless: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)

    def start(self, code: str, module: str, *arguments: str) -> None:
        """Start one child and press on its first picture."""
        first, told = _started(code, module, *arguments)
        self.first.append(first)
        self.press.append(told["press"])
        self.led_on.append(told["led_on"])

    def start_anew(self, code: str, module: str, data: str) -> None:
        """Start one child for the very first time; ``data`` is a folder that nothing is in."""
        first, told = _started(code, module, data)
        self.sight.append(first)
        self.opened.append(told["opened"])

    def take(self, code: str, module: str, *arguments: str, taps: int, screens: int, walk: int = 0) -> None:
        """Run one child through everything and keep what it tells; ``walk`` screens are made in it."""
        _, told = _child(code, module, *arguments, str(taps), str(screens))
        self.taps += told["taps"]
        self.made += told["screens"][:walk]
        self.screens += told["screens"][walk:]
        self.idle.append(told["idle"])
        self.needless.append(told["needless"])
        self.memory.append(told["rss"])


def _child(code: str, *command: str) -> list[dict[str, Any]]:
    """What a child told: of its first picture, and of all the rest. ``code``: where compiled code is kept."""
    compiled = {**os.environ, "PYTHONPYCACHEPREFIX": code, "PYTHONDONTWRITEBYTECODE": ""}
    done = subprocess.run(
        [sys.executable, "-m", *command],
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
        check=True,
        env=compiled,
    )
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def _started(code: str, *command: str) -> tuple[float, dict[str, Any]]:
    """How many ms it took to the first picture of a child that presses nothing else, and what it told."""
    begun = time.clock_gettime(time.CLOCK_MONOTONIC)
    first, told = _child(code, *command, "0", "0")
    return (first["first"] - begun) * 1000, told


def run() -> Iterator[Figure]:
    """The ratios, each of medians or of p95 over all rounds."""
    ours, bare = Seen(), Seen()
    with tempfile.TemporaryDirectory() as data, tempfile.TemporaryDirectory() as code:
        _child(code, "benchmarks.face_bare", "0", "0")
        _child(code, "benchmarks.face_ours", data, "1", str(SCREENS), str(QUICK_S))
        for number in range(NEW):
            bare.start(code, "benchmarks.face_bare")
            ours.start_anew(code, "benchmarks.face_ours", f"{data}/new-{number}")
        for _ in range(STARTS):
            bare.start(code, "benchmarks.face_bare")
            ours.start(code, "benchmarks.face_ours", data)
        bare.take(code, "benchmarks.face_bare", taps=TAPS // 2, screens=FIRST_WALK)
        ours.take(code, "benchmarks.face_ours", data, taps=TAPS, screens=SCREENS, walk=FIRST_WALK)
        bare.take(code, "benchmarks.face_bare", taps=TAPS // 2, screens=FIRST_WALK)
    middle = statistics.median
    yield _ratio("face first picture", middle(ours.first), middle(bare.first), "ms", 1.25)
    sight = _ratio("face first sight", middle(ours.sight), middle(bare.first), "ms", 1.25)
    said = f"{sight.measured}, its station {middle(ours.opened) / 1000:.2f} s later"
    yield replace(sight, measured=said)
    shows, leads = middle(ours.press), middle(ours.led_on)
    said = f"shows after {shows:.0f} ms, leads on after {leads / 1000:.2f} s"
    yield Figure("face pressed at once", said, f"{NOTICED_MS:.0f} ms until it shows", NOTICED_MS / shows)
    yield _ratio("face tap p95", _late(ours.taps), _late(bare.taps), "ms", 2.0)
    for name, late in (("next screen", _late(ours.screens)), ("first walk", _late(ours.made))):
        yield _ratio(f"face {name} p95", late, _late(bare.screens), "ms", 2.0)
        yield Figure(f"face {name} p95 alone", f"{late:.1f} ms", f"{SOON_MS:.0f} ms", SOON_MS / late)
    seen = middle(ours.screens)
    said = f"{seen:.0f}/{middle(bare.screens):.0f} ms"
    yield Figure("face next screen median", said, f"{SOON_MS:.0f} ms", SOON_MS / seen)
    yield _ratio("face idle processor", middle(ours.idle) * 100, middle(bare.idle) * 100, "%", 1.5)
    yield _ratio("face memory", middle(ours.memory), middle(bare.memory), "MB", 1.35)
    drawn = max(ours.needless)
    yield Figure("face drawn at rest", f"{drawn:.0f} pictures alike", "0 allowed", 1.0 if drawn == 0 else 0.0)


def _ratio(name: str, ours: float, bare: float, unit: str, allowed: float) -> Figure:
    said = f"{ours / bare:.2f} ({ours:.3g}/{bare:.3g} {unit})"
    return Figure(name, said, f"{allowed} allowed", allowed * bare / ours)


def _late(taken: list[float]) -> float:
    return p95(sorted(taken))
