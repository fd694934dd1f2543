"""What ``doctor`` says of upkeep: what is due or rests, who can sign in, whether the trail is whole.

It looks once, through a read-only glance, and changes nothing; the kiosk may be running meanwhile.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from health.words import words_of
from kiosk.settings import KioskSettings
from kiosk.store.book import Book
from kiosk.store.database import LedgerError
from kiosk.store.glance import glance
from kiosk.upkeep.audit import follow
from kiosk.upkeep.errors import UpkeepError
from kiosk.upkeep.fitted import kept_of
from kiosk.upkeep.looking import board_of
from kiosk.upkeep.rules import UpkeepRules
from kiosk.upkeep.staff import StaffRole
from kiosk.upkeep.standing import State, Why

ENGLISH = "en"
NOT_BEGUN = "Nothing is kept yet; it begins with the first start of the kiosk."


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found: ``about`` is ``upkeep``, ``staff`` or ``trail``."""

    about: str
    ok: bool
    words: str


def look(settings: KioskSettings, data: Path, now: datetime) -> tuple[Answer, ...]:
    """The three answers for the station of ``settings`` whose data lie in ``data``."""
    about = ("upkeep", "staff", "trail")
    demo = data / "demo"
    try:
        with glance(demo if settings.simulates and demo.is_dir() else data) as book:
            if book is None:
                return tuple(Answer(one, ok=True, words=NOT_BEGUN) for one in about)
            return (_upkeep(book, settings, now), _staff(book), _trail(book))
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
