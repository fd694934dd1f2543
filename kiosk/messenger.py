"""The way to the clinic as the running station has it: a courier while there is an address and a network.

It starts, stops and wakes the courier and remembers whether the clinic answered last. It must not know what
is sent; the desk hands that out.
"""

from collections.abc import Callable

from kiosk.courier.courier import Courier
from kiosk.courier.events import CourierEvent, LinkDown, LinkUp, Trouble
from kiosk.desk import Desk
from kiosk.membership import Membership


class Messenger:
    """Lives on the thread that draws. ``url`` is empty where the station belongs to no clinic.

    ``link_up`` is None until a courier said anything, ``trouble`` why it is not; ``courier`` is None while
    nothing can be sent.
    """

    def __init__(self, desk: Desk, of: Membership, tell: Callable[[CourierEvent], None]) -> None:
        self._desk = desk
        self._ca = of.ca
        self._tell = tell
        self.url = of.clinic_url
        self.link_up: bool | None = None
        self.trouble: Trouble | None = None
        self.courier = self._new()

    def open(self) -> None:
        """Send the courier off."""
        if self.courier is not None:
            self.courier.start()

    def note(self, link: LinkUp | LinkDown) -> None:
        """The courier told how the link is."""
        self.link_up = isinstance(link, LinkUp)
        self.trouble = link.trouble if isinstance(link, LinkDown) else None

    def close(self) -> None:
        """Let the courier end what it is at."""
        if self.courier is not None:
            self.courier.stop()

    def wake(self) -> None:
        """There is something new to send."""
        if self.courier is not None:
            self.courier.wake()

    def cut(self, *, off: bool) -> None:
        """Nothing reaches the clinic until the network is back; what waits is sent then."""
        if self.courier is not None:
            self.courier.stop(timeout=0.0)
        self.courier = None if off else self._new()
        self.link_up, self.trouble = (False, Trouble.AWAY) if off else (None, None)
        self.open()

    def _new(self) -> Courier | None:
        return Courier(self._desk, self.url, self._tell, self._ca) if self.url else None
