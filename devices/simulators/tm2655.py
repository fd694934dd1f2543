"""An A&D TM-2655P: waits with an arm in it for ST (or its own key), answers, measures, says the result.

SP ends a measurement at once and without a result; what the real one says then was never verified.
"""

import msgspec

from devices.codecs.tm2655 import ANSWER, START, STOP, build, checksum
from devices.session import Say
from devices.simulators.acts import TakePressure
from devices.simulators.cuff import CUFF_SECONDS, found
from devices.simulators.stage import Order, Simulator, Wait

ERRORS = ("11", "12", "13", "15", "21", "22", "23", "24", "42", "43", "44", "45", "46", "48", "61", "63")
"""E11, E15 no pressure; 12 too slow to fill, 13 too fast; 21, 22 too slow, too fast to empty; 23 too high;
24 took too long; 42 too low; 43 no pulse; 44 movement; 45, 46, 48 no DIA, MAP, SYS; 61 no rate; 63 out of
range."""

NO_PRESSURE = "15"
SCENARIOS = (
    "default",
    "by_key",
    "model_2657p",
    "no_bcc",
    "wrong_bcc",
    "out_of_range",
    "shifted",
    "bad_date",
    *(f"error_{number}" for number in ERRORS),
    "slow",
    "garbage",
    "cut_frame",
    "silent",
    "unplug",
)
_DATE_AT = 8


class _Machine(msgspec.Struct):
    speed: float
    arm: TakePressure | None = None
    faults: frozenset[str] = frozenset()
    heard: bytes = b""

    def run(self) -> Simulator:
        while True:
            got = yield Wait(None, acts=True, data=True)
            if isinstance(got, Order):
                self._act(got)
                if self.arm is not None and "by_key" in self.faults:
                    yield from self._measure()
            elif self._hears(got, START):
                yield Say(ANSWER)
                yield from self._measure()
            elif self._hears(b"", STOP):
                yield Say(ANSWER)

    def _act(self, order: Order) -> None:
        if isinstance(order.act, TakePressure):
            self.arm, self.faults = order.act, order.faults

    def _measure(self) -> Simulator:
        keep = False
        while True:
            got = yield Wait(CUFF_SECONDS / self.speed, data=True, keep=keep)
            keep = True
            if got is None:
                break
            if isinstance(got, bytes) and self._hears(got, STOP):
                yield Say(ANSWER)
                self.arm = None
                return
        yield Say(self._result())
        self.arm = None

    def _hears(self, data: bytes | None, command: bytes) -> bool:
        self.heard = (self.heard + (data or b""))[-2 * len(command) :]
        if command not in self.heard:
            return False
        self.heard = b""
        return True

    def _result(self) -> bytes:
        if self.arm is None:
            return build(found(TakePressure(0, 0, 0), frozenset()), NO_PRESSURE)
        error = next((number for number in ERRORS if f"error_{number}" in self.faults), "00")
        result = build(found(self.arm, self.faults), error)
        if "model_2657p" in self.faults:
            body = result[1:-1].replace(b"2655P", b"2657P", 1)
            result = result[:1] + body + bytes((checksum(body),))
        if "bad_date" in self.faults:
            result = result[:_DATE_AT] + b"2602301200" + result[_DATE_AT + 10 :]
        if "no_bcc" in self.faults:
            return result[:-1]
        return result[:-1] + bytes((result[-1] ^ 0xFF,)) if "wrong_bcc" in self.faults else result


def simulator(speed: float) -> Simulator:
    """The machine. ``speed`` divides the time of a measurement."""
    return _Machine(speed).run()
