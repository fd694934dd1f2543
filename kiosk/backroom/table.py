"""The flow of the staff area as a pure table: step x happening -> step, and how long each step waits.

The same two rules as for the flow of a visit: no condition and no clock. Every step can be left at once,
goes back one step, and lets itself out when nobody touches it; what a step does not list moves nothing.
"""

from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from kiosk.backroom.steps import StaffHappening, StaffStep

IDLE = 180
"""Seconds without a touch after which a staff member is logged out (interface rules, §3: three minutes)."""
AT_THE_DOOR = 45
"""Seconds at the keypad: whoever laid the badge down has gone, and the kiosk belongs to residents."""
WAITS_FOR_ANALYSER = 600
"""Seconds while control material runs: an analyser takes minutes, and each of its values begins them anew."""

TAPS: frozenset[StaffHappening] = frozenset(StaffHappening) - {
    StaffHappening.GONE,
    StaffHappening.KNOWN,
    StaffHappening.LET_IN,
    StaffHappening.POINTS_TAKEN,
    StaffHappening.REASON_NEEDED,
    StaffHappening.DONE,
    StaffHappening.ENOUGH,
}
"""The happenings that are a press; the others come of themselves."""


class StaffRow(msgspec.Struct, frozen=True):
    """Where each happening leads from a step, and its idle limit in seconds."""

    leads: Mapping[StaffHappening, StaffStep]
    idle: int


def _row(back: StaffStep, idle: int = IDLE, **leads: StaffStep) -> StaffRow:
    out = {StaffHappening.LEAVE: StaffStep.OUT, StaffHappening.GONE: StaffStep.OUT, StaffHappening.BACK: back}
    return StaffRow(MappingProxyType({**out, **{StaffHappening(n): s for n, s in leads.items()}}), idle)


_S = StaffStep
STAFF_TABLE: Mapping[StaffStep, StaffRow] = MappingProxyType(
    {
        _S.NUMBER: _row(_S.OUT, AT_THE_DOOR, known=_S.PIN),
        _S.PIN: _row(_S.OUT, AT_THE_DOOR, let_in=_S.HOME),
        _S.HOME: _row(
            _S.OUT,
            open=_S.INSTRUMENT,
            instruments=_S.INSTRUMENTS,
            visits=_S.VISITS,
            delivery=_S.DELIVERY,
            control=_S.CONTROL,
            calibrate=_S.PREPARE,
            check=_S.CHECK,
            strays=_S.STRAYS,
            only_one=_S.STRAY,
            lots=_S.LOTS,
            more=_S.MORE,
        ),
        _S.MORE: _row(
            _S.HOME,
            instruments=_S.INSTRUMENTS,
            strays=_S.STRAYS,
            lots=_S.LOTS,
            touch=_S.TOUCH,
            sound=_S.SOUND,
            station=_S.STATION,
            accounts=_S.ACCOUNTS,
        ),
        _S.INSTRUMENTS: _row(_S.HOME, open=_S.INSTRUMENT),
        _S.INSTRUMENT: _row(
            _S.HOME,
            frames=_S.FRAMES,
            calibrate=_S.PREPARE,
            check=_S.CHECK,
            control=_S.CONTROL,
            chart=_S.CHART,
        ),
        _S.FRAMES: _row(_S.INSTRUMENT),
        _S.PREPARE: _row(_S.HOME, begin=_S.POINT),
        _S.POINT: _row(_S.PREPARE, take=_S.POINT, reason_needed=_S.WHY, points_taken=_S.CALIBRATED),
        _S.WHY: _row(_S.HOME, choose=_S.WHY, confirm=_S.CALIBRATED),
        _S.CALIBRATED: _row(_S.HOME, calibrate=_S.PREPARE),
        _S.CHECK: _row(_S.HOME, take=_S.CHECK, done=_S.CHECKED),
        _S.CHECKED: _row(_S.HOME, calibrate=_S.PREPARE, check=_S.CHECK),
        _S.CONTROL: _row(_S.HOME, choose=_S.RUN, out_of_control=_S.MENDED, lots=_S.LOTS, chart=_S.CHART),
        _S.MENDED: _row(_S.CONTROL, choose=_S.MENDED, confirm=_S.RUN),
        _S.RUN: _row(_S.CONTROL, WAITS_FOR_ANALYSER, done=_S.CHART),
        _S.CHART: _row(_S.HOME, control=_S.CONTROL),
        _S.LOTS: _row(_S.HOME, new=_S.LOT, supply=_S.SUPPLY),
        _S.SUPPLY: _row(_S.LOTS, choose=_S.SUPPLY, confirm=_S.LOT),
        _S.LOT: _row(_S.LOTS, done=_S.LOTS),
        _S.DELIVERY: _row(_S.HOME, send_now=_S.DELIVERY),
        _S.VISITS: _row(_S.HOME, open=_S.VISIT),
        _S.VISIT: _row(_S.VISITS, reprint=_S.VISIT, void=_S.VOID, move=_S.MOVE),
        _S.VOID: _row(_S.VISIT, choose=_S.VOID, confirm=_S.VISITS),
        _S.MOVE: _row(_S.VISIT, choose=_S.MOVE, confirm=_S.VISITS),
        _S.STRAYS: _row(_S.HOME, open=_S.STRAY, release=_S.STRAYS),
        _S.STRAY: _row(_S.STRAYS, choose=_S.STRAY, confirm=_S.STRAYS, discard=_S.DISCARD),
        _S.DISCARD: _row(_S.STRAY, choose=_S.DISCARD, confirm=_S.STRAYS),
        _S.TOUCH: _row(_S.MORE, enough=_S.TOUCHED),
        _S.TOUCHED: _row(_S.MORE, touch=_S.TOUCH),
        _S.SOUND: _row(_S.MORE),
        _S.STATION: _row(_S.MORE, look_again=_S.STATION),
        _S.ACCOUNTS: _row(_S.MORE, open=_S.ACCOUNT, new=_S.NEW_CARD),
        _S.ACCOUNT: _row(_S.ACCOUNTS, new=_S.NEW_PIN),
        _S.NEW_CARD: _row(_S.ACCOUNTS, known=_S.NEW_PIN),
        _S.NEW_PIN: _row(_S.ACCOUNTS, done=_S.ACCOUNTS),
    }
)


def next_staff_step(step: StaffStep, happening: StaffHappening) -> StaffStep:
    """Where ``happening`` leads from ``step``; ``step`` itself where the table lists nothing."""
    return STAFF_TABLE[step].leads.get(happening, step)


def draw() -> str:
    """The table as a Mermaid state diagram, for the docs; leaving, which every step can, is left out."""
    every = {StaffHappening.LEAVE, StaffHappening.GONE}
    lines = ["stateDiagram-v2", f"    [*] --> {StaffStep.PIN}", f"    [*] --> {StaffStep.NUMBER}"]
    for step, row in STAFF_TABLE.items():
        lines += [f"    {step} --> {to}: {why}" for why, to in row.leads.items() if why not in every]
    return "\n".join(lines) + "\n"
