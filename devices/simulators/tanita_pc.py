"""A Tanita MC-980 in PC mode: agrees to each command after 50 ms, is deaf for as long again, then weighs.

It must be told of tare, sex, body type, height and age before G; the line comes once somebody stood there.
"""

import re
from decimal import Decimal

import msgspec

from devices.codecs.tanita import build
from devices.session import Say
from devices.simulators.acts import StepOff, StepOn
from devices.simulators.stage import Order, Simulator, Wait
from devices.simulators.tanita import composition, spoilt

ANSWER_SECONDS = 0.05
MEASURE_SECONDS = 10.0
SCENARIOS = (
    "default",
    "overload",
    "impedance",
    "zero_error",
    "no_body",
    "not_zeroed",
    "data_incomplete",
    "fat_error",
    "memory",
    "internal",
    "underload",
    "bad_parameter",
    "not_now",
    "status",
    "bad_checksum",
    "missing_brace",
    "out_of_range",
    "garbage",
    "cut_frame",
    "silent",
    "unplug",
)
_ERRORS = {
    "internal": b"E0\r\n",
    "overload": b"E1\r\n",
    "impedance": b"E2\r\n",
    "fat_error": b"E7\r\n",
    "memory": b"E8\r\n",
    "underload": b"E9\r\n",
}
_REFUSALS = {
    "bad_parameter": (b"D3", b"D3!\r\n"),
    "not_now": (b"M1", b"!\r\n"),
    "zero_error": (b"G", b"E3\r\n"),
    "no_body": (b"G", b"E4\r\n"),
    "not_zeroed": (b"G", b"E5\r\n"),
    "data_incomplete": (b"G", b"E6\r\n"),
}
_DATA = re.compile(rb"D(?:0\d\d\.\d|1[12]|2[12]|3\d{3}\.\d|4\d\d)")
_NEEDED = {b"D0", b"D1", b"D2", b"D3", b"D4"}


class _Scale(msgspec.Struct):
    speed: float
    act: StepOn | None = None
    faults: frozenset[str] = frozenset()
    entered: bool = False
    said: set[bytes] = msgspec.field(default_factory=set)
    heard: bytes = b""

    def run(self) -> Simulator:
        while True:
            got = yield Wait(None, acts=True, data=True)
            if isinstance(got, Order):
                self.stands(got)
                continue
            *lines, self.heard = (self.heard + (got or b"")).split(b"\r\n")
            for line in lines:
                yield from self._command(line)

    def stands(self, order: Order) -> None:
        if isinstance(order.act, StepOn):
            self.act, self.faults = order.act, order.faults
        elif isinstance(order.act, StepOff):
            self.act = None

    def _command(self, line: bytes) -> Simulator:
        yield Wait(ANSWER_SECONDS)
        answer = self._answer(line)
        yield Say(answer)
        yield Wait(ANSWER_SECONDS)
        if answer == b"@\r\n":
            yield from self._measure()

    def _answer(self, line: bytes) -> bytes:
        for fault, (begin, answer) in _REFUSALS.items():
            if fault in self.faults and line.startswith(begin):
                return answer
        if line == b"M1":
            self.entered = True
            return b"M1\r\n"
        if not self.entered:
            return b"!\r\n"
        if line == b"G":
            return b"@\r\n" if self.said >= _NEEDED else b"E4\r\n"
        if _DATA.fullmatch(line):
            self.said.add(line[:2])
            return line[:2] + b"\r\n"
        return line[:2] + b"!\r\n" if line[:2] in _NEEDED else b"!\r\n"

    def _measure(self) -> Simulator:
        self.said.clear()
        while self.act is None:
            got = yield Wait(None, acts=True)
            if isinstance(got, Order):
                self.stands(got)
        yield Wait(MEASURE_SECONDS / self.speed)
        for fault, answer in _ERRORS.items():
            if fault in self.faults:
                yield Say(answer)
                return
        yield Say(self._line(self.act))

    def _line(self, act: StepOn) -> bytes:
        weight = Decimal("412.5") if "out_of_range" in self.faults else act.weight
        status = "3" if "status" in self.faults else "0"
        line = build(
            composition("MC-980", weight, act.height, status), brace="missing_brace" not in self.faults
        )
        return spoilt(line) if "bad_checksum" in self.faults else line


def simulator(speed: float) -> Simulator:
    """The scale. ``speed`` divides the time of a measurement, never the pauses of the protocol."""
    return _Scale(speed).run()
