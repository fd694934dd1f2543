"""One open instrument: a port, a thread, and a driver in between. The only importer of ``serial``."""

from collections.abc import Callable

from devices.events import LineEvent
from devices.model import Model


class Line:
    """Opens ``url`` (a path or a pyserial URL), keeps it open, tells what the driver hears."""

    def __init__(self, instrument: str, model: Model, url: str, tell: Callable[[LineEvent], None]) -> None:
        self.instrument = instrument

    def open(self) -> None:
        """Starts the thread and returns at once."""

    def close(self) -> None:
        """Ends the thread."""

    def say(self, data: bytes) -> None:
        """Puts bytes on the wire past all queues."""
