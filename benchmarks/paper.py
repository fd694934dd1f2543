"""The sheet: two pages of a whole visit as PDF, against the 60 ms and 80 kB that it is allowed.

She stands up while it is made; the printer needs seconds, so the sheet must not add to them.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

from benchmarks.meaning import visit_of_a_74_year_old
from benchmarks.measure import Figure, durations, p95
from health.assess import assess
from health.rulebook import load_rulebook
from health.station import Station
from health.words import words_of
from printouts.content import Report
from printouts.report import build

ALLOWED_SECONDS = 0.060
ALLOWED_BYTES = 80_000


def run() -> Iterator[Figure]:
    """The 95th percentile of one report with fonts at hand, and its size."""
    visit = visit_of_a_74_year_old()
    report = Report(
        visit=visit,
        assessment=assess(visit, (), load_rulebook(), visit.on),
        history=(),
        station=Station(id="bench", name="康驿", demo=True),
        words=words_of("zh_CN"),
        closed_at=datetime(2026, 11, 23, 2, 0, tzinfo=UTC),
    )
    slow, size = p95(durations(lambda: build(report), rounds=40)), len(build(report))
    yield Figure("report", f"p95 {slow * 1000:.0f} ms", "the 60 ms allowed", ALLOWED_SECONDS / slow)
    yield Figure("report size", f"{size / 1000:.0f} kB", "the 80 kB allowed", ALLOWED_BYTES / size)
