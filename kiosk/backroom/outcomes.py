"""What came of a calibration or a check, as one verdict and the numbers it rests on.

Pure reading of what the desk kept or refused; nothing is judged here.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from devices.calibration import Calibration, Point, RefusedCalibrationError
from devices.calibration_limits import EMPTY, Span, Verification
from devices.reading import Quantity, Reading
from kiosk.backroom.putting import places_of
from kiosk.backroom.shift import Shift
from kiosk.backroom.steps import Press
from kiosk.backroom.views import Action, DoneView, State
from kiosk.upkeep.errors import NotAllowedError

_HUNDREDTH = Decimal("0.01")


def kept_view(shift: Shift, made: Calibration) -> DoneView:
    """The line holds."""
    say = shift.say
    lines = tuple(
        _line(made.span, point, made.corrected(Reading(made.span.quantity, point.mean, made.span.unit)).value)
        for point in made.points
    )
    offset = f"{abs(made.offset.normalize()):f}"
    line = say("calibrated.line", gain=f"{made.gain:.5f}", offset=offset, unit=say(f"unit.{made.span.unit}"))
    if made.offset < 0:
        line = line.replace(f"+ {offset}", f"\N{MINUS SIGN} {offset}")
    until = shift.whole_day(shift.local(made.expires).date())
    return DoneView(
        State.GOOD,
        say("calibrated.saved"),
        say("calibrated.saved_more", day=until),
        _columns(shift, "reference", "shown", "corrected", "off"),
        lines,
        line,
    )


def refused_view(shift: Shift, wrong: Exception, points: Sequence[Point], span: Span | None) -> DoneView:
    """Nothing was kept, and why."""
    say = shift.say
    if isinstance(wrong, RefusedCalibrationError):
        reason = say(f"refused.{wrong.refusal}")
    elif isinstance(wrong, NotAllowedError):
        reason = say("not_allowed")
    else:
        reason = say("not_kept")
    lines = () if span is None else tuple(_line(span, point, point.mean) for point in points)
    quantity = Quantity.BODY_WEIGHT if span is None else span.quantity
    return DoneView(
        State.STOP,
        say("calibrated.refused"),
        say("calibrated.refused_more", reason=reason),
        _columns(shift, "reference", "shown", "", "off"),
        tuple((line[0], line[1], "", line[3]) for line in lines),
        say(_basis(quantity)),
        Action(Press.CALIBRATE, "again", say("calibrated.again"), quantity),
    )


def checked_view(shift: Shift, made: Verification) -> DoneView:
    """The check passed, or the instrument rests."""
    say, unit = shift.say, made.span.unit
    lines = tuple(
        (
            f"{check.standard.value} {unit}",
            str(check.shown),
            places_of(check.error, check.shown),
            str(check.limit),
        )
        for check in made.checks
    )
    columns = _columns(shift, "reference", "shown", "off", "limit")
    quantity = made.span.quantity
    if not made.passed:
        again = Action(Press.CALIBRATE, "weight", say("checked.calibrate"), quantity)
        return DoneView(
            State.STOP,
            say("checked.failed"),
            say("checked.failed_more"),
            columns,
            lines,
            say(_basis(quantity)),
            again,
        )
    until = shift.day(shift.local(made.expires).date())
    return DoneView(
        State.GOOD,
        say("checked.passed"),
        say("checked.passed_more", day=until),
        columns,
        lines,
        say(_basis(quantity)),
        Action(Press.CHECK, "again", say("checked.again"), quantity),
    )


def _basis(quantity: Quantity) -> str:
    return "basis.weight" if quantity is Quantity.BODY_WEIGHT else "basis.height"


def _columns(shift: Shift, *names: str) -> tuple[str, ...]:
    return tuple(shift.say(f"column.{name}") if name else "" for name in names)


def _line(span: Span, point: Point, true: Decimal) -> tuple[str, ...]:
    standard = point.standard
    named = "0" if standard == EMPTY else str(standard.value)
    corrected = true.quantize(_HUNDREDTH, ROUND_HALF_UP)
    shown = point.mean.quantize(_HUNDREDTH, ROUND_HALF_UP)
    off = places_of(corrected - standard.value, _HUNDREDTH)
    return (f"{named} {span.unit}", str(shown), str(corrected), off)
