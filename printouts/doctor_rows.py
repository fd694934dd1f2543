"""The rows of the doctor's table: every printed value, derived ones too, and what is missing with its reason.

Pure: from a report to texts. It must not judge, round or leave out a value.
"""

from collections.abc import Mapping
from decimal import Decimal

import msgspec
from msgspec.structs import replace

from devices.reading import Quantity
from health.assessment import Derived, Finding, Level
from health.quantity import MEASURES, printed_text
from health.visit import Control, Instrument, Observation, Visit
from health.words import Words
from printouts.content import Report, clock, listed, name_of
from printouts.rows import finding_for, reference

MINUS = "\N{MINUS SIGN}"
_SIGNS = "danger_signs"
LDL_FORMULAS = ("ldl_sampson", "ldl_friedewald", "ldl_martin_hopkins")
"""Of one LDL calculated three ways the first stands in the column of results, the others beside it."""
# A measured quantity, or the name of a derived value, in the order a doctor reads them.
_ORDER: tuple[Quantity | str, ...] = (
    Quantity.SYSTOLIC,
    Quantity.DIASTOLIC,
    "pulse_pressure",
    Quantity.PULSE,
    Quantity.BODY_HEIGHT,
    Quantity.BODY_WEIGHT,
    "bmi",
    Quantity.WAIST,
    Quantity.TOTAL_CHOLESTEROL,
    Quantity.HDL,
    Quantity.TRIGLYCERIDES,
    "non_hdl",
    Quantity.LDL,
    "ldl_calculated",
    Quantity.GLUCOSE,
    Quantity.GRIP_RIGHT,
    Quantity.GRIP_LEFT,
    Quantity.SPO2,
    Quantity.BODY_FAT,
)


class DoctorRow(msgspec.Struct, frozen=True):
    """One line of the table, in words. ``value`` is empty where it is missing, ``note`` says why."""

    name: str
    value: str
    unit: str = ""
    reference: str = ""
    finding: Finding | None = None
    last: str = ""
    change: str = ""
    letter: str = ""
    note: str = ""

    @property
    def notable(self) -> bool:
        """Whether the line stands on grey."""
        return self.finding is not None and self.finding.level > Level.NORMAL


def doctor_rows(report: Report) -> tuple[DoctorRow, ...]:
    """Every line of the table, in order; a derived value that the order does not know comes last."""
    derived = {d.name: d for d in report.assessment.derived}
    others = (name for name in derived if name not in (*_ORDER, *LDL_FORMULAS))
    names: list[Quantity | str] = [*_ORDER, *others]
    lines: list[DoctorRow] = []
    for name in names:
        if isinstance(name, Quantity):
            lines += _measured(report, name)
        elif name == "ldl_calculated":
            lines += _calculated_ldl(report, derived)
        elif name in derived:
            lines.append(_derived(report, derived[name]))
    return tuple(lines)


def letters(visit: Visit) -> tuple[tuple[str, Instrument], ...]:
    """The instruments of the visit with their letters, A first."""
    return tuple((chr(ord("A") + i), instrument) for i, instrument in enumerate(visit.instruments[:26]))


def doctor_name(report: Report, name: str) -> str:
    """The doctor's name of a value; the bare key of a value the catalogue does not know yet."""
    keys = (f"sheet.doctor.{name}", f"quantity.{name}.doctor", f"derived.{name}")
    return next((report.words.text(key) for key in keys if report.words.has(key)), name)


def _measured(report: Report, quantity: Quantity) -> list[DoctorRow]:
    observation = report.visit.value_of(quantity)
    name = doctor_name(report, quantity.value)
    if observation is None:
        missing = [m for m in report.visit.missing if m.quantity is quantity]
        note = "".join(report.words.text(f"sheet.missing.{m.reason.value}") for m in missing)
        sign = MEASURES[quantity].sign
        return (
            [DoctorRow(name, "", sign, note=report.words.text("sheet.not_measured", why=note))]
            if note
            else []
        )
    change = next((c for c in report.assessment.changes if c.quantity is quantity), None)
    finding = finding_for(report.assessment, quantity)
    if finding is not None and finding.quantity is not quantity:
        finding = None
    row = DoctorRow(
        name,
        printed_text(observation),
        MEASURES[quantity].sign,
        reference(finding.zones) if finding else "",
        finding,
        _last(report, quantity),
        "" if change is None else signed(change.difference),
        _letter(report.visit, observation),
        method(report, observation),
    )
    return [row]


def _derived(report: Report, derived: Derived) -> DoctorRow:
    finding = next((f for f in report.assessment.findings if f.about == derived.name), None)
    shown = finding if finding and finding.quantity is not Quantity.BODY_WEIGHT else None
    limits = reference(shown.zones) if shown else ""
    calculated = report.words.text("sheet.calculated")
    unit = (
        report.words.text("sheet.kg_m2") if derived.name == "bmi" else derived.unit.replace("mm[Hg]", "mmHg")
    )
    name = doctor_name(report, derived.name)
    return DoctorRow(name, f"{derived.value:f}", unit, limits, finding, note=calculated)


def _calculated_ldl(report: Report, derived: Mapping[str, Derived]) -> list[DoctorRow]:
    """LDL by its formulas, apart from the one the instrument reported; each formula is named."""
    found = [derived[name] for name in LDL_FORMULAS if name in derived]
    if not found:
        return []
    first, words = found[0], report.words
    said = [words.text(f"sheet.formula.{d.name}", value=f"{d.value:f}") for d in found]
    row = replace(_derived(report, first), note=words.text("sheet.and").join(said))
    return [replace(row, name=words.text("sheet.doctor.ldl_calculated"))]


def signed(difference: Decimal) -> str:
    """A difference with its sign; the minus is as wide as a figure."""
    sign = "+" if difference > 0 else MINUS if difference < 0 else ""
    return f"{sign}{abs(difference):f}"


def _last(report: Report, quantity: Quantity) -> str:
    past = max(report.history, key=lambda p: p.on, default=None)
    observation = None if past is None else past.value_of(quantity)
    return "" if observation is None else printed_text(observation)


def _letter(visit: Visit, observation: Observation) -> str:
    return next((letter for letter, i in letters(visit) if i.id == observation.instrument), "")


def method(report: Report, observation: Observation) -> str:
    """Time, way of measuring, the single readings, and a control that failed."""
    words = report.words
    parts = [] if observation.at is None else [clock(observation.at)]
    if observation.method is not None:
        parts.append(words.text(f"sheet.method.{observation.method.value}"))
    if len(observation.samples) > 1:
        parts.append(
            words.text("sheet.and").join(_reading(observation, i) for i in range(len(observation.samples)))
        )
    if observation.control is Control.OUT:
        parts.append(words.text("sheet.control.out"))
    return words.text("sheet.then").join(parts)


def _reading(observation: Observation, index: int) -> str:
    sample = observation.samples[index]
    single = Observation(observation.quantity, sample.value, sample.unit, sample.comparator)
    return printed_text(single)


def please_see(report: Report) -> str:
    """The facts above normal in one line: name, value, word. Never a diagnosis."""
    words, facts = report.words, []
    if not report.visit.observations:
        return words.text("sheet.nothing_measured")
    for finding in sorted(report.assessment.findings, key=lambda f: -f.level):
        if finding.level is Level.NORMAL:
            continue
        value = _value_of(report, finding)
        name = doctor_name(report, finding.about) if finding.about else name_of(words, finding.quantity)
        facts.append(f"{name} {value} {words.text(finding.word)}".replace("  ", " "))
    return words.text("sheet.then").join(dict.fromkeys(facts)) or words.text("sheet.nothing_to_see")


def _value_of(report: Report, finding: Finding) -> str:
    """What a finding is about: a derived number, a change, the signs she named, or the value measured."""
    derived = next((f"{d.value:f}" for d in report.assessment.derived if d.name == finding.about), None)
    said = dict(finding.phrase.args)
    if derived is not None:
        return derived
    if "before" in said and "value" in said:
        return f"{said['before']} → {said['value']}"
    if finding.about == _SIGNS:
        return listed(report.words, [sign_name(report.words, s) for s in report.visit.danger_signs or ()])
    if finding.about is not None:
        # A difference has its number in the sentence; a rhythm has none.
        return said.get("n", "")
    observation = report.visit.value_of(finding.quantity)
    return "" if observation is None else printed_text(observation)


def sign_name(words: Words, sign: str) -> str:
    """What a danger sign is called; the bare key of one that the catalogue does not know yet."""
    return words.text(f"sign.{sign}") if words.has(f"sign.{sign}") else sign
