"""Looks into the book: what it holds of each instrument, and how the whole station stands.

It reads and judges nothing itself; ``judging`` does. It must not write.
"""

from datetime import date, datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from devices.calibration import Calibration
from devices.calibration_limits import Verification
from devices.control import Series
from kiosk.jobs import Job, Office, Rank
from kiosk.store.book import Book
from kiosk.store.page import Page
from kiosk.upkeep.judging import Found, judged
from kiosk.upkeep.records import ControlRun, OpenedLot, Supply, T, from_bytes
from kiosk.upkeep.rules import UpkeepRules
from kiosk.upkeep.standing import Board


class Look(Job[Board], frozen=True):
    """How every instrument stands now."""

    rank: ClassVar[Rank] = Rank.VISIT

    def do(self, office: Office) -> Board:
        """Read the book and judge."""
        return board_of(office.ledger.book, office.rules, office.now().wall)


class Everything(Job[Found], frozen=True):
    """All that the book holds of one instrument: calibrations, checks, lot in use with its runs, supplies."""

    instrument: str

    def do(self, office: Office) -> Found:
        """Read it. Raises ``NotKnownHereError``."""
        return found_of(office.ledger.book, office.rules.instrument(self.instrument).id)


class Lots(Job["tuple[OpenedLot, ...]"], frozen=True):
    """Every lot of control material that was ever in use on an instrument; the last is in use."""

    instrument: str

    def do(self, office: Office) -> tuple[OpenedLot, ...]:
        """Read them."""
        return lots_of(office.ledger.book, self.instrument)


def board_of(book: Book, rules: UpkeepRules, now: datetime) -> Board:
    """How every instrument of the station stands at ``now``, aware UTC."""
    today = today_at(rules, now)
    standings = tuple(
        one
        for kept in rules.instruments
        if kept.measures
        for one in judged(kept, found_of(book, kept.id), rules.asked, now, today)
    )
    return Board(now, standings)


def today_at(rules: UpkeepRules, now: datetime) -> date:
    """The civil date at the station."""
    return now.astimezone(ZoneInfo(rules.zone)).date()


def found_of(book: Book, instrument: str) -> Found:
    """What the book holds of ``instrument``."""
    return Found(
        _read(book, Page.CALIBRATION, instrument, Calibration),
        _read(book, Page.CHECK, instrument, Verification),
        series_of(book, instrument),
        _read(book, Page.SUPPLY, instrument, Supply),
    )


def series_of(book: Book, instrument: str, lot: OpenedLot | None = None) -> Series | None:
    """The runs of ``lot``, by default of the lot in use; None where there is none."""
    chosen = lot or next(reversed(lots_of(book, instrument)), None)
    if chosen is None:
        return None
    runs = tuple(one.run for one in _read(book, Page.RUN, instrument, ControlRun) if one.lot == chosen.id)
    return Series(instrument, chosen.lot, runs)


def lots_of(book: Book, instrument: str) -> tuple[OpenedLot, ...]:
    """Every lot that was taken into use on ``instrument``, oldest first."""
    return _read(book, Page.LOT, instrument, OpenedLot)


def _read(book: Book, page: Page, instrument: str, shape: type[T]) -> tuple[T, ...]:
    return tuple(from_bytes(one.version, one.body, shape) for one in book.records(page, instrument))
