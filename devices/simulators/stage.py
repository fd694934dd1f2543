"""A simulated instrument against a clock that is handed in: the other end of ``devices.session``.

A simulator is a generator that says bytes and waits for acts, for bytes or for time. ``Stage`` walks it
and adds what can go wrong with any wire: silence, junk, a line cut short, a slow one, one at another speed, a
plug pulled. There is no port and no clock here.
"""

from collections import deque
from collections.abc import Generator

import msgspec

from devices.session import Say
from devices.simulators.acts import Act

JUNK = bytes((0x00, 0xFF, 0x7F, 0x80, 0x41, 0xE5, 0x13, 0x99, 0x3B, 0x0D, 0x0A))
"""One burst of the ``garbage`` fault: no frame of any family is in it, and a line ends behind it."""

SLOW_SECONDS = 0.03
"""From one byte to the next of the ``slow`` fault: a radio bridge at its worst."""

UNPLUGGED_SECONDS = 1.0
"""How long the ``unplug`` scenario leaves the plug out."""


class Order(msgspec.Struct, frozen=True):
    """An act, with the faults that it shall meet."""

    act: Act
    faults: frozenset[str] = frozenset()


class Wait(msgspec.Struct, frozen=True):
    """Wait ``seconds`` (None: for ever), woken early by an act if ``acts``, by bytes if ``data``.

    ``keep`` leaves an earlier deadline where it is: questions do not put off what it does by itself.
    """

    seconds: float | None = None
    acts: bool = False
    data: bool = False
    keep: bool = False


class Unplug(msgspec.Struct, frozen=True):
    """The plug is out for so many seconds."""

    seconds: float


Simulator = Generator[Say | Wait, Order | bytes | None, None]
Waiting = Generator[Say | Wait, Order | bytes | None, Order]


def order() -> Waiting:
    """``order = yield from order()``: waits for the next act."""
    while True:
        got = yield Wait(None, acts=True)
        if isinstance(got, Order):
            return got


class Stage:
    """Walks one simulator. Every method returns what goes on the wire, or the plug that is pulled."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator
        self._orders: deque[Order] = deque()
        self._wait = Wait(0.0)
        self._due: float | None = 0.0
        self._faults: set[str] = set()
        self._late: deque[bytes] = deque()
        self._late_at = 0.0
        self.silent = False

    @property
    def deadline(self) -> float | None:
        """When ``tick`` has something to do, or None."""
        if not self._late:
            return self._due
        return self._late_at if self._due is None else min(self._due, self._late_at)

    def start(self, now: float) -> tuple[Say | Unplug, ...]:
        """Power on."""
        return self._walk(next(self._simulator), now)

    def order(self, order: Order, now: float) -> tuple[Say | Unplug, ...]:
        """Somebody acts; kept until the instrument attends to acts."""
        self._orders.append(order)
        return self._attend(now)

    def receive(self, data: bytes, now: float) -> tuple[Say | Unplug, ...]:
        """The host says something; lost if the instrument does not listen, as on a real wire."""
        if not self._wait.data:
            return ()
        return self._walk(self._simulator.send(data), now)

    def tick(self, now: float) -> tuple[Say | Unplug, ...]:
        """Time has passed."""
        late = self._next_late(now)
        if self._due is None or now < self._due:
            return late
        self._due = None
        return late + self._walk(self._simulator.send(None), now)

    def _next_late(self, now: float) -> tuple[Say | Unplug, ...]:
        if not self._late or now < self._late_at:
            return ()
        self._late_at = now + SLOW_SECONDS
        return (Say(self._late.popleft()),)

    def _attend(self, now: float) -> tuple[Say | Unplug, ...]:
        out: tuple[Say | Unplug, ...] = ()
        while self._orders and self._wait.acts:
            order = self._orders.popleft()
            self._faults = set(order.faults)
            out += self._step(self._simulator.send(order), now)
        return out

    def _walk(self, step: Say | Wait, now: float) -> tuple[Say | Unplug, ...]:
        return self._step(step, now) + self._attend(now)

    def _step(self, step: Say | Wait, now: float) -> tuple[Say | Unplug, ...]:
        out: list[Say | Unplug] = []
        while isinstance(step, Say):
            out += self._wire(step, now)
            step = next(self._simulator)
        self._wait = step
        if not step.keep:
            self._due = None if step.seconds is None else now + step.seconds
        return tuple(out)

    def _wire(self, say: Say, now: float) -> list[Say | Unplug]:
        if self.silent or "silent" in self._faults:
            return []
        if "slow" in self._faults:
            if not self._late:
                self._late_at = now
            self._late.extend(bytes((byte,)) for byte in say.data)
            return []
        if "wrong_speed" in self._faults:
            return [Say(at_double_speed(say.data))]
        return self._once(say)

    def _once(self, say: Say) -> list[Say | Unplug]:
        """The faults that a saying of more than one byte meets a single time."""
        if len(say.data) == 1:
            return [say]
        half = Say(say.data[: len(say.data) // 2])
        if "unplug" in self._faults:
            self._faults.discard("unplug")
            return [half, Unplug(UNPLUGGED_SECONDS)]
        if "cut_frame" in self._faults:
            self._faults.discard("cut_frame")
            return [half]
        if "one_byte" in self._faults:
            self._faults.discard("one_byte")
            return [Say(say.data[:1])]
        if "garbage" in self._faults:
            self._faults.discard("garbage")
            return [Say(JUNK), say]
        return [say]


def at_double_speed(data: bytes) -> bytes:
    """What a port hears that listens twice as fast as these bytes are sent, 8N1: every bit twice.

    The first half of a start bit is the port's start bit, so a byte of it is the other half, then the low
    bits twice; the high bits begin the second byte where one of them is low.
    """
    heard = []
    for byte in data:
        line = [0, 0] + [bit for place in range(8) for bit in [byte >> place & 1] * 2] + [1, 1]
        at = 0
        while at < len(line):
            if line[at]:
                at += 1
                continue
            bits = (line + [1] * 10)[at + 1 : at + 9]
            heard.append(sum(bit << place for place, bit in enumerate(bits)))
            at += 10
    return bytes(heard)
