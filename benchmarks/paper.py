"""The sheet: a whole visit with charts, code and the doctor's page, tagged, as PDF.

Against the 60 ms and 80 kB that it is allowed, against WeasyPrint with the same content in the same run, and
a thousand visits by chance read back by poppler and compared with what was stored. She stands up while a
sheet is made; the printer needs seconds, so the sheet must not add to them.
"""

import statistics
import time
from collections.abc import Callable, Iterator

from benchmarks.measure import Figure, durations, median, p95
from benchmarks.paper_html import html_of
from benchmarks.paper_read_back import misread
from benchmarks.reports import reports_by_chance, whole_report
from printouts.report import build

ALLOWED_SECONDS = 0.060
ALLOWED_BYTES = 80_000
MANY = 1000
PEER_ROUNDS = 7


def run() -> Iterator[Figure]:
    """Time, size, the peer, and how many of a thousand sheets say what was stored."""
    report = whole_report()
    size = len(build(report))
    for said, clock in (("", time.perf_counter), (" of the processor", time.process_time)):
        taken = durations(lambda: build(report), rounds=60, clock=clock)
        slow = p95(taken)
        measured = f"{slow * 1000:.0f} ms (median {median(taken) * 1000:.0f})"
        yield Figure(f"report, p95{said}", measured, "the 60 ms allowed", ALLOWED_SECONDS / slow)
    yield Figure("report, size", f"{size / 1000:.0f} kB", "the 80 kB allowed", ALLOWED_BYTES / size)
    peer = _peer()
    if peer is None:
        why = "WeasyPrint finds no Pango: install libpango-1.0-0 and libpangoft2-1.0-0"
        yield Figure("report ÷ WeasyPrint", f"not measured; {why}", "0.30 allowed", None)
    else:
        text = html_of(report)
        ours, theirs = _in_turn(lambda: build(report), lambda: peer(text))
        yield Figure("report ÷ WeasyPrint", f"{ours / theirs:.2f}", "0.30 allowed", 0.30 / (ours / theirs))
    right = sum(not misread(one, build(one)) for one in reports_by_chance(MANY))
    yield Figure("values read back", f"{right} of {MANY} visits", "all of them", right / MANY)


def _peer() -> Callable[[str], object] | None:
    """WeasyPrint, tagged, with its fonts at hand; None where its libraries are not installed."""
    try:
        from weasyprint import HTML
        from weasyprint.text.fonts import FontConfiguration
    except (ImportError, OSError):
        return None
    faces = FontConfiguration()
    return lambda text: HTML(string=text).write_pdf(font_config=faces, pdf_tags=True)


def _in_turn(one: Callable[[], object], other: Callable[[], object]) -> tuple[float, float]:
    """The middle of each, run by turns, so that both meet the same machine."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(PEER_ROUNDS + 1):
        for work, times in zip((one, other), taken, strict=True):
            begun = time.perf_counter()
            work()
            times.append(time.perf_counter() - begun)
    return statistics.median(taken[0][1:]), statistics.median(taken[1][1:])
