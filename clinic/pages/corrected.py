"""What was corrected in a visit, as its page says it: what, why, by whom, when. It judges nothing."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from clinic.pages.saying import Saying
from clinic.store.amendments import KeptAmendment
from health.amendment import BY_TICKET, Amendment, read


class Correction(msgspec.Struct, frozen=True):
    """One correction that holds. ``goes_on`` is the id of the visit that the values went to, or empty."""

    what: str
    values: str
    why: str
    who: str
    when: str
    version: str
    goes_on: str


def corrections_of(kept: Sequence[KeptAmendment], saying: Saying, now: datetime) -> tuple[Correction, ...]:
    """Those that hold, newest first."""
    held = [one for one in kept if one.version is not None]
    return tuple(_correction(one, read(one.content), saying, now) for one in reversed(held))


def _correction(one: KeptAmendment, amendment: Amendment, saying: Saying, now: datetime) -> Correction:
    return Correction(
        what=saying.text(f"amendment.change.{amendment.change}"),
        values=saying.text("clinic.comma").join(saying.quantity(q) for q in amendment.added),
        why=saying.text(f"amendment.reason.{amendment.reason}"),
        who=_who(amendment, saying),
        when=saying.moment(amendment.decided_at, now),
        version=saying.text("clinic.version", number=str(one.version)) if one.version else "",
        goes_on="" if amendment.moved_to is None else str(amendment.moved_to),
    )


def _who(amendment: Amendment, saying: Saying) -> str:
    if amendment.staff == BY_TICKET:
        return saying.text("amendment.by_ticket")
    return saying.text("clinic.corrected.by", staff=amendment.staff)
