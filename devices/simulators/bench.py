"""A simulated instrument on a pseudo-terminal, with a thread of its own.

``port`` is a path that stays the same when the plug is pulled and put back. The instrument's behaviour is
``devices.simulators.stage``; here are only the terminal and real time.
"""

from devices.model import Model
from devices.simulators.acts import Act


class SimulatedInstrument:
    """One instrument of ``model``. ``speed`` divides the times an instrument takes, never the protocol's."""

    def __init__(self, model: Model, scenario: str = "default", speed: float = 1.0) -> None:
        self.port = ""

    def start(self) -> None:
        """Plugs it in and switches it on; ``port`` is there when this returns."""

    def stop(self) -> None:
        """Switches it off and takes its port away."""

    def act(self, act: Act) -> None:
        """Somebody does this at the instrument."""

    def fault(self, name: str) -> None:
        """``unplug``, ``replug``, ``garbage`` at once; ``silent`` until ``clear``; others at the next act."""
