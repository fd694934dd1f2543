"""An identity card reader: answers every request, finds a card once until it is laid down anew."""

import msgspec

from devices.codecs.sam import (
    FIND,
    FOUND,
    FOUND_DATA,
    NO_CARD,
    OK,
    READ,
    SELECT,
    SELECTED_DATA,
    Reply,
    build,
    card_reply,
)
from devices.reading import Card, Confidential
from devices.session import Say
from devices.simulators.acts import LayCard, TakeCard
from devices.simulators.stage import Order, Simulator, Wait

SCENARIOS = (
    "default",
    "card_removed",
    "read_failed",
    "error_31",
    "error_32",
    "length_mismatch",
    "bad_checksum",
    "garbage",
    "cut_frame",
    "silent",
    "unplug",
)
_READ_FAILED = bytes((0x00, 0x00, 0x41))
_ERRORS = {"error_31": bytes((0x00, 0x00, 0x31)), "error_32": bytes((0x00, 0x00, 0x32))}
"""The card does not prove itself to the module when it is selected."""


class _Reader(Confidential, msgspec.Struct):
    card: Card | None = None
    fresh: bool = False
    faults: frozenset[str] = frozenset()

    def run(self) -> Simulator:
        heard = b""
        while True:
            got = yield Wait(None, acts=True, data=True)
            if isinstance(got, Order):
                self._act(got)
                continue
            heard += got or b""
            for request in (FIND, SELECT, READ):
                if heard.endswith(request):
                    heard = b""
                    yield Say(self._answer(request))

    def _act(self, order: Order) -> None:
        if isinstance(order.act, LayCard):
            self.card, self.fresh, self.faults = order.act.card, True, order.faults
        elif isinstance(order.act, TakeCard):
            self.card = None

    def _answer(self, request: bytes) -> bytes:
        if self.card is None or (request == FIND and not self.fresh):
            return build(Reply(NO_CARD, b""))
        if request == FIND:
            return build(Reply(FOUND, FOUND_DATA))
        if request == SELECT:
            for fault, status in _ERRORS.items():
                if fault in self.faults:
                    self.fresh = False
                    return build(Reply(status, b""))
            if "card_removed" in self.faults:
                self.card = None
            return build(Reply(OK, SELECTED_DATA))
        self.fresh = False
        return self._read(self.card)

    def _read(self, card: Card) -> bytes:
        if "read_failed" in self.faults:
            return build(Reply(_READ_FAILED, b""))
        said = card_reply(card)
        if "length_mismatch" in self.faults:  # the text's length says two bytes more than there are
            said = Reply(said.status, b"\x01\x02" + said.data[2:])
        reply = build(said)
        return reply[:-1] + bytes((reply[-1] ^ 0xFF,)) if "bad_checksum" in self.faults else reply


def simulator(speed: float) -> Simulator:
    """The reader. It takes no time of its own that ``speed`` could divide."""
    del speed
    return _Reader().run()
