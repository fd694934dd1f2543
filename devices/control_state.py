"""Whether quality control lets an instrument measure people: in, out or none, and the reason as a key.

Pure: the time and the day are given. It must not lock anything itself and must not know a person, a port or
a screen; a quantity that is not ``in`` gives no result, and every other module goes on.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

import msgspec

from devices.control import Run, Series
from devices.control_rules import REJECTING, Judgement, Rule, Verdict, judge
from devices.reading import Quantity

EVERY = timedelta(days=1)
"""How long a run holds: once a day of use (judgement; the meter's own instructions may ask for more)."""


class State(StrEnum):
    """State of quality control; the values of ``qc`` in every file and record."""

    IN = "in"
    OUT = "out"
    NONE = "none"


class Reason(StrEnum):
    """Why. The values are keys of the words."""

    IN_CONTROL = "control.in_control"
    WARNING = "control.warning"
    REJECTED = "control.rejected"
    NOTHING_MENDED = "control.nothing_mended"
    NO_LOT = "control.no_lot"
    LOT_EXPIRED = "control.lot_expired"
    NOT_RUN = "control.not_run"
    INCOMPLETE = "control.incomplete"
    OVERDUE = "control.overdue"
    CLOCK = "control.clock"


class Standing(msgspec.Struct, frozen=True):
    """The state of one quantity. ``rules`` are those the deciding run broke, ``until`` when ``in`` ends."""

    state: State
    reason: Reason
    rules: tuple[Rule, ...] = ()
    until: datetime | None = None

    @property
    def locked(self) -> bool:
        """Whether nothing may be measured: anything but ``in``."""
        return self.state is not State.IN


def standing(
    series: Series | None,
    quantity: Quantity,
    now: datetime,
    today: date,
    *,
    every: timedelta = EVERY,
    rules: frozenset[Rule] = REJECTING,
) -> Standing:
    """Say whether ``quantity`` is in control at ``now`` (aware UTC), which is ``today`` at the station.

    A rejected run is out until a whole run passes after something was mended: repeating a control until it
    fits proves nothing (westgard.com on out-of-control runs, general knowledge; that it locks is judgement).
    The lot may be used through its last day.
    """
    if series is None or quantity not in series.lot.quantities:
        return Standing(State.NONE, Reason.NO_LOT)
    judged = judge(series, quantity, rules)
    out = _out(series.runs, judged)
    if out is not None:
        return out
    if today > series.lot.expires:
        return Standing(State.NONE, Reason.LOT_EXPIRED)
    return _held(series, quantity, judged, now, every)


def worst(
    series: Series | None,
    quantities: Sequence[Quantity],
    now: datetime,
    today: date,
    *,
    every: timedelta = EVERY,
    rules: frozenset[Rule] = REJECTING,
) -> Standing:
    """Return the standing for a module measuring ``quantities`` together: out before none before in."""
    order = (State.OUT, State.NONE, State.IN)
    each = [standing(series, quantity, now, today, every=every, rules=rules) for quantity in quantities]
    if not each:
        return Standing(State.NONE, Reason.NO_LOT)
    return min(each, key=lambda one: (order.index(one.state), one.reason is Reason.IN_CONTROL))


def _out(runs: Sequence[Run], judged: Sequence[Judgement]) -> Standing | None:
    """What still stands of the latest rejection, if anything does."""
    still: Standing | None = None
    mended = False
    for run, judgement in zip(runs, judged, strict=True):
        mended = mended or run.action is not None
        if judgement.verdict is Verdict.REJECT:
            still, mended = Standing(State.OUT, Reason.REJECTED, _rules(judgement)), False
        elif still is not None and not judgement.missing:
            still = None if mended else Standing(State.OUT, Reason.NOTHING_MENDED, still.rules)
    return still


def _held(
    series: Series, quantity: Quantity, judged: Sequence[Judgement], now: datetime, every: timedelta
) -> Standing:
    """What the latest whole run is worth at ``now``; part of a run proves nothing."""
    levels = len(series.lot.materials(quantity))
    told = [(run, each) for run, each in zip(series.runs, judged, strict=True) if len(each.missing) < levels]
    if not told:
        return Standing(State.NONE, Reason.NOT_RUN)
    if now < max(run.when for run, _ in told):
        return Standing(State.NONE, Reason.CLOCK)
    whole = [(run, each) for run, each in told if not each.missing]
    if whole and now < whole[-1][0].when + every:
        run, each = whole[-1]
        reason = Reason.WARNING if each.verdict is Verdict.WARN else Reason.IN_CONTROL
        return Standing(State.IN, reason, _rules(each), run.when + every)
    partly = not whole or told[-1] != whole[-1]
    return Standing(State.NONE, Reason.INCOMPLETE if partly else Reason.OVERDUE)


def _rules(judgement: Judgement) -> tuple[Rule, ...]:
    return tuple(dict.fromkeys(each.rule for each in judgement.broken))
