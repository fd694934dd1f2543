"""What a task is about, how it stands and what can come of it: the words of the worklist.

Each is the key of a word of ``clinic.po`` (``task.…``) and stands in the database; none may change its value.
"""

from collections.abc import Iterator
from enum import StrEnum

from health.assessment import Assessment, Finding, Level


class Reason(StrEnum):
    """What a task is about; each resident has one open task of each at most."""

    PRESSURE = "pressure"
    SUGAR = "sugar"
    OXYGEN = "oxygen"
    HEART = "heart"
    SIGNS = "signs"
    FATS = "fats"
    BODY = "body"
    OTHER = "other"


class State(StrEnum):
    """How a task stands, in the words of FHIR R4 ``task-status``."""

    REQUESTED = "requested"
    ACCEPTED = "accepted"
    IN_PROGRESS = "in-progress"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class Outcome(StrEnum):
    """What came of a call. The last two close the task."""

    AGREED = "agreed_to_visit"
    LATER = "remind_to_call_later"
    NO_ANSWER = "no_answer"
    VISITED = "visited"
    REMOVED = "removed_from_list"


class Why(StrEnum):
    """Why a task was removed from the list; one of them is always said."""

    ALREADY_VISITED = "already_visited"
    NOT_RESPONDING = "not_responding"
    REFUSED = "refused"
    INVALID_PHONE = "invalid_phone"
    TRANSFERRED = "transferred"
    MOVED = "moved"
    DEAD = "dead"
    OTHER = "other"


class Did(StrEnum):
    """What a line of a task's history tells."""

    OPENED = "opened"
    RAISED = "raised"
    AGAIN = "again"
    ALARMED = "alarmed"
    TAKEN = "taken"
    HANDED = "handed"
    CALLED = "called"
    VISIT_VOID = "visit_void"
    CAME_AFTER = "came_after"


_ABOUT = {
    "blood_pressure": Reason.PRESSURE,
    "systolic": Reason.PRESSURE,
    "diastolic": Reason.PRESSURE,
    "pressure_pattern": Reason.PRESSURE,
    "arm_difference": Reason.PRESSURE,
    "glucose": Reason.SUGAR,
    "spo2": Reason.OXYGEN,
    "pulse": Reason.HEART,
    "rhythm": Reason.HEART,
    "danger_signs": Reason.SIGNS,
    "total_cholesterol": Reason.FATS,
    "ldl": Reason.FATS,
    "hdl": Reason.FATS,
    "non_hdl": Reason.FATS,
    "triglycerides": Reason.FATS,
    "bmi": Reason.BODY,
    "waist": Reason.BODY,
    "weight_change": Reason.BODY,
    "grip": Reason.BODY,
}


def reasons_in(assessment: Assessment) -> Iterator[tuple[Reason, Level]]:
    """What somebody has to act on, each reason once with its worst level."""
    worst: dict[Reason, Level] = {}
    for finding in assessment.findings:
        if finding.level >= Level.DOCTOR:
            reason = reason_of(finding)
            worst[reason] = max(worst.get(reason, finding.level), finding.level)
    yield from worst.items()


def reason_of(finding: Finding) -> Reason:
    """What a task would be about that this finding asks for."""
    return _ABOUT.get(finding.rule.partition("/")[0], Reason.OTHER)
