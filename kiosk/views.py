"""What each screen shows: one frozen view a step, every text already said in the language of the person.

The attendant makes views, the screens draw them. A view holds no widget, no instrument and no key of a
sentence; fixed words of a screen (its title, its buttons) are the screen's own and not repeated here.
Numbers are texts as they are printed. Texts that are absent are None.
"""

from enum import StrEnum

import msgspec

from devices.reading import Confidential
from kiosk.flow.steps import Choice, Station, Step
from kiosk.leaving_views import (
    AnsweredView,
    Card,
    Deed,
    Dot,
    GoodbyeView,
    PaperState,
    PaperView,
    ResultView,
    TakeView,
    TeachView,
    Trend,
    TrendsView,
    UrgentView,
)
from kiosk.measuring_views import (
    BloodRunningView,
    BloodView,
    GapView,
    GripTry,
    GripView,
    NotTodayView,
    PressureView,
    QuestionView,
    RememberedView,
    RestView,
    SampleView,
    StandDoneView,
    StandView,
    TallView,
    TelephoneCheckView,
    TelephoneView,
    WeightAskView,
)
from kiosk.voice.hearing import USUAL, Hearing

__all__ = [
    "AnsweredView",
    "BloodRunningView",
    "BloodView",
    "Body",
    "Card",
    "ConfirmView",
    "ConsentView",
    "Deed",
    "Dot",
    "GapView",
    "GoodbyeView",
    "GripTry",
    "GripView",
    "IdentifyView",
    "IdleView",
    "Mark",
    "NotTodayView",
    "Overlay",
    "PaperState",
    "PaperView",
    "PhoneView",
    "PressureView",
    "QuestionView",
    "RememberedView",
    "RestView",
    "ResultView",
    "Road",
    "SafetyView",
    "SampleView",
    "StandDoneView",
    "StandView",
    "TakeView",
    "TallView",
    "TeachView",
    "TelephoneCheckView",
    "TelephoneView",
    "Theme",
    "Trend",
    "TrendsView",
    "UrgentView",
    "View",
    "WeightAskView",
    "WelcomeView",
]


class Mark(StrEnum):
    """State of one station of the road."""

    DONE = "done"
    HERE = "here"
    AHEAD = "ahead"
    SKIPPED = "skipped"


class Theme(StrEnum):
    """Colour themes; one key walks through them in this order."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"

    @property
    def following(self) -> "Theme":
        """The theme that the key of the colours brings."""
        order = tuple(Theme)
        return order[(order.index(self) + 1) % len(order)]


class Overlay(StrEnum):
    """A panel above the step; the step stays where it is."""

    HELP = "help"
    STILL_THERE = "still_there"
    OTHER_CARD = "other_card"
    OUTCOME = "outcome"
    VOICE = "voice"


class Road(msgspec.Struct, frozen=True):
    """The header: where she is among the five stations. ``number`` counts from 1.

    ``blood_left`` is the analyser's remaining time (``1:52``) while it runs, ``blood_part`` 0..1 of its run.
    """

    number: int
    marks: tuple[tuple[Station, Mark], ...]
    blood_left: str | None = None
    blood_part: float | None = None


class IdleView(msgspec.Struct, frozen=True):
    """Nobody is here. ``clock`` ``9:42``, ``day`` in words.

    ``closed``: why no visit may begin now, as a sentence; None where one may. ``called``: that a call from
    before is still unanswered, and what staff do. ``scale``: stepping on the scale begins a visit too.
    """

    clock: str
    day: str
    closed: str | None = None
    called: str | None = None
    scale: bool = False


class WelcomeView(msgspec.Struct, frozen=True):
    """Greeting, how long it takes. ``stepped_on``: she stands on the scale already and may step down."""

    clock: str
    stepped_on: bool = False


class IdentifyView(msgspec.Struct, frozen=True):
    """Waiting for a card. ``trouble`` is one sentence when the card was not read or no reader is there.

    ``asked`` counts how often this screen asked the same thing, here and below: a sentence said again.
    ``stepped_on`` as at the greeting.
    """

    clock: str
    reader_away: bool = False
    trouble: str | None = None
    asked: int = 1
    stepped_on: bool = False


class PhoneView(Confidential, msgspec.Struct, frozen=True):
    """Keypad; ``digits`` as typed so far (0 to 12), grouped by the screen as they are said.

    ``full``, here and below: no further digit is taken.
    """

    digits: str
    complete: bool
    trouble: str | None = None
    full: bool = False


class ConfirmView(Confidential, msgspec.Struct, frozen=True):
    """Is it you? ``name`` is masked (``沈*珍``), ``born`` the year, ``female`` None where not known."""

    name: str
    born: str
    female: bool | None


class ConsentView(msgspec.Struct, frozen=True):
    """Three things before she agrees. ``phone_page``: the paper will carry a code (said here)."""

    clock: str
    phone_page: bool
    can_share: bool


class SafetyView(msgspec.Struct, frozen=True):
    """The one safety question (pacemaker), answered yes, no or don't know."""

    question: str


Body = (
    IdleView
    | WelcomeView
    | IdentifyView
    | PhoneView
    | ConfirmView
    | ConsentView
    | SafetyView
    | BloodView
    | SampleView
    | BloodRunningView
    | StandView
    | TallView
    | WeightAskView
    | StandDoneView
    | RememberedView
    | QuestionView
    | TelephoneView
    | TelephoneCheckView
    | RestView
    | PressureView
    | GapView
    | GripView
    | NotTodayView
    | UrgentView
    | AnsweredView
    | ResultView
    | TrendsView
    | TeachView
    | TakeView
    | PaperView
    | GoodbyeView
)


class View(msgspec.Struct, frozen=True):
    """One whole screen. ``right`` is the one button of the right foot slot, None where there is none.

    ``blood_again`` and ``blood_wait`` share the bodies ``BloodView`` and ``BloodRunningView``.
    ``speaks`` is True where this station has a voice: only then is there a key to hear it again.
    ``other`` is the masked name of the card that lies there while it is asked who goes on.
    ``whom`` says whom else to call, once staff did not answer a call in time.
    ``hearing`` is how she wants to hear it.
    ``personal`` is True where the body shows personal data (blanked when she walks away).
    """

    step: Step
    body: Body
    language: str
    theme: Theme
    large: bool
    road: Road | None
    right: Choice | None
    overlay: Overlay | None
    overlay_seconds: int | None
    help_called: bool
    demo: bool
    personal: bool = False
    speaks: bool = False
    whom: str | None = None
    other: str | None = None
    hearing: Hearing = USUAL
