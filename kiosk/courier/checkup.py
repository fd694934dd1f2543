"""What ``doctor`` says of the way to the clinic: is it reached, is it one, does it know this station.

It asks twice at most and changes nothing; the kiosk may be running meanwhile.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from health.errors import HealthError
from health.wire import HEALTH, HEALTHY, SKEW_SECONDS, STRANGER
from kiosk.courier.road import LinkError, Road
from kiosk.enrolment import clinic_of, is_known, is_signed_by_ours
from kiosk.pinned import EnrolmentError

NOT_JOINED = "This station has not joined a clinic; run `enrol URL`."
STRANGE = "The clinic answers and does not know this station, or not any more; ask it whether it was revoked."
ANOTHER = "What answers is no clinic ({status}); check its address."
FAR = "The clinic answers; its clock is {minutes} minutes {way} of this one: set this clock."
KNOWN = "The clinic answers and knows this station."
OTHER_KEY = (
    "The clinic answers with another key than the one this station joined; if it lost its keys, run "
    "`enrol URL --new-keys` and compare the digits, and if not, call it."
)
ANSWERS = "The clinic answers."


def clinic_words(url: str, ca: str, data: Path) -> tuple[bool, str]:
    """Whether the clinic at ``url`` can be reached by the station of the folder ``data``, and a sentence."""
    if not url:
        return False, NOT_JOINED
    road = Road(url, ca)
    try:
        answer = road.ask("GET", HEALTH)
        ahead = answer.ahead or timedelta(0)
        if (answer.status, answer.body) != (200, HEALTHY):
            return False, ANOTHER.format(status=answer.status)
        if abs(ahead) > timedelta(seconds=SKEW_SECONDS):
            way = "ahead" if ahead > timedelta(0) else "behind"
            return False, FAR.format(minutes=round(abs(ahead).total_seconds() / 60), way=way)
        return _known(url, ca, data, datetime.now(UTC) + ahead)
    except (LinkError, EnrolmentError, HealthError) as wrong:
        return False, str(wrong)
    finally:
        road.close()


def _known(url: str, ca: str, data: Path, at: datetime) -> tuple[bool, str]:
    if clinic_of(data) != url:
        return True, ANSWERS
    answer = is_known(data, at, ca)
    if answer.status in STRANGER:
        return False, STRANGE
    if answer.status != 200:
        return False, ANOTHER.format(status=answer.status)
    return (True, KNOWN) if is_signed_by_ours(data, answer) else (False, OTHER_KEY)
