"""Which screen draws which step, in one explicit tuple, and the reading of their rules."""

from pathlib import Path

from kivy.lang import Builder

from kiosk.flow.steps import Step
from kiosk.screens.identify import IdentifyScreen
from kiosk.screens.idle import IdleScreen
from kiosk.screens.screen import StepScreen
from kiosk.screens.stand import StandScreen
from kiosk.widgets.caption import Caption
from kiosk.widgets.foot import Foot
from kiosk.widgets.header import Head, StationRoad
from kiosk.widgets.key import Key, WordKey
from kiosk.widgets.live import Lamps, LiveWindow
from kiosk.widgets.panel import Panel
from kiosk.widgets.picture import Picture, Sign
from kiosk.widgets.question import LiveWords, Question
from kiosk.widgets.strip import InfoStrip
from kiosk.widgets.words import Words

SCREENS: tuple[tuple[Step, type[StepScreen]], ...] = (
    (Step.IDLE, IdleScreen),
    (Step.IDENTIFY, IdentifyScreen),
    (Step.STAND, StandScreen),
)
PARTS = (
    Caption, Foot, Head, InfoStrip, Key, Lamps, LiveWindow, LiveWords, Panel, Picture, Question, Sign,
    StationRoad, WordKey, Words,
)  # fmt: skip
"""The widgets that rules name; kivy knows a class by name once it was imported."""
_HERE = Path(__file__).resolve().parent
_WIDGETS = _HERE.parent / "widgets"


def screen_for(step: Step) -> type[StepScreen]:
    """The class that draws ``step``; every step has one (a test walks them)."""
    return dict(SCREENS)[step]


def load_rules() -> None:
    """Read every .kv file once, widgets and parts before screens: a later rule overrules an earlier."""
    screens = sorted(_HERE.glob("*.kv"), key=lambda file: (file.stem != "parts", file.stem))
    for file in (*sorted(_WIDGETS.glob("*.kv")), *screens):
        if str(file) not in Builder.files:
            Builder.load_file(str(file))
