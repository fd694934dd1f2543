"""Captured bytes into what a driver would have told, without a port and without time.

The instrument's own bytes are enough: what the driver says in reply goes nowhere. It runs the drivers of the
catalogue as they are, so a capture and a live port cannot disagree.
"""

from devices.model import Model
from devices.session import Say, Session, Tell, Told

_PIECE = 4096


def decode(model: Model, data: bytes) -> tuple[Told, ...]:
    """Everything told of these bytes, in order; a message without its end is refused."""
    session = Session(model.driver, model.framer)
    steps: list[Say | Tell] = list(session.start(0.0))
    for start in range(0, len(data), _PIECE):
        steps += session.receive(data[start : start + _PIECE], 0.0)
    steps += session.finish(0.0)
    session.close()
    return tuple(step.what for step in steps if isinstance(step, Tell))
