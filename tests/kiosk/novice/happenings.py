"""Everything that an attendant can be told, by name: presses, bodies, plugs, wires, the desk and the hours.

A table, so that each can be tried at each step. It knows no step, and brings back what it takes away.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from uuid import UUID, uuid4

from devices.events import (
    CodeHeard,
    LineEvent,
    NotUnderstood,
    Progress,
    Refused,
    Trouble,
    TwoAlike,
    Understood,
)
from devices.model import Role
from devices.reading import Carrier, Code
from devices.simulators.acts import Act, Hand, InsertSample, LayCard, Squeeze, StepOff, StepOn, TakePressure
from health.slip import Slip
from health.visit import CallOutcome
from kiosk.courier.events import SlipTold
from kiosk.events import (
    AlarmKept,
    Arrived,
    CallStoodOpen,
    DeskEvent,
    DraftFound,
    DraftKept,
    NotKept,
    RoomTold,
    Sheet,
    SheetCame,
    UpkeepTold,
    VisitKept,
)
from kiosk.flow.steps import Choice
from kiosk.personas import people
from kiosk.upkeep.standing import Board
from tests.kiosk.novice.house import HandMovedStation

Happens = Callable[[HandMovedStation], None]
_PLACES = (Role.STAND, Role.PRESSURE, Role.GRIP, Role.BLOOD, Role.CARD)
_DETAILS: dict[Choice, tuple[str, ...]] = {
    Choice.DIGIT: ("1", "no digit"),
    Choice.PICK: ("walk", "nothing"),
    Choice.OUTCOME: tuple(CallOutcome),
    Choice.UNWELL: ("", "rested"),
}
_CARDS = [one.card.card() for one in people().persona if one.card is not None]
_ACTS: dict[str, tuple[Role, Act]] = {
    "her card": (Role.CARD, LayCard(_CARDS[0])),
    "another card": (Role.CARD, LayCard(_CARDS[1])),
    "a badge": (Role.CARD, LayCard(people().staff.card())),
    "somebody steps on": (Role.STAND, StepOn(Decimal("51.3"), Decimal("152.4"))),
    "somebody heavy steps on": (Role.STAND, StepOn(Decimal("118.0"), Decimal("171.0"))),
    "who stood steps off": (Role.STAND, StepOff()),
    "a pressure": (Role.PRESSURE, TakePressure(138, 76, 70)),
    "a dangerous pressure": (Role.PRESSURE, TakePressure(191, 114, 90)),
    "a grip": (Role.GRIP, Squeeze(Hand.LEFT, Decimal("16.0"))),
    "blood of nobody": (
        Role.BLOOD,
        InsertSample("K00000000001", Decimal("5.3"), Decimal("1.4"), Decimal("1.4"), Decimal("3.3")),
    ),
}
_WAITS = (70.0, 300.0)


def happenings() -> dict[str, Happens]:
    """All of them by name, those that most often end a visit last."""
    told = dict(_of_the_desk()) | dict(_of_the_wire())
    done = {name: _doing(*act) for name, act in _ACTS.items()}
    presses = {
        f"{choice} {detail}".strip(): _pressing(choice, detail)
        for choice in Choice
        for detail in _DETAILS.get(choice, ("",))
    }
    missed: dict[str, Happens] = {"a finger misses every key": lambda house: house.attendant.touched()}
    return told | done | presses | missed | {f"{seconds:g} s go by": _waiting(seconds) for seconds in _WAITS}


def line_events(instrument: str, at: float) -> tuple[LineEvent, ...]:
    """What a wire can say beside values, cards and its own end, which come by a body and a plug."""
    return (
        CodeHeard(instrument, Code("nobody's", next(iter(Carrier))), at),
        Refused(instrument, "checksum", 12, at),
        Trouble(instrument, "error_5", at),
        Progress(instrument, "receiving", at),
        TwoAlike(instrument, at, ("/dev/one", "/dev/two")),
        NotUnderstood(instrument, at, b"\\x00"),
        Understood(instrument, at),
    )


def desk_events(visit: UUID, house: HandMovedStation) -> tuple[DeskEvent, ...]:
    """What the desk can say of ``visit`` or of the house."""
    return (
        DraftKept(visit),
        VisitKept(visit),
        AlarmKept(visit),
        NotKept(visit, "say.not_kept"),
        SheetCame(visit, Sheet.DONE),
        SheetCame(visit, Sheet.TROUBLE, "printer.jam"),
        Arrived(visit),
        DraftFound(visit, None),
        UpkeepTold(Board(house.time.wall())),
        RoomTold(enough=False),
        RoomTold(enough=True),
        CallStoodOpen(house.time.wall()),
    )


def _of_the_desk() -> Iterator[tuple[str, Happens]]:
    def hers(house: HandMovedStation) -> None:
        _post(house, *desk_events(house.visit, house))

    def a_stranger_s(house: HandMovedStation) -> None:
        _post(house, *desk_events(uuid4(), house))

    def a_slip(house: HandMovedStation) -> None:
        _post(house, *(SlipTold(card.number, Slip()) for card in _CARDS[:2]))

    yield from (("the desk", hers), ("the desk of a stranger", a_stranger_s), ("a slip", a_slip))


def _of_the_wire() -> Iterator[tuple[str, Happens]]:
    for role in _PLACES:

        def said(house: HandMovedStation, role: Role = role) -> None:
            for instrument in house.bench.there(role):
                _post(house, *line_events(instrument, house.time.seconds))

        def pulled(house: HandMovedStation, role: Role = role) -> None:
            _fault(house, role, "unplug", "replug")

        def noisy(house: HandMovedStation, role: Role = role) -> None:
            _fault(house, role, "garbage", "silent", "clear")

        yield f"{role} says what is no value", said
        yield f"the plug of {role} is pulled", pulled
        yield f"{role} talks nonsense and falls silent", noisy


def _post(house: HandMovedStation, *events: DeskEvent | LineEvent | SlipTold) -> None:
    for event in events:
        house.post(event)
        house.go_on(0.05)


def _fault(house: HandMovedStation, role: Role, *faults: str) -> None:
    found = house.bench.simulated(role)
    for fault in faults:
        if found is not None:
            found.fault(fault)
            house.go_on(1.0)


def _doing(role: Role, act: Act) -> Happens:
    def done(house: HandMovedStation) -> None:
        found = house.bench.simulated(role)
        if found is not None:
            found.act(act)

    return done


def _pressing(choice: Choice, detail: str) -> Happens:
    return lambda house: house.attendant.choose(choice, detail)


def _waiting(seconds: float) -> Happens:
    return lambda house: house.go_on(seconds)
