"""A body of nobody for each step: what a screen is made with before it is known what it will show.

Nothing here is of a person, of an instrument or of a day, and nobody ever sees it: a screen shows its view
before it is put up.
"""

from collections.abc import Mapping
from types import MappingProxyType

from health.assessment import Level
from kiosk import views
from kiosk.flow.steps import Station, Step

_BLOOD = views.BloodView(again=False, seconds_left=0)
_RUNNING = views.BloodRunningView("", 0.0)
_TRIES = tuple(views.GripTry(left=place % 2 == 0, value=None, now=False) for place in range(4))
BLANKS: Mapping[Step, views.Body] = MappingProxyType(
    {
        Step.IDLE: views.IdleView("", ""),
        Step.WELCOME: views.WelcomeView(""),
        Step.IDENTIFY: views.IdentifyView(""),
        Step.PHONE: views.PhoneView("", complete=False),
        Step.CONFIRM: views.ConfirmView("", "", None),
        Step.CONSENT: views.ConsentView("", phone_page=True, can_share=True),
        Step.SAFETY: views.SafetyView(""),
        Step.BLOOD: _BLOOD,
        Step.SAMPLE: views.SampleView(""),
        Step.BLOOD_RUNNING: _RUNNING,
        Step.STAND: views.StandView(on=False, live=False, weight=None, height=None, lamps=0),
        Step.TALL: views.TallView("", complete=False),
        Step.WEIGHT_ASK: views.WeightAskView("", None, None, more=True, staff=False),
        Step.STAND_DONE: views.StandDoneView(None, None),
        Step.REMEMBERED: views.RememberedView(()),
        Step.QUESTION: views.QuestionView("", "", 1, 1),
        Step.TELEPHONE: views.TelephoneView("", complete=False),
        Step.TELEPHONE_CHECK: views.TelephoneCheckView(""),
        Step.REST: views.RestView("", 0.0, 5),
        Step.PRESSURE: views.PressureView(1, 2, own_key=False, can_stop=False),
        Step.GAP: views.GapView("", 0.0, None),
        Step.GRIP: views.GripView(left=True, live=None, part=0.0, best=None, best_part=None, tries=_TRIES),
        Step.BLOOD_AGAIN: _BLOOD,
        Step.BLOOD_WAIT: _RUNNING,
        Step.NOT_TODAY: views.NotTodayView(Station.STAND, ""),
        Step.URGENT: views.UrgentView(
            "", "", "", "", answered=False, unanswered=False, unwell=None, whom="", repeat=""
        ),
        Step.ANSWERED: views.AnsweredView(None),
        Step.RESULT: views.ResultView("", Level.NORMAL, (), 1, 1, None),
        Step.TRENDS: views.TrendsView(()),
        Step.TEACH: views.TeachView(()),
        Step.TAKE: views.TakeView(can_print=True, can_code=True, printer=None),
        Step.PAPER: views.PaperView(views.PaperState.NONE, None, None, None),
        Step.GOODBYE: views.GoodbyeView("", None),
    }
)
