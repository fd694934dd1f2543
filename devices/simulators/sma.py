"""An SMA SCP-0499 indicator: answers at once, says in band for two seconds after a change that it moves.

W, H, P and Q give the weight (H and Q with one digit more), Z zeroes, R and S repeat until the next command,
A and B tell about it, ESC ends whatever was begun and is never answered; anything else is ``?``.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from devices.codecs.load import Load
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
    "tare_error",
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
_STATUS = {"overload": "O", "underload": "U", "zero_error": "E", "tare_error": "T"}
_ABOUT = (b"SMA:2/1.0", b"MFG:KANGYI", b"MOD:SIMULATED", b"REV:1", b"END")
_LF, _CR, _ESC = 0x0A, 0x0D, 0x1B


@dataclass(slots=True)
class _Indicator:
    standing: Standing
    heard: bytes | None = None
    about: int = 0

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
        load = self.standing.load()
        return build(load, "Z" if load.stable and not load.weight else " ")

    def _answer(self, command: bytes) -> bytes:
        if self.standing.meets("unknown_command"):
            return b"\n?\r"
        if self.standing.meets("line_error"):
            return b"\n!\r"
        if command in (b"W", b"P"):
            self.standing.streaming = self.standing.meets("stream")
            return self.weight()
        if command in (b"H", b"Q"):
            return self._fine(self.standing.load())
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
        if command == b"A":
            self.about = 0
            return b"\n" + _ABOUT[0] + b"\r"
        if command == b"B" and self.about < len(_ABOUT) - 1:
            self.about += 1
            return b"\n" + _ABOUT[self.about] + b"\r"
        return b"\n?\r"


def simulator(speed: float) -> Simulator:
    """The scale. ``speed`` divides the time until a weight is settled."""
    scale = _Indicator(Standing(speed))
    return indicator(scale.standing, scale.hear, scale.weight)
