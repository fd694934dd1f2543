"""A BCM-H10 module: answers good requests after a fifth of a second; the replies' ids are a guess."""

from decimal import Decimal

import msgspec

from devices.codecs.bcm_h10 import GUESSED, LINK, MEASURE_HEIGHT, WEIGH, ZERO, ZEROED, build, look
from devices.framing import Frame, Framer
from devices.reading import Quantity
from devices.session import Say
from devices.simulators.acts import StepOff, StepOn
from devices.simulators.stage import Order, Simulator, Wait

ANSWER_SECONDS = 0.2
SCENARIOS = (
    "default",
    "bad_checksum",
    "slow",
    "unknown_reply",
    "out_of_range",
    "nobody",
    "garbage",
    "cut_frame",
    "silent",
    "unplug",
)


class _Module(msgspec.Struct):
    act: StepOn | None = None
    faults: frozenset[str] = frozenset()
    framer: Framer = msgspec.field(default_factory=lambda: Framer(look))
    missed: bool = False

    def run(self) -> Simulator:
        while True:
            got = yield Wait(None, acts=True, data=True)
            if isinstance(got, Order):
                self._stands(got)
                continue
            for heard in self.framer.feed(got or b""):
                reply = self._reply(heard.data) if isinstance(heard, Frame) else b""
                if reply:
                    yield Wait(ANSWER_SECONDS)
                    yield Say(reply)

    def _stands(self, order: Order) -> None:
        if isinstance(order.act, StepOn):
            self.act, self.faults, self.missed = order.act, order.faults, False
        elif isinstance(order.act, StepOff):
            self.act = None

    def _reply(self, request: bytes) -> bytes:
        if "slow" in self.faults and not self.missed:
            self.missed = True
            return b""
        if request in (ZERO, LINK):
            return build(bytes((ZEROED, 1))) if request == ZERO else build(bytes((0x6C, 1)))
        kinds = {WEIGH: Quantity.BODY_WEIGHT, MEASURE_HEIGHT: Quantity.BODY_HEIGHT}
        return self._measured(kinds[request]) if request in kinds else b""

    def _measured(self, kind: Quantity) -> bytes:
        known = next(reply for reply, meaning in GUESSED.items() if meaning.kind is kind)
        number = self._number(kind)
        id_ = 0x7F if "unknown_reply" in self.faults else known
        reply = build(bytes((id_,)) + int(number * 10).to_bytes(2, "big"))
        return reply[:-1] + bytes((reply[-1] ^ 0x01,)) if "bad_checksum" in self.faults else reply

    def _number(self, kind: Quantity) -> Decimal:
        if self.act is None or "nobody" in self.faults:
            return Decimal(0)
        if kind is Quantity.BODY_HEIGHT:
            return self.act.height
        return Decimal("412.5") if "out_of_range" in self.faults else self.act.weight


def simulator(speed: float) -> Simulator:
    """The module. It takes no time of its own that ``speed`` could divide."""
    del speed
    return _Module().run()
