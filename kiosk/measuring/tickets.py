"""Tickets that outlive their visit, and what instruments have said before: kept from one visit to the next.

A result that comes after goodbye finds here which visit it belongs to; a meter that a visit still waits for
is not given to the next one; a value said again is known. Nothing of a person is in here: visits are ids.
"""

from collections import deque
from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from msgspec.structs import replace

from devices.events import Heard
from devices.reading import Quantity
from health.unclaimed import Why
from kiosk.clock import Clock
from kiosk.measuring.blood import GIVE_UP_SECONDS, LATEST, QUIET_SECONDS, LateTicket, Ticket

REMEMBERED = 500
"""Values remembered, so that one said again is known: a day's worth of one station."""


class LateTickets:
    """Those of visits that have closed. Owned by the one thread that draws."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._late: list[LateTicket] = []
        self._said: deque[tuple[str, datetime, Quantity, Decimal]] = deque(maxlen=REMEMBERED)

    def leave(self, tickets: Iterable[Ticket], *, files: bool) -> None:
        """The visit of ``tickets`` has closed, and their results are still to come."""
        known = {late.ticket for late in self._late}
        self._late += [LateTicket(ticket, files) for ticket in tickets if ticket not in known]

    def take_up(self, visit: UUID) -> tuple[Ticket, ...]:
        """She came back: the tickets of ``visit`` are hers again."""
        hers = tuple(late.ticket for late in self._late if late.ticket.visit == visit)
        self._late = [late for late in self._late if late.ticket.visit != visit]
        return hers

    def taken(self) -> tuple[Ticket, ...]:
        """The tickets of meters that a visit that has gone still waits for."""
        return tuple(late.ticket for late in self._late if late.holds is not None)

    def release(self, instrument: str) -> None:
        """Nobody waits for this meter any more."""
        self._late = [late for late in self._late if late.holds != instrument]

    def hear(self, heard: Heard) -> tuple[Why, UUID | None]:
        """Why this entered no visit, and the visit that had closed before it, where one fits."""
        why = Why.NO_TICKET
        for place, late in enumerate(self._late):
            objection = late.ticket.objection(heard)
            if objection is None:
                self._late[place] = replace(late, heard=self._clock.monotonic())
                return Why.AFTER_CLOSING, late.ticket.visit if late.files else None
            if objection is not Why.NO_TICKET:
                why = objection
        return why, None

    def said_before(self, heard: Heard) -> bool:
        """Whether this instrument said this very value of this very time already; it is remembered now."""
        reading = heard.reading
        if reading.device_time is None:
            return False
        value = (heard.instrument, reading.device_time, reading.kind, reading.value)
        if value in self._said:
            return True
        self._said.append(value)
        return False

    def tick(self, file: Callable[[UUID], None]) -> None:
        """Let go what is over, and ``file`` for a visit whose numbered result has come whole."""
        for late in tuple(self._late):
            quiet = late.heard is not None and self._clock.monotonic() - late.heard > QUIET_SECONDS
            if quiet and late.holds is None:
                self._late[self._late.index(late)] = replace(late, heard=None)
                if late.files:
                    file(late.ticket.visit)
            elif quiet or self._over(late):
                self._late.remove(late)

    def _over(self, late: LateTicket) -> bool:
        if late.holds is None:
            return self._clock.monotonic() - late.ticket.made > LATEST.total_seconds()
        return late.heard is None and self._clock.since(late.ticket.made) > GIVE_UP_SECONDS
