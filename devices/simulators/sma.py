"""An SMA SCP-0499 indicator: answers at once, says in band for two seconds after a change that it moves.

W, H, P and Q give the weight (H and Q with one digit more), Z zeroes, T tares, M tells the tare, C clears it,
U changes the unit, R and S repeat until the next command, A and B, I and N tell about it, ESC ends whatever
was begun and is never answered; anything else is ``?``.
"""

import re
from decimal import Decimal

import msgspec
from msgspec.structs import replace

from devices.codecs.load import KG_PER_LB, Load
from devices.codecs.sma import build
from devices.simulators.platform import Standing, indicator
from devices.simulators.stage import Simulator

SCENARIOS = (
    "default",
    "stream",
    "pounds",
    "overload",
    "underload",
    "zero_error",
    "zero_drift",
    "initial_zero_error",
    "tare_error",
    "tared",
    "unknown_command",
    "line_error",
    "wrong_unit",
    "out_of_range",
    "unsteady",
    "garbage",
    "cut_frame",
    "silent",
    "unplug",
)
_STATUS = {"overload": "O", "underload": "U", "zero_error": "E", "initial_zero_error": "I", "tare_error": "T"}
_ABOUT = (b"SMA:2/1.0", b"MFG:KANGYI", b"MOD:SIMULATED", b"REV:1", b"END")
_INFO = (b"TYP:S", b"CAP:kg:300:1:2", b"CMD:HPQWZTMCURSABIN", b"END")
_TYPED = re.compile(rb"T(\d{0,6}(?:\.\d{1,3})?)")
_HUNDREDTH = Decimal("0.01")
_SHOES = Decimal("1.30")
"""What was tared before she stepped on."""

_LF, _CR, _ESC = 0x0A, 0x0D, 0x1B


class _Indicator(msgspec.Struct):
    standing: Standing
    heard: bytes | None = None
    listed: tuple[bytes, ...] = ()
    tare: Decimal | None = None
    pounds: bool = False

    def hear(self, data: bytes) -> bytes:
        """The answers to all commands that these bytes end."""
        said = b""
        for byte in data:
            if byte in (_LF, _ESC):
                self.heard = b"" if byte == _LF else None
                self.standing.streaming = False
            elif byte == _CR and self.heard is not None:
                said += self._answer(self.heard)
                self.heard = None
            elif self.heard is not None:
                self.heard += bytes((byte,))
        return said

    def weight(self) -> bytes:
        """The frame for W, and for each repeat."""
        for fault, status in _STATUS.items():
            if self.standing.meets(fault):
                return build(self.standing.load(), status)
        load = self._net()
        status = "Z" if load.stable and not load.weight else " "
        return build(load, status, "G" if self.tare is None else "N")

    def _gross(self) -> Load:
        load = self.standing.load()
        if self.pounds and load.unit == "kg":
            return replace(load, weight=(load.weight / KG_PER_LB).quantize(_HUNDREDTH), unit="lb")
        return load

    def _net(self) -> Load:
        load = self._gross()
        tare = _SHOES if self.standing.meets("tared") and self.tare is None else self.tare
        self.tare = tare
        return load if tare is None else replace(load, weight=load.weight - tare)

    def _answer(self, command: bytes) -> bytes:
        if self.standing.meets("unknown_command"):
            return b"\n?\r"
        if self.standing.meets("line_error"):
            return b"\n!\r"
        if command in (b"W", b"P"):
            self.standing.streaming = self.standing.meets("stream")
            return self.weight()
        if command in (b"H", b"Q"):
            return self._fine(self._net())
        return self._seldom(command)

    def _fine(self, load: Load) -> bytes:
        frame = build(replace(load, weight=load.weight.quantize(Decimal("0.001"))))
        return frame.replace(b"1G", b"1g", 1)

    def _seldom(self, command: bytes) -> bytes:
        if command == b"Z":
            self.standing.zero()
            return self.weight()
        if command in (b"R", b"S"):
            self.standing.streaming = True
            return self.weight()
        return self._tare(command) or self._about(command)

    def _tare(self, command: bytes) -> bytes:
        """T, T with a value, M, C and U; nothing for any other."""
        if command[:1] == b"T":
            typed = _TYPED.fullmatch(command)
            if typed is None:
                return b"\n?\r"
            self.tare = Decimal(typed[1].decode("ascii")) if typed[1] else self._gross().weight
            return self.weight()
        if command == b"M":
            return build(replace(self._gross(), weight=self.tare or Decimal(0), stable=True), kind="T")
        if command == b"C":
            self.tare = None
            return self.weight()
        if command == b"U":
            self.pounds, self.tare = not self.pounds, None
            return self.weight()
        return b""

    def _about(self, command: bytes) -> bytes:
        """A and its B, I and its N: a line a question."""
        if command in (b"A", b"I"):
            self.listed = _ABOUT if command == b"A" else _INFO
        if command in (b"A", b"I", b"B", b"N") and self.listed:
            line, self.listed = self.listed[0], self.listed[1:]
            return b"\n" + line + b"\r"
        return b"\n?\r"


def simulator(speed: float) -> Simulator:
    """The scale. ``speed`` divides the time until a weight is settled."""
    scale = _Indicator(Standing(speed))
    return indicator(scale.standing, scale.hear, scale.weight)
