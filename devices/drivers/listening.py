"""What drivers have in common that only listen: they hear until something makes sense, and tell what did not.

It must not know a protocol: what makes sense is a codec's to say.
"""

from collections.abc import Callable, Generator
from typing import TypeVar

from devices.framing import Frame, Noise
from devices.session import RefusedError, Sent, Step, Tell, Unread, hear, refuse_noise

Said = TypeVar("Said")


def refuse(error: RefusedError, frame: Frame, detail: str = "") -> Tell:
    """A frame that makes no value, as something to tell."""
    return Tell(Unread(error.reason, len(frame.data), frame.at, detail))


def hear_said(parse: Callable[[Frame], Said]) -> Generator[Step, Sent, tuple[Said, Frame]]:
    """What the next frame says that ``parse`` understands, and the frame; those before it are refused."""
    while True:
        heard = yield from hear()
        if isinstance(heard, Noise):
            yield refuse_noise(heard)
            continue
        try:
            return parse(heard), heard
        except RefusedError as error:
            yield refuse(error, heard)
