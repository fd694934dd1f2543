"""What came and could not be opened or believed, and what can be done about it: try again, dismiss, hand on.

Trying again is taking it in once more, as if it came now: after an update, a key that was put back, a station
that joined again. Dismissing takes it off the list with a reason from a list; a station's own bytes stay and
can be tried again from there. Only what is sealed can be downloaded: it opens for nobody but this clinic.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from clinic.door import text_of
from clinic.intake import take_in
from clinic.pages.drawing import level_mark
from clinic.pages.paging import page_of, paged
from clinic.pages.saying import Saying, moment_of
from clinic.store import waiting as kept
from clinic.store.stations import stations_in
from clinic.store.store import Transaction
from clinic.store.waiting import Counts, Waiting
from clinic.strays import strays
from clinic.visitor import Visitor
from health.assessment import Level

_SHOWN, _AT_ONCE = 50, 1000
_TAKEN = (200, 201, 410)
_NOT_SEALED = "fhir_not_valid"
"""What another program sent as FHIR; it lies here in clear, with whoever it is about."""


class Why(StrEnum):
    """Why something is dismissed; keys of ``desk.po`` (``aside.why.…``)."""

    ON_PAPER = "on_paper"
    AGAIN = "measured_again"
    TRIAL = "trial"
    FORGED = "forged"
    KEY_LOST = "key_lost"


@dataclass(frozen=True, slots=True)
class Line:
    """Something that was stored but not opened or not valid. ``which`` names it in a form."""

    id: str
    which: str
    station: str
    reason: str
    when: str
    sealed: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of one kind, and how many there are of it on all pages."""

    title: str
    count: int
    lines: tuple[Line, ...]


def show(visitor: Visitor) -> Response:
    """The list, or that of what was dismissed."""
    return _page(visitor, done=visitor.request.query_params.get("done", ""))


def try_again(visitor: Visitor, form: FormData) -> Response:
    """Take one in once more, or all that wait, some hundreds at a time."""
    named = text_of(form, "which")
    tenant = visitor.clinic.settings.tenant
    with visitor.clinic.store.reading() as connection:
        one = _named(connection, tenant, named)
        every = kept.waiting_for_staff(connection, tenant, _AT_ONCE) if named == "all" else ()
    if named != "all" and one is None:
        return visitor.trouble("aside.gone", 409)
    some = every if one is None else (one,)
    taken, reason = 0, ""
    for each in some:
        said = _taken(visitor, each)
        taken, reason = taken + (not said), said or reason
    visitor.note("set aside tried again", f"{taken} of {len(some)} taken in")
    if taken == 0 and one is not None:
        return _page(visitor, trouble=visitor.saying.text("aside.still", why=_reason(reason, visitor.saying)))
    return RedirectResponse(f"/quarantine?done={taken}-{len(some)}", 303)


def dismiss(visitor: Visitor, form: FormData) -> Response:
    """Take one off the list, with the reason in the trail."""
    why, tenant = text_of(form, "why"), visitor.clinic.settings.tenant
    if why not in set(Why):
        return _page(visitor, trouble=visitor.saying.text("aside.choose"), status=409)
    with visitor.clinic.store.writing() as connection:
        one = _named(connection, tenant, text_of(form, "which"))
        if one is not None:
            kept.dismiss(connection, tenant, one)
    if one is None:
        return visitor.trouble("aside.gone", 409)
    visitor.note(f"dismissed: {why}", one.id)
    return RedirectResponse("/quarantine?done=dismissed", 303)


def download(visitor: Visitor) -> Response:
    """The sealed bytes, for whoever made the station's software to look at."""
    tenant = visitor.clinic.settings.tenant
    with visitor.clinic.store.reading() as connection:
        one = _named(connection, tenant, str(visitor.request.path_params["which"]))
        raw = b"" if one is None or one.reason == _NOT_SEALED else kept.bytes_of(connection, tenant, one)
    if one is None or not raw:
        return visitor.trouble("aside.gone", 404)
    visitor.note("envelope downloaded", one.id)
    headers = {
        "Content-Disposition": f'attachment; filename="envelope-{UUID(one.id)}.bin"',
        "Cache-Control": "no-store",
    }
    return Response(raw, media_type="application/octet-stream", headers=headers)


def _taken(visitor: Visitor, one: Waiting) -> str:
    """Take ``one`` in once more. Why it is not taken; empty where it is."""
    tenant = visitor.clinic.settings.tenant
    if one.reason == _NOT_SEALED:
        return one.reason
    with visitor.clinic.store.writing() as connection:
        raw = kept.bytes_of(connection, tenant, one)
        if one.proven:
            kept.call_back(connection, tenant, one)
    receipt = take_in(visitor.clinic, UUID(one.id), raw, came=moment_of(one.received_at))
    if receipt.status not in _TAKEN:
        return receipt.reason or one.reason
    if not one.proven:
        with visitor.clinic.store.writing() as connection:
            kept.dismiss(connection, tenant, one)
    return ""


def _named(connection: Transaction, tenant: str, which: str) -> Waiting | None:
    kind, _, key = which.partition("-")
    if kind == "u" and (len(key) != 64 or not set(key) <= set("0123456789abcdef")):
        return None
    return kept.waiting_named(connection, tenant, proven=kind == "e", key=key) if kind in {"e", "u"} else None


def _page(visitor: Visitor, *, done: str = "", trouble: str = "", status: int = 200) -> Response:
    clinic, saying, now = visitor.clinic, visitor.saying, visitor.clinic.now()
    asked, tenant = visitor.request.query_params, clinic.settings.tenant
    page, old = page_of(asked), asked.get("show", "") == "dismissed"
    with clinic.store.reading() as connection:
        counts = kept.counts(connection, tenant)
        some = kept.dismissed if old else kept.waiting_for_staff
        found = some(connection, tenant, _SHOWN + 1, (page - 1) * _SHOWN)
        names = {one.id: one.name for one in stations_in(connection, tenant)}
    many = counts.dismissed if old else counts.waiting
    values: dict[str, object] = {
        "heading": _heading(saying, counts, old=old),
        "groups": _grouped(found[:_SHOWN], names, counts, saying, now, old=old),
        "old": old,
        "dismissed": counts.dismissed,
        "done": _done(saying, done),
        "trouble": trouble,
        "reasons": tuple((one.value, saying.text(f"aside.why.{one.value}")) for one in Why),
        "strays": () if old or page > 1 else strays(clinic, saying, now),
        "top_mark": "" if old else level_mark(Level.DOCTOR if counts.waiting else Level.NORMAL, None),
        "pager": paged(
            saying,
            page,
            _SHOWN,
            lambda number: f"/quarantine?{'show=dismissed&' if old else ''}page={number}",
            further=len(found) > _SHOWN,
            many=many,
        ),
    }
    return visitor.page("quarantine.html", "quarantine", values, status)


def _heading(saying: Saying, counts: Counts, *, old: bool) -> str:
    if old:
        return saying.text("aside.dismissed", count=str(counts.dismissed))
    key = "some" if counts.waiting else "none"
    return saying.text(f"clinic.quarantine.{key}", count=str(counts.waiting))


def _done(saying: Saying, done: str) -> str:
    if done == "dismissed":
        return saying.text("aside.done.dismissed")
    taken, _, many = done.partition("-")
    if not (taken.isdecimal() and many.isdecimal()):
        return ""
    return saying.text("aside.done.tried", taken=taken, many=many)


def _grouped(
    found: tuple[Waiting, ...],
    names: dict[str, str],
    counts: Counts,
    saying: Saying,
    now: datetime,
    *,
    old: bool,
) -> tuple[Group, ...]:
    def line(one: Waiting) -> Line:
        return Line(
            one.id,
            f"{'e' if one.proven else 'u'}-{one.key}",
            names.get(one.station, one.station),
            _reason(one.reason, saying),
            saying.moment(moment_of(one.received_at), now),
            one.reason != _NOT_SEALED,
        )

    own = tuple(line(one) for one in found if one.proven)
    others = tuple(line(one) for one in found if not one.proven)
    groups = (
        Group(saying.text("aside.own"), counts.dismissed if old else counts.proven, own),
        Group(saying.text("aside.unproven"), counts.unproven, others),
    )
    return tuple(one for one in groups if one.lines)


def _reason(reason: str, saying: Saying) -> str:
    return saying.text(f"intake.{reason}")
