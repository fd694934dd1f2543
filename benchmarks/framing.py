"""Each driver against its own line: bytes into readings, cut into the pieces a port hands over.

It must keep far ahead of the wire, because five lines share the machine with a window.
"""

from collections.abc import Iterator
from decimal import Decimal

from benchmarks.measure import Figure, durations, median
from devices.catalogue import CATALOGUE
from devices.codecs import shanghe
from devices.model import Model
from devices.session import Session

BITS_A_BYTE = 10  # 8N1: a start bit, eight of data, a stop bit
PIECE = 16
LINES = 500


def run() -> Iterator[Figure]:
    """One figure for each model whose bytes can be made without a conversation."""
    line = shanghe.build(shanghe.Standing(Decimal("65.5"), Decimal("170.5")))
    for model in CATALOGUE:
        if model.slug == "shanghe-sh":
            yield _figure(model, line * LINES)


def _figure(model: Model, data: bytes) -> Figure:
    pieces = [data[at : at + PIECE] for at in range(0, len(data), PIECE)]

    def read_all() -> None:
        session = Session(model.driver, model.framer)
        session.start(0.0)
        told = sum(len(session.receive(piece, 0.0)) for piece in pieces)
        if told != LINES * len(model.measures):
            raise SystemExit(
                f"{model.slug} told {told} readings of {LINES} lines; the figure would be false."
            )

    seconds = median(durations(read_all, rounds=15))
    rate = len(data) / seconds
    wire = model.port.baud / BITS_A_BYTE
    return Figure(
        f"framing {model.slug}", f"{rate:,.0f} bytes/s", f"its line, {wire:,.0f} bytes/s", rate / wire
    )
