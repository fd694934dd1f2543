"""Captured bytes into what a driver would have told, without a port.

The instrument's own bytes are enough: what the driver says in reply goes nowhere. It runs the drivers of the
catalogue as they are, so a capture and a live port cannot disagree. Bare bytes carry no time, so no time-out
passes between them; a file of ``devices.capture`` has its own.
"""

from devices.capture import is_capture, read, replay
from devices.model import Model
from devices.session import Say, Session, Tell, Told

_PIECE = 4096


def decode(model: Model, data: bytes) -> tuple[Told, ...]:
    """Everything told of these bytes, in order; a message without its end is refused.

    A capture is replayed with its own times. Raises ``CaptureError`` for one that cannot be read.
    """
    if is_capture(data):
        return replay(model, read(model, data))
    session = Session(model.driver, model.framer)
    steps: list[Say | Tell] = list(session.start(0.0))
    for start in range(0, len(data), _PIECE):
        steps += session.receive(data[start : start + _PIECE], 0.0)
    steps += session.finish(0.0)
    session.close()
    return tuple(step.what for step in steps if isinstance(step, Tell))
