"""What a search may ask: the parameters of each type, and what each may say. It finds nothing itself."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from clinic.fhir.errors import wrong

OF_VISITS = (
    "Observation",
    "DiagnosticReport",
    "Encounter",
    "RiskAssessment",
    "Consent",
    "Specimen",
    "DeviceMetric",
    "Provenance",
)
TYPES = ("Patient", *OF_VISITS, "Device", "Task")
PARAMETERS: Mapping[str, frozenset[str]] = {
    "Patient": frozenset({"_id", "identifier"}),
    "Observation": frozenset({"_id", "identifier", "patient", "subject", "encounter", "code", "date"}),
    "DiagnosticReport": frozenset({"_id", "identifier", "patient", "subject", "encounter", "code", "date"}),
    "Encounter": frozenset({"_id", "identifier", "patient", "subject", "date"}),
    "Device": frozenset({"_id", "identifier"}),
    "Task": frozenset({"_id", "patient", "subject", "status"}),
}
_OTHERS = frozenset({"_id", "identifier", "patient", "subject", "encounter", "date"})
EVERYWHERE = frozenset({"_count", "_since", "_lastUpdated", "_after", "_format"})
MOST, USUAL = 200, 50
_DAY = re.compile(r"(eq|ge|gt|le|lt)?(\d{4}-\d{2}-\d{2})(T.*)?")
_INSTANT = re.compile(r"(ge|gt)?(\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|\+00:00))?)")
_AFTER = re.compile(r"(\d{1,18})-(\d{1,6})|[0-9a-f-]{36}")


@dataclass(frozen=True, slots=True, repr=False)
class Asked:
    """A search. ``values`` are its parameters, ``secret`` whether they came in a body."""

    kind: str
    values: Mapping[str, tuple[str, ...]]
    secret: bool = False

    def one(self, name: str) -> str | None:
        """The value of a parameter that may be said once, or None."""
        found = self.values.get(name, ())
        if len(found) > 1:
            raise wrong(f"The parameter {name} may be said once.")
        return found[0] if found else None


def count_of(asked: Asked) -> int:
    """How many resources a page may have."""
    text = asked.one("_count") or str(USUAL)
    if not text.isdecimal() or not 0 < int(text) <= 10_000:
        raise wrong("_count must be a number above 0.")
    return min(int(text), MOST)


def judge_parameters(asked: Asked) -> None:
    """Raises ``FhirRequestError`` for a parameter that this type does not take."""
    allowed = PARAMETERS.get(asked.kind, _OTHERS) | EVERYWHERE
    for name in asked.values:
        if name.partition(":")[0] not in allowed or ":" in name:
            raise wrong(f"The parameter {name[:40]} is not known for {asked.kind}.")


def subject_of(asked: Asked) -> str | None:
    """The id of the patient that is asked for, or None."""
    said = asked.one("patient") or asked.one("subject")
    return None if said is None else said.removeprefix("Patient/")


def days_of(asked: Asked) -> tuple[str | None, str | None]:
    """The first and the last day that are asked for."""
    first: str | None = None
    last: str | None = None
    for text in asked.values.get("date", ()):
        found = _DAY.fullmatch(text)
        if found is None or not _is_day(found[2]):
            raise wrong("date must be a day such as ge2026-11-01.")
        match found[1] or "eq":
            case "ge" | "gt":
                first = found[2]
            case "le" | "lt":
                last = found[2]
            case _:
                first = last = found[2]
    return first, last


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def since_of(asked: Asked) -> str | None:
    """From when on, as times are kept; or None."""
    said = asked.one("_since") or asked.one("_lastUpdated")
    if said is None:
        return None
    found = _INSTANT.fullmatch(said)
    if found is None:
        raise wrong("_since must be an instant of UTC, such as 2026-11-28T00:00:00Z.")
    return found[2].replace("Z", "")


def after_place(asked: Asked) -> tuple[int, int]:
    """Behind which place of the feed, and how many resources of it, a page begins."""
    said = asked.one("_after") or "0-0"
    found = _AFTER.fullmatch(said)
    if found is None or found[1] is None:
        raise wrong("_after is said by a page alone; begin without it.")
    return int(found[1]), int(found[2])


def after_id(asked: Asked) -> str:
    """Behind which id a page begins."""
    said = asked.one("_after") or ""
    if said and not _AFTER.fullmatch(said):
        raise wrong("_after is said by a page alone; begin without it.")
    return said
