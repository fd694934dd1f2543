"""A PN532: acknowledges every command, answers LIST when a card is there and not before."""

from collections.abc import Iterator

import msgspec

from devices.codecs.pn532 import (
    ACK,
    CONFIGURE,
    CONFIGURED,
    LIST,
    READER,
    Reply,
    build,
    found,
)
from devices.reading import Confidential
from devices.session import Say
from devices.simulators.acts import LayChip, TakeCard
from devices.simulators.stage import Order, Simulator, Wait

SCENARIOS = (
    "default",
    "random_number",
    "bad_checksum",
    "reader_error",
    "no_card_answer",
    "garbage",
    "cut_frame",
    "silent",
    "unplug",
)
_ERROR = Reply(0x7F, 0x81, b"")
_RANDOM = bytes.fromhex("08a1b2c3")


class _Chip(Confidential, msgspec.Struct):
    """``waiting``: a LIST has not been answered. A slip is met once."""

    number: bytes | None = None
    waiting: bool = False
    faults: frozenset[str] = frozenset()

    def run(self) -> Simulator:
        while True:
            got = yield Wait(None, acts=True, data=True)
            if isinstance(got, Order):
                yield from self._act(got)
            elif got is not None:
                yield from self._obey(got)

    def _act(self, order: Order) -> Iterator[Say]:
        if isinstance(order.act, LayChip):
            self.faults = order.faults
            self.number = _RANDOM if "random_number" in order.faults else order.act.uid
            if self.waiting:
                yield from self._answer()
        elif isinstance(order.act, TakeCard):
            self.number = None

    def _obey(self, heard: bytes) -> Iterator[Say]:
        if ACK in heard:
            self.waiting = False
        if CONFIGURE in heard:
            yield Say(ACK)
            yield Say(build(Reply(READER, CONFIGURED, b"")))
        if LIST in heard:
            yield Say(ACK)
            self.waiting = True
            yield from self._answer()

    def _answer(self) -> Iterator[Say]:
        if self.number is None:
            return
        self.waiting = False
        slips, self.faults = self.faults, frozenset()
        frame = build(found(self.number))
        if "bad_checksum" in slips:
            frame = frame[:-2] + bytes((frame[-2] ^ 0x01, 0))
        if "reader_error" in slips:
            frame = build(_ERROR)
        if "no_card_answer" in slips:
            frame = build(Reply(READER, 0x4B, b"\x00"))
        yield Say(frame)


def simulator(speed: float) -> Simulator:
    """The reader. It takes no time of its own that ``speed`` could divide."""
    del speed
    return _Chip().run()
