"""Times that can be true at all, in what a station sealed: a clock out of its mind may hold up nobody else.

A page of a hundred visits shows none where one lies at the end of the calendar. A clock that is merely
wrong is not judged here: the true time is worked out in ``truetime``.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime

from health.amendment import Amendment
from health.envelope import Header
from health.record import Record
from health.station_report import StationReport
from health.unclaimed import Unclaimed
from health.visit import Visit

EARLIEST, LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
LONGEST_UP_MS = 100 * 366 * 24 * 3600 * 1000
"""No machine runs for longer without a boot."""


def header_can_be(header: Header) -> bool:
    """Whether the clear header says a time that can be."""
    return header.monotonic_ms <= LONGEST_UP_MS and _all_can_be([header.wall])


def record_can_be(record: Record) -> bool:
    """Whether every time of a visit can be."""
    days = (record.visit.on, *(one.on for one in record.history))
    return _all_can_be(_times_of(record.visit)) and all(map(_day_can_be, days))


def amendment_can_be(amendment: Amendment) -> bool:
    """Whether every time of a correction, and of the visit as it stands then, can be."""
    return _all_can_be([amendment.decided_at]) and (
        amendment.record is None or record_can_be(amendment.record)
    )


def report_can_be(report: StationReport) -> bool:
    """Whether every time that the pages show of a station can be."""
    ends = (one.until for instrument in report.instruments for one in instrument.quantities)
    return _all_can_be((report.at, report.oldest, *ends))


def result_can_be(result: Unclaimed) -> bool:
    """Whether a result without a person was heard when it can have been."""
    return _all_can_be([result.heard_at])


def _times_of(visit: Visit) -> Iterator[datetime | None]:
    yield from (visit.opened_at, visit.closed_at)
    for one in visit.observations:
        yield from (one.at, *(sample.at for sample in one.samples))
    if visit.call is not None:
        yield from (visit.call.called_at, visit.call.answered_at)


def _all_can_be(times: Iterable[datetime | None]) -> bool:
    """A time without a zone is none: nobody could say before or after which other it was."""
    return all(at is None or (at.tzinfo is not None and EARLIEST <= at < LATEST) for at in times)


def _day_can_be(day: date) -> bool:
    return EARLIEST.date() <= day < LATEST.date()
