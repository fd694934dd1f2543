"""Which screen draws which step, in one explicit tuple, and the reading of their rules."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from kivy import kivy_data_dir
from kivy.lang import Builder
from kivy.lang.parser import ParserRule

from kiosk.flow.steps import Step
from kiosk.screens.answered import AnsweredScreen
from kiosk.screens.blood import BloodScreen
from kiosk.screens.blood_running import BloodRunningScreen
from kiosk.screens.confirm import ConfirmScreen
from kiosk.screens.consent import ConsentScreen
from kiosk.screens.gap import GapScreen
from kiosk.screens.goodbye import GoodbyeScreen
from kiosk.screens.grip import GripScreen
from kiosk.screens.identify import IdentifyScreen
from kiosk.screens.idle import IdleScreen
from kiosk.screens.not_today import NotTodayScreen
from kiosk.screens.paper import PaperScreen
from kiosk.screens.phone import PhoneScreen
from kiosk.screens.pressure import PressureScreen
from kiosk.screens.question import QuestionScreen
from kiosk.screens.remembered import RememberedScreen
from kiosk.screens.rest import RestScreen
from kiosk.screens.result import ResultScreen
from kiosk.screens.safety import SafetyScreen
from kiosk.screens.sample import SampleScreen
from kiosk.screens.screen import StepScreen
from kiosk.screens.stand import StandScreen
from kiosk.screens.stand_done import StandDoneScreen
from kiosk.screens.take import TakeScreen
from kiosk.screens.tall import TallScreen
from kiosk.screens.teach import TeachScreen
from kiosk.screens.telephone import TelephoneCheckScreen, TelephoneScreen
from kiosk.screens.trends import TrendsScreen
from kiosk.screens.urgent import UrgentScreen
from kiosk.screens.weight_ask import WeightAskScreen
from kiosk.screens.welcome import WelcomeScreen
from kiosk.theme import Rules
from kiosk.widgets.band_road import BandRoad
from kiosk.widgets.caption import Caption
from kiosk.widgets.demo_strip import DemoStrip
from kiosk.widgets.foot import Foot
from kiosk.widgets.ground import Ground
from kiosk.widgets.header import Head, StationRoad
from kiosk.widgets.key import Key, TallKey, WordKey
from kiosk.widgets.live import Lamps, LiveWindow
from kiosk.widgets.page_keys import PageKeys
from kiosk.widgets.panel import Panel
from kiosk.widgets.picture import Picture, Sign
from kiosk.widgets.qr import QrCode
from kiosk.widgets.question import LiveWords, Question
from kiosk.widgets.result_card import CalmRow, LowCard, ResultCard, RowWords, UprightCard
from kiosk.widgets.run import BestMark, GripBar, MinuteBlock, MinuteBlocks, RunRing
from kiosk.widgets.signboard import Signboard
from kiosk.widgets.signs import Chip, LevelMark, MeasuredWord
from kiosk.widgets.strip import InfoStrip
from kiosk.widgets.trend_picture import TrendCard, TrendDay, TrendNumber, TrendPicture, UprightTrend
from kiosk.widgets.words import Words

SCREENS: tuple[tuple[Step, type[StepScreen]], ...] = (
    (Step.IDLE, IdleScreen),
    (Step.WELCOME, WelcomeScreen),
    (Step.IDENTIFY, IdentifyScreen),
    (Step.PHONE, PhoneScreen),
    (Step.CONFIRM, ConfirmScreen),
    (Step.CONSENT, ConsentScreen),
    (Step.SAFETY, SafetyScreen),
    (Step.BLOOD, BloodScreen),
    (Step.SAMPLE, SampleScreen),
    (Step.BLOOD_RUNNING, BloodRunningScreen),
    (Step.STAND, StandScreen),
    (Step.TALL, TallScreen),
    (Step.WEIGHT_ASK, WeightAskScreen),
    (Step.STAND_DONE, StandDoneScreen),
    (Step.REMEMBERED, RememberedScreen),
    (Step.QUESTION, QuestionScreen),
    (Step.TELEPHONE, TelephoneScreen),
    (Step.TELEPHONE_CHECK, TelephoneCheckScreen),
    (Step.REST, RestScreen),
    (Step.PRESSURE, PressureScreen),
    (Step.GAP, GapScreen),
    (Step.GRIP, GripScreen),
    (Step.BLOOD_AGAIN, BloodScreen),
    (Step.BLOOD_WAIT, BloodRunningScreen),
    (Step.NOT_TODAY, NotTodayScreen),
    (Step.URGENT, UrgentScreen),
    (Step.ANSWERED, AnsweredScreen),
    (Step.RESULT, ResultScreen),
    (Step.TRENDS, TrendsScreen),
    (Step.TEACH, TeachScreen),
    (Step.TAKE, TakeScreen),
    (Step.PAPER, PaperScreen),
    (Step.GOODBYE, GoodbyeScreen),
)
PARTS = (
    BandRoad, BestMark, CalmRow, Caption, Chip, DemoStrip, Foot, GripBar, Ground, Head, InfoStrip, Key, Lamps,
    LevelMark, LiveWindow, LiveWords, LowCard, MeasuredWord, MinuteBlock, MinuteBlocks, PageKeys, Panel,
    Picture, QrCode, Question, ResultCard, RowWords, RunRing, Sign, Signboard, StationRoad, TallKey,
    TrendCard, TrendDay, TrendNumber, TrendPicture, UprightCard, UprightTrend, WordKey, Words,
)  # fmt: skip
"""The widgets that rules name; kivy knows a class by name once it was imported."""
_HERE = Path(__file__).resolve().parent
_WIDGETS = _HERE.parent / "widgets"
_FIRST = ("parts", "ask", "digits")
_OF_KIVY = str(Path(kivy_data_dir, "style.kv"))
PLACES: Mapping[Rules, Path] = MappingProxyType({Rules.TALL: _HERE, Rules.WIDE: _HERE / "wide"})
"""Where the rules lie that say where things lie: one file a step in each folder."""


def screen_for(step: Step) -> type[StepScreen]:
    """The class that draws ``step``; every step has one (a test walks them)."""
    return dict(SCREENS)[step]


def rule_files(rules: Rules) -> tuple[Path, ...]:
    """The .kv files of one way to place the parts, shared ones first: a later rule overrules."""
    widgets = sorted(_WIDGETS.glob("*.kv"), key=lambda file: (file.stem != "widgets", file.stem))
    screens = sorted(PLACES[rules].glob("*.kv"), key=lambda file: (file.stem not in _FIRST, file.stem))
    return (*widgets, *screens)


def load_rules(rules: Rules = Rules.TALL) -> None:
    """Read every .kv file of ``rules`` once, and forget those of the other way.

    Widgets that stand already keep what they were made with; one window has one way.
    """
    wanted = [str(file) for file in rule_files(rules)]
    for other in PLACES:
        for file in rule_files(other):
            if str(file) in Builder.files and str(file) not in wanted:
                Builder.unload_file(str(file))
    read_rule_files(wanted)


def read_rule_files(names: Iterable[str]) -> None:
    """Read what was not read yet, and keep only what is asked for again.

    Kivy's own rules are of its choosers of files and the like; that of a label stands among ours. The lines
    themselves are let go: an error names file and line without. What rules watch is much the same.
    """
    if _OF_KIVY in Builder.files:
        Builder.unload_file(_OF_KIVY)
    for name in names:
        if name not in Builder.files:
            Builder.load_file(name)
    fresh = [top for _, top in Builder.rules if top.ctx.sourcecode]
    for top in fresh:
        top.ctx.sourcecode.clear()
    _share_what_is_watched(each for top in fresh for each in _rules_in(top))


def _share_what_is_watched(rules: Iterable[ParserRule]) -> None:
    watched: dict[str, list[list[str]]] = {}
    for rule in rules:
        for each in rule.properties.values():
            if each.watched_keys is not None:
                each.watched_keys = watched.setdefault(repr(each.watched_keys), each.watched_keys)


def _rules_in(rule: ParserRule) -> Iterator[ParserRule]:
    """``rule`` and all within it."""
    yield rule
    for each in (*rule.children, rule.canvas_before, rule.canvas_root, rule.canvas_after):
        if each is not None:
            yield from _rules_in(each)
