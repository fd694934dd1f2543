"""Which screen draws which step of the staff area, in one explicit tuple, and the reading of their rules."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from kivy.lang import Builder

from kiosk.backroom.steps import StaffStep
from kiosk.screens.all_screens import read_rule_files
from kiosk.staff.chart import ChartNoteLine, ChartScreen, LevelKey
from kiosk.staff.choose import ChooseScreen
from kiosk.staff.control_chart import DotMark, LeveyJennings
from kiosk.staff.detail import DetailScreen
from kiosk.staff.entry import Board, BoardKey, EntryScreen
from kiosk.staff.frames import FrameBlock, FramesScreen
from kiosk.staff.home import HomeScreen
from kiosk.staff.keypad import KeypadScreen, PinDots, PinKey
from kiosk.staff.more import MoreScreen
from kiosk.staff.outcome import OutcomeCell, OutcomeScreen
from kiosk.staff.parts import (
    ActionKey,
    ActionTile,
    FactLine,
    Notice,
    OptionKey,
    RowKey,
    TileKey,
)
from kiosk.staff.point import Plate, PointScreen, ToleranceRuler
from kiosk.staff.prepare import PrepareScreen, ReferenceKey
from kiosk.staff.rows import RowsScreen
from kiosk.staff.run import RunRow, RunScreen
from kiosk.staff.screen import StaffScreen
from kiosk.staff.sound import SoundScreen, TenBars
from kiosk.staff.states import StateMark, StatePill
from kiosk.staff.touch import TargetCross, TouchedScreen, TouchScreen
from kiosk.theme import Rules

_S = StaffStep
STAFF_SCREENS: tuple[tuple[StaffStep, type[StaffScreen]], ...] = (
    (_S.NUMBER, EntryScreen),
    (_S.PIN, KeypadScreen),
    (_S.HOME, HomeScreen),
    (_S.MORE, MoreScreen),
    (_S.INSTRUMENTS, RowsScreen),
    (_S.INSTRUMENT, DetailScreen),
    (_S.FRAMES, FramesScreen),
    (_S.PREPARE, PrepareScreen),
    (_S.POINT, PointScreen),
    (_S.WHY, ChooseScreen),
    (_S.CALIBRATED, OutcomeScreen),
    (_S.CHECK, PointScreen),
    (_S.CHECKED, OutcomeScreen),
    (_S.CONTROL, ChooseScreen),
    (_S.MENDED, ChooseScreen),
    (_S.RUN, RunScreen),
    (_S.CHART, ChartScreen),
    (_S.LOTS, RowsScreen),
    (_S.LOT, EntryScreen),
    (_S.SUPPLY, ChooseScreen),
    (_S.DELIVERY, RowsScreen),
    (_S.VISITS, RowsScreen),
    (_S.VISIT, DetailScreen),
    (_S.VOID, ChooseScreen),
    (_S.MOVE, ChooseScreen),
    (_S.STRAYS, RowsScreen),
    (_S.STRAY, ChooseScreen),
    (_S.DISCARD, ChooseScreen),
    (_S.TOUCH, TouchScreen),
    (_S.TOUCHED, TouchedScreen),
    (_S.SOUND, SoundScreen),
    (_S.STATION, RowsScreen),
    (_S.ACCOUNTS, RowsScreen),
    (_S.ACCOUNT, DetailScreen),
    (_S.NEW_CARD, DetailScreen),
    (_S.NEW_PIN, KeypadScreen),
)
STAFF_PARTS = (
    ActionKey, ActionTile, Board, BoardKey, ChartNoteLine, DotMark, FactLine, FrameBlock, LevelKey,
    LeveyJennings, Notice, OptionKey, OutcomeCell, PinDots, PinKey, Plate, ReferenceKey, RowKey, RunRow,
    StateMark, StatePill, TargetCross, TenBars, TileKey, ToleranceRuler,
)  # fmt: skip
"""The widgets that rules name; kivy knows a class by name once it was imported."""
_HERE = Path(__file__).resolve().parent
_FIRST = ("parts", "lines")
_SHARED = _HERE / "marks.kv"
STAFF_PLACES: Mapping[Rules, Path] = MappingProxyType({Rules.TALL: _HERE, Rules.WIDE: _HERE / "wide"})
"""Where the rules lie that say where things lie: one file a screen in each folder."""


def staff_screen_for(step: StaffStep) -> type[StaffScreen]:
    """The class that draws ``step``; every step but ``OUT`` has one (a test walks them)."""
    return dict(STAFF_SCREENS)[step]


def staff_rule_files(rules: Rules) -> tuple[Path, ...]:
    """The .kv files of one way to place the parts; what both ways share first."""
    files = (file for file in STAFF_PLACES[rules].glob("*.kv") if file != _SHARED)
    return (_SHARED, *sorted(files, key=lambda file: (file.stem not in _FIRST, file.stem)))


def load_staff_rules(rules: Rules = Rules.TALL) -> None:
    """Read every .kv file of ``rules`` once, and forget those of the other way.

    The rules of the residents' come before.
    """
    wanted = [str(file) for file in staff_rule_files(rules)]
    for other in STAFF_PLACES:
        for file in map(str, staff_rule_files(other)):
            if file in Builder.files and file not in wanted:
                Builder.unload_file(file)
    read_rule_files(wanted)
