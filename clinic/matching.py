"""Whose visit is it: the keyed hash of an identity number, made here and nowhere else.

The number itself is in the sealed record alone. Who never agreed to share, or was known by no card, has no
hash and is never found. Visits stored before there were hashes get theirs when the server starts.
"""

import hashlib
import hmac
import re

from clinic.clinic import Clinic
from clinic.store.visits import match, unmatched_visits
from health.errors import HealthError
from health.record import Record, read
from health.visit import Consent

NOBODY = b""
_AT_ONCE = 500


def hash_of(clinic: Clinic, record: Record) -> bytes:
    """The hash of the resident of ``record``, ``NOBODY`` where no later visit may be told of it."""
    number = record.visit.resident.identity
    return NOBODY if not number or record.visit.consent is not Consent.SHARE else keyed(clinic, number)


def mark_of(clinic: Clinic, record: Record) -> bytes:
    """What an erasure remembers the person of ``record`` by: her number, or else her telephone, keyed.

    ``NOBODY`` where she gave neither.
    """
    told = record.visit.resident
    if told.identity:
        return keyed(clinic, told.identity)
    return mark_of_phone(clinic, told.phone or "")


def mark_of_phone(clinic: Clinic, phone: str) -> bytes:
    """The same of who is known by a telephone alone, however its number is written."""
    digits = digits_of(phone)
    return keyed(clinic, f"tel:{digits}") if digits else NOBODY


def phone_mark_of(clinic: Clinic, record: Record) -> bytes | None:
    """What a visit is found by that is nobody's; None where it is somebody's or no telephone was given."""
    if hash_of(clinic, record) != NOBODY:
        return None
    return mark_of_phone(clinic, record.visit.resident.phone or "") or None


def digits_of(phone: str) -> str:
    """The digits of a telephone number, without the code of the country."""
    digits = "".join(sign for sign in phone if sign.isdecimal())
    return re.sub(r"\A(00)?86(?=1\d{10}\Z)", "", digits)


def keyed(clinic: Clinic, number: str) -> bytes:
    """HMAC-SHA256 of an identity number, however it is written, within this clinic's tenant."""
    text = f"{clinic.settings.tenant}\n{number.strip().upper()}"
    return hmac.digest(clinic.keys.matching(), text.encode(), hashlib.sha256)


def match_older(clinic: Clinic) -> int:
    """Give the visits stored before there were hashes theirs. Returns how many there were."""
    many, tenant = 0, clinic.settings.tenant
    while True:
        with clinic.store.writing() as connection:
            found = unmatched_visits(connection, tenant, _AT_ONCE)
            for one in found:
                match(connection, tenant, one.id, _hash_in(clinic, one.record))
        many += len(found)
        if len(found) < _AT_ONCE:
            return many


def _hash_in(clinic: Clinic, content: bytes) -> bytes:
    try:
        return hash_of(clinic, read(content))
    except HealthError:
        return NOBODY
