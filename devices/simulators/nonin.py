"""A Nonin clip in one of its serial formats: speaks all the time, of a finger or of none."""

from collections.abc import Callable
from decimal import Decimal

import msgspec

from devices.codecs import nonin7, nonin8
from devices.codecs.nonin import ACK, Pulse, choose
from devices.session import Say
from devices.simulators.acts import PutFinger, TakeFinger
from devices.simulators.stage import Order, Simulator, Wait

SEARCHING_SECONDS = 3.0
"""From the finger to the first value; not documented, as such clips take."""

FASTEST = 5.0
"""More than so many times its own pace no serial line could carry."""

SCENARIOS = (
    "default",
    "missing",
    "unsteady",
    "wandering",
    "sensor_fault",
    "low_battery",
    "finger_out_early",
    "out_of_range",
    "garbage",
    "cut_frame",
    "silent",
    "unplug",
)
SCENARIOS_7 = (*SCENARIOS[:8], "bad_checksum", "frame_lost", *SCENARIOS[8:])
NO_FINGER = Pulse(None, None, finger=False)
_EARLY = 6
"""Seconds after which ``finger_out_early`` is out again."""


class _Clip(msgspec.Struct):
    """``per_second`` frames or packets; ``heard`` counts them since the finger went in."""

    format_number: int
    build: Callable[[Pulse], bytes]
    per_second: int
    finger: PutFinger | None = None
    faults: frozenset[str] = frozenset()
    said: int = 0

    def run(self, speed: float) -> Simulator:
        gap = 1 / self.per_second / min(speed, FASTEST)
        keep = False
        while True:
            got = yield Wait(gap, acts=True, data=True, keep=keep)
            keep = got is not None
            if isinstance(got, Order):
                self._act(got)
            elif got is None:
                yield Say(self._spoiled(self.build(self._pulse())))
            elif got.endswith(choose(self.format_number)):
                yield Say(ACK)

    def _act(self, order: Order) -> None:
        if isinstance(order.act, PutFinger):
            self.finger, self.faults, self.said = order.act, order.faults, 0
        elif isinstance(order.act, TakeFinger):
            self.finger = None

    def _pulse(self) -> Pulse:
        self.said += 1
        seconds = self.said / self.per_second
        if self.finger is None or ("finger_out_early" in self.faults and seconds > _EARLY):
            return NO_FINGER
        fault, low = "sensor_fault" in self.faults, "low_battery" in self.faults
        if seconds <= SEARCHING_SECONDS or fault or "missing" in self.faults:
            return Pulse(None, None, weak=True, fault=fault, low_battery=low)
        return Pulse(
            self._spo2(), Decimal(self.finger.pulse), weak="unsteady" in self.faults, low_battery=low
        )

    def _spo2(self) -> Decimal | None:
        if self.finger is None:
            return None
        if "out_of_range" in self.faults:
            return Decimal(13)
        wander = self.said // self.per_second % 4 * 2 if "wandering" in self.faults else 0
        return Decimal(self.finger.spo2 - wander)

    def _spoiled(self, data: bytes) -> bytes:
        if self.finger is None or self.said != self.per_second * 4:
            return data
        if "bad_checksum" in self.faults:
            return data[:84] + bytes((data[84] ^ 0x01,)) + data[85:]
        return data[:-5] if "frame_lost" in self.faults else data


def format8(speed: float) -> Simulator:
    """Four bytes once a second."""
    return _Clip(nonin8.FORMAT, nonin8.build, 1).run(speed)


def format7(speed: float) -> Simulator:
    """A packet of 125 bytes three times a second."""
    return _Clip(nonin7.FORMAT, nonin7.build, 3).run(speed)
