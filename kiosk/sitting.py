"""The one person at the kiosk now: everything that is dropped when she goes.

Plain mutable state owned by the attendant alone and read by ``show``. No rule, no screen, no instrument
lives here, and nothing of it outlives the visit.
"""

from decimal import Decimal

import msgspec

from devices.reading import Card, Confidential, Reading
from health.assessment import Assessment
from health.remembered import Remembered
from health.visit import PastVisit, Question, Visit
from kiosk.flow.steps import Choice, Station, Step
from kiosk.measuring.blood import Ticket
from kiosk.measuring.doubt import Doubt
from kiosk.measuring.grip import GripPlan
from kiosk.measuring.pressure import PressureSeries
from kiosk.measuring.weighing import Weighing
from kiosk.teaching import Deed, Lesson
from kiosk.views import Overlay, PaperState, Theme
from kiosk.voice.hearing import USUAL, Hearing

Past = tuple[PastVisit, ...]
"""Earlier visits, as far as this station was told of them."""


class Sitting(Confidential, msgspec.Struct):
    """State of the visit in progress. ``entered`` and ``touched`` are monotonic seconds.

    ``patience``, ``complaints`` and ``losses`` count, within one step, how often nothing came, something
    unreadable came, and the line went; ``anew`` how often it asked afresh though nothing was wrong.
    ``trouble`` is the key of the one sentence shown when something must be done again, ``offers``: another
    try is offered beside it. ``history`` is what the clinic told of her earlier visits,
    ``remembered`` of her answers then, ``recalled`` those she was shown (None: none yet); ``doubt`` what is
    asked about her weight, ``weighed_anew`` whether she stepped up again for it, ``down_since`` when she
    stepped off the scale; ``stepped_on``: she stood on it before she was asked to; ``left_since``: when she
    left it where that may mean that she went. ``cuff_runs`` since a start from the screen; ``cuff_failures``
    counts through the pauses.
    ``digits`` are typed to say who she is, ``number`` so that her doctor can reach her; ``reach_asked``: the
    question was put on an earlier visit.
    ``other_card`` was laid in the middle of her visit and is asked about.
    ``mistaken``: she said that she is not the owner of the card, and goes on with what was measured of her.
    ``shares`` is True once she is known and agreed; only then does anything leave the station.
    """

    visit: Visit
    step: Step
    entered: float
    touched: float
    language: str
    theme: Theme = Theme.LIGHT
    large: bool = False
    overlay: Overlay | None = None
    overlay_since: float = 0.0
    hearing: Hearing = USUAL
    trouble: str | None = None
    card: Card | None = None
    other_card: Card | None = None
    digits: str = ""
    number: str = ""
    reach_asked: bool = False
    mistaken: bool = False
    shares: bool = False
    questions: tuple[Question, ...] = ()
    asked: int = 0
    tickets: tuple[Ticket, ...] = ()
    blood_done: bool = False
    stood: bool = False
    weighing: Weighing | None = None
    history: Past = ()
    remembered: tuple[Remembered, ...] = ()
    recalled: tuple[Remembered, ...] | None = None
    tall: str = ""
    said_height: Decimal | None = None
    offers: bool = False
    doubt: Doubt | None = None
    weighed_anew: bool = False
    down_since: float | None = None
    stepped_on: bool = False
    left_since: float | None = None
    rested: bool = False
    series: PressureSeries | None = None
    sat_since: float = 0.0
    cuff_runs: bool = False
    cuff_failures: int = 0
    plan: GripPlan = msgspec.field(default_factory=GripPlan)
    squeezing: Reading | None = None
    resting_station: Station | None = None
    resting_words: str = "say.not_today"
    skipped: set[Station] = msgspec.field(default_factory=set)
    patience: int = 0
    complaints: int = 0
    losses: int = 0
    anew: int = 0
    lost_since: float | None = None
    assessment: Assessment | None = None
    page: int = 0
    lesson: Lesson | None = None
    picked: Deed | None = None
    unwell: bool | None = None
    closed: bool = False
    walked_off: bool = False
    way: Choice | None = None
    paper: PaperState = PaperState.NONE
    paper_trouble: str | None = None
    kept: str = "say.kept.station"

    @property
    def ticket(self) -> Ticket | None:
        """The ticket whose result she waits for, None where blood was not taken."""
        return self.tickets[0] if self.tickets else None
