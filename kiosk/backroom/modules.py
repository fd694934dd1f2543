"""How the modules of the station stand, as rows: what rests first, then what is due, then what is ready.

Reads the board and the lines; it decides nothing about a value. The printer stands among them, because a
person who goes home without a sheet was not served.
"""

import msgspec

from health.visit import Instrument
from kiosk.backroom.icons import ROLE_ICONS
from kiosk.backroom.shift import Shift
from kiosk.backroom.views import Pill, RowView, State
from kiosk.upkeep.standing import Standing, Why, worst
from kiosk.upkeep.standing import State as Stands

PRINTER = "printer"
_ORDER = (State.STOP, State.LOOK, State.PLAIN, State.GOOD)
_STATES = {Stands.RESTS: State.STOP, Stands.SOON: State.LOOK, Stands.READY: State.GOOD}


class Module(msgspec.Struct, frozen=True):
    """An instrument with how it stands; ``worst`` is the quantity staff must hear of first."""

    instrument: Instrument
    there: bool
    worst: Standing | None

    @property
    def state(self) -> State:
        """How it stands, the line included."""
        if not self.there:
            return State.LOOK
        return State.GOOD if self.worst is None else _STATES[self.worst.state]


def modules_of(shift: Shift) -> tuple[Module, ...]:
    """Every instrument of the station, what needs somebody first."""
    premises, board = shift.premises, shift.premises.board()
    found = []
    for instrument in premises.tools.described():
        there = premises.tools.plugged(instrument.id)
        standings = () if board is None else board.on(instrument.id)
        found.append(Module(instrument, there, worst(standings)))
    return tuple(sorted(found, key=lambda one: _ORDER.index(one.state)))


def module_called(shift: Shift, instrument: str) -> Module | None:
    """The module of that id."""
    return next((one for one in modules_of(shift) if one.instrument.id == instrument), None)


def name_of(shift: Shift, instrument: str) -> str:
    """What staff call an instrument: its role."""
    model = shift.premises.tools.model_of(instrument)
    return instrument if model is None else shift.say(f"role.{model.role}")


def icon_of(shift: Shift, instrument: str) -> str:
    """The sign of an instrument: that of its role."""
    model = shift.premises.tools.model_of(instrument)
    return "info" if model is None else ROLE_ICONS[model.role]


def pill_of(shift: Shift, module: Module) -> Pill:
    """Its state as mark and word."""
    if not module.there:
        return Pill(State.LOOK, shift.say("state.away"))
    word = {State.STOP: "state.rests", State.LOOK: "state.soon"}.get(module.state, "state.ready")
    return Pill(module.state, shift.say(word))


def why_of(shift: Shift, module: Module) -> str:
    """One line on why it stands so, or until when it holds."""
    if not module.there:
        return shift.say("line_lost")
    standing = module.worst
    if standing is None:
        return shift.say("line_open")
    if standing.why in (Why.IN_ORDER, Why.DUE_SOON) and standing.until is not None:
        return shift.say("until", day=shift.day(shift.local(standing.until).date()))
    return shift.say(f"why_it.{standing.why.removeprefix('upkeep.')}")


def rows_of(shift: Shift) -> tuple[RowView, ...]:
    """The modules as rows, the printer where it belongs among them."""
    rows = [(module.state, _row(shift, module)) for module in modules_of(shift)]
    rows.append(_printer(shift))
    rows.sort(key=lambda one: _ORDER.index(one[0]))
    return tuple(row for _, row in rows)


def _row(shift: Shift, module: Module) -> RowView:
    id_ = module.instrument.id
    return RowView(
        id_, icon_of(shift, id_), name_of(shift, id_), why_of(shift, module), pill_of(shift, module)
    )


def _printer(shift: Shift) -> tuple[State, RowView]:
    wrong = shift.premises.paper()
    state = State.GOOD if wrong is None else State.LOOK
    more = (
        shift.say("printer_ready") if wrong is None else shift.words.text(wrong).split("。")[0].split(". ")[0]
    )
    pill = Pill(state, shift.say("state.ready" if wrong is None else "state.low_paper"))
    return state, RowView(PRINTER, "print", shift.say("role.printer"), more, pill, opens=False)
