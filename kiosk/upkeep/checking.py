"""Weight and height: the two-point line and the check with reference masses and rods, as jobs of the desk.

Both take what the instrument itself said, uncorrected; a check is judged after the line that is in force. The
arithmetic and its refusals stand in ``devices.calibration``.
"""

from decimal import Decimal

from devices.calibration import Calibration, Point, RefusedCalibrationError, calibrate
from devices.calibration_limits import Span, Standard, Verification, verify
from devices.reading import Quantity, Reading
from kiosk.jobs import Job, Office
from kiosk.store.page import Page
from kiosk.upkeep.errors import NotKnownHereError
from kiosk.upkeep.judging import in_force
from kiosk.upkeep.keeping import Finding, fresh_id, keep
from kiosk.upkeep.looking import found_of
from kiosk.upkeep.staff import Act
from kiosk.upkeep.trail import allowed, note

PASSED, FAILED = "passed", "failed"


class KeepCalibration(Job[Calibration], frozen=True):
    """Lay and keep the line of one quantity. ``points`` are two and the third that checks, as shown.

    Raises ``RefusedCalibrationError``, ``DeviceError`` (a standard, the plate), ``NotAllowedError``.
    """

    by: str
    instrument: str
    quantity: Quantity
    points: tuple[Point, ...]
    reason: str | None = None

    def do(self, office: Office) -> Calibration:
        """Calculate, refuse or keep."""
        allowed(office, self.by, Act.CALIBRATE)
        span = _span(office, self.instrument, self.quantity)
        try:
            made = calibrate(
                span,
                self.points,
                id=fresh_id(office),
                who=self.by,
                when=office.now().wall,
                reason=self.reason,
            )
        except RefusedCalibrationError as wrong:
            note(office, self.by, Act.CALIBRATE, self.instrument, f"refused {wrong.refusal.value}")
            raise
        keep(
            office,
            Finding(Page.CALIBRATION, made.id, self.instrument, made, self.by, Act.CALIBRATE, PASSED),
        )
        return made


class KeepCheck(Job[Verification], frozen=True):
    """Keep a check with reference masses or rods: each with the value the instrument said, uncorrected.

    A failed check is kept too, and rests the instrument. Raises as ``KeepCalibration``.
    """

    by: str
    instrument: str
    quantity: Quantity
    shown: tuple[tuple[Standard, Decimal], ...]

    def do(self, office: Office) -> Verification:
        """Correct by the line in force, compare, keep."""
        allowed(office, self.by, Act.CHECK)
        span = _span(office, self.instrument, self.quantity)
        line = in_force(found_of(office.ledger.book, self.instrument).calibrations, self.quantity)
        made = verify(
            span,
            [(standard, _true(line, span, value)) for standard, value in self.shown],
            id=fresh_id(office),
            who=self.by,
            when=office.now().wall,
            calibration=None if line is None else line.id,
        )
        result = PASSED if made.passed else FAILED
        keep(office, Finding(Page.CHECK, made.id, self.instrument, made, self.by, Act.CHECK, result))
        return made


def _true(line: Calibration | None, span: Span, shown: Decimal) -> Decimal:
    if line is None or not shown.is_finite():
        return shown
    return line.corrected(Reading(span.quantity, shown, span.unit)).value


def _span(office: Office, instrument: str, quantity: Quantity) -> Span:
    span = office.rules.instrument(instrument).span(quantity)
    if span is None:
        raise NotKnownHereError(
            f"The settings do not say what stands on the plate of {instrument}: add `plate` to it."
        )
    return span
