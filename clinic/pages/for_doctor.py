"""What only the doctor's view of a visit says: the target of a treated person, a value near a limit, totals.

None of it stands on a resident's page. It must not judge: targets, errors and bands come from ``health``.
"""

from collections.abc import Iterator

from clinic.pages.saying import Saying
from devices.reading import Quantity
from health.assessment import Finding
from health.nearness import near_limit
from health.pressure import target_for
from health.quantity import printed_value
from health.rulebook import shipped_rulebook
from health.visit import Answer, Observation, Question, Visit


def target(visit: Visit, saying: Saying) -> Iterator[tuple[str, str]]:
    """The pressure a treated person of this age aims at, with its source; nothing for one not treated."""
    measured = visit.value_of(Quantity.SYSTOLIC) is not None
    if not measured or visit.answer_to(Question.BP_TREATED) is not Answer.YES:
        return
    found = target_for(shipped_rulebook().pressure, visit.resident.age_on(visit.on))
    if found is None:
        return
    aims = f"<{found.systolic}/{found.diastolic}"
    if found.then_systolic is not None:
        then = f"<{found.then_systolic}/{found.then_diastolic}"
        aims = saying.text("clinic.target.then", first=aims, then=then)
    yield saying.text("clinic.target"), f"{aims}　{found.source}"


def near(one: Observation, finding: Finding | None) -> bool:
    """Whether the method's own error could have put the value on the other side of a limit."""
    if finding is None or one.comparator is not None:
        return False
    return near_limit(one.quantity, printed_value(one), finding.zones)


def totals(visit: Visit, saying: Saying) -> Iterator[tuple[str, str]]:
    """The totals of self-assessment scales."""
    for total in visit.totals:
        where = "here" if total.asked_here else "elsewhere"
        yield saying.text(f"scale.{total.scale}"), saying.text(f"clinic.total.{where}", n=str(total.points))
