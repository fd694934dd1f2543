"""From the sitting to the screen: the frame of one view; its body is made by ``bodies``.

Pure reading: it changes nothing and decides nothing.
"""

from collections.abc import Mapping
from types import MappingProxyType

from kiosk.attendance import Attendance
from kiosk.bodies import BODIES, blood_run
from kiosk.cards import whom_to_ring
from kiosk.care.leaving import may_look_back
from kiosk.care.not_her import may_say_so
from kiosk.care.sit import stops_here
from kiosk.flow.steps import Choice, Station, Step
from kiosk.flow.table import WARNING
from kiosk.masking import masked
from kiosk.views import (
    Mark,
    Overlay,
    Road,
    View,
)

STATIONS: Mapping[Step, Station] = MappingProxyType(
    {
        Step.BLOOD: Station.BLOOD,
        Step.SAMPLE: Station.BLOOD,
        Step.BLOOD_RUNNING: Station.BLOOD,
        Step.STAND: Station.STAND,
        Step.TALL: Station.STAND,
        Step.WEIGHT_ASK: Station.STAND,
        Step.STAND_DONE: Station.STAND,
        Step.REMEMBERED: Station.SIT,
        Step.QUESTION: Station.SIT,
        Step.TELEPHONE: Station.SIT,
        Step.TELEPHONE_CHECK: Station.SIT,
        Step.REST: Station.SIT,
        Step.PRESSURE: Station.SIT,
        Step.GAP: Station.SIT,
        Step.GRIP: Station.GRIP,
        Step.BLOOD_AGAIN: Station.BLOOD,
        Step.BLOOD_WAIT: Station.BLOOD,
        Step.RESULT: Station.SHEET,
        Step.TRENDS: Station.SHEET,
        Step.TEACH: Station.SHEET,
        Step.TAKE: Station.SHEET,
        Step.PAPER: Station.SHEET,
    }
)
RIGHT: Mapping[Step, Choice] = MappingProxyType(
    {
        Step.WELCOME: Choice.BACK,
        Step.IDENTIFY: Choice.BACK,
        Step.PHONE: Choice.BACK,
        Step.CONFIRM: Choice.BACK,
        Step.CONSENT: Choice.REFUSE,
        Step.BLOOD: Choice.SKIP,
        Step.SAMPLE: Choice.SKIP,
        Step.STAND: Choice.SKIP,
        Step.TALL: Choice.SKIP,
        Step.WEIGHT_ASK: Choice.SKIP,
        Step.QUESTION: Choice.SKIP,
        Step.TELEPHONE: Choice.SKIP,
        Step.TELEPHONE_CHECK: Choice.SKIP,
        Step.REST: Choice.SKIP,
        Step.PRESSURE: Choice.SKIP,
        Step.GAP: Choice.SKIP,
        Step.GRIP: Choice.SKIP,
        Step.BLOOD_AGAIN: Choice.SKIP,
        Step.TEACH: Choice.SKIP,
    }
)
PERSONAL = frozenset(
    {
        Step.PHONE,
        Step.CONFIRM,
        Step.STAND,
        Step.TALL,
        Step.WEIGHT_ASK,
        Step.STAND_DONE,
        Step.REMEMBERED,
        Step.TELEPHONE,
        Step.TELEPHONE_CHECK,
        Step.REST,
        Step.PRESSURE,
        Step.GAP,
        Step.GRIP,
        Step.RESULT,
        Step.TRENDS,
        Step.TEACH,
        Step.TAKE,
        Step.PAPER,
        Step.URGENT,
    }
)
"""Steps that show what is hers: a name, a number, a value."""
ASKING = frozenset({Overlay.HELP, Overlay.STILL_THERE, Overlay.OTHER_CARD, Overlay.OUTCOME})
"""Panels that ask something or say how to go on: below them there is no other way (one question a screen)."""
_ORDER = tuple(Station)


def show(at: Attendance) -> View:
    """The whole screen as it stands."""
    sitting = at.sitting
    left = None
    if sitting.overlay in (Overlay.STILL_THERE, Overlay.OTHER_CARD):
        left = max(0, round(WARNING - at.clock.read_since(sitting.overlay_since)))
    return View(
        step=at.step,
        body=BODIES[at.step](at),
        language=sitting.language,
        theme=sitting.theme,
        large=sitting.large,
        road=_road(at),
        right=_right(at),
        overlay=sitting.overlay,
        overlay_seconds=left,
        other=None if sitting.other_card is None else masked(sitting.other_card.name),
        help_called=at.calls.standing is not None,
        whom=whom_to_ring(at.words, at.house.station.phone) if at.calls.unanswered else None,
        demo=at.house.demo,
        personal=at.step in PERSONAL,
        speaks=at.house.speaks(sitting.language),
        hearing=sitting.hearing,
    )


def _right(at: Attendance) -> Choice | None:
    """The way out, where it hangs on more than the step.

    Past a call there is one only once nobody answered it in time. A cuff that runs can be stopped whatever
    lies above its own key.
    """
    if at.sitting.overlay is not None and stops_here(at):
        return Choice.STOP
    if at.sitting.overlay in ASKING:
        return None
    if at.step is Step.URGENT and at.calls.unanswered:
        return Choice.NEXT
    if at.step is Step.RESULT and may_look_back(at):
        return Choice.EARLIER
    if at.step is not Step.WEIGHT_ASK and may_say_so(at):
        return Choice.NOT_ME
    return RIGHT.get(at.step)


def _road(at: Attendance) -> Road | None:
    here = STATIONS.get(at.step) or (at.sitting.resting_station if at.step is Step.NOT_TODAY else None)
    if here is None:
        return None
    number = _ORDER.index(here) + 1
    marks = tuple((s, _mark(at, s, n, number)) for n, s in enumerate(_ORDER, start=1))
    blood = blood_run(at) if here is not Station.BLOOD else None
    if blood is None:
        return Road(number, marks)
    return Road(number, marks, blood.left, blood.part)


def _mark(at: Attendance, station: Station, number: int, here: int) -> Mark:
    if number == here:
        return Mark.HERE
    if station in at.sitting.skipped:
        return Mark.SKIPPED
    return Mark.DONE if number < here else Mark.AHEAD
