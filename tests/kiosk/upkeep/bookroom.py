"""A desk's office with the ledger in the hands of the test, and the instruments of a small station."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from argon2 import PasswordHasher

from devices.calibration import Point
from devices.calibration_limits import EMPTY, Span, Standard
from devices.control import Lot, Result, Target
from devices.model import Role
from devices.reading import Quantity
from health.envelope import Envelope, Kind, open_envelope
from health.station_report import StationReport, read_report
from kiosk.events import DeskEvent
from kiosk.jobs import NextToSend, Office
from kiosk.staff_events import StaffEvent
from kiosk.store.ledger import Ledger
from kiosk.upkeep.asked import UpkeepPart
from kiosk.upkeep.looking import Look
from kiosk.upkeep.pepper import Pepper
from kiosk.upkeep.pin_hash import hashed
from kiosk.upkeep.rules import Kept, UpkeepRules
from kiosk.upkeep.staff import StaffMember, StaffRole
from kiosk.upkeep.standing import Standing, State, Why
from tests.kiosk.station import CLINIC, KEY, HeldTime, seal_of

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""A cost that lets a test set many PINs; what is kept at it is made anew at the first right PIN."""
PEPPER = Pepper(bytes(range(32)))
PIN = "930417"
LIPIDS = (Quantity.TOTAL_CHOLESTEROL, Quantity.HDL)
SCALE = Kept(
    "scale",
    "shanghe-sh",
    Role.STAND,
    (Quantity.BODY_WEIGHT, Quantity.BODY_HEIGHT),
    simulated=True,
    spans=(
        Span("scale", Quantity.BODY_WEIGHT, Decimal(0), Decimal(200), Decimal("0.1")),
        Span("scale", Quantity.BODY_HEIGHT, Decimal(60), Decimal(210)),
    ),
)
ANALYSER = Kept("analyser", "astm-lis", Role.BLOOD, LIPIDS, simulated=True)
HANDLE = Kept("handle", "grip-line", Role.GRIP, (Quantity.GRIP_LEFT, Quantity.GRIP_RIGHT), simulated=True)
EVERYTHING = UpkeepPart(weight_days=7, height_days=7, blood_control="daily")
LOT = Lot(
    "C-2611",
    date(2027, 3, 31),
    tuple(
        Target(level, quantity, "mmol/L", Decimal(mean), Decimal("0.1"))
        for quantity in LIPIDS
        for level, mean in (("1", "4.0"), ("2", "6.0"))
    ),
)


def office(folder: Path, time: HeldTime, asked: UpkeepPart | None = None) -> Office:
    """An office whose ledger lies in ``folder``, with a nurse, a technician and two supervisors."""
    told: list[DeskEvent | StaffEvent] = []
    rules = UpkeepRules((SCALE, ANALYSER, HANDLE), asked or UpkeepPart(), pepper=PEPPER)
    made = Office(Ledger(folder), seal_of(time), time.now, told.append, rules)
    if not made.ledger.book.staff():
        hire(made, "ann", StaffRole.NURSE, badge="card-of-ann")
        hire(made, "tom", StaffRole.TECHNICIAN)
        hire(made, "sue", StaffRole.SUPERVISOR)
        hire(made, "sam", StaffRole.SUPERVISOR)
    return made


def hire(room: Office, staff: str, role: StaffRole, badge: str = "") -> None:
    """An account whose PIN is ``PIN``, without the price of a real hash."""
    room.ledger.book.keep_member(StaffMember(staff, staff, role, badge), hashed(PIN, staff, PEPPER, QUICK))


def points(*shown: tuple[str, str]) -> tuple[Point, ...]:
    """Three points of three equal readings each: (true, shown) in kg or cm."""
    return tuple(
        Point(EMPTY if Decimal(true) == 0 else Standard(f"M{true}", Decimal(true)), (Decimal(value),) * 3)
        for true, value in shown
    )


def results(*values: str) -> tuple[Result, ...]:
    """Total cholesterol and HDL of levels 1 and 2, in this order."""
    levels = [(level, quantity) for quantity in LIPIDS for level in ("1", "2")]
    return tuple(
        Result(level, quantity, "mmol/L", Decimal(value))
        for (level, quantity), value in zip(levels, values, strict=True)
    )


IN_CONTROL = ("4.02", "6.05", "3.98", "5.95")
OUT_OF_CONTROL = ("4.02", "6.35", "3.98", "5.95")


def how(room: Office, instrument: str, quantity: Quantity) -> Standing:
    found = Look().do(room).of(instrument, quantity)
    assert found is not None
    return found


def why(room: Office, instrument: str, quantity: Quantity) -> tuple[State, Why]:
    found = how(room, instrument, quantity)
    return found.state, found.why


def reports(room: Office) -> list[StationReport]:
    sent = [Envelope.from_bytes(one.body) for one in NextToSend(100).do(room).envelopes]
    return [
        read_report(open_envelope(one, CLINIC, KEY.verify_key()))
        for one in sent
        if one.header.kind is Kind.STATION
    ]
