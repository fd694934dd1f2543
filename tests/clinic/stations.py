"""A station as the clinic meets it: its keys, its visits and its envelopes. For the tests of the clinic."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import msgspec
from msgspec.structs import replace

from devices.reading import Comparator, Quantity
from health.assess import assess
from health.envelope import Envelope, Header, Kind, seal
from health.ids import new_id
from health.keys import PublicKey, SigningKey
from health.record import Record, write
from health.rulebook import shipped_rulebook
from health.station import Station
from health.station_report import VERSION, Occasion, StationReport, TrailReport
from health.visit import (
    Answer,
    Consent,
    Control,
    Instrument,
    Method,
    Observation,
    PastVisit,
    Question,
    Resident,
    Sex,
    Skip,
    Visit,
)

OPENED = datetime(2026, 11, 23, 1, 12, 5, tzinfo=UTC)
NAME = "沈玉珍"
SHEN = Resident(
    sex=Sex.FEMALE, birth_date=date(1940, 3, 2), name=NAME, identity="310101194003021984", phone="13600007741"
)
VALUES = {
    Quantity.BODY_HEIGHT: ("152.4", "cm", "stand"),
    Quantity.BODY_WEIGHT: ("51.3", "kg", "stand"),
    Quantity.SYSTOLIC: ("146", "mm[Hg]", "cuff"),
    Quantity.DIASTOLIC: ("75", "mm[Hg]", "cuff"),
    Quantity.PULSE: ("71", "/min", "cuff"),
    Quantity.TOTAL_CHOLESTEROL: ("5.31", "mmol/L", "blood"),
    Quantity.HDL: ("1.42", "mmol/L", "blood"),
    Quantity.TRIGLYCERIDES: ("2.59", "mmol/L", "blood"),
    Quantity.GRIP_LEFT: ("16.2", "kg", "grip"),
    Quantity.GRIP_RIGHT: ("16.8", "kg", "grip"),
}
TOOLS = (
    Instrument("stand", "SH-10", "Shanghe", "SH2024-117", simulated=True, calibration="C-2026-04"),
    Instrument("cuff", "HBP-9030", "OMRON", None, simulated=True),
    Instrument("blood", "LipidCheck", "ASTM", "L-77", simulated=True),
    Instrument("grip", "GRIP line", "Kangyi", "G-1", simulated=True),
)


def visit_of(
    resident: Resident = SHEN, *, incomplete: bool = False, demo: bool = False, **changed: str
) -> Visit:
    """A whole visit; ``systolic="188"`` changes a value."""
    values = dict(VALUES)
    for name, value in changed.items():
        quantity = Quantity(name)
        values[quantity] = (value, *values[quantity][1:])
    observations = tuple(
        Observation(
            quantity,
            Decimal(value),
            unit,
            comparator=Comparator.BELOW if quantity is Quantity.TRIGLYCERIDES else None,
            method=Method.GUIDELINE if tool == "cuff" else None,
            at=OPENED + timedelta(minutes=n),
            instrument=tool,
            control=Control.IN,
        )
        for n, (quantity, (value, unit, tool)) in enumerate(values.items())
    )
    return Visit(
        id=new_id(),
        on=date(2026, 11, 23),
        opened_at=OPENED,
        closed_at=None if incomplete else OPENED + timedelta(minutes=12),
        resident=resident,
        consent=Consent.SHARE,
        observations=observations[:4] if incomplete else observations,
        answers=(
            (Question.SMOKER, Answer.NO),
            (Question.BP_TREATED, Answer.YES),
            (Question.FASTING, Answer.UNKNOWN),
        ),
        danger_signs=(),
        instruments=TOOLS,
        incomplete=incomplete,
        demo=demo,
    ).with_missing(Quantity.WAIST, Skip.DECLINED)


HISTORY = (
    PastVisit(
        date(2026, 8, 24),
        (
            Observation(Quantity.SYSTOLIC, Decimal(152), "mm[Hg]", method=Method.GUIDELINE),
            Observation(Quantity.BODY_WEIGHT, Decimal("52.1"), "kg"),
        ),
    ),
)


A_REPORT = StationReport(VERSION, Occasion.REGULAR, OPENED, "0.1.0", 0, TrailReport(0, "00" * 32))


class FakeStation(msgspec.Struct):
    """Seals and counts as a kiosk does."""

    working: PublicKey
    recovery: PublicKey
    tenant: str = "clinic"
    id: str = "wanqing-1"
    demo: bool = False
    key: SigningKey = msgspec.field(default_factory=SigningKey.new)
    boot: UUID = msgspec.field(default_factory=new_id)
    sequence: int = 0

    def envelope(self, visit: Visit, content: bytes | None = None, /, **header: object) -> Envelope:
        """A visit, assessed, written and sealed; ``header`` lies about single fields."""
        self.sequence += 1
        honest = Header(
            kind=Kind.VISIT,
            id=new_id(),
            visit=visit.id,
            tenant=self.tenant,
            station=self.id,
            sequence=self.sequence,
            boot=self.boot,
            monotonic_ms=1000 * self.sequence,
            wall=OPENED,
            clock_trusted=True,
            demo=visit.demo,
            incomplete=visit.incomplete,
        )
        sealed = replace(honest, **header)
        whole = write(self.record(visit)) if content is None else content
        return seal(whole, sealed, [self.working, self.recovery], self.key)

    def record(self, visit: Visit) -> Record:
        """The visit with what the rules say of it."""
        return Record(
            visit,
            assess(visit, HISTORY, shipped_rulebook(), visit.on),
            HISTORY,
            Station(self.id, "晚晴里驿站", demo=self.demo),
            "zh_CN",
            "0.1.0",
        )
