"""Reports of invented visits: one with everything in it, and as many by chance as are wanted.

The same seed gives the same visits. Nothing here is measured.
"""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from msgspec.structs import replace

from devices.reading import Comparator, Quantity
from health.assess import assess
from health.quantity import MEASURES
from health.rulebook import load_rulebook
from health.station import Station
from health.visit import (
    Answer,
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
from health.words import words_of
from printouts.content import Report

DAY = date(2026, 11, 23)
OPENED = datetime(2026, 11, 23, 1, 12, tzinfo=UTC)
STATION = Station(
    id="WQ07",
    name="晚晴里智慧健康驿站",
    hours="早上 8 点到下午 4 点",
    phone="021-0000 3120",
    clinic="晚晴社区卫生服务中心",
    doctor="周敏",
    phone_page="https://station.example.org/phone",
)
# From, to and decimals of what is drawn by chance; each range goes far beyond normal on both sides.
RANGES = {
    Quantity.BODY_HEIGHT: (140, 190, 1),
    Quantity.BODY_WEIGHT: (35, 120, 1),
    Quantity.SYSTOLIC: (80, 210, 0),
    Quantity.DIASTOLIC: (45, 125, 0),
    Quantity.PULSE: (42, 130, 0),
    Quantity.TOTAL_CHOLESTEROL: (3, 9, 2),
    Quantity.HDL: (1, 2, 2),
    Quantity.TRIGLYCERIDES: (1, 6, 2),
    Quantity.LDL: (1, 6, 2),
    Quantity.GLUCOSE: (3, 20, 1),
    Quantity.SPO2: (85, 100, 0),
    Quantity.GRIP_LEFT: (5, 50, 1),
    Quantity.GRIP_RIGHT: (5, 50, 1),
    Quantity.WAIST: (60, 120, 1),
    Quantity.BODY_FAT: (10, 50, 1),
}
WHOLE = {
    Quantity.BODY_HEIGHT: "152.4",
    Quantity.BODY_WEIGHT: "51.3",
    Quantity.SYSTOLIC: "146",
    Quantity.DIASTOLIC: "75",
    Quantity.PULSE: "71",
    Quantity.TOTAL_CHOLESTEROL: "5.31",
    Quantity.HDL: "1.42",
    Quantity.TRIGLYCERIDES: "1.38",
    Quantity.LDL: "3.33",
    Quantity.GLUCOSE: "5.9",
    Quantity.SPO2: "97",
    Quantity.GRIP_LEFT: "15.9",
    Quantity.GRIP_RIGHT: "16.8",
    Quantity.WAIST: "79.0",
}
PRESSURE = (Quantity.SYSTOLIC, Quantity.DIASTOLIC)
NAMES = ("沈玉珍", "欧阳慕容", "王𬭎", "Wolfeschlegelstein", "李㛃", "赵<b>", None)
INSTRUMENTS = tuple(
    Instrument(name, model, maker, serial=f"20240{n}", calibration="2026-06-03 – 2027-06-02")
    for n, (name, maker, model) in enumerate(
        (("stand", "Shanghe", "SH-500"), ("cuff", "OMRON", "HBP-9030"), ("meter", "SD", "LipidoCare"))
    )
)


def whole_report() -> Report:
    """A 74-year-old with every value, seven earlier visits, every answer: charts, a risk and a code."""
    chance = random.Random(7)  # noqa: S311 - no secret
    observations = tuple(
        replace(_observation(chance, quantity), value=Decimal(value)) for quantity, value in WHOLE.items()
    )
    past = tuple(
        PastVisit(
            DAY - timedelta(days=50 * back),
            tuple(_observation(chance, q) for q in RANGES if q is not Quantity.SPO2),
        )
        for back in range(7, 0, -1)
    )
    answers = tuple((question, Answer.NO) for question in Question)
    resident = Resident(Sex.FEMALE, date(1952, 3, 2), name="沈玉珍")
    visit = Visit(
        UUID(int=1), DAY, OPENED, OPENED + timedelta(minutes=19), resident, observations=observations
    )
    visit = replace(visit, answers=answers, danger_signs=(), instruments=INSTRUMENTS)
    return _report(visit, past, "zh_CN")


def reports_by_chance(count: int, seed: int = 1) -> Iterator[Report]:
    """Visits with any of the values, missing ones, off-scale ones, any age, in both languages."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    for number in range(count):
        yield _by_chance(chance, number)


def _by_chance(chance: random.Random, number: int) -> Report:
    chosen = [q for q in RANGES if q in PRESSURE or chance.random() < 0.8]
    if chance.random() < 0.2:
        chosen = [q for q in chosen if q not in PRESSURE]
    birth = DAY - timedelta(days=chance.randrange(36 * 365, 100 * 365))
    resident = Resident(chance.choice([*Sex, None]), birth, name=chance.choice(NAMES))
    visit = Visit(UUID(int=number + 1), DAY, OPENED, OPENED + timedelta(minutes=20), resident)
    for quantity in RANGES:
        if quantity in chosen:
            visit = visit.with_observation(_observation(chance, quantity, doubt=0.1))
        elif chance.random() < 0.5:
            visit = visit.with_missing(quantity, chance.choice(list(Skip)))
    for question in Question:
        if chance.random() < 0.9:
            visit = visit.with_answer(question, chance.choice(list(Answer)))
    past = tuple(
        PastVisit(DAY - timedelta(days=30 * back), tuple(_observation(chance, q) for q in chosen))
        for back in range(chance.randrange(0, 9), 0, -1)
    )
    visit = replace(visit, instruments=INSTRUMENTS, demo=chance.random() < 0.1)
    return _report(visit, past, chance.choice(("zh_CN", "en")))


def _observation(chance: random.Random, quantity: Quantity, doubt: float = 0.0) -> Observation:
    low, high, decimals = RANGES[quantity]
    scale = 10**decimals
    value = Decimal(chance.randrange(low * scale, high * scale)).scaleb(-decimals)
    sign = chance.choice(list(Comparator)) if quantity not in PRESSURE and chance.random() < doubt else None
    return Observation(
        quantity,
        value,
        MEASURES[quantity].unit,
        sign,
        Method.GUIDELINE if quantity in PRESSURE else None,
        OPENED,
        chance.choice(INSTRUMENTS).id,
        chance.choice((Control.IN, Control.NONE)),
    )


def _report(visit: Visit, past: tuple[PastVisit, ...], language: str) -> Report:
    assessment = assess(visit, past, load_rulebook(), visit.on)
    return Report(visit, assessment, past, STATION, words_of(language), software="0.1.0", sequence=4418)
