"""A demonstration begins in order: simulated masses on a simulated scale, simulated controls, one account.

Only where every instrument is simulated. Everything it writes says ``demo`` as who did it, its masses, rods
and lot begin with ``DEMO``, and its PIN is no secret: it is shown on the staff screen of a demonstration.
"""

from decimal import Decimal

from devices.calibration import Point, calibrate
from devices.calibration_limits import EMPTY, Span, Standard
from devices.control import Lot, Result, Run, Target
from devices.reading import Quantity
from kiosk.jobs import Office
from kiosk.store.page import Page
from kiosk.upkeep.asked import STANDING
from kiosk.upkeep.keeping import Finding, fresh_id, write
from kiosk.upkeep.looking import board_of, lots_of, today_at
from kiosk.upkeep.records import ControlRun, OpenedLot
from kiosk.upkeep.rules import Kept
from kiosk.upkeep.staff import Act, StaffMember, StaffRole
from kiosk.upkeep.standing import State, Why
from kiosk.upkeep.trail import note

DEMO = "demo"
PIN = "204071"
"""The PIN of the demonstration's one account. It is public."""
LOT = "DEMO-1"
ANEW = "demonstration begun anew"
_LAPSED = frozenset(
    {
        Why.CHECK_MISSING,
        Why.CHECK_OVERDUE,
        Why.CALIBRATION_MISSING,
        Why.CALIBRATION_OVERDUE,
        Why.NO_LOT,
        Why.LOT_EXPIRED,
        Why.CONTROL_MISSING,
        Why.CONTROL_OVERDUE,
    }
)
_CONTROLS = {
    Quantity.TOTAL_CHOLESTEROL: ("4.00", "6.50", "0.10"),
    Quantity.HDL: ("1.10", "1.70", "0.04"),
    Quantity.TRIGLYCERIDES: ("1.20", "2.60", "0.06"),
    Quantity.LDL: ("2.40", "3.90", "0.10"),
    Quantity.GLUCOSE: ("5.00", "12.00", "0.15"),
}
"""Means of levels 1 and 2 and the SD, mmol/L, of a bottle that does not exist."""


def renew(office: Office, *, at_start: bool = False) -> None:
    """Put in order what rests because nobody did it in time, and at the start also what was found bad.

    Does nothing at a real station.
    """
    if not office.rules.demo:
        return
    board = board_of(office.ledger.book, office.rules, office.now().wall)
    lapsed = {
        s.instrument for s in board.standings if s.state is State.RESTS and (at_start or s.why in _LAPSED)
    }
    with office.ledger.together():
        if office.ledger.book.member(DEMO) is None:
            _hire(office)
        for kept in office.rules.instruments:
            if kept.id in lapsed:
                _put_in_order(office, kept)


def _hire(office: Office) -> None:
    """Once, at the very first start. A public PIN is not worth the quarter of a second of a good hash."""
    from argon2 import PasswordHasher  # noqa: PLC0415 - no later start needs it

    from kiosk.upkeep.pin_hash import hashed  # noqa: PLC0415 - as above

    quick = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    badge = next(iter(office.rules.badges), "")
    one = StaffMember(DEMO, "演示 Demo", StaffRole.SUPERVISOR, badge)
    office.ledger.book.keep_member(one, hashed(PIN, DEMO, office.rules.pepper, quick))
    note(office, DEMO, Act.STAFF, DEMO, "added supervisor")


def _put_in_order(office: Office, kept: Kept) -> None:
    if kept.controlled:
        _run(office, kept)
        return
    for quantity in kept.measures:
        if quantity in STANDING:
            _calibrate(office, kept.span(quantity) or _simulated_span(kept.id, quantity))


def _simulated_span(instrument: str, quantity: Quantity) -> Span:
    """What stands on the plate of a simulated instrument whose settings say nothing of it."""
    if quantity is Quantity.BODY_WEIGHT:
        return Span(instrument, quantity, Decimal(0), Decimal(200), Decimal("0.1"))
    return Span(instrument, quantity, Decimal(60), Decimal(210))


def _calibrate(office: Office, span: Span) -> None:
    low = EMPTY if span.low == 0 else Standard(f"DEMO-{span.low}", span.low)
    third = Standard("DEMO-third", span.low + (span.high - span.low) / 4)
    points = [_point(one) for one in (low, Standard(f"DEMO-{span.high}", span.high), third)]
    made = calibrate(span, points, id=fresh_id(office), who=DEMO, when=office.now().wall)
    write(office, Finding(Page.CALIBRATION, made.id, span.instrument, made, DEMO, Act.CALIBRATE, "passed"))


def _point(standard: Standard) -> Point:
    return Point(standard, (standard.value,) * 3)


def _run(office: Office, kept: Kept) -> None:
    now, today = office.now().wall, today_at(office.rules, office.now().wall)
    lots = lots_of(office.ledger.book, kept.id)
    lot = lots[-1] if lots and lots[-1].lot.expires >= today else None
    if lot is None:
        new = Lot(LOT, today.replace(year=today.year + 1, day=1), _targets(kept.measures))
        lot = OpenedLot(fresh_id(office), kept.id, new, DEMO, now)
        write(office, Finding(Page.LOT, lot.id, kept.id, lot, DEMO, Act.LOT, LOT))
    results = tuple(
        Result(target.material, target.quantity, target.unit, target.mean) for target in lot.lot.targets
    )
    run = Run(fresh_id(office), results, DEMO, now, ANEW)
    write(
        office,
        Finding(Page.RUN, run.id, kept.id, ControlRun(lot.id, run), DEMO, Act.CONTROL, "accept"),
    )


def _targets(measures: tuple[Quantity, ...]) -> tuple[Target, ...]:
    return tuple(
        Target(level, quantity, "mmol/L", Decimal(mean), Decimal(sd))
        for quantity in measures
        for *means, sd in (_CONTROLS[quantity],)
        for level, mean in zip(("1", "2"), means, strict=True)
    )
