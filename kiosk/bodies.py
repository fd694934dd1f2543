"""The body of each step's view, every text said in her language.

Pure reading: a function a step; it changes nothing and decides nothing.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType

from devices.model import Role
from devices.reading import Quantity
from health.remembered import statement
from health.visit import Resident
from kiosk.asked import asked, trouble
from kiosk.attendance import Attendance
from kiosk.calling.calls import Reason
from kiosk.cards import result, urgent
from kiosk.care.blood import STAFF_SECONDS
from kiosk.care.oxygen import asks_for_finger, measured
from kiosk.care.sit import can_start
from kiosk.care.waking import can_wake
from kiosk.flow.steps import Station, Step
from kiosk.leaving_bodies import goodbye, paper, take, teach, trends
from kiosk.masking import masked
from kiosk.measuring.blood import RUN_SECONDS
from kiosk.measuring.grip import BAR_FULL
from kiosk.standing_bodies import stand, stand_done, tall, weight_ask
from kiosk.telephone_number import groups_of, is_full, is_number
from kiosk.views import (
    AnsweredView,
    BloodRunningView,
    BloodView,
    Body,
    ConfirmView,
    ConsentView,
    GapView,
    GripTry,
    GripView,
    IdentifyView,
    IdleView,
    NotTodayView,
    PhoneView,
    PressureView,
    QuestionView,
    RememberedView,
    RestView,
    SafetyView,
    SampleView,
    TelephoneCheckView,
    TelephoneView,
    WelcomeView,
)


def clock_text(seconds: float) -> str:
    """``4:12``."""
    whole = max(0, round(seconds))
    return f"{whole // 60}:{whole % 60:02d}"


def blood_run(at: Attendance) -> BloodRunningView | None:
    """The analyser's run while it has this visit's blood, else None."""
    ticket = at.sitting.ticket
    if ticket is None or at.sitting.blood_done:
        return None
    gone = at.clock.since(ticket.made)
    part = min(1.0, gone / RUN_SECONDS)
    left = clock_text(RUN_SECONDS - gone) if round(RUN_SECONDS - gone) > 0 else at.say("say.blood.soon")
    return BloodRunningView(left, part, waiting=at.step is Step.BLOOD_WAIT)


def _clock(at: Attendance) -> str:
    now = at.clock.local()
    return f"{now.hour}:{now.minute:02d}"


def _idle(at: Attendance) -> IdleView:
    now = at.clock.local()
    weekday = at.say(f"say.weekday.{now.isoweekday()}")
    day = at.say("say.day", month=str(now.month), day=str(now.day), weekday=weekday)
    call = at.calls.standing
    open_call = call is not None and call.reason is Reason.URGENT
    called = at.say("say.call_open", time=at.time_of(call.called_at)) if call and open_call else None
    return IdleView(_clock(at), day, at.say("say.no_room") if at.closed else None, called, can_wake(at))


def _welcome(at: Attendance) -> WelcomeView:
    return WelcomeView(_clock(at), at.sitting.stepped_on)


def _identify(at: Attendance) -> IdentifyView:
    away = not at.bench.available(Role.CARD)
    return IdentifyView(_clock(at), away, trouble(at), asked(at), at.sitting.stepped_on)


def _of_number(at: Attendance, number: str) -> str | None:
    """What is wrong with a telephone number that takes no further digit and is none."""
    too_long = is_full(number) and not is_number(number)
    return at.say("say.phone.long") if too_long else trouble(at)


def _phone(at: Attendance) -> PhoneView:
    digits = at.sitting.digits
    return PhoneView(digits, is_number(digits), _of_number(at, digits), is_full(digits))


def _confirm(at: Attendance) -> ConfirmView:
    card = at.sitting.card
    if card is None:
        return ConfirmView("", "", None)
    return ConfirmView(masked(card.name), str(card.birth_date.year), card.sex == "female")


def _consent(at: Attendance) -> ConsentView:
    known = at.sitting.visit.resident != Resident()
    return ConsentView(_clock(at), bool(at.house.station.phone_page), known)


def _safety(at: Attendance) -> SafetyView:
    return SafetyView(at.say("question.pacemaker"))


def _blood(at: Attendance) -> BloodView:
    return BloodView(at.step is Step.BLOOD_AGAIN, max(0, round(STAFF_SECONDS - at.spent())))


def _sample(at: Attendance) -> SampleView:
    ticket = at.sitting.ticket
    if ticket is None:
        return SampleView(None)
    return SampleView(ticket.specimen, at.bench.described_as(ticket.instrument).spoken)


def _blood_running(at: Attendance) -> BloodRunningView:
    ready = BloodRunningView(at.say("say.blood.ready"), 1.0, waiting=at.step is Step.BLOOD_WAIT)
    return blood_run(at) or ready


def _remembered(at: Attendance) -> RememberedView:
    return RememberedView(tuple(at.words.say(statement(one)) for one in at.sitting.recalled or ()))


def _question(at: Attendance) -> QuestionView:
    sitting = at.sitting
    question = sitting.questions[sitting.asked]
    return QuestionView(question, at.say(f"question.{question}"), sitting.asked + 1, len(sitting.questions))


def _telephone(at: Attendance) -> TelephoneView:
    number = at.sitting.number
    return TelephoneView(number, is_number(number), _of_number(at, number), is_full(number))


def _telephone_check(at: Attendance) -> TelephoneCheckView:
    return TelephoneCheckView(" ".join(group for group in groups_of(at.sitting.number) if group))


def _rest(at: Attendance) -> RestView:
    gone = at.spent()
    whole = at.house.pressure.rest_s
    found = measured(at)
    return RestView(
        clock_text(whole - gone),
        min(1.0, gone / whole),
        whole // 60,
        trouble(at),
        clip=asks_for_finger(at),
        oxygen=None if found is None else str(found.value),
    )


def _pressure(at: Attendance) -> PressureView:
    series = at.sitting.series
    runs = () if series is None else series.runs
    model = at.bench.model(Role.PRESSURE)
    return PressureView(
        attempt=len(runs) + 1,
        attempts=max(1 if series is None else series.planned, len(runs) + 1),
        own_key=model is not None and not model.can.start,
        can_stop=model is not None and model.can.stop,
        can_start=can_start(at),
        last=runs[-1].printed if runs else None,
        trouble=trouble(at),
        asked=asked(at),
    )


def _gap(at: Attendance) -> GapView:
    gone, whole = at.spent(), at.house.pressure.gap_s
    runs = () if at.sitting.series is None else at.sitting.series.runs
    last = runs[-1].printed if runs else None
    return GapView(clock_text(whole - gone), min(1.0, gone / whole), last, trouble(at))


def _part(value: Decimal) -> float:
    return float(min(Decimal(1), value / BAR_FULL))


def _grip(at: Attendance) -> GripView:
    plan, live = at.sitting.plan, at.sitting.squeezing
    left = plan.hand is Quantity.GRIP_LEFT
    best = plan.best(plan.hand)
    tries = []
    for number in range(2 * plan.tries):
        done = plan.done[number] if number < len(plan.done) else None
        tries.append(
            GripTry(
                number < plan.tries,
                None if done is None else str(done.reading.value),
                now=number == len(plan.done),
            )
        )
    return GripView(
        left=left,
        live=None if live is None else str(live.value),
        part=0.0 if live is None else _part(live.value),
        best=None if best is None else str(best.value),
        best_part=None if best is None else _part(best.value),
        tries=tuple(tries),
        trouble=trouble(at),
        asked=asked(at),
    )


def _not_today(at: Attendance) -> NotTodayView:
    sitting = at.sitting
    return NotTodayView(sitting.resting_station or Station.STAND, at.say(sitting.resting_words))


def _answered(at: Attendance) -> AnsweredView:
    call = at.sitting.visit.call
    return AnsweredView(None if call is None else at.time_of(call.called_at))


BODIES: Mapping[Step, Callable[[Attendance], Body]] = MappingProxyType(
    {
        Step.IDLE: _idle,
        Step.WELCOME: _welcome,
        Step.IDENTIFY: _identify,
        Step.PHONE: _phone,
        Step.CONFIRM: _confirm,
        Step.CONSENT: _consent,
        Step.SAFETY: _safety,
        Step.BLOOD: _blood,
        Step.SAMPLE: _sample,
        Step.BLOOD_RUNNING: _blood_running,
        Step.STAND: stand,
        Step.TALL: tall,
        Step.WEIGHT_ASK: weight_ask,
        Step.STAND_DONE: stand_done,
        Step.REMEMBERED: _remembered,
        Step.QUESTION: _question,
        Step.TELEPHONE: _telephone,
        Step.TELEPHONE_CHECK: _telephone_check,
        Step.REST: _rest,
        Step.PRESSURE: _pressure,
        Step.GAP: _gap,
        Step.GRIP: _grip,
        Step.BLOOD_AGAIN: _blood,
        Step.BLOOD_WAIT: _blood_running,
        Step.NOT_TODAY: _not_today,
        Step.URGENT: urgent,
        Step.ANSWERED: _answered,
        Step.RESULT: result,
        Step.TRENDS: trends,
        Step.TEACH: teach,
        Step.TAKE: take,
        Step.PAPER: paper,
        Step.GOODBYE: goodbye,
    }
)
