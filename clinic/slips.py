"""Answers a station that asks for the slip of whoever laid a card there; and counts who asks too much.

Only what was shared, is whole and still holds, of the same tenant. Whoever is not known has an empty slip: a
station cannot tell a stranger from one who never agreed. The trail says that a station asked, never for whom.
"""

import hmac
from collections.abc import Mapping
from datetime import timedelta

import msgspec

from clinic.clinic import Clinic
from clinic.errors import ClinicError
from clinic.matching import keyed
from clinic.store import audit
from clinic.store.store import Transaction
from clinic.store.visits import KeptVisit, visits_of_resident
from clinic.truetime import record_of
from health.keys import PublicKey
from health.slip import MOST_VISITS, Slip, SlipQuestion, answer, asked, slip_of
from health.visit import Consent, Visit

FOUND, MISSED, REFUSED, ALARM = "slip found", "slip missed", "slip refused", "slip alarm"
MOST_AN_HOUR = 60
"""A visit takes three minutes at the least, so a busy station asks twenty times in an hour."""
MISSES_A_DAY = 30
"""How many unknown people a day it takes until staff are told: more than a station has new faces."""


class TooOftenError(ClinicError):
    """This station asked more often than people can come to it."""


class Asked(msgspec.Struct, frozen=True):
    """How often a station asked for a slip in the last day, and how often nobody was found."""

    found: int
    missed: int
    refused: int

    @property
    def alarming(self) -> bool:
        """Whether somebody should look at that station."""
        return self.missed >= MISSES_A_DAY or self.refused > 0


def slip_for(clinic: Clinic, station: str, sealed: bytes) -> bytes:
    """The sealed answer to a sealed question of ``station``. Raises ``TooOftenError`` or ``SlipError``."""
    question = asked(sealed, clinic.keys.working, *clinic.keys.retired)
    with clinic.store.writing() as connection:
        slip = None if _too_often(clinic, connection, station) else _slip(clinic, connection, question)
        _write_down(clinic, connection, station, slip)
    if slip is None:
        raise TooOftenError("This station asks for more people than can have come; ask again later.")
    return answer(slip, PublicKey(question.reply_to))


def asked_lately(clinic: Clinic, connection: Transaction) -> Mapping[str, Asked]:
    """What each station asked in the last 24 hours; those that asked nothing are not in it."""
    tenant, since = clinic.settings.tenant, clinic.now() - timedelta(days=1)
    many = audit.tally(connection, tenant, (FOUND, MISSED, REFUSED), since)
    return {
        who: Asked(*(many.get((who, did), 0) for did in (FOUND, MISSED, REFUSED)))
        for who in {who for who, _ in many}
    }


def _missed_today(clinic: Clinic, connection: Transaction, station: str) -> int:
    since = clinic.now() - timedelta(days=1)
    return audit.count(connection, clinic.settings.tenant, station, (MISSED,), since)


def _too_often(clinic: Clinic, connection: Transaction, station: str) -> bool:
    return _in_the_last_hour(clinic, connection, station, FOUND, MISSED) >= MOST_AN_HOUR


def _in_the_last_hour(clinic: Clinic, connection: Transaction, station: str, *did: str) -> int:
    since = clinic.now() - timedelta(hours=1)
    return audit.count(connection, clinic.settings.tenant, station, did, since)


def _write_down(clinic: Clinic, connection: Transaction, station: str, slip: Slip | None) -> None:
    """A line for each question that was answered, one an hour for those that were not: none fills a disk."""
    tenant, now = clinic.settings.tenant, clinic.now()
    if slip is None:
        if not _in_the_last_hour(clinic, connection, station, REFUSED):
            audit.note(connection, tenant, station, REFUSED, station, now)
        return
    audit.note(connection, tenant, station, FOUND if slip.visits else MISSED, station, now)
    if not slip.visits and _missed_today(clinic, connection, station) == MISSES_A_DAY:
        audit.note(connection, tenant, station, ALARM, station, now)


def _slip(clinic: Clinic, connection: Transaction, question: SlipQuestion) -> Slip:
    number = question.identity
    kept = visits_of_resident(connection, clinic.settings.tenant, keyed(clinic, number), MOST_VISITS)
    visits = (_shared(clinic, one, number) for one in kept)
    return slip_of([one for one in visits if one is not None])


def _shared(clinic: Clinic, kept: KeptVisit, number: str) -> Visit | None:
    """The visit, if the record itself says that it is this person's and may be told."""
    visit = record_of(kept).visit
    own = (visit.resident.identity or "").strip().upper().encode()
    same = hmac.compare_digest(own, number.strip().upper().encode())
    fits = visit.consent is Consent.SHARE and visit.demo is clinic.settings.demo
    return visit if same and fits else None
