"""What a visit asks of the station's clerk.

A promise and nothing else; ``clerk`` keeps it, and a test may have another.
"""

from typing import Protocol
from uuid import UUID

from health.assessment import Assessment
from health.unclaimed import Why
from health.visit import CallOutcome, Instrument, Observation, Visit
from kiosk.calling.calls import Call
from kiosk.sitting import Past


class Clerk(Protocol):
    """Keeps, sends and prints. Every call returns at once; what came of it is told as an event."""

    def next_visit(self) -> UUID:
        """An id for a visit that begins."""

    def next_specimen(self) -> str:
        """A specimen number nobody has used."""

    def keep_draft(self, visit: Visit, assessment: Assessment, language: str, *, shares: bool) -> None:
        """Keep the visit so far, marked incomplete, in place of what was kept before."""

    def raise_alarm(self, visit: Visit, assessment: Assessment, language: str) -> None:
        """Seal an alarm before anything else."""

    def close_visit(
        self, visit: Visit, assessment: Assessment, language: str, past: Past, *, shares: bool
    ) -> None:
        """Seal the visit for good, with what was known of earlier ones."""

    def print_sheet(self, visit: Visit, assessment: Assessment, language: str, past: Past) -> None:
        """Print the report, beside the earlier visits that are known."""

    def forget(self, visit: UUID) -> None:
        """Delete a guest's visit."""

    def withdraw(self, visit: UUID) -> None:
        """Delete what was kept of a visit that has not closed and shall leave nothing."""

    def look_for_draft(self, visit: UUID, identity: str) -> None:
        """Look for what the owner of this identity number broke off; answered by ``DraftFound``."""

    def ask_clinic(self, identity: str) -> None:
        """Ask the clinic for the slip of the owner of this card; answered by ``SlipTold``, or by nothing."""

    def keep_unclaimed(
        self,
        observation: Observation,
        instrument: Instrument,
        specimen: str | None,
        why: Why,
        visit: UUID | None,
    ) -> None:
        """Keep a result that entered no visit, for staff; ``visit`` is the closed one it fits, if any."""

    def file_by_ticket(self, visit: UUID) -> None:
        """File what came after ``visit`` had closed and bears its ticket's number."""

    def look_at_printer(self) -> None:
        """Ask the printer how it is."""

    def call_raised(self, call: Call) -> None:
        """Note that staff were called, so that a call nobody answered outlives a power cut."""

    def call_answered(self, badge: str, visit: UUID | None, called_at: str) -> None:
        """Note whose card answered a call, at the step ``called_at``."""

    def call_closed(self, visit: UUID | None, outcome: CallOutcome) -> None:
        """Note what came of the call that was answered last."""

    def printer_words(self) -> str | None:
        """Why nothing can be printed now, as a key; None when the printer is ready."""

    def phone_code(self, visit: Visit, assessment: Assessment) -> str | None:
        """The text of the QR code, None where the station shows none."""
