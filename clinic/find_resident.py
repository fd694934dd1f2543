"""Finding a resident: by how her name begins, by her identity number, or by how her telephone number ends.

What is typed comes in the body of a form and goes back to nobody's address or log. An identity number is
hashed as it is read and is not shown again. Looking for people leaves a line in the trail: by what, and how
many were found.
"""

from datetime import datetime

import msgspec
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from clinic.door import text_of
from clinic.matching import keyed
from clinic.pages.drawing import level_mark
from clinic.pages.paging import Leaf, page_of
from clinic.pages.saying import Saying, moment_of
from clinic.roster_cells import is_identity, plain
from clinic.store.finding import Beside, named_like, reached_by
from clinic.store.residents import KnownResident, resident_by_hash
from clinic.store.sought import END, digits_of, sought
from clinic.store.store import Transaction
from clinic.store.visits import KeptVisit, visits_of_resident
from clinic.truetime import record_of
from clinic.visitor import Visitor
from devices.reading import Confidential
from health.assessment import Level

_SHOWN = 50
_TOO_LONG = 15
"""So many digits are no telephone number; they may be an identity number that was mistyped."""


class ResidentLine(Confidential, msgspec.Struct, frozen=True):
    """One who was found, with enough to tell her from another of that name. ``mark`` is SVG made here."""

    id: str
    name: str
    about: str
    phone: str
    team: str
    doctor: str
    contracted: bool
    level: int
    mark: str
    word: str
    seen: str


def show(visitor: Visitor) -> Response:
    """Where it is typed."""
    erased = visitor.request.query_params.get("erased", "")
    return _page(visitor, done=visitor.saying.text("erase.done", visits=erased) if erased.isdecimal() else "")


def find(visitor: Visitor, form: FormData) -> Response:
    """Who was found; one whose identity number was typed is shown at once."""
    typed = plain(text_of(form, "who"))[:64]
    number = typed.replace(" ", "").upper()
    if is_identity(number):
        return _by_number(visitor, number)
    digits = digits_of(typed)
    if len(digits) >= _TOO_LONG:
        return _page(visitor, trouble="residents.wrong_number", status=400)
    by_phone = not sought(typed).strip("0123456789-+()")
    if len(digits) < END if by_phone else not sought(typed):
        return _page(visitor, trouble="residents.short", status=400)
    clinic, (page, beside) = visitor.clinic, _place(form)
    with clinic.store.reading() as connection:
        some = reached_by if by_phone else named_like
        asked = digits if by_phone else typed
        found = some(connection, clinic.settings.tenant, asked, _SHOWN + 1, beside)
        back = beside is not None and beside.back
        leaf = Leaf(found[-_SHOWN:] if back else found[:_SHOWN], further=back or len(found) > _SHOWN)
        lines = _lines(connection, visitor, leaf.lines)
    visitor.note("residents sought", f"by {'telephone' if by_phone else 'name'}: {len(lines)} found")
    return _page(visitor, typed=typed, lines=lines, page=page, further=leaf.further)


def _place(form: FormData) -> tuple[int, Beside | None]:
    """The page after or before the one that was shown, and beside whom it lies; else the first."""
    shown = page_of({"page": text_of(form, "page")})
    after, before = text_of(form, "after"), text_of(form, "before")
    if after:
        return shown + 1, Beside(after[:36])
    return (shown - 1, Beside(before[:36], back=True)) if before and shown > 2 else (1, None)


def _by_number(visitor: Visitor, number: str) -> Response:
    clinic = visitor.clinic
    with clinic.store.reading() as connection:
        known = resident_by_hash(connection, clinic.settings.tenant, keyed(clinic, number))
    visitor.note("residents sought", f"by number: {0 if known is None else 1} found")
    if known is None:
        return _page(visitor, trouble="residents.no_number", status=404)
    return RedirectResponse(f"/residents/{known.id}", 303)


def _page(
    visitor: Visitor,
    *,
    typed: str = "",
    lines: tuple[ResidentLine, ...] = (),
    page: int = 1,
    further: bool = False,
    trouble: str = "",
    done: str = "",
    status: int = 200,
) -> Response:
    saying = visitor.saying
    key = "residents.heading" if not typed else "residents.found" if lines else "residents.none"
    many = f"{_SHOWN * page}+" if further else str(_SHOWN * (page - 1) + len(lines))
    values: dict[str, object] = {
        "heading": saying.text(key, count=many),
        "typed": typed,
        "lines": lines,
        "page": page,
        "before": lines[0].id if lines and page > 1 else "",
        "after": lines[-1].id if lines and further else "",
        "place": saying.text(
            "residents.page", first=str(_SHOWN * (page - 1) + 1), last=str(_SHOWN * (page - 1) + len(lines))
        ),
        "done": done,
        "trouble": saying.text(trouble) if trouble else "",
    }
    return visitor.page("residents.html", "residents", values, status)


def _lines(
    connection: Transaction, visitor: Visitor, found: tuple[KnownResident, ...]
) -> tuple[ResidentLine, ...]:
    tenant, now = visitor.clinic.settings.tenant, visitor.clinic.now()
    last = {one.id: visits_of_resident(connection, tenant, one.hash, 1) for one in found}
    return tuple(_line(one, last[one.id], visitor.saying, now) for one in found)


def _line(one: KnownResident, last: tuple[KeptVisit, ...], saying: Saying, now: datetime) -> ResidentLine:
    visit = None if not last or not last[0].record else record_of(last[0]).visit
    level = last[0].level if last else -1
    return ResidentLine(
        id=one.id,
        name=one.name or saying.text("clinic.no_name"),
        about="" if visit is None else saying.about(visit.resident, now.astimezone(saying.zone).date()),
        phone=one.phone,
        team=one.team,
        doctor=one.doctor,
        contracted=one.contracted,
        level=level,
        mark=level_mark(Level(level), None) if last else "",
        word=saying.text(f"clinic.level.{level}") if last else "",
        seen=saying.moment(moment_of(last[0].measured_at), now) if last else saying.text("residents.never"),
    )
