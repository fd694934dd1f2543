"""The clerk: turns what the attendant accepted into records for the desk, and sheets for the printer.

Every call returns at once; the desk works on its own thread and tells what came of it. It must not judge,
draw or wait, and puts a person's data into records and sheets only.
"""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from msgspec.structs import replace

from health.assessment import Assessment
from health.ids import new_id
from health.record import Record
from health.station import Station
from health.unclaimed import Unclaimed, Why
from health.visit import CallOutcome, Instrument, Observation, Visit
from kiosk.calling.calls import Call
from kiosk.clock import Clock
from kiosk.corrections import FileByTicket
from kiosk.desk import Desk
from kiosk.jobs import Forget, Job, KeepAlarm, KeepDraft, KeepSealed, LookForDraft, Withdraw
from kiosk.measuring.blood import specimen_number
from kiosk.printroom import PrintRoom
from kiosk.sitting import Past
from kiosk.unclaimed import KeepUnclaimed
from kiosk.upkeep.calls import CallAnswered, CallClosed, CallRaised
from printouts.phone import address_of

SOFTWARE = "0.1.0"


class StationClerk:
    """The clerk of one station. Lives on the thread that draws; only the desk leaves it."""

    def __init__(
        self, station: Station, clock: Clock, desk: Desk, paper: PrintRoom, ask: Callable[[str], None]
    ) -> None:
        self._station = station
        self._clock = clock
        self._desk = desk
        self._paper = paper
        self._ask = ask
        self._last_day: date | None = None
        self._last_specimen = 0

    def next_visit(self) -> UUID:
        """An id for a visit that begins."""
        return new_id(int(self._clock.wall().timestamp() * 1000))

    def next_specimen(self) -> str:
        """A specimen number nobody has used: the station's day and second, one more within a second.

        So a restart, which takes seconds, cannot give a number out twice.
        """
        now = self._clock.local()
        seconds = now.hour * 3600 + now.minute * 60 + now.second
        again = now.date() == self._last_day and seconds <= self._last_specimen
        self._last_day, self._last_specimen = now.date(), self._last_specimen + 1 if again else seconds
        return specimen_number(now, self._last_specimen)

    def keep_draft(self, visit: Visit, assessment: Assessment, language: str, *, shares: bool) -> None:
        """Keep the visit so far, marked incomplete."""
        record = self._record(replace(visit, incomplete=True), assessment, language)
        self._hand_in(KeepDraft(record, shares=shares))

    def raise_alarm(self, visit: Visit, assessment: Assessment, language: str) -> None:
        """Seal an alarm before anything else."""
        self._hand_in(KeepAlarm(self._record(replace(visit, incomplete=True), assessment, language)))

    def close_visit(
        self, visit: Visit, assessment: Assessment, language: str, past: Past, *, shares: bool
    ) -> None:
        """Seal the visit for good, with what was known of earlier ones."""
        self._hand_in(KeepSealed(self._record(visit, assessment, language, past), shares=shares))

    def print_sheet(self, visit: Visit, assessment: Assessment, language: str, past: Past) -> None:
        """Print the report, beside the earlier visits that are known."""
        self._paper.print_sheet(self._record(visit, assessment, language, past))

    def forget(self, visit: UUID) -> None:
        """Delete a guest's visit."""
        self._hand_in(Forget(visit))

    def withdraw(self, visit: UUID) -> None:
        """Delete what was kept of a visit so far."""
        self._hand_in(Withdraw(visit))

    def look_for_draft(self, visit: UUID, identity: str) -> None:
        """Look for what the owner of this identity number broke off; answered by ``DraftFound``."""
        self._desk.submit(LookForDraft(visit, identity))

    def ask_clinic(self, identity: str) -> None:
        """Ask the clinic for the slip of the owner of this card."""
        self._ask(identity)

    def keep_unclaimed(
        self,
        observation: Observation,
        instrument: Instrument,
        specimen: str | None,
        why: Why,
        visit: UUID | None,
    ) -> None:
        """Keep a result that entered no visit, for staff."""
        result = Unclaimed(
            instrument,
            specimen,
            self._clock.wall(),
            why,
            (observation,),
            self._station,
            SOFTWARE,
            demo=self._station.demo,
            visit=visit,
        )
        self._desk.submit(KeepUnclaimed(result))

    def file_by_ticket(self, visit: UUID) -> None:
        """File what came after ``visit`` had closed and bears its ticket's number."""
        self._desk.submit(FileByTicket(visit))

    def call_raised(self, call: Call) -> None:
        """Note that staff were called."""
        self._hand_in(CallRaised(call.visit, call.reason, call.step))

    def call_answered(self, badge: str, visit: UUID | None, called_at: str) -> None:
        """Note whose card answered a call."""
        self._hand_in(CallAnswered(badge, visit, called_at))

    def call_closed(self, visit: UUID | None, outcome: CallOutcome) -> None:
        """Note what came of a call."""
        self._hand_in(CallClosed(visit, outcome))

    def printer_words(self) -> str | None:
        """Why nothing can be printed now, as a key; None when the printer is ready."""
        return self._paper.words

    def look_at_printer(self) -> None:
        """Ask the printer how it is, so that the answer is there when paper is offered."""
        self._paper.look()

    def phone_code(self, visit: Visit, assessment: Assessment) -> str | None:
        """The text of the QR code, None where the station shows none."""
        return address_of(visit, assessment, self._station)

    def _record(self, visit: Visit, assessment: Assessment, language: str, past: Past = ()) -> Record:
        return Record(visit, assessment, past, self._station, language, SOFTWARE)

    def _hand_in(self, job: Job[None]) -> None:
        self._desk.submit(job)
