"""All that there is of one resident: herself, what her visits are, her tasks; page by page.

It holds what the clinic knows of her and nothing of anybody else. Devices and places come with her visits.
"""

from msgspec.structs import replace

from clinic.clinic import Clinic
from clinic.fhir.asking import TYPES, Asked, after_of, behind_row, changed_of, count_of
from clinic.fhir.errors import wrong
from clinic.fhir.of_visits import Page, in_time, page_of
from clinic.fhir.reading import patient_by_id, task_resource
from clinic.fhir.spans import span_of
from clinic.store.changes import tasks_by_change
from clinic.store.residents import KnownResident
from clinic.store.store import Transaction
from clinic.store.wanted import Place, Wanted
from health.fhir.resources import AnyResource, Patient

_VISITS = behind_row("", "0")
"""Where her visits begin."""
_TASKS = behind_row("0", "0")
"""Where her tasks begin. A page of visits, which come in the order of the feed, names no time."""


def everything(clinic: Clinic, connection: Transaction, known: KnownResident, asked: Asked) -> Page:
    """A page of it. Raises ``FhirRequestError``."""
    kinds = asked.any_of("_type")
    if kinds is not None and not set(kinds) <= {*TYPES, "Location"}:
        raise wrong("_type names a type that is not kept here.")
    if count_of(asked) == 0:
        raise wrong("_count must be above 0 here.")
    after, _ = after_of(asked, numbered=False)
    if after.time:
        return _tasks(clinic, connection, known, asked, after)
    return _herself_and_visits(clinic, connection, known, asked)


def _herself_and_visits(clinic: Clinic, connection: Transaction, known: KnownResident, asked: Asked) -> Page:
    is_in, first = in_time(asked), "_after" not in asked.values

    def suits(one: AnyResource) -> bool:
        return (
            _is_of_type(one, asked) and is_in(one) and not (isinstance(one, Patient) and one.id == known.id)
        )

    herself = patient_by_id(clinic, connection, known)
    changed = changed_of(asked).fits(span_of(known.changed_at.replace("+00:00", "Z"), asked.zone))
    before = (herself,) if first and changed and _is_of_type(herself, asked) else ()
    wanted = Wanted(residents=(known.hash,), changed=changed_of(asked).hull())
    many = count_of(asked) - len(before)
    if not many:
        return Page(before, _VISITS)
    page = page_of(
        clinic, connection, replace(asked, values={**asked.values, "_count": (str(many),)}), wanted, suits
    )
    # Devices and places come with each of her visits; once a page is enough.
    found = tuple({(type(one), one.id): one for one in (*before, *page.resources)}.values())
    if page.after is not None:
        return Page(found, page.after)
    tasks = _tasks(clinic, connection, known, asked, Place())
    if len(found) + len(tasks.resources) <= count_of(asked) and tasks.after is None:
        return Page((*found, *tasks.resources))
    return Page(found, _TASKS)


def _tasks(clinic: Clinic, connection: Transaction, known: KnownResident, asked: Asked, after: Place) -> Page:
    kinds, changed, many = asked.any_of("_type"), changed_of(asked), count_of(asked)
    if kinds is not None and "Task" not in kinds:
        return Page(())
    rows = tasks_by_change(
        connection, clinic.settings.tenant, after, many + 1, subjects=(known.id,), changed=changed.hull()
    )
    more = behind_row(rows[many - 1].changed_at, rows[many - 1].id) if len(rows) > many else None
    return Page(tuple(task_resource(one) for one in rows[:many]), more)


def _is_of_type(one: AnyResource, asked: Asked) -> bool:
    kinds = asked.any_of("_type")
    return kinds is None or type(one).__name__ in kinds
