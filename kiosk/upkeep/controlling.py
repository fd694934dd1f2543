"""Blood: lots of control material, control runs, consumables and the chart, as jobs of the desk.

What a run says is judged by ``devices.control_rules``; a run that is rejected is kept like any other, and
rests the instrument. It must not touch the analyser: results come in as staff or the wire gave them.
"""

from datetime import date
from typing import ClassVar
from uuid import UUID

import msgspec

from devices.control import Lot, Result, Run, Series
from devices.control_chart import Chart, chart
from devices.control_rules import REJECTING, Judgement, Verdict, judge
from devices.reading import Quantity
from kiosk.jobs import Job, Office, Rank
from kiosk.store.page import Page
from kiosk.upkeep.errors import NotKnownHereError, UpkeepError
from kiosk.upkeep.keeping import Finding, fresh_id, keep
from kiosk.upkeep.looking import lots_of, series_of, today_at
from kiosk.upkeep.records import ControlRun, OpenedLot, Supply
from kiosk.upkeep.staff import Act
from kiosk.upkeep.standing import Board
from kiosk.upkeep.trail import allowed

LONGEST_WORD = 40


class OpenLot(Job[OpenedLot], frozen=True):
    """Take a lot of control material into use. Its runs begin anew, so the analyser rests until one passes.

    Raises ``DeviceError``, ``UpkeepError`` (already expired), ``NotAllowedError``.
    """

    by: str
    instrument: str
    lot: Lot

    def do(self, office: Office) -> OpenedLot:
        """Keep it."""
        allowed(office, self.by, Act.LOT)
        office.rules.instrument(self.instrument)
        _not_expired(office, self.lot.number, self.lot.expires)
        made = OpenedLot(fresh_id(office), self.instrument, self.lot, self.by, office.now().wall)
        keep(office, Finding(Page.LOT, made.id, self.instrument, made, self.by, Act.LOT, self.lot.number))
        return made


class KeptRun(msgspec.Struct, frozen=True):
    """A run as it was kept, and what it says of each quantity of the lot, in the order of the sheet."""

    run: Run
    judgements: tuple[tuple[Quantity, Judgement], ...]
    board: Board

    @property
    def verdict(self) -> Verdict:
        """The worst of them."""
        order = (Verdict.REJECT, Verdict.WARN, Verdict.ACCEPT)
        return min((one.verdict for _, one in self.judgements), key=order.index)


class KeepRun(Job[KeptRun], frozen=True):
    """Keep a control run. ``action`` is what was mended before it, None where nothing was.

    Raises ``DeviceError`` (a level or unit the lot does not have), ``NotKnownHereError`` (no lot in use).
    """

    by: str
    instrument: str
    results: tuple[Result, ...]
    action: str | None = None

    def do(self, office: Office) -> KeptRun:
        """Judge and keep."""
        allowed(office, self.by, Act.CONTROL)
        lot, series = _in_use(office, self.instrument)
        run = Run(fresh_id(office), self.results, self.by, office.now().wall, self.action)
        after = series.with_run(run)
        judgements = tuple(
            (quantity, judge(after, quantity, REJECTING)[-1]) for quantity in series.lot.quantities
        )
        verdict = KeptRun(run, judgements, Board(run.when)).verdict
        board = keep(
            office,
            Finding(
                Page.RUN,
                run.id,
                self.instrument,
                ControlRun(lot.id, run),
                self.by,
                Act.CONTROL,
                verdict.value,
            ),
        )
        return KeptRun(run, judgements, board)


class OpenSupply(Job[Supply], frozen=True):
    """Take strips, cuvettes or lancets into use. ``what`` is the word on the box, ``lot`` its number.

    Raises ``UpkeepError`` (already expired, a word too long), ``NotAllowedError``.
    """

    by: str
    instrument: str
    what: str
    lot: str
    expires: date

    def do(self, office: Office) -> Supply:
        """Keep it."""
        allowed(office, self.by, Act.LOT)
        office.rules.instrument(self.instrument)
        what, lot = self.what.strip(), self.lot.strip()
        if not (0 < len(what) <= LONGEST_WORD and 0 < len(lot) <= LONGEST_WORD):
            raise UpkeepError(f"Enter what it is and its lot number, each up to {LONGEST_WORD} characters.")
        _not_expired(office, lot, self.expires)
        made = Supply(fresh_id(office), self.instrument, what, lot, self.expires, self.by, office.now().wall)
        keep(office, Finding(Page.SUPPLY, made.id, self.instrument, made, self.by, Act.LOT, lot))
        return made


class ShowChart(Job[Chart], frozen=True):
    """The Levey-Jennings chart of one level of a lot, by default of the lot in use.

    Raises ``NotKnownHereError`` without a lot, ``DeviceError`` for a level the lot does not have.
    """

    rank: ClassVar[Rank] = Rank.COURIER
    instrument: str
    material: str
    quantity: Quantity
    lot: UUID | None = None
    last: int = 30

    def do(self, office: Office) -> Chart:
        """Read the runs and make the numbers of the chart."""
        _, series = _in_use(office, self.instrument, self.lot)
        return chart(series, self.material, self.quantity, last=self.last)


def _in_use(office: Office, instrument: str, lot: UUID | None = None) -> tuple[OpenedLot, Series]:
    lots = lots_of(office.ledger.book, office.rules.instrument(instrument).id)
    chosen = next((one for one in reversed(lots) if lot in (None, one.id)), None)
    series = None if chosen is None else series_of(office.ledger.book, instrument, chosen)
    if chosen is None or series is None:
        raise NotKnownHereError("No lot of control material is in use: enter the lot from its box first.")
    return chosen, series


def _not_expired(office: Office, number: str, expires: date) -> None:
    if expires < today_at(office.rules, office.now().wall):
        raise UpkeepError(f"Lot {number} has expired: take another one and enter that.")
