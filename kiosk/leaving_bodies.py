"""The bodies of the steps behind the results; ``bodies`` has the others.

Pure reading: it changes nothing and decides nothing.
"""

from kiosk import views
from kiosk.attendance import Attendance
from kiosk.flow.steps import Choice
from kiosk.teaching import Deed, pictures_of
from kiosk.trends import trends as drawn
from kiosk.trends import trends_page
from kiosk.views import GoodbyeView, PaperState, PaperView, TakeView, TeachView, TrendsView


def _deed(at: Attendance, deed: Deed) -> views.Deed:
    return views.Deed(deed, f"deed_{deed}", at.say(f"deed.{deed}"))


def teach(at: Attendance) -> TeachView:
    """Three pictures of what to do first, and the right one once she has picked."""
    sitting = at.sitting
    if sitting.lesson is None:
        return TeachView(())
    deeds = tuple(_deed(at, one) for one in pictures_of(sitting.lesson, sitting.visit.id))
    if sitting.picked is None:
        return TeachView(deeds)
    first = sitting.lesson.deed
    return TeachView(deeds, _deed(at, first), at.words.say(sitting.lesson.sentence), sitting.picked is first)


def trends(at: Attendance) -> TrendsView:
    """The main values beside those of her last visits, as many as this screen has room for."""
    sitting = at.sitting
    made = drawn(sitting.visit, at.assessment(), at.history, at.words)
    return trends_page(made, sitting.page, at.house.face.trends)


def take(at: Attendance) -> TakeView:
    """How the results go home."""
    prints = at.clerk.printer_words() is None
    code = at.phone_code()
    return TakeView(prints, code is not None, None if prints else _no_paper(at, code))


def paper(at: Attendance) -> PaperView:
    """The sheet, the code, or both."""
    sitting = at.sitting
    wants_code = sitting.way in (Choice.CODE, Choice.BOTH) or sitting.paper is PaperState.TROUBLE
    code = at.phone_code() if wants_code else None
    instead = "screen.paper.trouble_more" if code is None else "say.paper.scan"
    trouble = None if sitting.paper_trouble is None else at.say(instead)
    note = at.say("say.code.demo") if at.house.demo and code else None
    return PaperView(sitting.paper, trouble, code, note)


def _no_paper(at: Attendance, code: str | None) -> str:
    """What she does without paper. What ails the printer is told to staff, who can do something about it."""
    return at.say("say.paper.staff" if code is None else "say.paper.phone")


def goodbye(at: Attendance) -> GoodbyeView:
    """Where the visit went."""
    sitting = at.sitting
    pending = sitting.ticket is not None and not sitting.blood_done
    if sitting.visit.consent is None or not (sitting.visit.observations or pending):
        return GoodbyeView(at.say("say.kept.nothing"), None)
    kept = sitting.kept if sitting.shares else "say.kept.paper_only"
    later = "say.blood.later.clinic" if sitting.shares else "say.blood.later.staff"
    return GoodbyeView(at.say(kept), at.say(later) if pending else None)
