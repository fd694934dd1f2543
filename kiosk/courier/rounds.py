"""One round after another: what to send, how, and what each answer means. No thread and no waiting in here.

A clinic that cannot be reached ends the round. One that is ill for a single envelope, or does not take it,
lets that one rest and goes on with the next, so a bad one never holds up those behind it. Whether it was the
road or the envelope is asked where nothing sensible came back: a gate on the way may dislike a single one.
Whatever rested because all was ill is tried in its own order again, so that an alarm is the first to arrive.
"""

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Protocol
from uuid import UUID

import msgspec

from health.wire import (
    BATCH_TYPE,
    ENVELOPE_TYPE,
    ENVELOPES,
    HEALTH,
    HEALTHY,
    LARGEST_BATCH,
    MOST_IN_BATCH,
    STRANGER,
    BatchResult,
    Delivered,
    Delivery,
    Refusal,
    WireError,
    decode,
    envelope_path,
    pack,
)
from kiosk.courier.events import Trouble
from kiosk.courier.patience import Resting
from kiosk.courier.road import Answer, IllError, LinkError, Road
from kiosk.jobs import ToSend
from kiosk.store.ledger import Waiting

ILL_IN_A_ROW = 3
"""A clinic ill for so many requests in a row is ill; for fewer it may only dislike what was sent."""
UNKNOWN = "The clinic does not take this station's envelopes; ask it whether the station is still enrolled."
OTHERWISE = "What answers does not speak as a clinic does; check the clinic's address and version."

ARRIVED = frozenset({Delivery.STORED, Delivery.KNOWN, Delivery.ERASED})
RECEIPTS = frozenset(Delivery)
MOST_DETAIL = 200
_TRIES = 2


class Counter(Protocol):
    """What the courier asks of the desk. Each call waits for its answer."""

    def next_to_send(self, limit: int, resting: frozenset[UUID]) -> ToSend:
        """Up to ``limit`` envelopes, most urgent first, without those that rest."""

    def delivered(self, answers: Sequence["Answered"]) -> None:
        """What the clinic answered about envelopes that travelled together."""


class Answered(msgspec.Struct, frozen=True):
    """What the clinic answered about one ``envelope``, heard ``at``."""

    envelope: Waiting
    status: int
    detail: str
    at: datetime


class _Luck(msgspec.Struct):
    """How it went lately: requests in a row that met an ill clinic; how many envelopes to dare together.

    ``down``: the latest round ended because of the clinic or the road, and nothing was answered since;
    ``anew``: what rested begins anew, so another may be the most urgent.
    """

    ill: int = 0
    together: int = MOST_IN_BATCH
    down: bool = False
    anew: bool = False


class Rounds:
    """Carries from the ``counter`` along the ``road``.

    ``heard`` is called with every good answer; ``interrupted`` says to look for something more urgent.
    """

    def __init__(
        self,
        road: Road,
        counter: Counter,
        heard: Callable[[Answer], None],
        interrupted: Callable[[], bool],
    ) -> None:
        self._road = road
        self._counter = counter
        self._heard = heard
        self._interrupted = interrupted
        self._resting = Resting()
        self._luck = _Luck()

    def wake(self) -> None:
        """There is reason to think that the clinic is well again."""
        self._resting.wake()

    def go(self) -> float | None:
        """Sends until nothing is left to try. Returns in how many seconds something rests no more, or None.

        Raises ``LinkError`` when the clinic is away or ill; what was answered until then is kept.
        """
        try:
            self._knock()
            self._go()
        except LinkError:
            self._luck.down = True
            raise
        return self._resting.first_up(time.monotonic())

    def _knock(self) -> None:
        """After a bad round the most urgent is tried first, though it rests, if that is not its own fault."""
        if self._luck.down:
            at_fault = self._resting.at_fault(time.monotonic())
            self._one_by_one(self._counter.next_to_send(1, at_fault).envelopes)

    def _go(self) -> None:
        while not self._interrupted():
            self._luck.anew = False
            todo = self._counter.next_to_send(MOST_IN_BATCH, self._resting.now(time.monotonic()))
            if not todo.envelopes:
                break
            if todo.waiting > MOST_IN_BATCH and self._luck.together > 1:
                self._together(_not_too_many(todo.envelopes, self._luck.together))
            else:
                self._one_by_one(todo.envelopes)

    def _one_by_one(self, envelopes: Sequence[Waiting]) -> None:
        for one in envelopes:
            if self._interrupted() or self._luck.anew:
                return
            wrong = self._tried(one)
            if wrong is not None:
                at_fault = self._resting.had_a_second_chance(one.id) and self._luck.ill == 0
                self._resting.rest(one.id, time.monotonic(), blameless=not at_fault)
                self._ill(wrong)

    def _tried(self, one: Waiting) -> LinkError | None:
        """What was wrong where it may lie in this one; None where it was answered. Raises for a bad road.

        A link may only have stumbled: then it is tried again at once, so that an alarm stays the first.
        """
        wrong: LinkError | None = None
        for _ in range(_TRIES):
            try:
                self._one(one)
            except IllError as ill:
                return ill
            except LinkError as stumbled:
                self._must_answer(stumbled)
                wrong = stumbled
            else:
                return None
        return wrong

    def _one(self, one: Waiting) -> None:
        answer = self._road.ask("PUT", envelope_path(one.id), one.body, ENVELOPE_TYPE)
        self._note([Answered(one, answer.status, _detail(one, answer), _heard_at(answer))])
        if answer.status in STRANGER:
            raise IllError(UNKNOWN, trouble=Trouble.STRANGER)
        self._well(answer)
        self._luck.together = min(MOST_IN_BATCH, self._luck.together + 1)

    def _together(self, envelopes: Sequence[Waiting]) -> None:
        body = pack([one.body for one in envelopes])
        try:
            answer = self._road.ask("POST", ENVELOPES, body, BATCH_TYPE)
            lines = _lines(envelopes, answer) if answer.status == 200 else None
        except LinkError as wrong:
            self._must_answer(wrong)
            self._luck.together = len(envelopes) // 2
            self._ill(wrong)
            return
        if lines is None:
            self._luck.together = len(envelopes) // 2
            return
        now = _heard_at(answer)
        self._note(
            [
                Answered(one, line.status, line.detail[:MOST_DETAIL], now)
                for one, line in zip(envelopes, lines, strict=True)
            ]
        )
        if all(line.status in STRANGER for line in lines):
            self._ill(IllError(UNKNOWN, trouble=Trouble.STRANGER))
            return
        self._well(answer)
        self._luck.together = min(MOST_IN_BATCH, self._luck.together * 2)

    def _well(self, answer: Answer) -> None:
        self._luck.ill = 0
        if self._luck.down:
            self._luck.down, self._luck.anew = False, self._resting.begin_anew()
        self._heard(answer)

    def _must_answer(self, wrong: LinkError) -> None:
        """Raise ``wrong`` unless the clinic answers all the same: then it may lie in what was sent."""
        if isinstance(wrong, IllError):
            return
        try:
            answer = self._road.ask("GET", HEALTH)
        except LinkError:
            raise wrong from None
        if (answer.status, answer.body) != (200, HEALTHY):
            raise wrong

    def _ill(self, wrong: LinkError) -> None:
        self._luck.ill += 1
        if wrong.wait is not None or self._luck.ill >= ILL_IN_A_ROW:
            self._luck.ill = 0
            raise wrong

    def _note(self, answers: Sequence[Answered]) -> None:
        self._counter.delivered(answers)
        for one in answers:
            if one.status in ARRIVED:
                self._resting.done(one.envelope.id)
            else:
                self._resting.rest(one.envelope.id, time.monotonic())


def _heard_at(answer: Answer) -> datetime:
    """By the clinic's clock where it told: ours may be wrong, and how long to keep is counted from then."""
    return datetime.now(UTC) + (answer.ahead or timedelta(0))


def _not_too_many(envelopes: Sequence[Waiting], most: int) -> Sequence[Waiting]:
    size = 0
    for index, one in enumerate(envelopes):
        size += len(one.body) + 4
        if index and (index == most or size > LARGEST_BATCH):
            return envelopes[:index]
    return envelopes


def _detail(one: Waiting, answer: Answer) -> str:
    """Why, in the clinic's words. Raises ``IllError`` if a receipt is not one for this envelope."""
    try:
        if answer.status not in RECEIPTS:
            return decode(answer.body, Refusal).error[:MOST_DETAIL]
        receipt = decode(answer.body, Delivered)
    except WireError as wrong:
        raise IllError(OTHERWISE, trouble=Trouble.OTHER) from wrong
    if (receipt.id, receipt.status) != (one.id, answer.status):
        raise IllError(OTHERWISE, trouble=Trouble.OTHER)
    return receipt.detail[:MOST_DETAIL]


def _lines(envelopes: Sequence[Waiting], answer: Answer) -> Sequence[Delivered]:
    try:
        lines = decode(answer.body, BatchResult).results
    except WireError as wrong:
        raise IllError(OTHERWISE, trouble=Trouble.OTHER) from wrong
    fits = [_speaks_of(one, line) for one, line in zip(envelopes, lines, strict=False)]
    if len(lines) != len(envelopes) or not all(fits):
        raise IllError(OTHERWISE, trouble=Trouble.OTHER)
    return lines


def _speaks_of(one: Waiting, line: Delivered) -> bool:
    """Whether ``line`` is about ``one``. Without a name it may refuse, and never say that it was taken."""
    return line.id == one.id or (line.id is None and line.status not in ARRIVED)
