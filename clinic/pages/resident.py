"""A resident as her page shows her: trends of the last visits, and the last six beside one another.

A value never stands without its instrument and its control. What was voided is shown as such and draws no
line. It judges nothing: levels come with the records.
"""

from datetime import datetime

import msgspec

from clinic.pages.drawing import level_mark
from clinic.pages.saying import Saying, moment_of
from clinic.store.residents import KnownResident
from clinic.store.visits import KeptVisit, VisitStatus
from clinic.truetime import record_of
from devices.reading import Confidential, Quantity
from health.record import Record
from health.visit import Control, Observation, PastVisit
from printouts.content import Report
from printouts.doctor_trends import charts_of, spoken
from printouts.paint_svg import svg
from printouts.rows import finding_for
from printouts.trend import HEIGHT, WIDTH, trend

_SHOWN = 6
DRAWN = 12
"""How many of the last visits the trends are made of."""


class Chart(msgspec.Struct, frozen=True):
    """One trend; ``drawing`` is SVG made here, which says its values to a screen reader."""

    name: str
    unit: str
    drawing: str


class Cell(msgspec.Struct, frozen=True):
    """One value of one visit. ``mark`` is empty at a normal level, without ``value``: not measured."""

    value: str
    level: int = 0
    mark: str = ""
    word: str = ""
    tool: str = ""
    quality: str = ""
    out: bool = False


class Head(msgspec.Struct, frozen=True):
    """The head of one visit's column. ``status`` is empty for a whole visit that was never corrected."""

    id: str
    day: str
    station: str
    status: str
    void: bool


class Person(Confidential, msgspec.Struct, frozen=True):
    """Everything on the page of one resident."""

    id: str
    name: str
    about: str
    phone: str
    team: str
    doctor: str
    contracted: bool
    sentence: str
    charts: tuple[Chart, ...]
    heads: tuple[Head, ...]
    values: tuple[tuple[str, str, tuple[Cell, ...]], ...]


def person_of(known: KnownResident, visits: tuple[KeptVisit, ...], saying: Saying, now: datetime) -> Person:
    """Her page from her last visits (``DRAWN``), in whatever order."""
    ordered = sorted((one for one in visits if one.record), key=lambda one: one.measured_at)
    records = [(kept, record_of(kept)) for kept in ordered[-DRAWN:]]
    true = [(kept, record) for kept, record in records if kept.status is not VisitStatus.ENTERED_IN_ERROR]
    latest = None if not true else true[-1][1]
    shown = records[-_SHOWN:]
    return Person(
        id=known.id,
        name=known.name or saying.text("clinic.no_name"),
        about="" if latest is None else saying.about(latest.visit.resident, latest.visit.on),
        phone=known.phone,
        team=known.team,
        doctor=known.doctor,
        contracted=known.contracted,
        sentence=_sentence(true, saying, now),
        charts=() if latest is None else _charts([record for _, record in true], saying),
        heads=tuple(_head(kept, record, saying, now) for kept, record in shown),
        values=_values([record for _, record in shown], saying),
    )


def _sentence(true: list[tuple[KeptVisit, Record]], saying: Saying, now: datetime) -> str:
    if not true:
        return saying.text("resident.none")
    kept, record = true[-1]
    when = saying.moment(moment_of(kept.measured_at), now)
    return f"{when}　{saying.say(record.assessment.message)}"


def _charts(records: list[Record], saying: Saying) -> tuple[Chart, ...]:
    """The trends of page 2, from what the clinic holds in place of what the station was told."""
    last = records[-1]
    past = tuple(PastVisit(one.visit.on, one.visit.observations) for one in records[:-1])
    report = Report(last.visit, last.assessment, past, last.station, saying.words)
    return tuple(
        Chart(
            one.name,
            one.unit,
            svg(
                trend(one.series, one.window, stems=one.stems),
                0, 0, WIDTH, HEIGHT, spoken(report, one), unit="",
            ),
        )
        for one in charts_of(report)
    )  # fmt: skip


def _head(kept: KeptVisit, record: Record, saying: Saying, now: datetime) -> Head:
    status = "" if kept.status is VisitStatus.COMPLETE else saying.text(f"clinic.status.{kept.status.value}")
    if kept.version > 1:
        status = f"{status} {saying.text('clinic.version', number=str(kept.version))}".strip()
    return Head(
        kept.id,
        saying.moment(moment_of(kept.measured_at), now),
        record.station.name or kept.station,
        status,
        kept.status is VisitStatus.ENTERED_IN_ERROR,
    )


def _values(records: list[Record], saying: Saying) -> tuple[tuple[str, str, tuple[Cell, ...]], ...]:
    found = []
    for quantity in Quantity:
        seen = [record.visit.value_of(quantity) for record in records]
        told = next((one for one in seen if one is not None), None)
        if told is None:
            continue
        cells = tuple(_cell(one, record, saying) for one, record in zip(seen, records, strict=True))
        found.append((saying.quantity(quantity), saying.unit(told), cells))
    return tuple(found)


def _cell(one: Observation | None, record: Record, saying: Saying) -> Cell:
    if one is None:
        return Cell("")
    finding = finding_for(record.assessment, one.quantity)
    level = 0 if finding is None else int(finding.level)
    tool = next((tool for tool in record.visit.instruments if tool.id == one.instrument), None)
    quality = [] if tool is None or not tool.calibration else [tool.calibration]
    quality.append(saying.text(f"resident.control.{(one.control or Control.NONE).value}"))
    return Cell(
        saying.value(one),
        level,
        "" if finding is None or not level else level_mark(finding.level, finding.direction),
        "" if finding is None or not level else saying.text(finding.word),
        "" if tool is None else tool.spoken,
        saying.text("clinic.comma").join(quality),
        one.control is Control.OUT,
    )
