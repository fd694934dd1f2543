"""What the sample views show: the body of each step, of synthetic people, in any language of the catalogues.

Nobody was measured. What a value means is assessed like any other (``sample_visits``). Pure: no widget.
"""

from health.questionnaire import ALWAYS
from health.remembered import LASTING
from health.visit import Question
from health.words import Words
from kiosk import teaching, views
from kiosk.cards import call_view, result_page, whom_to_ring
from kiosk.flow.steps import Station
from kiosk.result_pages import ResultRoom
from kiosk.screens.sample_visits import sample_visit
from kiosk.trends import trends_page
from kiosk.views import PaperState

_CODE = "https://station.example/p#v1.AZkBigFMAUcCAhMDAo4EARMFAjYGAvABBwEBuwgCxAkBGwoBOgsBYQwBrA0BvQ4CMw8"


class SampleBodies:
    """Bodies in one language; each method makes one. ``room`` is that of a page of results, ``trends`` how
    many pictures stand on one."""

    def __init__(self, words: Words, room: ResultRoom, trends: int) -> None:
        self._words, self._room, self._trends = words, room, trends

    def idle(self, *, closed: bool = False, called: bool = False, scale: bool = True) -> views.IdleView:
        """Nobody here; ``called``: and somebody's call of before is unanswered; ``scale``: it wakes."""
        weekday = self._words.text("say.weekday.1")
        day = self._words.text("say.day", month="11", day="23", weekday=weekday)
        call = self._words.text("say.call_open", time="9:31") if called else None
        return views.IdleView("9:42", day, self._words.text("say.no_room") if closed else None, call, scale)

    def welcome(self, *, stepped_on: bool = False) -> views.WelcomeView:
        """The greeting; ``stepped_on``: she stands on the scale already."""
        return views.WelcomeView("9:42", stepped_on)

    def identify(self, *, away: bool = False) -> views.IdentifyView:
        """Waiting for a card, or without a reader."""
        return views.IdentifyView("9:42", reader_away=away)

    def phone(self, digits: str) -> views.PhoneView:
        """Digits typed so far."""
        return views.PhoneView(digits, complete=len(digits) == 11, full=len(digits) == 11)

    def confirm(self) -> views.ConfirmView:
        """Her card."""
        return views.ConfirmView("沈*珍", "1940", female=True)

    def consent(self, *, guest: bool = False) -> views.ConsentView:
        """Known by her card, or a guest."""
        return views.ConsentView("9:42", phone_page=True, can_share=not guest)

    def safety(self) -> views.SafetyView:
        """The pacemaker."""
        return views.SafetyView(self._words.text("question.pacemaker"))

    def blood(self, *, again: bool = False) -> views.BloodView:
        """Staff were called."""
        return views.BloodView(again=again, seconds_left=42)

    def sample(self, *, meter: bool = False) -> views.SampleView:
        """Staff are here, with an analyser or with a ``meter`` that says no number."""
        if meter:
            return views.SampleView(None, "CURO L7")
        return views.SampleView("K26112334925", "ASTM")

    def blood_running(self, *, waiting: bool = False) -> views.BloodRunningView:
        """The analyser works; while she waits for it, longer than it usually does."""
        if waiting:
            return views.BloodRunningView(self._words.text("say.blood.soon"), 1.0, waiting=True)
        return views.BloodRunningView("2:05", 0.31, waiting=False)

    def step_on(self) -> views.StandView:
        """The empty scale."""
        return views.StandView(on=False, live=False, weight=None, height=None, lamps=0, tall=True)

    def stand(self) -> views.StandView:
        """A scale that says live values."""
        return views.StandView(on=True, live=True, weight="51.3", height="152.4", lamps=3)

    def stand_silent(self) -> views.StandView:
        """A scale that says nothing until it is done."""
        return views.StandView(on=True, live=False, weight=None, height=None, lamps=1)

    def stand_unsteady(self) -> views.StandView:
        """She cannot stand still; another try is offered."""
        steady = self._words.text("say.stand.steady")
        return views.StandView(
            on=True, live=True, weight="52.7", height=None, lamps=1, trouble=steady, offers=True
        )

    def tall(self) -> views.TallView:
        """How tall she says she is."""
        return views.TallView("152", complete=True, full=True)

    def weight_ask(
        self, *, staff: bool = False, joined: bool = False, called: bool = False
    ) -> views.WeightAskView:
        """Much more than last time, or somebody on the scale with her; ``called``: for a value before."""
        if joined:
            return views.WeightAskView("94.6", None, None, more=False, staff=False)
        if staff:
            return views.WeightAskView("45.1", "51.3", "6.2", more=False, staff=True, not_me=True)
        return views.WeightAskView("54.6", "51.3", "3.3", more=True, staff=False, not_me=not called)

    def stand_done(self, *, ready: bool = True) -> views.StandDoneView:
        """Both values; first she comes down."""
        return views.StandDoneView("51.3", "152.4", ready=ready)

    def remembered(self, *, most: bool = False) -> views.RememberedView:
        """What she said last time; ``most``: every lasting question."""
        asked = LASTING if most else ALWAYS
        said = {Question.BP_TREATED: "yes", Question.URBAN: "yes"}
        return views.RememberedView(
            tuple(self._words.text(f"remembered.{one}.{said.get(one, 'no')}") for one in asked)
        )

    def question(self) -> views.QuestionView:
        """The second of five."""
        return views.QuestionView("smoker", self._words.text("question.smoker"), 2, 5)

    def rest(self) -> views.RestView:
        """Nearly a minute of five is over."""
        return views.RestView("4:12", 0.16, 5)

    def rest_clip(self) -> views.RestView:
        """The same, at a station with a clip for a finger."""
        return views.RestView("4:12", 0.16, 5, clip=True)

    def rest_oxygen(self) -> views.RestView:
        """Oxygen is known."""
        return views.RestView("3:40", 0.27, 5, oxygen="97")

    def pressure(self, *, own_key: bool = False) -> views.PressureView:
        """A machine that can be started and stopped, or only by its own keys."""
        last = "146/75" if own_key else None
        attempt = 2 if own_key else 1
        return views.PressureView(attempt, 2, own_key=own_key, can_stop=not own_key, last=last)

    def pressure_ready(self) -> views.PressureView:
        """A machine that a key on the screen starts."""
        return views.PressureView(1, 2, own_key=False, can_stop=True, can_start=True)

    def gap(self, *, failed: bool = False) -> views.GapView:
        """Between two readings, or before another try."""
        if failed:
            return views.GapView("0:52", 0.13, None, self._words.text("say.cuff.loose"))
        return views.GapView("0:38", 0.37, "146/75")

    def grip(self) -> views.GripView:
        """The fourth squeeze."""
        return self._grip(left=False, live="15.4", part=0.59, best="16.1", done=3)

    def grip_ready(self) -> views.GripView:
        """Before the first squeeze."""
        return self._grip(left=True, live=None, part=0.0, best=None, done=0)

    def not_today(self, station: Station) -> views.NotTodayView:
        """An instrument that rests."""
        return views.NotTodayView(station, self._words.text("say.not_today"))

    def urgent(self, *, alone: bool = False) -> views.UrgentView:
        """Called; ``alone``: nobody came, and she said that she feels well."""
        return call_view(
            sample_visit("urgent").cards(self._words),
            self._words,
            called_at="9:51",
            phone="",
            answered=False,
            unanswered=alone,
            unwell=False if alone else None,
        )

    def whom(self) -> str:
        """Whom else to call while nobody comes."""
        return whom_to_ring(self._words, "")

    def result(self, page: int, visit: str = "visit", missing: str | None = None) -> views.ResultView:
        """Page ``page`` (from 1) of a sample visit; ``missing``: the key of what is not there."""
        sample = sample_visit(visit)
        line = None if missing is None else self._words.text(missing)
        return result_page(
            sample.cards(self._words), sample.assessment, self._words, page - 1, line, self._room
        )

    def trends(self) -> views.TrendsView:
        """Somebody who comes for the fourth time."""
        return trends_page(sample_visit("again").trends(self._words), 0, self._trends)

    def teach(self, right: teaching.Deed = teaching.Deed.WALK, *, picked: bool = False) -> views.TeachView:
        """Three pictures, or the ``right`` one behind them."""
        deeds = tuple(
            views.Deed(one, f"deed_{one}", self._words.text(f"deed.{one}"))
            for one in (teaching.Deed.SLEEP, right, teaching.Deed.SUN)
        )
        if not picked:
            return views.TeachView(deeds)
        return views.TeachView(deeds, deeds[1], self._words.text("hint.bp.bit_high"))

    def take(self, *, printer: bool = True) -> views.TakeView:
        """Both ways, or no printer."""
        away = self._words.text("say.paper.phone")
        return views.TakeView(printer, can_code=True, printer=None if printer else away)

    def paper(self, *, code: bool = True) -> views.PaperView:
        """The sheet comes, with or without a code."""
        return views.PaperView(PaperState.PRINTING, None, _CODE if code else None, None)

    def paper_trouble(self, *, code: bool = True) -> views.PaperView:
        """The sheet does not come."""
        words = self._words.text("say.paper.scan" if code else "screen.paper.trouble_more")
        return views.PaperView(PaperState.TROUBLE, words, _CODE if code else None, None)

    def code_only(self) -> views.PaperView:
        """Only the telephone."""
        return views.PaperView(PaperState.NONE, None, _CODE, self._words.text("say.code.demo"))

    def goodbye(self, *, pending: bool = False) -> views.GoodbyeView:
        """She goes; with ``pending`` before her blood has a result."""
        later = self._words.text("say.blood.later.clinic") if pending else None
        return views.GoodbyeView(self._words.text("say.kept.clinic"), later)

    def _grip(
        self, *, left: bool, live: str | None, part: float, best: str | None, done: int
    ) -> views.GripView:
        return views.GripView(left, live, part, best, 0.62 if best else None, self._tries(done))

    def _tries(self, done: int) -> tuple[views.GripTry, ...]:
        values = ("15.2", "15.9", "16.1", "16.8")
        return tuple(
            views.GripTry(place < 2, values[place] if place < done else None, now=place == done)
            for place in range(4)
        )
