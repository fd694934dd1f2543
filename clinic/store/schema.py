"""Every table of the clinic in one place: what migrations are compared with."""

from clinic.store import erasing_tables, fleet_tables, people_tables, tables

METADATA = tables.METADATA
ALL = (
    *(tables.ENVELOPE, tables.UNPROVEN, tables.VISIT, tables.VISIT_BEFORE, tables.AMENDMENT, tables.STATION),
    *(tables.ENROLMENT, tables.STAFF, tables.LOGIN_TRY, tables.SESSION, tables.NONCE),
    *(tables.COUNTER, tables.AUDIT),
    *(people_tables.RESIDENT, people_tables.TASK, people_tables.TASK_EVENT),
    people_tables.WAITING_ROSTER,
    *(erasing_tables.ERASED_VISIT, erasing_tables.ERASED_PERSON, erasing_tables.ERASED_ELSEWHERE),
    erasing_tables.FORWARD,
    *(fleet_tables.REPORT, fleet_tables.TRAIL_HEAD, fleet_tables.FORMER_KEY, fleet_tables.STATION_CODE),
)
