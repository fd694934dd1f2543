"""What a search may ask: the parameters of each type, and what each may say. It finds nothing itself.

The names are those of FHIR R4; the CapabilityStatement is made from these tables. A name that is not in them
is ignored and said back in the answer, or refused where the question says ``Prefer: handling=strict``; a
modifier or a chain is always refused, because an answer without it would be of more people than was meant.
"""

import re
from collections.abc import Mapping
from datetime import datetime, timezone

import msgspec

from clinic.fhir.errors import FhirRequestError, wrong
from clinic.fhir.spans import When, when_of
from clinic.store.wanted import Place
from devices.reading import Confidential

TOKEN, REFERENCE, DATE = "token", "reference", "date"
_OF_WHOM = {"patient": REFERENCE, "subject": REFERENCE}
_NAMED = {"_id": TOKEN, "identifier": TOKEN}
_CHANGED = {"_lastUpdated": DATE}
PARAMETERS: Mapping[str, Mapping[str, str]] = {
    "Patient": _NAMED | _CHANGED,
    "Observation": {
        **_NAMED,
        **_OF_WHOM,
        **_CHANGED,
        "encounter": REFERENCE,
        "code": TOKEN,
        "component-code": TOKEN,
        "combo-code": TOKEN,
        "category": TOKEN,
        "status": TOKEN,
        "date": DATE,
    },
    "DiagnosticReport": {
        **_NAMED,
        **_OF_WHOM,
        **_CHANGED,
        "encounter": REFERENCE,
        "code": TOKEN,
        "status": TOKEN,
        "date": DATE,
    },
    "Encounter": {**_NAMED, **_OF_WHOM, **_CHANGED, "status": TOKEN, "date": DATE},
    "RiskAssessment": {**_NAMED, **_OF_WHOM, **_CHANGED, "encounter": REFERENCE, "date": DATE},
    "Consent": {**_NAMED, **_CHANGED, "patient": REFERENCE, "status": TOKEN, "date": DATE},
    "Specimen": {**_NAMED, **_OF_WHOM, **_CHANGED, "collected": DATE},
    "DeviceMetric": {**_NAMED, **_CHANGED},
    "Provenance": {"_id": TOKEN, **_CHANGED, "recorded": DATE},
    "Device": {**_NAMED, **_CHANGED},
    "Task": {"_id": TOKEN, **_OF_WHOM, **_CHANGED, "status": TOKEN},
}
TYPES = tuple(PARAMETERS)
OF_VISITS = tuple(kind for kind in TYPES if kind not in {"Patient", "Device", "Task"})
OF_RESULTS = frozenset({"_count", "_total", "_include", "_format", "_after", "_since"})
EVERYTHING = frozenset({"_since", "_type", "start", "end", "_count", "_after", "_format"})
"""What ``$everything`` takes."""
DATES = frozenset({"date", "collected", "recorded"})
MOST, USUAL = 200, 50
_AFTER = re.compile(r"([0-9]{1,6})\.([0-9a-f-]{1,36})\.([0-9T:.+-]{0,40})")
_FORMATS = frozenset({"json", "application/json", "application/fhir+json", "text/json"})


class Asked(Confidential, msgspec.Struct, frozen=True):
    """A search. ``values`` are its parameters, ``secret`` whether they came in a body.

    ``strict``: what is not known is refused. ``zone`` and ``now`` are the clinic's: dates without a zone are
    of the one, ``ap`` looks from the other.
    """

    kind: str
    values: Mapping[str, tuple[str, ...]]
    zone: timezone
    now: datetime
    secret: bool = False
    strict: bool = False

    def one(self, name: str) -> str | None:
        """The value of a parameter that may be said once, or None."""
        found = self.values.get(name, ())
        if len(found) > 1:
            raise wrong(f"The parameter {name} may be said once.")
        return found[0] if found else None

    def any_of(self, name: str) -> tuple[str, ...] | None:
        """The values of a parameter that may be said once, of which one must hold; None: it is not said."""
        text = self.one(name)
        return None if text is None else tuple(text.split(","))

    def when(self, *names: str) -> When:
        """What those date parameters ask, all of them."""
        try:
            return when_of((t for n in names for t in self.values.get(n, ())), self.zone, self.now)
        except ValueError:
            raise wrong(
                f"{names[0]} must be a date such as ge2026-11 or 2026-11-28T08:00:00+08:00."
            ) from None


def judge_parameters(asked: Asked, known: frozenset[str] | None = None) -> tuple[str, ...]:
    """The names that are not ``known`` and are ignored. Raises ``FhirRequestError`` where that may not be."""
    taken = known or frozenset(PARAMETERS.get(asked.kind, ())) | OF_RESULTS
    if _format_of(asked) not in _FORMATS:
        raise FhirRequestError(406, "not-supported", "Only JSON is said here; ask for _format=json.")
    ignored = []
    for name in asked.values:
        if name in taken:
            continue
        whole = re.split(r"[:.]", name)[0]
        if asked.strict or (whole != name and whole in taken):
            raise wrong(f"The parameter {_shown(name)} is not known for {asked.kind}.")
        ignored.append(_shown(name))
    return tuple(ignored)


def count_of(asked: Asked) -> int:
    """How many resources a page may have; 0: none, only how many there are."""
    text = asked.one("_count") or str(USUAL)
    if not re.fullmatch("[0-9]{1,9}", text):
        raise wrong("_count must be a number.")
    return min(int(text), MOST)


def total_of(asked: Asked) -> bool:
    """Whether it must be said how many there are in all."""
    said = asked.one("_total") or "none"
    if said not in {"none", "estimate", "accurate"}:
        raise wrong("_total must be none, estimate or accurate.")
    return said == "accurate" or count_of(asked) == 0


def changed_of(asked: Asked) -> When:
    """When what is asked for changed last."""
    since = asked.one("_since")
    changed = asked.when("_lastUpdated")
    if since is None:
        return changed
    begun = Asked(asked.kind, {"_since": (f"ge{since}",)}, asked.zone, asked.now).when("_since")
    return When(changed.every + begun.every)


def after_of(asked: Asked, *, numbered: bool) -> tuple[Place, int]:
    """Behind which row a page begins, and how many resources of it were said. ``numbered``: of visits."""
    said = asked.one("_after")
    if said is None:
        return Place(), 0
    found = _AFTER.fullmatch(said)
    if found is None or (numbered and not re.fullmatch("[0-9]{1,18}", found[2])):
        raise wrong("_after is said by a page alone; begin without it.")
    skip = int(found[1])
    return Place(found[3], found[2], within=skip > 0), skip


def behind_row(time: str, name: str, skip: int = 0) -> str:
    """What ``_after`` says for a page behind that row, of which ``skip`` resources were said."""
    return f"{skip}.{name}.{time}"


def subjects_of(asked: Asked) -> tuple[str, ...] | None:
    """The ids of the patients that are asked for, or None."""
    said = asked.any_of("patient") or asked.any_of("subject")
    return None if said is None else tuple(id_in(one, "Patient") for one in said)


def id_in(reference: str, kind: str) -> str:
    """The id in ``Type/id``, in an address that ends so, or alone."""
    return reference.rpartition(f"{kind}/")[2]


def _format_of(asked: Asked) -> str:
    return (asked.one("_format") or "json").partition(";")[0].strip().replace(" ", "+")


def _shown(name: str) -> str:
    return "".join(sign for sign in name[:40] if sign.isprintable())
