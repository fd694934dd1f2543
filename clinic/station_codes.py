"""A code for a station that is announced: it goes before strangers. It lets nobody in; the digits do that."""

import hashlib
from datetime import timedelta

from clinic.clinic import Clinic
from clinic.codes import as_typed, in_fours, new_code
from clinic.store import audit
from clinic.store.station_codes import keep_code

_HOLDS = timedelta(days=1)


def code_for_station(clinic: Clinic, who: str) -> str:
    """A code for one station, as it is shown once and kept nowhere."""
    code, now, tenant = new_code(), clinic.now(), clinic.settings.tenant
    with clinic.store.writing() as connection:
        keep_code(connection, tenant, hashed(code), now.isoformat(), (now + _HOLDS).isoformat())
        audit.note(connection, tenant, who, "station invited", "", now)
    return in_fours(code)


def hashed(code: str) -> bytes:
    """What is kept of a code."""
    return hashlib.sha256(as_typed(code).encode()).digest()
