"""A scale that answers when it is asked: asks four times a second, one question at a time.

An answer is read for what it is, asked for or not, so an indicator left in its repeat mode is heard as well.
Zeroing is refused while somebody stands on the platform.
"""

from collections.abc import Callable, Iterator

import msgspec

from devices.drivers.weighing import Platform
from devices.framing import Frame, Noise
from devices.session import Command, Complaint, Driver, Say, Tell, TimeUp, Zero, attend, refuse_noise

POLL_SECONDS = 0.25
"""From an answer to the next question: a display that follows the eye."""

ANSWER_SECONDS = 1.0
"""Longest wait for an answer; twenty bytes take 0.02 s at 9600 baud."""

MISSED = 3
"""Questions without an answer after which the silence is told."""

Read = Callable[[Frame, Platform], Iterator[Tell]]


class _Asking(msgspec.Struct):
    weigh: bytes
    zero: bytes
    platform: Platform
    wanted: bytes
    within: float = ANSWER_SECONDS
    noisy: bool = False
    missed: int = 0

    def ask(self) -> Iterator[Say | Tell]:
        """The next question; the third that follows on silence is told."""
        self.missed = self.missed + 1 if self.within == ANSWER_SECONDS else 0
        if self.missed == MISSED:
            yield Tell(Complaint("no_answer", 0, 0))
        yield Say(self.wanted)
        self.wanted, self.within, self.noisy = self.weigh, ANSWER_SECONDS, False

    def answered(self) -> None:
        self.within, self.noisy = POLL_SECONDS, False

    def obey(self, command: Command) -> Iterator[Tell]:
        self.noisy = True
        if isinstance(command, Zero) and not self.platform.occupied:
            self.wanted = self.zero
        else:
            yield Tell(Complaint("not_now", 0, 0))


def asking(weigh: bytes, zero: bytes, read: Read, hello: bytes = b"") -> Driver:
    """Asks for ever. ``hello`` ends whatever another host left half said."""
    asked = _Asking(weigh, zero, Platform(), weigh)
    yield Say(hello + weigh)
    while True:
        try:
            heard = yield from attend(asked.within, keep=asked.noisy)
        except TimeUp:
            yield from asked.ask()
            continue
        if isinstance(heard, Frame):
            asked.answered()
            yield from read(heard, asked.platform)
        elif isinstance(heard, Noise):
            asked.noisy = True
            yield refuse_noise(heard)
        else:
            yield from asked.obey(heard)
