"""What follows from a visit that was just filed: who it was is known, and what it asks for is a task."""

from datetime import datetime, timezone

from msgspec.structs import replace

from clinic.follow_up import Cause, open_from
from clinic.store.residents import met, new_resident, resident_by_hash
from clinic.store.store import Transaction
from clinic.store.visits import KeptVisit
from health.assessment import Level
from health.names import shown
from health.record import Record


def follow(connection: Transaction, visit: KeptVisit, record: Record, now: datetime, zone: timezone) -> None:
    """Keep whose ``visit`` it is, if she agreed that it may be known, and open the tasks it asks for."""
    if visit.resident:
        told = record.visit.resident
        came = new_resident(visit.tenant, visit.resident, now.isoformat())
        met(connection, replace(came, name=shown(told.name or "")[:64], phone=(told.phone or "")[:32]))
    if record.assessment.level < Level.DOCTOR:
        return
    known = resident_by_hash(connection, visit.tenant, visit.resident) if visit.resident else None
    open_from(connection, Cause(visit.tenant, visit.id, visit.station, record, known), now, zone)
