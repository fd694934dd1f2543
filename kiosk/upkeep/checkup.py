"""What ``doctor`` says of what is kept: what is due or rests, who can sign in, the trail, what waits to go.

It looks once, through a read-only glance, and changes nothing; the kiosk may be running meanwhile.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from health.words import words_of
from kiosk.settings import KioskSettings
from kiosk.store.book import Book
from kiosk.store.database import LedgerError
from kiosk.store.glance import Seen, glance
from kiosk.upkeep.audit import follow
from kiosk.upkeep.errors import UpkeepError
from kiosk.upkeep.fitted import kept_of
from kiosk.upkeep.looking import board_of
from kiosk.upkeep.rules import UpkeepRules
from kiosk.upkeep.staff import StaffRole
from kiosk.upkeep.standing import State, Why

ENGLISH = "en"
LATE = timedelta(hours=24)
"""What waits longer than this is told: a clinic's link is seldom away for so long by itself."""
NOT_BEGUN = "Nothing is kept yet; it begins with the first start of the kiosk."


class Answer(msgspec.Struct, frozen=True):
    """What was found: ``about`` is ``delivery``, ``upkeep``, ``staff`` or ``trail``."""

    about: str
    ok: bool
    words: str


def look(settings: KioskSettings, data: Path, now: datetime) -> tuple[Answer, ...]:
    """The four answers for the station of ``settings`` whose data lie in ``data``."""
    about = ("delivery", "upkeep", "staff", "trail")
    demo = data / "demo"
    try:
        with glance(demo if settings.simulates and demo.is_dir() else data) as seen:
            if seen is None:
                return tuple(Answer(one, ok=True, words=NOT_BEGUN) for one in about)
            book = seen.book
            return (_delivery(seen, now), _upkeep(book, settings, now), _staff(book), _trail(book))
    except (LedgerError, UpkeepError) as wrong:
        return tuple(Answer(one, ok=False, words=str(wrong)) for one in about)


def _upkeep(book: Book, settings: KioskSettings, now: datetime) -> Answer:
    rules = UpkeepRules(kept_of(settings), settings.upkeep, settings.station.zone)
    due = board_of(book, rules, now).due()
    if not due:
        return Answer("upkeep", ok=True, words="No instrument rests and none is due.")
    grouped: dict[tuple[str, State, Why], list[str]] = {}
    for one in due:
        words = one.quantity.value.replace("_", " ")
        grouped.setdefault((one.instrument, one.state, one.why), []).append(words)
    return Answer("upkeep", ok=False, words=" ".join(_said(*about, of) for about, of in grouped.items()))


def _said(instrument: str, state: State, why: Why, quantities: Sequence[str]) -> str:
    words = words_of(ENGLISH)
    stands = "rests" if state is State.RESTS else "is due"
    return f"{instrument} ({', '.join(quantities)}) {stands}: {words.text(why)}. {words.text(f'{why}.do')}"


def _staff(book: Book) -> Answer:
    inside = [one for one in book.staff() if one.enabled]
    if any(one.role is StaffRole.SUPERVISOR for one in inside):
        many = "account" if len(inside) == 1 else "accounts"
        return Answer("staff", ok=True, words=f"{len(inside)} {many} can sign in.")
    return Answer("staff", ok=False, words="No supervisor can sign in; run `kiosk staff add` or `open`.")


def _trail(book: Book) -> Answer:
    trail = follow(book.lines())
    if not trail.whole:
        return Answer(
            "trail",
            ok=False,
            words=f"The trail of staff actions was altered at line {trail.broken_at}; tell the clinic.",
        )
    return Answer("trail", ok=True, words=f"The trail of staff actions is whole: {trail.head.number} lines.")


def _delivery(seen: Seen, now: datetime) -> Answer:
    counts = seen.counts
    if not counts.waiting:
        return Answer("delivery", ok=True, words="The clinic has every visit.")
    waits = f"{counts.waiting} of visits wait for the clinic; nothing is lost."
    answered = [one for one in seen.queue if one.status is not None]
    if answered:
        one = answered[0]
        words = (
            f"{waits} To {len(answered)} of them it answered {one.status}: {one.detail or 'it says no more'}"
        )
        return Answer("delivery", ok=False, words=f"{words} Ask the clinic to look.")
    if counts.oldest is not None and now - counts.oldest > LATE:
        words = f"{waits} The oldest is of {counts.oldest:%Y-%m-%d}; look at the line `clinic`."
        return Answer("delivery", ok=False, words=words)
    return Answer("delivery", ok=True, words=f"{waits} They go by themselves.")
