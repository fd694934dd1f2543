"""Calibrating weight and height: three references, three readings each, a reason where one is needed.

The arithmetic and every refusal stand in ``devices.calibration``; the desk lays the line and keeps it. Here
somebody is led by the hand: what to put on, whether it stands still, and what came of it.
"""

from decimal import Decimal

from msgspec.structs import replace

from devices.calibration import REPEATS, Calibration, Point, Refusal, RefusedCalibrationError
from devices.calibration_limits import EMPTY, Span, Standard
from devices.reading import Quantity, Reading
from kiosk.backroom.outcomes import kept_view, refused_view
from kiosk.backroom.putting import NO_PLATE, Putting, places_of, three_of
from kiosk.backroom.shift import Shift
from kiosk.backroom.steps import Press, StaffHappening, StaffStep
from kiosk.backroom.views import ChooseView, DoneView, Option, PointView, PrepareView, Ruler, StaffBody
from kiosk.backroom.work import Work
from kiosk.upkeep.checking import KeepCalibration

STEPS = frozenset({StaffStep.PREPARE, StaffStep.POINT, StaffStep.WHY, StaffStep.CALIBRATED})
REASONS = ("part", "moved", "long", "service")
"""Why a gain may be far from 1; the record keeps the word."""
_STAGES = 5
_FIRST_POINT = 2


class Calibrating:
    """From the three references to a line that holds, or a refusal that says what to do."""

    def __init__(self, shift: Shift, work: Work) -> None:
        self._shift = shift
        self._work = work
        self._span: Span | None = None
        self._standards: list[Standard] = []
        self._points: list[Point] = []
        self._putting: Putting | None = None
        self._done: DoneView | None = None

    def begin(self) -> None:
        """Choose the references, or put the first one on."""
        if self._shift.step is StaffStep.PREPARE:
            self._span = self._work.span()
            found = None if self._span is None else three_of(self._span, self._usable())
            self._standards = list(found or ())
            self._points, self._putting, self._done = [], None, None
        elif self._shift.step is StaffStep.POINT and self._putting is None:
            self._put()

    def choose(self, press: Press, detail: str) -> None:
        """Another reference, begin, note the value, a reason."""
        step = self._shift.step
        if step is StaffStep.PREPARE and press is Press.CHOOSE:
            self._change(int(detail))
        elif step is StaffStep.PREPARE and press is Press.BEGIN and self._standards:
            self._shift.go(StaffHappening.BEGIN)
        elif step is StaffStep.POINT and press is Press.TAKE:
            self._take()
        elif step is StaffStep.WHY and press is Press.CHOOSE:
            self._shift.chosen = detail
        elif step is StaffStep.WHY and press is Press.CONFIRM and self._shift.chosen:
            self._keep(self._shift.chosen)
        elif step is StaffStep.CALIBRATED and press is Press.CALIBRATE:
            self._shift.go(StaffHappening.CALIBRATE)

    def hear(self, instrument: str, reading: Reading) -> None:
        """The instrument said something, uncorrected."""
        if instrument == self._work.instrument and self._putting is not None:
            self._putting = self._putting.with_reading(reading)

    def body(self) -> StaffBody:
        """The screen of this step."""
        step = self._shift.step
        if step is StaffStep.PREPARE:
            return self._prepare()
        if step is StaffStep.WHY:
            return self._why()
        if step is StaffStep.CALIBRATED and self._done is not None:
            return self._done
        return self._point()

    def heading(self) -> str:
        """What the head says."""
        return self._shift.say("heading.calibrate", what=self._what)

    @property
    def _what(self) -> str:
        quantity = Quantity.BODY_WEIGHT if self._span is None else self._span.quantity
        return self._shift.say(f"quantity.{quantity}")

    def _usable(self) -> tuple[Standard, ...]:
        """The references of the station whose certificate has not ended."""
        if self._span is None:
            return ()
        now = self._shift.clock.wall()
        fit = self._shift.premises.standards(self._span)
        return tuple(s for s in fit if s.certified_until is None or now < s.certified_until)

    def _change(self, place: int) -> None:
        """The next reference that is not taken yet, at that place."""
        span = self._span
        if span is None or not 0 <= place < len(self._standards):
            return
        every = (*((EMPTY,) if span.low == 0 else ()), *self._usable())
        free = [s for s in every if s == self._standards[place] or s not in self._standards]
        self._standards[place] = free[(free.index(self._standards[place]) + 1) % len(free)]

    def _put(self) -> None:
        if self._span is not None and len(self._points) < len(self._standards):
            self._putting = Putting(self._span, self._standards[len(self._points)], REPEATS)

    def _take(self) -> None:
        if self._putting is None or not self._putting.can_take:
            return
        self._putting = self._putting.with_note()
        if not self._putting.whole:
            return
        self._points.append(Point(self._putting.standard, self._putting.taken))
        self._putting = None
        if len(self._points) < len(self._standards):
            self._put()
        else:
            self._keep(None)

    def _keep(self, reason: str | None) -> None:
        if self._span is None:
            return
        job = KeepCalibration(
            self._shift.by, self._span.instrument, self._span.quantity, tuple(self._points), reason
        )
        self._shift.ask(job, self._kept, self._refused)

    def _kept(self, made: Calibration) -> None:
        self._done = kept_view(self._shift, made)
        self._shift.go(self._onward)

    def _refused(self, wrong: Exception) -> None:
        if isinstance(wrong, RefusedCalibrationError) and wrong.refusal is Refusal.REASON_NEEDED:
            self._shift.go(StaffHappening.REASON_NEEDED)
            return
        self._done = refused_view(self._shift, wrong, self._points, self._span)
        self._shift.go(self._onward)

    @property
    def _onward(self) -> StaffHappening:
        """The reason was confirmed, or the last point noted."""
        at_reason = self._shift.step is StaffStep.WHY
        return StaffHappening.CONFIRM if at_reason else StaffHappening.POINTS_TAKEN

    def _prepare(self) -> PrepareView:
        say, span = self._shift.say, self._span
        if span is None:
            return PrepareView("calibration_weight", say("prepare.weight"), "", (), say("prepare.no_plate"))
        kind, picture = _looks(span)
        if not self._standards:
            return PrepareView(picture, say(f"prepare.{kind}"), "", (), say("prepare.none"))
        options = tuple(
            Option(str(place), self._named(standard), self._certified(standard))
            for place, standard in enumerate(self._standards)
        )
        return PrepareView(picture, say(f"prepare.{kind}"), say("prepare.sentence"), options)

    def _named(self, standard: Standard) -> str:
        unit = self._shift.say("unit.kg" if self._span and self._span.unit == "kg" else "unit.cm")
        return self._shift.say("reference.empty") if standard == EMPTY else f"{standard.value} {unit}"

    def _certified(self, standard: Standard) -> str:
        say = self._shift.say
        if standard == EMPTY:
            return ""
        if standard.certified_until is None:
            return say("reference.no_end", mark=standard.id)
        until = self._shift.local(standard.certified_until).date()
        return say("reference.valid", mark=standard.id, day=self._shift.whole_day(until))

    def _point(self) -> PointView:
        putting = self._putting
        if putting is None:
            putting = Putting(self._span or NO_PLATE, EMPTY, REPEATS)
        number = str(min(len(self._points), REPEATS - 1) + _FIRST_POINT)
        step = self._shift.say("point.step", number=number, total=str(_STAGES))
        view = point_view(self._shift, putting, step)
        return replace(view, footnote=self._certified(putting.standard))

    def _why(self) -> ChooseView:
        say = self._shift.say
        options = tuple(Option(one, say(f"why.{one}")) for one in REASONS)
        return ChooseView(say("why.title"), say("why.sentence"), options, self._shift.chosen, say("why.save"))


def _looks(span: Span) -> tuple[str, str]:
    if span.quantity is Quantity.BODY_WEIGHT:
        return "weight", "calibration_weight"
    return "height", "calibration_rod"


def point_view(shift: Shift, putting: Putting, step: str) -> PointView:
    """The screen of one reference on the instrument."""
    say, (kind, picture) = shift.say, _looks(putting.span)
    unit = say(f"unit.{putting.span.unit}")
    value = putting.standard.value
    title = say("point.empty") if putting.standard == EMPTY else say(f"point.put_{kind}", value=str(value))
    trouble = None
    if putting.shown is not None and putting.shown.stable is False:
        trouble = say("point.unstable")
    elif putting.taken and not putting.fresh:
        trouble = say("point.again")
    return PointView(
        step=step,
        title=title,
        picture=picture,
        plate=""
        if putting.standard == EMPTY
        else str(value.normalize() if value % 1 else value.quantize(Decimal(1))),
        label=say("point.now"),
        value="" if putting.shown is None or not putting.fresh else str(putting.shown.value),
        unit=unit,
        instead=say("point.wait_value"),
        ruler=_ruler(shift, putting, unit),
        taken=tuple(str(one) for one in putting.taken),
        repeats=putting.repeats,
        can_take=putting.can_take and not shift.waits,
        footnote="",
        trouble=trouble,
    )


def _ruler(shift: Shift, putting: Putting, unit: str) -> Ruler | None:
    allowed, error, shown = putting.allowed, putting.error, putting.shown
    if allowed is None:
        return None
    like = Decimal("0.1") if shown is None else Decimal(1).scaleb(int(shown.value.as_tuple().exponent))
    middle = putting.standard.value
    words, good = "", True
    if error is not None and shown is not None and putting.fresh:
        good = abs(error) <= allowed
        key = "point.off_moving" if shown.stable is False else "point.off"
        words = shift.say(key, error=places_of(error, like))
    place = putting.place if putting.fresh else None
    step = min(like, Decimal(1).scaleb(int(allowed.normalize().as_tuple().exponent)))
    low, mid, high, far = (
        str(one.quantize(step)) for one in (middle - allowed, middle, middle + allowed, allowed)
    )
    return Ruler(low, mid, high, place, words, good, shift.say("point.allowed", limit=far, unit=unit))
