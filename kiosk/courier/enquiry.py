"""Asks the clinic for the slip of whoever laid a card, while the visit goes on.

Each question has a thread of its own and a short limit; whatever goes wrong ends that thread alone, and
nobody waits. It keeps neither question nor answer. Only a card's number comes here; what was typed must not.
"""

import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

from health import signing, slip
from health.errors import HealthError
from health.wire import SLIP, SealedSlip, decode, encode
from kiosk.courier.events import SlipTold
from kiosk.courier.road import Answer, LinkError, Road
from kiosk.membership import Membership

LIMIT_S = 8.0
"""Seconds after which an answer is not waited for: consent and the pacemaker take her about as long."""
AT_ONCE = 4
"""Questions on their way at the same time; more cards than that are somebody playing with the reader."""

_log = logging.getLogger(__name__)


class Enquiry:
    """The way of a question to the clinic of a membership and of its answer to ``tell``, on another thread.

    ``now`` gives the corrected time. Where there is no clinic, or while ``cut`` says so, nothing is asked.
    """

    def __init__(
        self,
        of: Membership,
        now: Callable[[], datetime],
        tell: Callable[[SlipTold], None],
        cut: Callable[[], bool],
    ) -> None:
        self._base = of.clinic_url
        self._ca = of.ca
        self._who = of.identity
        self._now = now
        self._tell = tell
        self._cut = cut
        self._free = threading.BoundedSemaphore(AT_ONCE)

    def ask(self, identity: str) -> None:
        """Ask for the slip of the owner of this card; returns at once."""
        if not self._base or self._cut() or not self._free.acquire(blocking=False):
            return
        threading.Thread(target=self._run, args=(identity,), name="enquiry", daemon=True).start()

    def _run(self, identity: str) -> None:
        started = time.monotonic()
        try:
            told = self._slip(identity)
        except (LinkError, HealthError) as wrong:
            _log.info("No slip: %s", type(wrong).__name__)
        else:
            if told is not None and time.monotonic() - started < LIMIT_S:
                self._tell(SlipTold(identity, told))
        finally:
            self._free.release()

    def _slip(self, identity: str) -> slip.Slip | None:
        """The slip; None where the clinic does not say one."""
        sealed, secret = slip.ask(identity, self._who.to[0])
        body = encode(SealedSlip(sealed))
        road = Road(self._base, self._ca, LIMIT_S)
        try:
            answer = self._post(road, body, self._now())
            if answer.status == 401 and answer.ahead is not None:
                # The clock is off and the courier has not told yet by how much.
                answer = self._post(road, body, datetime.now(UTC) + answer.ahead)
        finally:
            road.close()
        if answer.status != 200:
            _log.info("No slip: the clinic answers %s", answer.status)
            return None
        return slip.answered(decode(answer.body, SealedSlip).sealed, secret)

    def _post(self, road: Road, body: bytes, at: datetime) -> Answer:
        who = self._who
        key_id = f"{who.tenant}/{who.station}"
        headers = signing.sign("POST", SLIP, body, key=who.key, key_id=key_id, at=at)
        return road.ask("POST", SLIP, body, headers=headers)
