"""Makes the paper of one record in a process of its own, which ends with it.

Run as a child process by ``kiosk.paper``: the record on its standard input, what is printed on its standard
output, and nothing of a person in its arguments. The fonts of the sheet and what draws it take a third as
much memory as the whole kiosk, and are needed for a second of each visit. Knows no printer and no ledger.
"""

import sys
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

from health.record import Record, read
from health.words import words_of
from printouts.content import Report


class Form(StrEnum):
    """What the paper is."""

    SHEET = "sheet"
    """The A4 report as PDF."""
    SLIP = "slip"
    """The slip of 80 mm as dots."""


COPY, FIRST = "copy", "first"


def made(record: Record, form: Form, *, copy: bool) -> bytes:
    """The paper of ``record``, marked where it is a ``copy``."""
    report = Report(
        visit=record.visit,
        assessment=record.assessment,
        history=record.history,
        station=record.station,
        words=words_of(record.language),
        closed_at=record.visit.closed_at,
        software=record.software,
        copy=copy,
    )
    if form is Form.SLIP:
        from printouts.dots import slip_dots  # noqa: PLC0415 - only for a slip

        return slip_dots(report)
    from printouts.report import build  # noqa: PLC0415 - only for a sheet

    return build(report)


def main(form: str, which: str) -> None:
    """Read the record, write its paper."""
    with suppress(OSError):  # where memory is short this ends and not the kiosk; a sheet can be made again
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    sys.stdout.buffer.write(made(read(sys.stdin.buffer.read()), Form(form), copy=which == COPY))


if __name__ == "__main__":
    main(*sys.argv[1:])
