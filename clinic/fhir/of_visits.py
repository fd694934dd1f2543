"""Pages of what visits are in FHIR: the visits that may hold what is asked for, then what of them fits.

At most sixty visits are looked at for a page. What is filed meanwhile comes on a later page.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta

import msgspec
from msgspec.structs import replace

from clinic.clinic import Clinic
from clinic.fhir.asking import (
    DATES,
    Asked,
    after_of,
    behind_row,
    changed_of,
    count_of,
    id_in,
    subjects_of,
)
from clinic.fhir.errors import wrong
from clinic.fhir.fitting import fits, led_to, span_in, visits_in
from clinic.fhir.reading import resources_of
from clinic.fhir.shapes import Task
from clinic.fhir.spans import span_of
from clinic.store.residents import resident_by_id
from clinic.store.store import Transaction
from clinic.store.visits import KeptVisit
from clinic.store.wanted import EVER, Place, Wanted, wanted_visits
from devices.reading import Confidential
from health.fhir.around import URI
from health.fhir.resources import AnyResource

SCANNED = 60
MARGIN = timedelta(days=2)
"""How far from the time of a visit what is in it may be: it lasts a day at most, and a day has a zone."""
COUNTED = 1000
"""So many visits are looked at, at most, to say how many resources there are."""
Fits = Callable[[AnyResource], bool]


class Page(Confidential, msgspec.Struct, frozen=True):
    """A part of what was found, and where the next begins; None: there is no more.

    ``total`` is how many there are, None where that is not known; ``included`` is what matches lead to.
    """

    resources: tuple[AnyResource | Task, ...]
    after: str | None = None
    total: int | None = None
    included: tuple[AnyResource, ...] = ()


NOTHING = Page((), total=0)


class _Found(msgspec.Struct):
    """What is gathered for a page: matches, and by their names what they lead to."""

    matches: list[AnyResource] = msgspec.field(default_factory=list)
    others: dict[str, AnyResource] = msgspec.field(default_factory=dict)


def wanted_of(clinic: Clinic, connection: Transaction, asked: Asked) -> Wanted | None:
    """Which visits can hold what is asked for; None where none can."""
    visits = _visits_of(asked)
    hashes: tuple[bytes, ...] | None = None
    subjects = subjects_of(asked)
    if subjects is not None:
        parts = [one for one in subjects if "." in one]
        if len(parts) not in {0, len(subjects)}:
            raise wrong("Ask for residents, or for patients of single visits; not for both at once.")
        known = [resident_by_id(connection, clinic.settings.tenant, one) for one in subjects if not parts]
        hashes = None if parts else tuple(one.hash for one in known if one is not None)
        visits = _both(visits, visits_in(parts)) if parts else visits
    if () in (visits, hashes):
        return None
    dates = sorted(DATES & set(asked.values) - {"recorded"})
    measured = asked.when(*dates).hull(MARGIN) if dates else EVER
    return Wanted(hashes, visits, changed_of(asked).hull(), measured)


def _visits_of(asked: Asked) -> tuple[str, ...] | None:
    visits: tuple[str, ...] | None = None
    ids, encounters = asked.any_of("_id"), asked.any_of("encounter")
    if ids is not None:
        visits = visits_in(ids)
    if encounters is not None:
        visits = _both(visits, visits_in(id_in(one, "Encounter") for one in encounters))
    names = asked.any_of("identifier")
    if names is not None and asked.kind == "Encounter":
        # Only a visit's own name leads back to it; those of its parts are compared.
        visits = _both(visits, tuple(one.rpartition("urn:uuid:")[2] for one in names if URI in one))
    return visits


def _both(some: tuple[str, ...] | None, others: tuple[str, ...]) -> tuple[str, ...]:
    return others if some is None else tuple(one for one in some if one in others)


def page_of(
    clinic: Clinic, connection: Transaction, asked: Asked, wanted: Wanted, suits: Fits | None = None
) -> Page:
    """One page of what ``suits`` in the ``wanted`` visits; by itself: what the parameters ask for."""
    after, skip = after_of(asked, numbered=True)
    many, includes = count_of(asked), asked.values.get("_include", ())
    suits = suits or (lambda one: fits(one, asked))
    found, last = _Found(), asked.one("_after")
    kept = wanted_visits(connection, clinic.settings.tenant, wanted, after, SCANNED)
    for one in _changed(kept, asked):
        before = skip if str(one.place_in_feed) == after.name else 0
        whole = resources_of(clinic, connection, one)
        fitting = [each for each in whole if suits(each)]
        room = many - len(found.matches)
        _gather(found, whole, fitting[before : before + room], includes)
        if len(fitting) - before > room:
            # A visit of which nothing was said yet comes whole on the next page, behind the one before it.
            more = behind_row(wanted.time_of(one), str(one.place_in_feed), before + room) if room else last
            return _page(found, more)
        last = behind_row(wanted.time_of(one), str(one.place_in_feed))
    more = behind_row(wanted.time_of(kept[-1]), str(kept[-1].place_in_feed)) if len(kept) == SCANNED else None
    return _page(found, more, first=not after.name)


def total_in(clinic: Clinic, connection: Transaction, asked: Asked, wanted: Wanted) -> int | None:
    """How many resources there are, None where more than ``COUNTED`` visits may hold them."""
    total, seen, after = 0, 0, Place()
    while True:
        kept = wanted_visits(connection, clinic.settings.tenant, wanted, after, SCANNED)
        seen += len(kept)
        if seen > COUNTED:
            return None
        for one in _changed(kept, asked):
            total += sum(fits(each, asked) for each in resources_of(clinic, connection, one))
        if len(kept) < SCANNED:
            return total
        after = Place(wanted.time_of(kept[-1]), str(kept[-1].place_in_feed))


def in_time(asked: Asked) -> Fits:
    """Whether a resource lies between ``start`` and ``end``, or has no time at all."""
    said = {
        name: tuple(prefix + text for text in asked.values.get(name, ()))
        for name, prefix in (("start", "ge"), ("end", "le"))
    }
    between = replace(asked, values=said).when("start", "end")

    def is_in(resource: AnyResource) -> bool:
        span = span_in(resource, asked.zone)
        return span is None or between.fits(span)

    return is_in


def _changed(kept: Iterable[KeptVisit], asked: Asked) -> Iterator[KeptVisit]:
    changed = changed_of(asked)
    return (one for one in kept if changed.fits(span_of(one.received_at.replace("+00:00", "Z"), asked.zone)))


def _gather(
    found: _Found, whole: Iterable[AnyResource], some: Sequence[AnyResource], includes: Sequence[str]
) -> None:
    found.matches.extend(some)
    if not includes:
        return
    here = {_name(one): one for one in whole}
    for one in some:
        found.others |= {name: here[name] for name in led_to(one, includes) if name in here}


def _page(found: _Found, after: str | None, *, first: bool = False) -> Page:
    mine = {_name(one) for one in found.matches}
    others = tuple(one for name, one in found.others.items() if name not in mine)
    total = len(found.matches) if first and after is None else None
    return Page(tuple(found.matches), after, total, others)


def _name(one: AnyResource) -> str:
    return f"{type(one).__name__}/{one.id}"
