"""The seldom commands of SMA SCP-0499, as the simulated indicator answers them byte by byte."""

from decimal import Decimal

import pytest

from devices.session import Say
from devices.simulators.acts import StepOn
from devices.simulators.sma import simulator
from devices.simulators.stage import Order, Stage


class Indicator:
    """Somebody of 65.5 kg stands on it, settled."""

    def __init__(self) -> None:
        self._stage = Stage(simulator(1.0))
        self._stage.start(0.0)
        self._stage.order(Order(StepOn(Decimal("65.5"), Decimal("165.5"))), 0.0)
        for tick in range(60):
            self._stage.tick(tick / 10)

    def answers(self, data: bytes) -> bytes:
        return b"".join(item.data for item in self._stage.receive(data, 6.0) if isinstance(item, Say))


@pytest.mark.parametrize(
    ("commands", "answer"),
    [
        ([b"\nP\r"], b"\n 1G       65.50kg \r"),
        ([b"\nT1.30\r"], b"\n 1N       64.20kg \r"),
        ([b"\nT\r"], b"\nZ1N        0.00kg \r"),
        ([b"\nT1.30\r", b"\nM\r"], b"\n 1T        1.30kg \r"),
        ([b"\nT1.30\r", b"\nC\r"], b"\n 1G       65.50kg \r"),
        ([b"\nTx\r"], b"\n?\r"),
        ([b"\nU\r"], b"\n 1G      144.40lb \r"),
        ([b"\nU\r", b"\nU\r"], b"\n 1G       65.50kg \r"),
        ([b"\nZ\r"], b"\nZ1G        0.00kg \r"),
        ([b"\nA\r"], b"\nSMA:2/1.0\r"),
        ([b"\nA\r", b"\nB\r"], b"\nMFG:KANGYI\r"),
        ([b"\nI\r"], b"\nTYP:S\r"),
        ([b"\nI\r", b"\nN\r"], b"\nCAP:kg:300:1:2\r"),
        ([b"\nI\r", b"\nN\r", b"\nN\r", b"\nN\r", b"\nN\r"], b"\n?\r"),
        ([b"\nB\r"], b"\n?\r"),
    ],
)
def test_a_command_is_answered_to_the_byte(commands: list[bytes], answer: bytes) -> None:
    indicator = Indicator()
    said = [indicator.answers(command) for command in commands]
    assert said[-1] == answer
