"""The analyser as E1381 receiver: takes a host's order or its answer to a query.

``NAK`` to the bid where it is busy; in a contention it has the line, because it is the instrument.
Source: LIS01-A2 6.2-6.6.
"""

from collections.abc import Generator

import msgspec

from devices.codecs.astm_frames import ACK, ENQ, EOT, NAK, look, parse
from devices.codecs.astm_orders import ordered
from devices.framing import Frame, Framer
from devices.session import RefusedError, Say
from devices.simulators.stage import Order, Wait

RECEIVER_SECONDS = 30.0

Listening = Generator[Say | Wait, Order | bytes | None, None]
Receiving = Generator[Say | Wait, Order | bytes | None, bool]


class Ear(msgspec.Struct):
    """``orders``: test codes by specimen, as hosts ordered them. ``busy``: so many bids are refused first."""

    orders: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    answers: int = 0
    busy: int = 0

    def hear(self, data: bytes) -> Listening:
        """From a host's bid to its EOT; anything but a bid is passed over."""
        bid = ENQ in data
        while bid:
            if self.busy:
                self.busy -= 1
                yield Say(NAK)
                return
            yield Say(ACK)
            bid = yield from self._receive()

    def _receive(self) -> Receiving:
        """One message; whether a bid for the next stood right behind its EOT."""
        framer, text, ended = Framer(look), b"", False
        while not ended:
            got = yield Wait(RECEIVER_SECONDS, data=True)
            if not isinstance(got, bytes):
                return False
            for heard in framer.feed(got):
                if not isinstance(heard, Frame):
                    continue
                if heard.data == EOT:
                    self._close(text)
                    ended = True
                elif heard.data == ENQ:
                    return True
                elif len(heard.data) > 1:
                    taken = _text(heard)
                    text += taken or b""
                    yield Say(NAK if taken is None else ACK)
        return False

    def _close(self, text: bytes) -> None:
        self.answers += 1
        said = ordered(text)
        if said is not None:
            self.orders[said[0]] = said[1]


def _text(frame: Frame) -> bytes | None:
    """The frame's text, None where it has to come again."""
    try:
        return parse(frame).text
    except RefusedError:
        return None
