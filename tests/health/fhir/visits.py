"""Records of invented people for bundles: the personas of the demonstration, and visits by chance."""

import random
import tomllib
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from devices.reading import Comparator, Quantity, Remark
from health.assess import assess
from health.fhir.setting import Ids, Name
from health.pressure import mean_of, protocol_of
from health.quantity import MEASURES
from health.record import Record
from health.scales.scale import load_scales
from health.station import Station
from health.visit import (
    Answer,
    Consent,
    Control,
    Instrument,
    Method,
    Observation,
    Question,
    Resident,
    Sample,
    ScaleTotal,
    Sex,
    Skip,
    Visit,
)
from tests.health.people import BOOK, DAY

Q = Quantity
OPENED = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
STATION = Station("k7", "康驿 七号", place="长寿路街道", tenant="demo", demo=True)
INSTRUMENTS = tuple(
    Instrument(name, f"model-{name}", "Maker", serial="7", simulated=True)
    for name in ("stand", "cuff", "grip", "meter", "finger")
)
IDS = Ids(
    base="https://clinic.test/fhir",
    patient="11111111-0000-4000-8000-000000000001",
    station="11111111-0000-4000-8000-000000000002",
    location="11111111-0000-4000-8000-000000000003",
    recorded=OPENED + timedelta(hours=1),
    instruments=tuple(
        (one.id, f"11111111-0000-4000-8000-00000000001{n}") for n, one in enumerate(INSTRUMENTS)
    ),
    names=(Name("urn:clinic:resident", "R-0001"),),
)
SCALES = load_scales()
BY = {
    Q.BODY_HEIGHT: "stand",
    Q.BODY_WEIGHT: "stand",
    Q.BODY_FAT: "stand",
    Q.SYSTOLIC: "cuff",
    Q.DIASTOLIC: "cuff",
    Q.PULSE: "cuff",
    Q.GRIP_LEFT: "grip",
    Q.GRIP_RIGHT: "grip",
    Q.SPO2: "finger",
}
PERSONAS = Path(__file__).resolve().parents[3] / "assets" / "personas.toml"


def record_of(visit: Visit) -> Record:
    """The record the station would make of ``visit``."""
    return Record(visit, assess(visit, (), BOOK, visit.on), (), STATION, "zh_CN", "0.1.0")


def observed(quantity: Quantity, values: list[str], **said: Any) -> Observation:  # noqa: ANN401 - fields of it
    """An observation of some readings; its value is the last one unless said."""
    unit = MEASURES[quantity].unit
    samples = tuple(
        Sample(Decimal(v), unit, at=OPENED + timedelta(minutes=n), remarks=said.get("remarks", ()))
        for n, v in enumerate(values)
    )
    return Observation(
        quantity,
        said.get("value", samples[-1].value),
        unit,
        said.get("comparator"),
        said.get("method"),
        OPENED + timedelta(minutes=9),
        BY.get(quantity, "meter"),
        said.get("control", Control.IN),
        samples,
    )


def pressures(rows: list[tuple[int, int, int]], method: Method = Method.GUIDELINE) -> list[Observation]:
    """The three observations of some readings of a cuff."""
    printed = mean_of([(Decimal(s), Decimal(d)) for s, d, _ in rows], protocol_of(BOOK.pressure))
    return [
        observed(Q.SYSTOLIC, [str(r[0]) for r in rows], value=printed[0], method=method),
        observed(Q.DIASTOLIC, [str(r[1]) for r in rows], value=printed[1], method=method),
        observed(Q.PULSE, [str(r[2]) for r in rows]),
    ]


def personas() -> dict[str, Visit]:
    """The visit of every persona of the demonstration."""
    said = tomllib.loads(PERSONAS.read_text(encoding="utf-8"))
    return {who["name"]: _persona(number, who) for number, who in enumerate(said["persona"])}


def _persona(number: int, who: dict[str, Any]) -> Visit:
    card = who.get("card", {})
    grip = who["grip"]
    lipids = zip((Q.TOTAL_CHOLESTEROL, Q.HDL, Q.TRIGLYCERIDES, Q.LDL), who["lipids"], strict=True)
    return Visit(
        id=UUID(int=number + 1),
        on=DAY,
        opened_at=OPENED,
        closed_at=OPENED + timedelta(minutes=20),
        resident=Resident(
            Sex(card["sex"]) if card else None,
            card.get("birth_date"),
            None,
            card.get("name"),
            card.get("number"),
            who.get("phone"),
        ),
        consent=Consent.PRINT_ONLY if who.get("print_only") else Consent.SHARE,
        observations=(
            observed(Q.BODY_HEIGHT, [who["height"]]),
            observed(Q.BODY_WEIGHT, [who["weight"]]),
            *pressures([tuple(row) for row in who["pressure"]]),
            observed(Q.GRIP_LEFT, grip[:2]),
            observed(Q.GRIP_RIGHT, grip[2:]),
            *(observed(quantity, [value]) for quantity, value in lipids),
        ),
        answers=tuple((Question(q), Answer(a)) for q, a in who.get("answers", {}).items()),
        instruments=INSTRUMENTS,
        demo=True,
    )


GRID = {
    Q.BODY_HEIGHT: (1200, 2000, 1),
    Q.BODY_WEIGHT: (300, 1400, 1),
    Q.TOTAL_CHOLESTEROL: (150, 1300, 2),
    Q.HDL: (40, 260, 2),
    Q.TRIGLYCERIDES: (50, 1500, 2),
    Q.LDL: (50, 700, 2),
    Q.GLUCOSE: (20, 330, 1),
    Q.SPO2: (80, 100, 0),
    Q.GRIP_LEFT: (20, 600, 1),
    Q.GRIP_RIGHT: (20, 600, 1),
    Q.WAIST: (550, 1400, 1),
    Q.BODY_FAT: (50, 500, 1),
}


def by_chance(seed: int) -> Visit:
    """A visit in which anything may happen: gaps, off scale, failed control, one to three readings."""
    chance = random.Random(seed)  # noqa: S311 - repeatable people, not secrets
    observations = pressures(_rows(chance), chance.choice(list(Method))) if chance.random() < 0.8 else []
    missing = []
    for quantity, (low, high, decimals) in GRID.items():
        if chance.random() < 0.3:
            missing.append(quantity)
            continue
        value = Decimal(chance.randint(low, high)).scaleb(-decimals)
        observations.append(
            observed(
                quantity,
                [str(value)],
                comparator=chance.choice((*Comparator, *[None] * 8)),
                control=chance.choice((Control.OUT, *[Control.IN] * 9, None)),
                remarks=chance.choice(((), (), (Remark.IRREGULAR_PULSE,))),
            )
        )
    visit = Visit(
        id=UUID(int=chance.getrandbits(128)),
        on=date(2026, 11, 23) + timedelta(days=chance.randint(0, 900)),
        opened_at=OPENED if chance.random() < 0.9 else None,
        closed_at=OPENED + timedelta(minutes=30) if chance.random() < 0.9 else None,
        resident=Resident(
            chance.choice((*Sex, None)), age=chance.choice((Decimal(chance.randint(18, 105)), None))
        ),
        consent=chance.choice((Consent.SHARE, None)),
        observations=tuple(observations),
        answers=tuple((q, chance.choice(list(Answer))) for q in Question if chance.random() < 0.9),
        instruments=INSTRUMENTS,
        totals=tuple(
            ScaleTotal(s.scale, chance.randint(0, s.highest), asked_here=bool(s.items))
            for s in SCALES
            if chance.random() < 0.1
        ),
        incomplete=chance.random() < 0.1,
        demo=True,
    )
    for quantity in missing:
        visit = visit.with_missing(quantity, chance.choice(list(Skip)))
    if not visit.value_of(Q.SYSTOLIC) and chance.random() < 0.5:
        for half in (Q.SYSTOLIC, Q.DIASTOLIC):
            visit = visit.with_missing(half, chance.choice(list(Skip)))
    return visit


def _rows(chance: random.Random) -> list[tuple[int, int, int]]:
    middle = chance.randint(90, 200)
    return [
        (middle + chance.randint(-9, 9), chance.randint(35, 60) + middle // 5, chance.randint(45, 130))
        for _ in range(chance.choice((1, 2, 3)))
    ]
