"""Lots of control material and supplies: what is in use, what has expired, and a new one typed from its box.

A form of one question a screen: number, last day, then mean and SD of every level of every test. What makes
no lot is refused by ``devices.control`` when it is put together.
"""

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from uuid import UUID

import msgspec

from devices.control import Lot, Target
from devices.errors import DeviceError
from devices.reading import Quantity
from health.words import DEFAULT, words_of
from kiosk.backroom.pages import page_of, pages_of
from kiosk.backroom.shift import Shift
from kiosk.backroom.steps import Press, StaffHappening, StaffStep
from kiosk.backroom.views import (
    Action,
    ChooseView,
    EntryView,
    ListView,
    Option,
    Pill,
    RowView,
    StaffBody,
    State,
)
from kiosk.backroom.work import Work
from kiosk.upkeep.controlling import OpenLot, OpenSupply
from kiosk.upkeep.judging import Found
from kiosk.upkeep.looking import Everything, Lots
from kiosk.upkeep.records import OpenedLot, Supply
from kiosk.upkeep.staff import Act

STEPS = frozenset({StaffStep.LOTS, StaffStep.LOT, StaffStep.SUPPLY})
SUPPLIES = ("strips", "cuvettes", "lancets", "pipettes")
"""What is used up at an analyser; the record keeps the word of the station's own language."""
LEVELS = ("1", "2")
"""Levels of a lot that is typed here: low and high, as control material for lipids is sold."""
UNIT = "mmol/L"
_WRITTEN = ("number", "supply")
"""Fields that take letters."""
_SOON_DAYS = 30
_LONGEST = 14


class _Field(msgspec.Struct, frozen=True):
    """One question of the form. ``quantity`` None: number or last day."""

    key: str
    quantity: Quantity | None = None
    level: str = ""


class LotBook:
    """The list of lots, and the form for a new one."""

    def __init__(self, shift: Shift, work: Work) -> None:
        self._shift = shift
        self._work = work
        self._lots: tuple[OpenedLot, ...] = ()
        self._supplies: tuple[Supply, ...] = ()
        self._what = ""
        self._fields: tuple[_Field, ...] = ()
        self._typed: list[str] = []
        self._trouble: str | None = None

    def begin(self) -> None:
        """Ask for the lots, or lay out the form."""
        if self._shift.step is StaffStep.LOTS:
            if not self._work.controlled(self._work.instrument):
                tools = self._shift.premises.tools
                found = (one.id for one in tools.described() if self._work.controlled(one.id))
                self._work.begin_on(next(found, ""), "")
            self._what = ""
            self._shift.ask(Lots(self._work.instrument), self._listed)
            if self._work.instrument:
                self._shift.ask(Everything(self._work.instrument), self._found)
        elif self._shift.step is StaffStep.LOT:
            self._fields, self._typed, self._trouble = self._form(), [""], None

    def choose(self, press: Press, detail: str) -> None:
        """A new lot, a letter, the next question."""
        if self._shift.step is StaffStep.LOTS:
            if press is Press.NEW and self._shift.may(Act.LOT) and self._work.instrument:
                self._shift.go(StaffHappening.NEW)
            elif press is Press.SUPPLY and self._shift.may(Act.LOT) and self._work.instrument:
                self._shift.go(StaffHappening.SUPPLY)
            elif press is Press.PAGE:
                self._shift.page = self._shift.page % pages_of(self._rows()) + 1
            return
        if self._shift.step is StaffStep.SUPPLY:
            self._choose_supply(press, detail)
            return
        if press is Press.DIGIT and len(self._typed[-1]) < _LONGEST:
            self._typed[-1] += detail
            self._trouble = None
        elif press is Press.DELETE:
            self._typed[-1] = self._typed[-1][:-1]
        elif press is Press.CONFIRM and self._typed[-1] and not self._shift.waits:
            self._next()

    def back(self) -> bool:
        """One question back; False at the first, which leaves the form."""
        if self._shift.step is not StaffStep.LOT or len(self._typed) < 2:
            return False
        self._typed.pop()
        self._trouble = None
        return True

    def body(self) -> StaffBody:
        """The screen of this step."""
        if self._shift.step is StaffStep.SUPPLY:
            return self._choice()
        return self._list() if self._shift.step is StaffStep.LOTS else self._question()

    def heading(self) -> str:
        """What the head says."""
        return self._shift.say("heading.lots")

    def _choose_supply(self, press: Press, detail: str) -> None:
        if press is Press.CHOOSE:
            self._shift.chosen = detail
        elif press is Press.CONFIRM and self._shift.chosen:
            self._what = self._shift.chosen
            self._shift.go(StaffHappening.CONFIRM)

    def _form(self) -> tuple[_Field, ...]:
        if self._what:
            return (_Field("supply"), _Field("expires"))
        model = self._shift.premises.tools.model_of(self._work.instrument)
        measures = () if model is None else model.measures
        values = [
            _Field(key, quantity, level)
            for quantity in measures
            for level in LEVELS
            for key in ("mean", "sd")
        ]
        return (_Field("number"), _Field("expires"), *values)

    def _next(self) -> None:
        field = self._fields[len(self._typed) - 1]
        if not _fits(field, self._typed[-1]):
            self._trouble = self._shift.say("lot.bad")
        elif len(self._typed) < len(self._fields):
            self._typed.append("")
        else:
            self._keep()

    def _keep(self) -> None:
        by, instrument = self._shift.by, self._work.instrument
        if self._what:
            what = words_of(DEFAULT).text(f"backroom.supply.{self._what}")
            last = _day(self._typed[1])
            if last is not None:
                job = OpenSupply(by, instrument, what, self._typed[0], last)
                self._shift.ask(job, lambda made: self._done(made.lot), self._refused)
            return
        try:
            lot = _lot_of(self._fields, self._typed)
        except DeviceError:
            self._trouble = self._shift.say("lot.bad")
            return
        self._shift.ask(OpenLot(by, instrument, lot), lambda made: self._done(made.lot.number), self._refused)

    def _done(self, number: str) -> None:
        self._shift.go(StaffHappening.DONE, self._shift.say("lot.kept", number=number))

    def _refused(self, wrong: Exception) -> None:
        self._shift.apologise(wrong)
        self._trouble = self._shift.say("lot.refused")

    def _found(self, found: Found) -> None:
        self._supplies = found.supplies

    def _listed(self, lots: tuple[OpenedLot, ...]) -> None:
        self._lots = lots

    def _list(self) -> ListView:
        shift, say = self._shift, self._shift.say
        rows = self._rows()
        new = Action(Press.NEW, "plus", say("lots.new"))
        return ListView(
            say("lots.title"),
            say("lots.sentence"),
            page_of(rows, shift.page),
            shift.page,
            pages_of(rows),
            "" if rows or shift.waits else say("lots.empty"),
            new if shift.may(Act.LOT) and self._work.instrument else None,
        )

    def _rows(self) -> tuple[RowView, ...]:
        """The control lots, newest first, then of each supply the one in use."""
        say = self._shift.say
        lots = tuple(reversed(self._lots))
        in_use = {one.what: one for one in self._supplies}.values()
        return (
            *(
                self._row(one.id, say("lots.control", number=one.lot.number), one.lot.expires, used=n == 0)
                for n, one in enumerate(lots)
            ),
            *(
                self._row(one.id, say("lots.supply", what=one.what, number=one.lot), one.expires, used=True)
                for one in in_use
            ),
        )

    def _choice(self) -> ChooseView:
        say = self._shift.say
        options = tuple(Option(one, say(f"supply.{one}")) for one in SUPPLIES)
        return ChooseView(
            say("supply.title"), say("supply.sentence"), options, self._shift.chosen, say("supply.go")
        )

    def _row(self, id_: UUID, title: str, expires: date, *, used: bool) -> RowView:
        shift, say = self._shift, self._shift.say
        left = (expires - shift.clock.today()).days
        if left < 0:
            pill = Pill(State.STOP, say("lots.expired"))
        elif not used:
            pill = Pill(State.PLAIN, say("lots.old"))
        else:
            soon = left <= _SOON_DAYS
            pill = Pill(State.LOOK if soon else State.GOOD, say("lots.soon" if soon else "lots.used"))
        until = say("until", day=shift.whole_day(expires))
        return RowView(str(id_), "bottle", title, until, pill, opens=False)

    def _question(self) -> EntryView:
        say, place = self._shift.say, len(self._typed) - 1
        field = self._fields[place]
        step = say("point.step", number=str(place + 1), total=str(len(self._fields)))
        if field.quantity is None:
            title, more = say(f"lot.{field.key}"), say(f"lot.{field.key}_more")
        else:
            quantity = say(f"quantity.{field.quantity}")
            title = say(f"lot.{field.key}", quantity=quantity, level=field.level)
            more = say("lot.value_more", unit=UNIT)
        return EntryView(
            step,
            title,
            more,
            self._typed[-1],
            letters=field.key in _WRITTEN,
            complete=self._typed[-1] != "" and not self._shift.waits,
            trouble=self._trouble,
            full=len(self._typed[-1]) >= _LONGEST,
        )


def _fits(field: _Field, typed: str) -> bool:
    if field.key in _WRITTEN:
        return bool(typed.strip())
    if field.key == "expires":
        return _day(typed) is not None
    value = _number(typed)
    return value is not None and value > 0


def _day(typed: str) -> date | None:
    try:
        return datetime.strptime(typed, "%Y%m%d").date()  # noqa: DTZ007 - a civil day of the station has no zone
    except ValueError:
        return None


def _number(typed: str) -> Decimal | None:
    try:
        return Decimal(typed)
    except InvalidOperation:
        return None


def _lot_of(fields: tuple[_Field, ...], typed: list[str]) -> Lot:
    said = dict(zip(((f.quantity, f.level, f.key) for f in fields), typed, strict=True))
    last = _day(said[(None, "", "expires")])
    pairs = dict.fromkeys((f.quantity, f.level) for f in fields if f.quantity is not None)
    targets = tuple(
        Target(
            level,
            quantity,
            UNIT,
            Decimal(said[(quantity, level, "mean")]),
            Decimal(said[(quantity, level, "sd")]),
        )
        for quantity, level in pairs
        if quantity is not None
    )
    if last is None:
        raise DeviceError("Enter the last day the lot may be used.")
    return Lot(said[(None, "", "number")], last, targets)
