"""A Mettler-Toledo scale with MT-SICS: SI answered at once, S only when settled, Z, and ES for the rest."""

from decimal import Decimal

import msgspec

from devices.codecs.mt_sics import build
from devices.simulators.platform import Standing, indicator
from devices.simulators.stage import Simulator

SCENARIOS = (
    "default",
    "pounds",
    "overload",
    "underload",
    "busy",
    "hardware_error",
    "unknown_command",
    "line_error",
    "logical_error",
    "bad_parameter",
    "wrong_unit",
    "out_of_range",
    "unsteady",
    "garbage",
    "cut_frame",
    "silent",
    "unplug",
)
_SAYS = {
    "overload": b"S +\r\n",
    "underload": b"S -\r\n",
    "busy": b"S I\r\n",
    "hardware_error": b"S S Error 10b\r\n",
    "unknown_command": b"ES\r\n",
    "line_error": b"ET\r\n",
    "logical_error": b"EL\r\n",
    "bad_parameter": b"S L\r\n",
}


class _Scale(msgspec.Struct):
    standing: Standing
    heard: bytes = b""

    def hear(self, data: bytes) -> bytes:
        """The answers to all lines that these bytes end."""
        *lines, self.heard = (self.heard + data).split(b"\r\n")
        return b"".join(map(self._answer, lines))

    def tell(self) -> bytes:
        """The answer that S waits for, once the weight is settled."""
        if self.standing.left:
            return b""
        self.standing.streaming = False
        return build(self.standing.load())

    def _answer(self, command: bytes) -> bytes:
        for fault, said in _SAYS.items():
            if self.standing.meets(fault):
                return said
        if command == b"SI":
            return build(self.standing.load())
        if command == b"S":
            self.standing.streaming = True
            return b""
        if command == b"Z":
            return self._zero()
        return b"ES\r\n"

    def _zero(self) -> bytes:
        if self.standing.left:
            return b"Z I\r\n"
        self.standing.kg = Decimal(0)
        return b"Z A\r\n"


def simulator(speed: float) -> Simulator:
    """The scale. ``speed`` divides the time until a weight is settled."""
    scale = _Scale(Standing(speed))
    return indicator(scale.standing, scale.hear, scale.tell)
