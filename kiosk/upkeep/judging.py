"""From what the book holds of an instrument to how it stands.

Pure: the records, the moment and the station's date come in. What a limit, a due date or a control rule is
stands in ``devices``; here it is only decided which of them speaks, and the first that forbids wins.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from types import MappingProxyType
from uuid import UUID

import msgspec
from msgspec.structs import replace

from devices.calibration import Calibration
from devices.calibration_limits import Due, Verification, due
from devices.control import Series
from devices.control_state import Reason, standing
from devices.control_state import Standing as ControlStanding
from devices.control_state import State as ControlState
from devices.reading import Quantity
from health.visit import Control
from kiosk.upkeep.asked import STANDING, UpkeepPart
from kiosk.upkeep.records import Supply
from kiosk.upkeep.rules import Kept
from kiosk.upkeep.standing import NOTICE, Standing, State, Why

HOURS = timedelta(hours=2)
"""How long before the end of a daily control run staff are told (judgement)."""


class Found(msgspec.Struct, frozen=True):
    """What the book holds of one instrument, oldest first. ``series`` is that of the lot in use."""

    calibrations: tuple[Calibration, ...] = ()
    checks: tuple[Verification, ...] = ()
    series: Series | None = None
    supplies: tuple[Supply, ...] = ()


def judged(kept: Kept, found: Found, asked: UpkeepPart, now: datetime, today: date) -> tuple[Standing, ...]:
    """How each quantity of ``kept`` stands at ``now`` (aware UTC), which is ``today`` at the station."""
    if kept.controlled:
        return tuple(_controlled(kept, quantity, found, asked, now, today) for quantity in kept.measures)
    return tuple(
        _weighed(kept, quantity, found, asked, now)
        if quantity in STANDING
        else Standing(kept.id, quantity, State.READY, Why.NOT_ASKED)
        for quantity in kept.measures
    )


def in_force(calibrations: Sequence[Calibration], quantity: Quantity) -> Calibration | None:
    """The calibration that counts: the latest one made, whatever the clock said."""
    return next((one for one in reversed(calibrations) if one.span.quantity is quantity), None)


def _weighed(kept: Kept, quantity: Quantity, found: Found, asked: UpkeepPart, now: datetime) -> Standing:
    line = in_force(found.calibrations, quantity)
    needed = kept.id in asked.calibrated
    every = asked.check_every(quantity)
    blank = Standing(
        kept.id, quantity, State.READY, Why.IN_ORDER, asked=needed or every is not None, calibration=line
    )
    if line is None and needed:
        return _resting(blank, Why.CALIBRATION_MISSING)
    if line is not None and not line.due(now).holds:
        late = line.due(now) is Due.OVERDUE
        return _resting(blank, Why.CALIBRATION_OVERDUE if late else Why.CLOCK, line.id)
    return _checked(blank, found, every, now)


def _checked(blank: Standing, found: Found, every: timedelta | None, now: datetime) -> Standing:
    line = blank.calibration
    check = _latest_check(found.checks, blank)
    if check is not None and not check.passed:
        return _resting(blank, Why.CHECK_FAILED, check.id)
    proof = check or line
    if proof is None:
        return _resting(blank, Why.CHECK_MISSING) if every is not None else _unproven(blank)
    ends = proof.when + every if every is not None else proof.expires
    state = due(proof.when, ends, now, NOTICE)
    if state is Due.CLOCK:
        return _resting(blank, Why.CLOCK, proof.id)
    if not state.holds:
        return _resting(blank, Why.CHECK_OVERDUE, proof.id) if every is not None else _unproven(blank)
    if line is not None and line.expires < ends:
        ends, state = line.expires, line.due(now)
    held = replace(
        blank, asked=blank.asked or line is not None, control=Control.IN, until=ends, proof=proof.id
    )
    soon = state is Due.SOON or (line is not None and line.due(now) is Due.SOON)
    return replace(held, state=State.SOON, why=Why.DUE_SOON) if soon else held


def _latest_check(checks: Sequence[Verification], blank: Standing) -> Verification | None:
    """The latest check of this quantity made under the calibration that counts now."""
    line = None if blank.calibration is None else blank.calibration.id
    mine = [c for c in checks if c.span.quantity is blank.quantity and c.calibration == line]
    return mine[-1] if mine else None


def _resting(blank: Standing, why: Why, proof: UUID | None = None) -> Standing:
    out = why in (Why.CHECK_FAILED, Why.CONTROL_REJECTED, Why.NOTHING_MENDED)
    control = Control.OUT if out else Control.NONE
    return replace(blank, state=State.RESTS, why=why, control=control, until=None, proof=proof)


def _unproven(blank: Standing) -> Standing:
    return replace(blank, why=Why.NOT_ASKED, control=Control.NONE)


_WHY: Mapping[Reason, Why] = MappingProxyType(
    {
        Reason.IN_CONTROL: Why.IN_ORDER,
        Reason.WARNING: Why.CONTROL_WARNING,
        Reason.REJECTED: Why.CONTROL_REJECTED,
        Reason.NOTHING_MENDED: Why.NOTHING_MENDED,
        Reason.NO_LOT: Why.NO_LOT,
        Reason.LOT_EXPIRED: Why.LOT_EXPIRED,
        Reason.NOT_RUN: Why.CONTROL_MISSING,
        Reason.INCOMPLETE: Why.CONTROL_INCOMPLETE,
        Reason.OVERDUE: Why.CONTROL_OVERDUE,
        Reason.CLOCK: Why.CLOCK,
    }
)


def _controlled(
    kept: Kept, quantity: Quantity, found: Found, asked: UpkeepPart, now: datetime, today: date
) -> Standing:
    every = asked.control_every
    blank = Standing(kept.id, quantity, State.READY, Why.IN_ORDER, asked=every is not None)
    if any(supply.expires < today for supply in _in_use(found.supplies)):
        return _resting(blank, Why.SUPPLY_EXPIRED)
    said = standing(found.series, quantity, now, today, every=every or timedelta(days=1))
    if said.state is ControlState.IN:
        return _in_control(blank, said, found, now)
    if every is None and said.state is ControlState.NONE:
        return _unproven(blank)
    return _resting(blank, _WHY[said.reason], _latest_run(found.series, quantity))


def _in_control(blank: Standing, said: ControlStanding, found: Found, now: datetime) -> Standing:
    proof = _latest_run(found.series, blank.quantity)
    held = replace(blank, control=Control.IN, why=_WHY[said.reason], until=said.until, proof=proof)
    ends_soon = blank.asked and said.until is not None and now >= said.until - HOURS
    if ends_soon and held.why is Why.IN_ORDER:
        return replace(held, state=State.SOON, why=Why.DUE_SOON)
    return held if held.why is Why.IN_ORDER else replace(held, state=State.SOON)


def _in_use(supplies: Sequence[Supply]) -> tuple[Supply, ...]:
    """The latest of each kind."""
    return tuple({supply.what: supply for supply in supplies}.values())


def _latest_run(series: Series | None, quantity: Quantity) -> UUID | None:
    runs = () if series is None else series.runs
    mine = [run for run in runs if any(result.quantity is quantity for result in run.results)]
    return mine[-1].id if mine else None
