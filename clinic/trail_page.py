"""The trail in a browser, for the administrator: who did what about whom and when, and whether it is whole.

What is asked for comes in a form, so that no name stands in an address. Each look at the newest lines asks
whether the end was cut off; whether every line holds is asked by a press, because it reads all of them.
"""

from datetime import UTC, date, datetime, time, timedelta

import msgspec
from msgspec.structs import replace
from starlette.datastructures import FormData
from starlette.responses import Response

from clinic import trail
from clinic.door import text_of
from clinic.pages.saying import Saying, moment_of
from clinic.store import audit
from clinic.store.audit import Wanted
from clinic.store.staff import all_staff
from clinic.visitor import Visitor

_SHOWN = 100
_LONGEST = 64
_LEADS = (("resident", "/residents/{}"), ("visit ", "/visits/{}"), ("task", "/worklist?open={}#open"))


class TrailLine(msgspec.Struct, frozen=True):
    """One line. ``address`` leads to what it is about, where there is such a page."""

    number: int
    when: str
    who: str
    did: str
    about: str
    address: str


class Filter(msgspec.Struct, frozen=True):
    """What was asked for, as it was typed. ``before``: only lines below that number; 0: the newest."""

    who: str = ""
    did: str = ""
    about: str = ""
    day: str = ""
    before: int = 0


def show(visitor: Visitor) -> Response:
    """The newest lines."""
    return _page(visitor, Filter())


def look(visitor: Visitor, form: FormData) -> Response:
    """Those that were asked for; or whether every line of the trail holds."""
    if text_of(form, "check"):
        visitor.note("trail checked", "")
        return _page(visitor, Filter(), checked=True)
    return _page(visitor, _filter(form))


def _filter(form: FormData) -> Filter:
    def said(name: str) -> str:
        return text_of(form, name).strip()[:_LONGEST]

    before = said("before")
    number = int(before) if before.isascii() and before.isdecimal() and len(before) < 10 else 0
    return Filter(said("who"), said("did"), said("about"), said("day"), number)


def _page(visitor: Visitor, wanted: Filter, *, checked: bool = False) -> Response:
    clinic, saying, now = visitor.clinic, visitor.saying, visitor.clinic.now()
    tenant = clinic.settings.tenant
    with clinic.store.reading() as connection:
        found = audit.lines(connection, tenant, wanted.before or None, _SHOWN + 1, _asked(wanted, saying))
        ends = audit.head(connection, tenant).number
        broken = trail.standing(clinic, connection).broken_at if checked else None
        cut = audit.is_cut(connection, tenant)
        deeds = audit.deeds(connection, tenant)
    broken = ends + 1 if broken is None and cut else broken
    lines = tuple(_line(one, saying, now) for one in found[:_SHOWN])
    values: dict[str, object] = {
        "heading": saying.text("trail.heading", count=str(ends)),
        "whole": saying.text("trail.whole", count=str(ends)) if checked and broken is None else "",
        "broken": "" if broken is None else saying.text("trail.broken", number=str(broken)),
        "wanted": wanted,
        "lines": lines,
        "deeds": tuple((one, _did(one, saying)) for one in deeds),
        "names": tuple(one.name for one in all_staff(clinic.store, tenant)),
        "older": found[_SHOWN - 1].number if len(found) > _SHOWN else 0,
        "newest": not wanted.before,
        "filtered": replace(wanted, before=0) != Filter(),
    }
    return visitor.page("trail.html", "trail", values)


def _asked(wanted: Filter, saying: Saying) -> Wanted:
    some = Wanted(wanted.who, wanted.did, wanted.about)
    try:
        start = datetime.combine(date.fromisoformat(wanted.day), time(), saying.zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return some
    return replace(some, since=start.isoformat(), until=(start + timedelta(days=1)).isoformat())


def _line(one: audit.Line, saying: Saying, now: datetime) -> TrailLine:
    leads = (address for did, address in _LEADS if one.did.startswith(did) and len(one.about) == 36)
    at = moment_of(one.at).astimezone(saying.zone)
    address = "" if "erased" in one.did else next(leads, "")
    when, did = f"{at:%Y-%m-%d %H:%M:%S}", _did(one.did, saying)
    return TrailLine(one.number, when, one.who, did, one.about, address.format(one.about))


def _did(did: str, saying: Saying) -> str:
    """What was done, in words; as it stands where there are none. What follows a colon stays as it is."""
    word, _, more = did.partition(": ")
    key = f"trail.did.{word.replace(' ', '_').replace(chr(39), '')}"
    said = saying.text(key) if saying.words.has(key) else word
    return f"{said}{saying.text('trail.colon')}{more}" if more else said
