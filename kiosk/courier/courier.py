"""The courier: one thread that carries envelopes to the clinic until it has every one of them.

It asks the desk for bytes and hands back what the clinic answered; it never opens the ledger and never looks
inside. It never gives up, and a demonstration's speed does not divide its waiting.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import TimeoutError as DeskBusyError
from uuid import UUID

import msgspec

from kiosk.courier.events import ClockHeard, CourierEvent, LinkDown, LinkUp
from kiosk.courier.patience import wait_after, wait_asked
from kiosk.courier.road import Answer, LinkError, Road
from kiosk.courier.rounds import Answered, Rounds
from kiosk.desk import Desk
from kiosk.errors import KioskError
from kiosk.jobs import MarkDelivered, MarkTogether, NextToSend, ToSend

LOOK_S = 60.0
"""How often to look for something to send when nobody woke the courier."""
DESK_S = 30.0
"""How long the desk may take to answer; it may be printing."""

_log = logging.getLogger(__name__)


class _AtTheDesk(msgspec.Struct, frozen=True):
    """The desk, as somebody sees it who waits for each answer."""

    desk: Desk

    def next_to_send(self, limit: int, resting: frozenset[UUID]) -> ToSend:
        return self.desk.submit(NextToSend(limit, resting)).result(DESK_S)

    def delivered(self, answers: Sequence[Answered]) -> None:
        marks = tuple(
            MarkDelivered(one.envelope.id, one.envelope.visit, one.status, one.detail, one.at)
            for one in answers
        )
        self.desk.submit(MarkTogether(marks)).result(DESK_S)


class Courier:
    """The courier between ``desk`` and the clinic at ``base``. ``tell`` is called on the courier's thread."""

    def __init__(self, desk: Desk, base: str, tell: Callable[[CourierEvent], None], ca: str = "") -> None:
        self._road = Road(base, ca)
        self._tell = tell
        self._woken = threading.Event()
        self._stopped = threading.Event()
        self._rounds = Rounds(self._road, _AtTheDesk(desk), self._heard, self._woken.is_set)
        self._failures = 0
        self._stands: LinkUp | LinkDown | None = None
        self._thread = threading.Thread(target=self._run, name="courier", daemon=True)

    def start(self) -> None:
        """Begins; returns at once."""
        self._thread.start()

    def wake(self) -> None:
        """Something new waits, or the link came back: look now. From any thread, returns at once."""
        self._woken.set()

    def stop(self, timeout: float = 2.0) -> bool:
        """Ends after the request that is on its way. Returns whether ``timeout`` seconds were enough.

        An answer that comes later is lost with the program; the envelope is sent again and known.
        """
        self._stopped.set()
        self._woken.set()
        if self._thread.ident is None:
            return True
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while not self._stopped.is_set():
            if self._woken.wait(self._wait_after_a_round()):
                self._rounds.wake()
                self._woken.clear()
        self._road.close()

    def _wait_after_a_round(self) -> float:
        try:
            up_again = self._rounds.go()
        except LinkError as wrong:
            self._failures += 1
            self._link(LinkDown(str(wrong), wrong.trouble))
            return wait_asked(wrong.wait, wait_after(self._failures))
        except (KioskError, DeskBusyError) as wrong:
            _log.error("The courier cannot work with the desk: %s", type(wrong).__name__)
            return LOOK_S
        except Exception:  # noqa: BLE001 - the thread's edge: whatever an answer provokes must not end the courier
            _log.exception("The courier met something nobody expected")
            return LOOK_S
        return LOOK_S if up_again is None else min(LOOK_S, up_again)

    def _heard(self, answer: Answer) -> None:
        self._failures = 0
        self._link(LinkUp())
        if answer.ahead is not None:
            self._tell(ClockHeard(answer.ahead))

    def _link(self, stands: LinkUp | LinkDown) -> None:
        if self._stands != stands:
            self._stands = stands
            self._tell(stands)
