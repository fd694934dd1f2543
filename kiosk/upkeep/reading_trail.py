"""Reading the trail and adding to it from the staff area, as jobs of the desk.

What has a job of its own writes its own line there; ``Note`` is for what happens on the screen alone: a touch
test, a copy printed, a frame view opened.
"""

from typing import ClassVar

from kiosk.jobs import Job, Office, Rank
from kiosk.upkeep.audit import DONE, Line, Trail
from kiosk.upkeep.staff import Act
from kiosk.upkeep.trail import allowed, followed, note


class Note(Job[None], frozen=True):
    """Note that ``by`` did ``act``. ``subject`` names an instrument, or a visit by ``audit.subject_of``.

    Raises ``NotAllowedError`` where the account may not do that.
    """

    by: str
    act: Act
    subject: str = ""
    result: str = DONE

    def do(self, office: Office) -> None:
        """Note it."""
        allowed(office, self.by, self.act)
        note(office, self.by, self.act, self.subject, self.result)


class ReadTrail(Job["tuple[Line, ...]"], frozen=True):
    """The latest lines of the trail, newest first, for ``by``. Raises ``NotAllowedError``."""

    rank: ClassVar[Rank] = Rank.COURIER
    by: str
    last: int = 50

    def do(self, office: Office) -> tuple[Line, ...]:
        """Read them."""
        allowed(office, self.by, Act.TRAIL)
        return office.ledger.book.last_lines(self.last)


class FollowTrail(Job[Trail], frozen=True):
    """Follow the whole trail from its first line: is it as it was written?"""

    rank: ClassVar[Rank] = Rank.LAST

    def do(self, office: Office) -> Trail:
        """Follow it."""
        return followed(office)
