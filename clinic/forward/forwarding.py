"""Sends visits on to other FHIR servers, a round at a time: what is due, each on its own, never given up.

A visit that a server takes amiss eight times in a day or more goes part by part; what is refused even so is
set aside for staff by its name, and holds up no other.
Only what was shared goes; a draft waits until it is whole. Nothing that a server says changes a visit.
"""

import logging
import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import requests
import urllib3
from msgspec.structs import replace

from clinic.clinic import Clinic
from clinic.errors import ClinicError
from clinic.fhir.naming import base_of
from clinic.fhir.reading import resources_of
from clinic.forward.judging import Verdict, verdict_on, verdict_on_deletion
from clinic.forward.patience import Line, LineAdapter
from clinic.forward.strategies import LARGEST_CHUNK, Transaction, transactions
from clinic.forward.taking_back import Deletions, deletions, is_final, tell_refused
from clinic.forward.target import Target
from clinic.store.erased_elsewhere import Back, Elsewhere, due_back, settle_back
from clinic.store.forwarding import QUARANTINED, READY, SENT, ToForward, claim, fill_queue, is_shut, settle
from clinic.store.visits import KeptVisit, VisitStatus, visit_of
from clinic.truetime import record_of
from health.visit import Consent

TYPE = "application/fhir+json"
LONGEST = timedelta(minutes=15)
DOUBTS, DOUBTED_FOR = 8, timedelta(hours=24)
_CLAIMED = timedelta(minutes=5)
_TIMEOUT_S = (10, 60)
WHOLE_S = 120.0
"""No request lasts longer, however slowly it is answered; a claim holds for more than that."""
_NO_ANSWER = (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError)
"""Nobody answered, or something that ends before it should; one visit's is no other's trouble."""
_LARGEST = 8 * 1024 * 1024
_AT_ONCE = 20
_TOO_LARGE = 413
NOT_SHARED = "not_shared"
_LOG = logging.getLogger(__name__)


class ForwardError(ClinicError):
    """A server that cannot be sent to as the settings are."""


class Forwarder(msgspec.Struct, frozen=True):
    """Sends the visits of ``clinic`` on to ``target``. ``luck`` (0 to 1) spreads tries apart."""

    clinic: Clinic
    target: Target
    luck: Callable[[], float] = random.random
    line: Line = msgspec.field(default_factory=Line)

    def round(self) -> int:
        """Queue what is new, send what is due. Returns how many visits were tried."""
        tenant, name, now = self.clinic.settings.tenant, self.target.name, self.clinic.now()
        with self.clinic.store.writing() as connection:
            if is_shut(connection, tenant, name, now.isoformat(), Verdict.CLOSED.value):
                return 0
            fill_queue(connection, tenant, name, now)
            until = (now + _CLAIMED).isoformat()
            due = claim(connection, tenant, name, now.isoformat(), until, _AT_ONCE)
        if not due:
            return 0
        with self._session() as session:
            for tried, one in enumerate(due, start=1):
                if self._send(session, one) is Verdict.CLOSED:
                    return tried  # a door that is shut is shut to all; they are due again later
        return len(due)

    def take_back(self) -> int:
        """Ask back what was erased here after it had gone there. Returns how many visits were tried."""
        tenant, name, now = self.clinic.settings.tenant, self.target.name, self.clinic.now()
        with self.clinic.store.writing() as connection:
            due = due_back(connection, tenant, name, now, _AT_ONCE)
        if not due:
            return 0
        with self._session() as session:
            for one in due:
                self._take_one_back(session, one)
        return len(due)

    def _take_one_back(self, session: requests.Session, one: Elsewhere) -> None:
        status, verdict, left = self._deleted(session, one.names)
        final = is_final(verdict, status)
        at = self.clinic.now() + self._pause(one.tries, verdict.value)
        state = Back.GONE if verdict is Verdict.TAKEN else Back.REFUSED if final else Back.ASKED
        if state is Back.REFUSED:
            tell_refused(self.target.name, status)
        with self.clinic.store.writing() as connection:
            settle_back(connection, replace(one, names=left), state, at, status)

    def _deleted(
        self, session: requests.Session, names: tuple[str, ...]
    ) -> tuple[int | None, Verdict, tuple[str, ...]]:
        """Ask for these to be deleted, some at once. What came of it, and which may still be there."""
        for start, part in zip(range(0, len(names), LARGEST_CHUNK), deletions(names), strict=True):
            status, verdict = self._ask(session, part, gone=True)
            together = status is not None and 200 <= status < 300  # each part has a verdict of its own
            if verdict is Verdict.DOUBTFUL or (verdict is Verdict.CLOSED and together):
                return self._deleted_one_by_one(session, names[start:])
            if verdict is not Verdict.TAKEN:
                return status, verdict, names[start:]
        return 200, Verdict.TAKEN, names

    def _deleted_one_by_one(
        self, session: requests.Session, names: tuple[str, ...]
    ) -> tuple[int | None, Verdict, tuple[str, ...]]:
        """The same, each by itself. What has to wait waits for all; else the worst is what came of it."""
        found = [(name, *self._delete(session, name)) for name in names]
        left = tuple(name for name, _, verdict in found if verdict is not Verdict.TAKEN)
        order = (Verdict.AGAIN, Verdict.CLOSED, Verdict.DOUBTFUL, Verdict.TAKEN)
        _, status, verdict = min(found, key=lambda one: order.index(one[2]))
        return status, verdict, left or names

    def _delete(self, session: requests.Session, name: str) -> tuple[int | None, Verdict]:
        try:
            address = f"{self.target.url.rstrip('/')}/{name}"
            with (
                self.line.no_longer_than(WHOLE_S),
                session.delete(address, timeout=_TIMEOUT_S, allow_redirects=False, stream=True) as answer,
            ):
                return answer.status_code, verdict_on_deletion(answer.status_code)
        except _NO_ANSWER:
            return None, Verdict.AGAIN

    def _send(self, session: requests.Session, one: ToForward, most: int | None = None) -> Verdict:
        """Send a visit, at ``most`` so many resources at once; half of them where that is too large."""
        parts = self._parts(one, most)
        if parts is None:
            self._settle(one, SENT, None, NOT_SHARED)
            return Verdict.TAKEN
        for part in parts:
            status, verdict = self._ask(session, part)
            if status == _TOO_LARGE and len(part.entry) > 1:
                return self._send(session, one, len(part.entry) // 2)
            if verdict is not Verdict.TAKEN:
                self._not_taken(session, one, status, verdict)
                return verdict
        self._settle(one, SENT, 200, SENT)
        return Verdict.TAKEN

    def _parts(self, one: ToForward, most: int | None) -> tuple[Transaction, ...] | None:
        """What is sent for a visit; None where nothing may be."""
        with self.clinic.store.reading() as connection:
            kept = visit_of(connection, one.tenant, one.visit)
            if kept is None or not _may_go(kept):
                return None
            found = resources_of(self.clinic, connection, kept)
        again = one.sent_before or kept.version > 1
        return transactions(self.target.strategy, found, base_of(self.clinic), again=again, most=most)

    def _ask(
        self, session: requests.Session, part: Transaction | Deletions, *, gone: bool = False
    ) -> tuple[int | None, Verdict]:
        """``gone``: what is not there is as good as taken."""
        try:
            with (
                self.line.no_longer_than(WHOLE_S),
                session.post(
                    self.target.url, data=part.text(), timeout=_TIMEOUT_S, allow_redirects=False, stream=True
                ) as answer,
            ):
                body = answer.raw.read(_LARGEST, decode_content=True)
        except _NO_ANSWER:
            return None, Verdict.AGAIN
        return answer.status_code, verdict_on(answer.status_code, body, len(part.entry), gone=gone)

    def _not_taken(
        self, session: requests.Session, one: ToForward, status: int | None, verdict: Verdict
    ) -> None:
        now = self.clinic.now()
        long_enough = now - datetime.fromisoformat(one.first_at) >= DOUBTED_FOR
        if verdict is Verdict.DOUBTFUL and one.tries + 1 >= DOUBTS and long_enough:
            self._send_one_by_one(session, one)
            return
        self._settle(one, READY, status, verdict.value)

    def _send_one_by_one(self, session: requests.Session, one: ToForward) -> None:
        """What is refused as a whole goes part by part: all that the server takes arrives, the rest is named.

        Only where a part has to wait, the whole visit comes again.
        """
        refused, last = [], None
        for part in self._parts(one, 1) or ():
            status, verdict = self._ask(session, part)
            if verdict in {Verdict.AGAIN, Verdict.CLOSED}:
                self._settle(one, READY, status, verdict.value)
                return
            if verdict is Verdict.DOUBTFUL:
                last = status
                refused.append(part.entry[0].request.url.partition("?")[0])
        if not refused:
            self._settle(one, SENT, 200, SENT)
            return
        told = tuple(sorted({name.partition("/")[0] for name in refused}))
        _LOG.warning("%s takes parts of a visit amiss: %s", self.target.name, ", ".join(told))
        self._settle(one, QUARANTINED, last, Verdict.DOUBTFUL.value, told)

    def _settle(
        self, one: ToForward, state: str, status: int | None, why: str, refused: tuple[str, ...] = ()
    ) -> None:
        at = self.clinic.now()
        if state == READY:
            at += self._pause(one.tries, why)
        with self.clinic.store.writing() as connection:
            settle(connection, one, state, at.isoformat(), status, why, refused)

    def _pause(self, tries: int, why: str) -> timedelta:
        """Full jitter up to a quarter of an hour; the whole of it where the door is closed."""
        if why == Verdict.CLOSED:
            return LONGEST
        longest = min(LONGEST, timedelta(seconds=2) * float(2 ** min(tries, 12)))
        return longest * self.luck()

    @contextmanager
    def _session(self) -> Iterator[requests.Session]:
        with requests.Session() as session:
            self._prepare(session)
            yield session
        self.line.let_go()

    def _prepare(self, session: requests.Session) -> None:
        for scheme in ("http://", "https://"):
            session.mount(scheme, LineAdapter(self.line))
        session.headers.update({"Content-Type": TYPE, "Accept": TYPE})
        if self.target.token_file:
            try:
                token = Path(self.target.token_file).read_text(encoding="utf-8").strip()
            except OSError as cause:
                raise ForwardError(
                    f"The token of {self.target.name} cannot be read; see to {self.target.token_file}."
                ) from cause
            session.headers["Authorization"] = f"Bearer {token}"


def start(clinic: Clinic, pause_s: float = 5.0) -> threading.Event:
    """Send on in the background, a thread for each server, until the event that is returned is set."""
    stop = threading.Event()
    for target in clinic.settings.forward:
        forwarder = Forwarder(clinic, target)
        threading.Thread(target=_go_on, args=(forwarder, stop, pause_s), name="forward", daemon=True).start()
    return stop


def _go_on(forwarder: Forwarder, stop: threading.Event, pause_s: float) -> None:
    while not stop.is_set():
        try:
            tried = forwarder.round() + forwarder.take_back()
        except Exception as wrong:  # noqa: BLE001 - the thread's edge: what is away comes back, the queue keeps all
            tried = 0
            _LOG.error("Nothing could be sent on to %s: %s.", forwarder.target.name, type(wrong).__name__)
        if not tried:
            stop.wait(pause_s)


def _may_go(kept: KeptVisit) -> bool:
    """Whether a visit is whole and shared. What was entered in error goes, to be taken back there."""
    if kept.status is VisitStatus.INCOMPLETE:
        return False
    visit = record_of(kept).visit
    return visit.consent is Consent.SHARE
