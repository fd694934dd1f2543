"""One running clinic: its settings, its keys, its database and its clock, passed about as one thing."""

from collections.abc import Callable
from datetime import UTC, datetime

import msgspec

from clinic.keyring import Keyring
from clinic.settings import ClinicSettings
from clinic.store.store import Store


def utc_now() -> datetime:
    """The server's time, aware UTC."""
    return datetime.now(UTC)


class Clinic(msgspec.Struct, frozen=True):
    """What every handler needs. ``now`` is replaced in tests, nowhere else."""

    settings: ClinicSettings
    keys: Keyring
    store: Store
    now: Callable[[], datetime] = utc_now
