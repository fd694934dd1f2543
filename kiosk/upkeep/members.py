"""Who has an account at this station, which a start asks so that every badge is known. A job of the desk."""

from kiosk.jobs import Job, Office
from kiosk.upkeep.staff import StaffMember


class Staff(Job["tuple[StaffMember, ...]"], frozen=True):
    """Every account, by id. Anybody signed in may look."""

    def do(self, office: Office) -> tuple[StaffMember, ...]:
        """Look them up."""
        return office.ledger.book.staff()
