"""How a sheet comes out: built from the record, then printed or written as a file.

Runs on the desk's thread, so nothing here hurries. File names carry the visit's id and nothing of a person.
"""

import os
from collections.abc import Callable
from pathlib import Path

from health.record import Record
from health.words import words_of
from kiosk.clerk import PaperWay


def written_to(folder: Path, building: Callable[[Record], bytes]) -> PaperWay:
    """Paper as files in ``folder``, named by visit: the way of the demonstration and of a printerless station."""

    def out(record: Record) -> str | None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        target = folder / f"{record.visit.id}.pdf"
        fresh = target.with_suffix(".part")
        fresh.write_bytes(building(record))
        os.replace(fresh, target)
        return None

    return PaperWay(out, lambda: None)


def built(record: Record) -> bytes:
    """The A4 report of ``record`` as PDF."""
    from printouts.report import Report, build  # noqa: PLC0415 - reportlab stays off the start-up path

    return build(
        Report(
            visit=record.visit,
            assessment=record.assessment,
            history=record.history,
            station=record.station,
            words=words_of(record.language),
            closed_at=record.visit.closed_at,
            software=record.software,
        )
    )
