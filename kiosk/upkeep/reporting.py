"""Tells the clinic how the station stands: makes the report and keeps it as an envelope of kind ``station``.

What a report says stands in ``health.station_report``. It must not send anything; the courier does, after
everything that is more urgent.
"""

from decimal import Decimal

from devices.calibration import Calibration
from devices.calibration_limits import Verification
from devices.control import Series
from devices.control_rules import REJECTING, Judgement, judge
from health.station_report import (
    VERSION,
    CalibrationReport,
    CheckReport,
    InstrumentReport,
    Occasion,
    QuantityReport,
    ResultReport,
    RunReport,
    StationReport,
    TrailReport,
    write_report,
)
from kiosk.jobs import KeepReport, Office
from kiosk.upkeep.audit import Trail
from kiosk.upkeep.judging import Found, in_force
from kiosk.upkeep.looking import found_of
from kiosk.upkeep.rules import Kept
from kiosk.upkeep.standing import Board, Standing


def report(office: Office, board: Board, occasion: Occasion, trail: Trail | None = None) -> None:
    """Keep a report of how the station stands by ``board``; ``trail`` where it was followed just now."""
    content = write_report(made(office, board, occasion, trail))
    KeepReport(content, regular=occasion is Occasion.REGULAR).do(office)


def made(office: Office, board: Board, occasion: Occasion, trail: Trail | None = None) -> StationReport:
    """The report itself."""
    head, counts = office.ledger.book.head(), office.ledger.counts()
    return StationReport(
        version=VERSION,
        occasion=occasion,
        at=office.now().wall,
        software=office.rules.software,
        waiting=counts.waiting,
        trail=TrailReport(
            head.number,
            head.hash.hex(),
            followed=trail is not None,
            broken_at=None if trail is None else trail.broken_at,
        ),
        instruments=tuple(_instrument(office, board, kept) for kept in office.rules.instruments),
        refused=counts.refused,
        oldest=counts.oldest,
        paper=office.paper(),
    )


def _instrument(office: Office, board: Board, kept: Kept) -> InstrumentReport:
    found = found_of(office.ledger.book, kept.id)
    lines = [in_force(found.calibrations, quantity) for quantity in kept.measures]
    return InstrumentReport(
        id=kept.id,
        model=kept.model,
        simulated=kept.simulated,
        quantities=tuple(_quantity(standing) for standing in board.on(kept.id)),
        calibrations=tuple(_calibration(line) for line in lines if line is not None),
        checks=tuple(_check(one) for one in _latest_checks(kept, found)),
        run=None if found.series is None else _run(found.series),
    )


def _quantity(standing: Standing) -> QuantityReport:
    line = standing.calibration
    return QuantityReport(
        standing.quantity,
        standing.state.value,
        standing.why.value,
        standing.asked,
        standing.control,
        standing.until,
        None if line is None else line.id,
        standing.proof,
    )


def _calibration(line: Calibration) -> CalibrationReport:
    return CalibrationReport(
        line.id,
        line.span.quantity,
        _text(line.gain),
        _text(line.offset),
        _text(line.residual),
        tuple(point.standard.id for point in line.points),
        line.who,
        line.when,
        line.expires,
        line.reason,
    )


def _latest_checks(kept: Kept, found: Found) -> tuple[Verification, ...]:
    latest = {check.span.quantity: check for check in found.checks}
    return tuple(latest[quantity] for quantity in kept.measures if quantity in latest)


def _check(check: Verification) -> CheckReport:
    rows = tuple(
        (one.standard.id, _text(one.shown), _text(one.error), _text(one.limit)) for one in check.checks
    )
    return CheckReport(check.id, check.span.quantity, check.passed, rows, check.who, check.when)


def _run(series: Series) -> RunReport | None:
    if not series.runs:
        return None
    run = series.runs[-1]
    said = {quantity: judge(series, quantity, REJECTING)[-1] for quantity in series.lot.quantities}
    results = tuple(
        ResultReport(
            one.material,
            one.quantity,
            _text(one.value),
            one.unit,
            said[one.quantity].verdict.value,
            _rules(said[one.quantity], one.material),
            one.comparator,
        )
        for one in run.results
    )
    return RunReport(run.id, series.lot.number, results, run.who, run.when, run.action)


def _rules(judgement: Judgement, material: str) -> tuple[str, ...]:
    mine = [each.rule.value for each in judgement.broken if each.material in (None, material)]
    return tuple(dict.fromkeys(mine))


def _text(value: Decimal) -> str:
    return f"{value:f}"
