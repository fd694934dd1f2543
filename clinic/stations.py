"""The fleet: stations that ask to join, with the code to compare, and how those that belong stand."""

from datetime import datetime

import msgspec
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from clinic import enrolment, slips
from clinic.district import standing
from clinic.door import text_of
from clinic.pages.drawing import level_mark
from clinic.pages.fleet import FleetLine, fleet_lines
from clinic.pages.paging import address_of
from clinic.pages.saying import Saying, moment_of
from clinic.store.forwarding import StateOfTarget, try_again
from clinic.streets import LONGEST, StreetError, in_street, place, streets_of
from clinic.visitor import Visitor
from health.assessment import Level


class Asking(msgspec.Struct, frozen=True):
    """A station that waits to be compared."""

    id: str
    code: str
    name: str
    station: str
    when: str
    software: str
    replaces: bool


def show_stations(visitor: Visitor) -> Response:
    """Stations that ask, with the code to compare, and those that belong, the ones in trouble first."""
    clinic, saying = visitor.clinic, visitor.saying
    with clinic.store.reading() as connection:
        now = standing(visitor.clinic, connection)
        every = streets_of(now.fleet)
        street = wanted if (wanted := visitor.request.query_params.get("street", "")) in every else ""
        now = in_street(connection, clinic.settings.tenant, now, street) if street else now
        asked = slips.asked_lately(clinic, connection)
    told = {one.id: asked[one.id] for one in now.fleet if one.id in asked}
    asking = _asking(visitor, {one.id for one in now.fleet})
    lines = fleet_lines(now.fleet, now.visits, saying, now.at)
    active = [line for line in lines if line.approved]
    alarming = any(one.alarming for one in told.values())
    worst = max((line.level for line in lines), default=0)
    values: dict[str, object] = {
        "heading": _heading(saying, len(asking), active),
        "figures": saying.text(
            "fleet.figures",
            active=str(len(active)),
            online=str(now.online()),
            revoked=str(len(lines) - len(active)),
        ),
        "asking": asking,
        "streets": every,
        "street": street,
        "lines": lines,
        "slips": {id_: (_slips_said(saying, one), one.alarming) for id_, one in told.items()},
        "top_mark": level_mark(Level(max(worst, Level.NOTICE)), None)
        if asking or alarming or worst > 0
        else "",
        "forward": tuple(_target(one, saying, now.at) for one in now.forward),
        "alarm_mark": level_mark(Level.NOTICE, None),
    }
    return visitor.page("stations.html", "stations", values)


def _asking(visitor: Visitor, known: set[str]) -> tuple[Asking, ...]:
    saying, now = visitor.saying, visitor.clinic.now()
    return tuple(
        Asking(
            one.id,
            code,
            one.name,
            one.station,
            saying.moment(moment_of(one.requested_at), now),
            one.software,
            one.station in known,
        )
        for code, one in enrolment.waiting(visitor.clinic)
    )


def _heading(saying: Saying, asking: int, active: list[FleetLine]) -> str:
    if asking:
        return saying.text("clinic.stations.asking", asking=str(asking))
    if active and active[0].troubles:
        return saying.text("board.station", name=active[0].name, what=active[0].troubles[0])
    key = "some" if active else "none"
    return saying.text(f"clinic.stations.{key}", active=str(len(active)))


def _slips_said(saying: Saying, asked: slips.Asked) -> str:
    """What a station asked about earlier visits today; empty where it asked nothing."""
    if not (asked.found or asked.missed or asked.refused):
        return ""
    key = "clinic.stations.slips.many" if asked.alarming else "clinic.stations.slips"
    return saying.text(key, found=str(asked.found), missed=str(asked.missed))


class TargetLine(msgspec.Struct, frozen=True):
    """Another server that visits go on to, and how far it is."""

    name: str
    waiting: str
    since: str
    set_aside: int
    last: str
    trouble: str
    refused: str = ""


def _target(one: StateOfTarget, saying: Saying, now: datetime) -> TargetLine:
    known = saying.words.has(f"forward.trouble.{one.trouble}")
    said = saying.text(f"forward.trouble.{one.trouble}") if known else ""
    last = None if one.sent_last is None else moment_of(one.sent_last)
    return TargetLine(
        one.target,
        str(one.waiting),
        "" if one.waiting_since is None else saying.span(now - moment_of(one.waiting_since)),
        one.set_aside,
        saying.text("clinic.never") if last is None else saying.moment(last, now),
        f"{said} {one.status}" if said and one.status is not None else said,
        saying.text("forward.refused", names=saying.text("clinic.comma").join(one.refused))
        if one.refused
        else "",
    )


def send_again(visitor: Visitor, form: FormData) -> Response:
    """What another server took amiss is sent there once more, after somebody saw to it."""
    clinic, target = visitor.clinic, text_of(form, "target")
    if target not in {one.name for one in clinic.settings.forward}:
        return visitor.trouble("clinic.trouble.no_station", 404)
    with clinic.store.writing() as connection:
        many = try_again(connection, clinic.settings.tenant, target, clinic.now())
        visitor.note_in(connection, "sent again", f"{target}: {many}")
    return RedirectResponse("/stations#forward", 303)


def _back(form: FormData) -> Response:
    """To the stations of the street that was shown."""
    return RedirectResponse(address_of("/stations", street=text_of(form, "shown")[:LONGEST]), 303)


def decide_station(visitor: Visitor, form: FormData) -> Response:
    """The codes are equal, or they are not."""
    which = text_of(form, "enrolment")
    decide = enrolment.approve if text_of(form, "decision") == "approve" else enrolment.refuse
    if not decide(visitor.clinic, which, visitor.staff):
        return visitor.trouble("clinic.trouble.decided", 409)
    return _back(form)


def place_in_street(visitor: Visitor, form: FormData) -> Response:
    """A station stands in a street."""
    try:
        place(visitor.clinic, text_of(form, "station"), text_of(form, "street"), visitor.staff)
    except StreetError:
        return visitor.trouble("clinic.trouble.no_station", 404)
    return _back(form)


def revoke_station(visitor: Visitor, form: FormData) -> Response:
    """A station may not send any more."""
    if not enrolment.revoke(visitor.clinic, text_of(form, "station"), visitor.staff):
        return visitor.trouble("clinic.trouble.no_station", 404)
    return _back(form)
