"""This is not me: the card was somebody else's, and she says so where she sees that person's past.

What was kept under that name is withdrawn before it can go anywhere. What was measured is hers, for it was
she who stood here, and goes on under her own name; what was said, told and compared is dropped and asked
anew. A weight that is asked about was filed to nobody: it is dropped too, and whoever goes on is weighed.
It must not be done once staff were called for a value: that went out under the name, and staff put it right.
"""

from msgspec.structs import replace

from devices.model import Role
from health.visit import Observation, Question, Resident
from kiosk.attendance import Attendance
from kiosk.calling.calls import Reason
from kiosk.flow.steps import Happening, Step

AT = frozenset({Step.WEIGHT_ASK, Step.REMEMBERED, Step.RESULT, Step.TRENDS})
"""Steps that show what the owner of the card said, or had measured, on other days."""
OF_TODAY = frozenset({Question.PACEMAKER, Question.FASTING})
"""What she was asked of herself today, whoever's card it was; nothing else can have come from the other."""


def may_say_so(at: Attendance) -> bool:
    """Whether she can say it here and now."""
    visit = at.sitting.visit
    named = visit.resident.identity is not None and _sees_the_past(at)
    return at.step in AT and named and visit.call is None and not at.keeping


def _sees_the_past(at: Attendance) -> bool:
    """Whether this screen shows what is that person's."""
    if at.step is Step.WEIGHT_ASK:
        return at.sitting.doubt is not None and at.sitting.doubt.last is not None
    return bool(at.history) or at.step is Step.REMEMBERED


def say_so(at: Attendance) -> None:
    """Nothing of this visit is that person's any more; ask who she is."""
    sitting, visit = at.sitting, at.sitting.visit
    at.clerk.withdraw(visit.id)
    at.forget()
    hers = tuple(o for o in visit.observations if not _made_with_a_body(at, o))
    sitting.visit = replace(
        visit,
        id=at.clerk.next_visit(),
        resident=Resident(),
        consent=None,
        observations=hers,
        answers=tuple(one for one in visit.answers if one[0] in OF_TODAY),
    )
    sitting.tickets = tuple(replace(ticket, visit=sitting.visit.id) for ticket in sitting.tickets)
    weighed = at.step is not Step.WEIGHT_ASK and hers == visit.observations
    sitting.stood = sitting.stood and weighed
    sitting.weighing, sitting.doubt, sitting.weighed_anew = None, None, False
    at.calls.end(Reason.TROUBLE)
    sitting.shares, sitting.mistaken = False, True
    sitting.card, sitting.digits, sitting.number, sitting.said_height = None, "", "", None
    sitting.history, sitting.remembered, sitting.recalled, sitting.reach_asked = (), (), None, False
    sitting.questions, sitting.asked, sitting.assessment = (), 0, None
    at.go(Happening.NOT_ME)
    sitting.trouble = "say.not_me"


def _made_with_a_body(at: Attendance, observation: Observation) -> bool:
    """Whether a scale made this of the age, sex or height of the person that she is not."""
    model = at.bench.model(Role.STAND)
    at_the_scale = observation.instrument == at.bench.id_of(Role.STAND)
    return at_the_scale and model is not None and model.weighs.needs_body
