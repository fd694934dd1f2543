"""Erases what is older than the clinic keeps, some in each transaction, and who has nothing left here.

How long is a setting for each kind of thing, counted from today. The trail of who did what stays.
"""

from calendar import isleap
from datetime import date, datetime, time, timedelta

import msgspec

from clinic.clinic import Clinic
from clinic.erasing import ErasingError
from clinic.store import audit
from clinic.store.erasing import (
    erase_reports,
    erase_unproven,
    erase_visits,
    erase_without_visit,
    forget_without_visit,
    owners_of,
    visits_before,
)
from clinic.taking_back import ask_back_all

_AT_ONCE = 200


class Expired(msgspec.Struct, frozen=True):
    """How many went: visits, residents who had nothing but those, reports, and what nobody could believe."""

    visits: int = 0
    residents: int = 0
    reports: int = 0
    unproven: int = 0


def erase_older(clinic: Clinic, before: date, who: str) -> Expired:
    """Erase all of before that civil date: visits, who had no others, and what came of no visit."""
    visits, residents = _erase_visits(clinic, before, who)
    moment = datetime.combine(before, time(), clinic.settings.zone)
    with clinic.store.writing() as connection:
        erase_without_visit(connection, clinic.settings.tenant, _utc(clinic, moment))
    reports, unproven = _erase_reports(clinic, moment), _erase_unproven(clinic, moment)
    clinic.store.overwrite_what_went()
    return Expired(visits, residents, reports, unproven)


def erase_expired(clinic: Clinic, who: str) -> Expired:
    """Erase what is older than the settings keep. Raises ``ErasingError`` where they keep all for ever."""
    own, now = clinic.settings, clinic.now()
    if not (own.keep_visits_years or own.keep_reports_days or own.keep_unproven_days):
        raise ErasingError("The settings keep everything for ever; set keep_visits_years first.")
    visits = residents = reports = unproven = 0
    if own.keep_visits_years:
        before = years_before(now.astimezone(own.zone).date(), own.keep_visits_years)
        visits, residents = _erase_visits(clinic, before, who)
        with clinic.store.writing() as connection:
            erase_without_visit(
                connection, own.tenant, _utc(clinic, datetime.combine(before, time(), own.zone))
            )
    if own.keep_reports_days:
        reports = _erase_reports(clinic, now - timedelta(days=own.keep_reports_days))
    if own.keep_unproven_days:
        unproven = _erase_unproven(clinic, now - timedelta(days=own.keep_unproven_days))
    clinic.store.overwrite_what_went()
    return Expired(visits, residents, reports, unproven)


def years_before(day: date, years: int) -> date:
    """The same day so many years before; of a 29 February the last that its month has."""
    leap_day = (day.month, day.day) == (2, 29) and not isleap(day.year - years)
    return day.replace(year=day.year - years, day=28 if leap_day else day.day)


def _erase_visits(clinic: Clinic, before: date, who: str) -> tuple[int, int]:
    tenant, many, people = clinic.settings.tenant, 0, 0
    while True:
        now = clinic.now()
        with clinic.store.writing() as connection:
            visits = visits_before(connection, tenant, before.isoformat(), _AT_ONCE)
            owners = owners_of(connection, tenant, visits)
            ask_back_all(clinic, connection, visits, now, person=False)
            erase_visits(connection, tenant, visits, now.isoformat())
            people += forget_without_visit(connection, tenant, owners, "")
            if visits:
                audit.note(connection, tenant, who, "visits erased", f"{len(visits)} before {before}", now)
        many += len(visits)
        if len(visits) < _AT_ONCE:
            break
    with clinic.store.writing() as connection:
        # Who was taken off the roster and never came.
        moment = datetime.combine(before, time(), clinic.settings.zone)
        people += forget_without_visit(connection, tenant, None, _utc(clinic, moment))
    return many, people


def _erase_reports(clinic: Clinic, before: datetime) -> int:
    with clinic.store.writing() as connection:
        return erase_reports(connection, clinic.settings.tenant, _utc(clinic, before))


def _erase_unproven(clinic: Clinic, before: datetime) -> int:
    with clinic.store.writing() as connection:
        return erase_unproven(connection, clinic.settings.tenant, _utc(clinic, before))


def _utc(clinic: Clinic, moment: datetime) -> str:
    """As the rows write a moment: what they hold sorts as text."""
    return moment.astimezone(clinic.now().tzinfo).isoformat()
