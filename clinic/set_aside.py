"""What came and could not be opened or believed, and what can be done about it: try again, dismiss, hand on.

Trying again is taking it in once more, as if it came now: after an update, a key that was put back, a station
that joined again. Dismissing takes it off the list with a reason from a list; a station's own bytes stay and
can be tried again from there. Only what is sealed can be downloaded: it opens for nobody but this clinic.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec
from msgspec.structs import replace
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from clinic.door import text_of
from clinic.intake import take_in
from clinic.pages.drawing import level_mark
from clinic.pages.paging import FIRST, Place, address_of, leaf_of, paged, place_of
from clinic.pages.saying import Saying, moment_of
from clinic.store import waiting as kept
from clinic.store.stations import stations_in
from clinic.store.store import Transaction
from clinic.store.waiting import Counts, Waiting
from clinic.strays import strays
from clinic.streets import LONGEST
from clinic.visitor import Visitor
from health.assessment import Level

_SHOWN, _AT_ONCE = 50, 1000
_SAID = ("show", "street", "page", "after", "before")
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


class Line(msgspec.Struct, frozen=True):
    """Something that was stored but not opened or not valid. ``which`` names it in a form."""

    id: str
    which: str
    station: str
    reason: str
    when: str
    sealed: bool


class Group(msgspec.Struct, frozen=True):
    """Lines of one kind, and how many there are of it on all pages."""

    title: str
    count: int
    lines: tuple[Line, ...]


class Wanted(msgspec.Struct, frozen=True):
    """What is listed: what waits, or with ``old`` what was dismissed; of one street or of all; which page."""

    old: bool
    street: str
    place: Place

    def words(self) -> dict[str, str]:
        """How an address or a form says it."""
        return {"show": "dismissed" if self.old else "", "street": self.street, **self.place.words()}

    def address(self, done: str = "") -> str:
        """The address of the list of these."""
        return address_of("/quarantine", **self.words(), done=done)


def _wanted(asked: Mapping[str, str]) -> Wanted:
    return Wanted(asked.get("show", "") == "dismissed", asked.get("street", "")[:LONGEST], place_of(asked))


def _left(form: FormData) -> Wanted:
    """The list that the form was sent from."""
    return _wanted({name: text_of(form, name) for name in _SAID})


def show(visitor: Visitor) -> Response:
    """The list, or that of what was dismissed."""
    asked = visitor.request.query_params
    return _page(visitor, _wanted(asked), done=asked.get("done", ""))


def try_again(visitor: Visitor, form: FormData) -> Response:
    """Take one in once more, or all that wait, some hundreds at a time."""
    named, wanted = text_of(form, "which"), _left(form)
    tenant = visitor.clinic.settings.tenant
    with visitor.clinic.store.reading() as connection:
        one = _named(connection, tenant, named)
        every = (
            kept.waiting_for_staff(connection, tenant, _AT_ONCE, street=wanted.street)
            if named == "all"
            else ()
        )
    if named != "all" and one is None:
        return visitor.trouble("aside.gone", 409)
    some = every if one is None else (one,)
    taken, reason = 0, ""
    for each in some:
        said = _taken(visitor, each)
        taken, reason = taken + (not said), said or reason
    visitor.note("set aside tried again", f"{taken} of {len(some)} taken in")
    if taken == 0 and one is not None:
        still = visitor.saying.text("aside.still", why=_reason(reason, visitor.saying))
        return _page(visitor, wanted, trouble=still)
    return RedirectResponse(wanted.address(done=f"{taken}-{len(some)}"), 303)


def dismiss(visitor: Visitor, form: FormData) -> Response:
    """Take one off the list, with the reason in the trail."""
    why, tenant = text_of(form, "why"), visitor.clinic.settings.tenant
    if why not in set(Why):
        return _page(visitor, _left(form), trouble=visitor.saying.text("aside.choose"), status=409)
    with visitor.clinic.store.writing() as connection:
        one = _named(connection, tenant, text_of(form, "which"))
        if one is not None:
            kept.dismiss(connection, tenant, one)
            visitor.note_in(connection, f"dismissed: {why}", one.id)
    if one is None:
        return visitor.trouble("aside.gone", 409)
    return RedirectResponse(_left(form).address(done="dismissed"), 303)


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


def _page(
    visitor: Visitor, wanted: Wanted, *, done: str = "", trouble: str = "", status: int = 200
) -> Response:
    clinic, saying, now = visitor.clinic, visitor.saying, visitor.clinic.now()
    tenant, old, place = clinic.settings.tenant, wanted.old, wanted.place
    with clinic.store.reading() as connection:
        counts = kept.counts(connection, tenant, wanted.street)
        some = kept.dismissed if old else kept.waiting_for_staff
        leaf = leaf_of(some(connection, tenant, _SHOWN + 1, place.beside, wanted.street), place, _SHOWN)
        every = stations_in(connection, tenant)
    names = {one.id: one.name for one in every}
    many = counts.dismissed if old else counts.waiting
    values: dict[str, object] = {
        "heading": _heading(saying, counts, old=old),
        "groups": _grouped(leaf.lines, names, counts, saying, now, old=old),
        "old": old,
        "wanted": wanted,
        "streets": sorted({one.street for one in every if one.street}),
        "here": tuple((name, said) for name, said in wanted.words().items() if said),
        "other": Wanted(not old, wanted.street, FIRST).address(),
        "dismissed": counts.dismissed,
        "done": _done(saying, done),
        "trouble": trouble,
        "reasons": tuple((one.value, saying.text(f"aside.why.{one.value}")) for one in Why),
        "strays": () if old or wanted.street or place.page > 1 else strays(clinic, saying, now),
        "top_mark": "" if old else level_mark(Level.DOCTOR if counts.waiting else Level.NORMAL, None),
        "pager": paged(
            saying,
            place.page,
            _SHOWN,
            lambda page: replace(wanted, place=leaf.beside(place, page, _lies)).address(),
            further=leaf.further,
            many=many,
        ),
    }
    return visitor.page("quarantine.html", "quarantine", values, status)


def _lies(one: Waiting) -> tuple[str, str]:
    return one.received_at, one.key


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
