"""What a station says of itself to its clinic: how its instruments stand, and where its trail ends.

The content of an envelope of kind ``station``: versioned JSON, strict, without a resident in it. The
station's signature over the envelope is its signature over the head of the trail; a clinic that keeps the
heads sees when a later trail no longer goes on from an earlier one. Nothing here judges an instrument.
"""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import msgspec

from devices.reading import Comparator, Quantity
from health.errors import HealthError
from health.visit import Control

VERSION = 1
LARGEST = 256 * 1024
"""Bytes of JSON a report may have; one of five instruments has about 4 kB."""

Moment = Annotated[datetime, msgspec.Meta(tz=True)]
Number = Annotated[str, msgspec.Meta(pattern=r"\A-?[0-9]{1,12}(\.[0-9]{1,9})?\Z")]
"""A measured or calculated number as decimal text."""
Line = Annotated[int, msgspec.Meta(ge=0, lt=2**31)]
"""No station has more lines in its trail; a clinic counts them in 32 bits."""
Hash = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{64}\Z")]


class StationReportError(HealthError):
    """Bytes that are no station report this software can read."""


class Occasion(StrEnum):
    """Why a report was made."""

    STARTED = "started"
    CHANGED = "changed"
    REGULAR = "regular"


class QuantityReport(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How one quantity stands. ``state`` is ``ready``, ``soon`` or ``rests``; ``why`` a key of the words.

    ``until`` is when what holds now ends; ``calibration`` and ``proof`` are ids of records below, or of
    earlier reports.
    """

    quantity: Quantity
    state: str
    why: str
    asked: bool
    control: Control | None = None
    until: Moment | None = None
    calibration: UUID | None = None
    proof: UUID | None = None


class CalibrationReport(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A two-point line: true = ``gain`` x shown + ``offset``; ``residual`` is corrected minus true at the
    third point. ``standards`` are the marks of the masses or rods: low, high, third.
    """

    id: UUID
    quantity: Quantity
    gain: Number
    offset: Number
    residual: Number
    standards: tuple[str, ...]
    who: str
    when: Moment
    expires: Moment
    reason: str | None = None


class CheckReport(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A check with reference masses or rods: each standard, what was shown, error and limit in its unit."""

    id: UUID
    quantity: Quantity
    passed: bool
    checks: tuple[tuple[str, Number, Number, Number], ...]
    who: str
    when: Moment


class ResultReport(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One result of a control run, with the verdict (``accept``, ``warn``, ``reject``) on its quantity and
    the rules that were broken.
    """

    material: str
    quantity: Quantity
    value: Number
    unit: str
    verdict: str
    rules: tuple[str, ...] = ()
    comparator: Comparator | None = None


class RunReport(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A control run with the number of its lot; ``action`` is what was mended before it."""

    id: UUID
    lot: str
    results: tuple[ResultReport, ...]
    who: str
    when: Moment
    action: str | None = None


class InstrumentReport(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One instrument and the latest of each record about it."""

    id: str
    model: str
    simulated: bool
    quantities: tuple[QuantityReport, ...] = ()
    calibrations: tuple[CalibrationReport, ...] = ()
    checks: tuple[CheckReport, ...] = ()
    run: RunReport | None = None


class TrailReport(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the trail of staff actions ends: how many lines, and the hash of the last, in hex.

    ``followed`` says whether the whole trail was followed for this report, and then ``broken_at`` which
    line is the first that does not fit, None where all do.
    """

    number: Line
    hash: Hash
    followed: bool = False
    broken_at: Line | None = None


class StationReport(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole report. ``waiting`` counts the envelopes that the clinic does not have yet.

    ``refused`` are those among them that it sent back, ``oldest`` when the first was kept, ``paper`` a word
    for how the printer stands. A station of older software says nothing of these.
    """

    version: int
    occasion: Occasion
    at: Moment
    software: str
    waiting: Annotated[int, msgspec.Meta(ge=0)]
    trail: TrailReport
    instruments: tuple[InstrumentReport, ...] = ()
    refused: Annotated[int, msgspec.Meta(ge=0)] | None = None
    oldest: Moment | None = None
    paper: Annotated[str, msgspec.Meta(pattern=r"\A[a-z_]{1,32}\Z")] | None = None


def write_report(report: StationReport) -> bytes:
    """The report as JSON."""
    return msgspec.json.encode(report)


def read_report(content: bytes) -> StationReport:
    """The report in ``content``. Raises ``StationReportError``."""
    if len(content) > LARGEST:
        raise StationReportError("This station report is too long to be one.")
    try:
        report = msgspec.json.decode(content, type=StationReport)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as wrong:
        raise StationReportError("This is no station report that this software can read.") from wrong
    if report.version != VERSION:
        raise StationReportError("This station report has a version this software does not know; update it.")
    return report
