"""Sample views of every step, of synthetic people: for pictures in the docs, for review and for tests.

Pure: no widget. Nobody was measured, so every view wears the mark of the demonstration.
"""

import msgspec

from health.words import words_of
from kiosk.flow.steps import Choice, Station, Step
from kiosk.screens.sample_bodies import SampleBodies
from kiosk.show import ASKING, PERSONAL, RIGHT
from kiosk.teaching import Deed
from kiosk.theme import FIRST_SCREEN, load_look
from kiosk.views import (
    AnsweredView,
    Body,
    Mark,
    Overlay,
    Road,
    TelephoneCheckView,
    TelephoneView,
    Theme,
    View,
)


class Sample(msgspec.Struct, frozen=True):
    """A picture's name and what it shows."""

    name: str
    view: View


def road(number: int, blood_left: str | None = None, blood_part: float | None = None) -> Road:
    """The road with ``number`` being here, all before done."""
    marks = tuple(
        (station, Mark.DONE if place < number else Mark.HERE if place == number else Mark.AHEAD)
        for place, station in enumerate(Station, start=1)
    )
    return Road(number, marks, blood_left, blood_part)


class _Of(msgspec.Struct, frozen=True):
    step: Step
    body: Body
    road: Road | None = None
    name: str = ""
    overlay: Overlay | None = None
    whom: str | None = None


_RIGHT = {
    "urgent_alone": Choice.NEXT,
    "result_again": Choice.EARLIER,
    "remembered": Choice.NOT_ME,
    "remembered_most": Choice.NOT_ME,
    "trends": Choice.NOT_ME,
    "help_while_it_squeezes": Choice.STOP,
}
"""Samples whose right key is there for a reason of their own."""


def samples(
    language: str, theme: Theme = Theme.LIGHT, *, large: bool = False, screen: str = FIRST_SCREEN
) -> tuple[Sample, ...]:
    """Every step and panel in ``language``, in the order of a visit, as ``screen`` shows them."""
    face = load_look().screen_named(screen).face
    bodies = SampleBodies(words_of(language), face.results_in(large=large), face.trends)
    shown = (*_arrival(bodies), *_measuring(bodies), *_leaving(bodies), *_panels(bodies))
    return tuple(
        Sample(
            each.name or each.step.value,
            View(
                step=each.step,
                body=each.body,
                language=language,
                theme=theme,
                large=large,
                road=each.road,
                right=_right(each),
                overlay=each.overlay,
                overlay_seconds=18 if each.overlay is Overlay.STILL_THERE else None,
                help_called=each.overlay is Overlay.HELP,
                demo=True,
                whom=each.whom,
                other="陈*强" if each.overlay is Overlay.OTHER_CARD else None,
                speaks=True,
                personal=each.step in PERSONAL,
            ),
        )
        for each in shown
    )


def _right(each: _Of) -> Choice | None:
    below = None if each.overlay in ASKING else RIGHT.get(each.step)
    return _RIGHT.get(each.name or each.step.value, below)


def _arrival(b: SampleBodies) -> tuple[_Of, ...]:
    return (
        _Of(Step.IDLE, b.idle()),
        _Of(Step.IDLE, b.idle(scale=False), name="idle_touch"),
        _Of(Step.IDLE, b.idle(closed=True), name="idle_closed"),
        _Of(Step.IDLE, b.idle(called=True), name="idle_called"),
        _Of(Step.WELCOME, b.welcome()),
        _Of(Step.WELCOME, b.welcome(stepped_on=True), name="welcome_stepped_on"),
        _Of(Step.IDENTIFY, b.identify()),
        _Of(Step.IDENTIFY, b.identify(away=True), name="identify_away"),
        _Of(Step.PHONE, b.phone("13800000738")),
        _Of(Step.PHONE, b.phone("1380"), name="phone_begun"),
        _Of(Step.CONFIRM, b.confirm()),
        _Of(Step.CONSENT, b.consent()),
        _Of(Step.CONSENT, b.consent(guest=True), name="consent_guest"),
        _Of(Step.SAFETY, b.safety()),
    )


def _measuring(b: SampleBodies) -> tuple[_Of, ...]:
    two, sit, grip = road(2, "1:52", 0.38), road(3, "0:48", 0.73), road(4)
    return (
        _Of(Step.BLOOD, b.blood(), road(1)),
        _Of(Step.SAMPLE, b.sample(), road(1)),
        _Of(Step.SAMPLE, b.sample(meter=True), road(1), name="sample_meter"),
        _Of(Step.BLOOD_RUNNING, b.blood_running(), road(1)),
        _Of(Step.STAND, b.step_on(), road(2, "2:01", 0.33), name="stand_on"),
        _Of(Step.STAND, b.stand(), two),
        _Of(Step.STAND, b.stand_silent(), two, name="stand_silent"),
        _Of(Step.STAND, b.stand_unsteady(), two, name="stand_unsteady"),
        _Of(Step.TALL, b.tall(), two),
        _Of(Step.WEIGHT_ASK, b.weight_ask(), two),
        _Of(Step.WEIGHT_ASK, b.weight_ask(staff=True), two, name="weight_ask_staff"),
        _Of(Step.WEIGHT_ASK, b.weight_ask(called=True), two, name="weight_ask_called"),
        _Of(Step.WEIGHT_ASK, b.weight_ask(joined=True), two, name="weight_ask_joined"),
        _Of(Step.STAND_DONE, b.stand_done(ready=False), two, name="stand_done_first"),
        _Of(Step.STAND_DONE, b.stand_done(), two),
        _Of(Step.REMEMBERED, b.remembered(), sit),
        _Of(Step.REMEMBERED, b.remembered(most=True), sit, name="remembered_most"),
        _Of(Step.QUESTION, b.question(), sit),
        _Of(Step.TELEPHONE, TelephoneView("13800000738", complete=True, full=True), sit),
        _Of(Step.TELEPHONE, TelephoneView("1380", complete=False), sit, name="telephone_begun"),
        _Of(
            Step.TELEPHONE,
            TelephoneView("057187654321", complete=True, full=True),
            sit,
            name="telephone_land",
        ),
        _Of(Step.TELEPHONE_CHECK, TelephoneCheckView("138 0000 0738"), sit),
        _Of(Step.REST, b.rest(), sit),
        _Of(Step.REST, b.rest_clip(), sit, name="rest_clip"),
        _Of(Step.REST, b.rest_oxygen(), sit, name="rest_oxygen"),
        _Of(Step.PRESSURE, b.pressure(), road(3)),
        _Of(Step.PRESSURE, b.pressure(own_key=True), road(3), name="pressure_own_key"),
        _Of(Step.PRESSURE, b.pressure_ready(), road(3), name="pressure_ready"),
        _Of(Step.GAP, b.gap(), road(3)),
        _Of(Step.GAP, b.gap(failed=True), road(3), name="gap_failed"),
        _Of(Step.GRIP, b.grip(), grip),
        _Of(Step.GRIP, b.grip_ready(), grip, name="grip_ready"),
        _Of(Step.BLOOD_AGAIN, b.blood(again=True), road(1)),
        _Of(Step.BLOOD_WAIT, b.blood_running(waiting=True), road(1)),
        _Of(Step.NOT_TODAY, b.not_today(Station.SIT), road(3)),
        _Of(Step.NOT_TODAY, b.not_today(Station.BLOOD), road(1), name="not_today_blood"),
    )


def _leaving(b: SampleBodies) -> tuple[_Of, ...]:
    last = road(5)
    return (
        _Of(Step.URGENT, b.urgent()),
        _Of(Step.URGENT, b.urgent(alone=True), name="urgent_alone"),
        _Of(Step.ANSWERED, AnsweredView("9:51")),
        _Of(Step.RESULT, b.result(1), last),
        _Of(Step.RESULT, b.result(2), last, name="result_two"),
        _Of(Step.RESULT, b.result(1, "target"), last, name="result_target"),
        _Of(Step.RESULT, b.result(2, "target"), last, name="result_target_two"),
        _Of(Step.RESULT, b.result(1, "blood_later", "say.blood.later"), last, name="result_later"),
        _Of(Step.RESULT, b.result(2, "blood_later", "say.blood.later"), last, name="result_later_two"),
        _Of(Step.RESULT, b.result(1, "again"), last, name="result_again"),
        _Of(Step.RESULT, b.result(1, "many"), last, name="result_many"),
        _Of(Step.RESULT, b.result(2, "many"), last, name="result_many_two"),
        _Of(Step.TRENDS, b.trends(), last),
        _Of(Step.TEACH, b.teach(), last),
        _Of(Step.TEACH, b.teach(picked=True), last, name="teach_first"),
        _Of(Step.TEACH, b.teach(Deed.RISE), last, name="teach_rise"),
        _Of(Step.TEACH, b.teach(Deed.FASTING), last, name="teach_fasting"),
        _Of(Step.TAKE, b.take(), last),
        _Of(Step.TAKE, b.take(printer=False), last, name="take_no_printer"),
        _Of(Step.PAPER, b.paper(), last),
        _Of(Step.PAPER, b.paper(code=False), last, name="paper_only"),
        _Of(Step.PAPER, b.code_only(), last, name="code_only"),
        _Of(Step.PAPER, b.paper_trouble(), last, name="paper_trouble"),
        _Of(Step.PAPER, b.paper_trouble(code=False), last, name="paper_trouble_alone"),
        _Of(Step.GOODBYE, b.goodbye()),
        _Of(Step.GOODBYE, b.goodbye(pending=True), name="goodbye_pending"),
    )


def _panels(b: SampleBodies) -> tuple[_Of, ...]:
    two = road(2, "1:52", 0.38)
    return (
        _Of(Step.STAND, b.stand(), two, name="help", overlay=Overlay.HELP),
        _Of(Step.STAND, b.stand(), two, name="help_alone", overlay=Overlay.HELP, whom=b.whom()),
        _Of(Step.PRESSURE, b.pressure(), road(3), name="help_while_it_squeezes", overlay=Overlay.HELP),
        _Of(Step.CONSENT, b.consent(), name="still_there", overlay=Overlay.STILL_THERE),
        _Of(Step.WEIGHT_ASK, b.weight_ask(), two, name="still_there_covered", overlay=Overlay.STILL_THERE),
        _Of(Step.STAND, b.stand(), two, name="other_card", overlay=Overlay.OTHER_CARD),
        _Of(Step.STAND, b.stand(), two, name="outcome", overlay=Overlay.OUTCOME),
        _Of(Step.RESULT, b.result(1), road(5), name="voice", overlay=Overlay.VOICE),
    )
