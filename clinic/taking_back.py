"""Which servers a visit went on to, so that they can be asked to delete it once it is erased here."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from clinic.clinic import Clinic
from clinic.fhir.reading import resources_of
from clinic.forward.taking_back import names_there
from clinic.store.erased_elsewhere import Elsewhere, ask_back, gone_on
from clinic.store.store import Transaction
from clinic.store.visits import visit_of


def ask_back_all(
    clinic: Clinic, connection: Transaction, visits: Sequence[str], now: datetime, *, person: bool
) -> Mapping[str, int]:
    """Remember what of ``visits`` is to be deleted where, before they are erased. Returns how many where.

    ``person``: nothing else of hers stays, so she herself goes too.
    """
    tenant, found = clinic.settings.tenant, Counter[str]()
    strategies = {one.name: one.strategy for one in clinic.settings.forward}
    for target, named in gone_on(connection, tenant, visits):
        kept = visit_of(connection, tenant, named)
        if kept is None:
            continue
        whole = person or not kept.resident
        strategy = strategies.get(target, "conditional")
        names = names_there(strategy, resources_of(clinic, connection, kept), person=whole)
        ask_back(connection, Elsewhere(tenant, target, named, names), now)
        found[target] += 1
    return found
