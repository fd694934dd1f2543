"""A&D TM-2655P and TM-2657P: started by the host or by its own key, tells what it found.

A start is said once and never again: a cuff that fills late fills for nobody. A stop is no affair of this
driver, it goes straight to the wire. The byte that may follow a result is its checksum and no noise.
"""

from collections.abc import Iterator

import msgspec

from devices.codecs.tm2655 import START, STX, CuffError, blanked, look, parse
from devices.drivers.listening import refuse
from devices.drivers.pressure import tell_pressure
from devices.framing import Frame, Framer, Noise
from devices.session import (
    Command,
    Complaint,
    Driver,
    RefusedError,
    Say,
    Start,
    Tell,
    TimeUp,
    Working,
    attend,
    refuse_noise,
)

ANSWER_SECONDS = 2.0
"""Six bytes take 0.03 s at 2400 baud; an instrument that does not answer will not start."""


def framer() -> Framer:
    """Results and answers."""
    return Framer(look)


def driver() -> Driver:
    """Listens for ever; starts when told to; tells pressures and pulse, or what the cuff complains of."""
    cuff = _Cuff()
    while True:
        try:
            heard = yield from attend(cuff.within, keep=cuff.asked)
        except TimeUp:
            cuff.answered()
            yield Tell(Complaint("no_answer", 0, 0))
            continue
        cuff.asked = cuff.within is not None
        if isinstance(heard, Noise):
            yield from cuff.hear_noise(heard)
        elif isinstance(heard, Frame):
            yield from cuff.hear(heard)
        else:
            yield from cuff.obey(heard)


class _Cuff(msgspec.Struct):
    """``within``: an answer to a start is due, ``asked``: its time runs. ``behind``: where a result ended."""

    within: float | None = None
    asked: bool = False
    behind: int = -1

    def answered(self) -> None:
        self.within, self.asked = None, False

    def obey(self, command: Command) -> Iterator[Say | Tell]:
        if self.within is not None or not isinstance(command, Start):
            yield Tell(Complaint("not_now", 0, 0))
            return
        self.within, self.asked = ANSWER_SECONDS, False
        yield Say(START)

    def hear_noise(self, noise: Noise) -> Iterator[Tell]:
        if noise.size != 1 or noise.at != self.behind:
            yield refuse_noise(noise)

    def hear(self, frame: Frame) -> Iterator[Tell]:
        waited = self.within is not None
        self.answered()
        if frame.data.startswith(STX):
            self.behind = frame.at + len(frame.data)
            yield from _result(frame)
        elif waited:
            yield Tell(Working("measuring"))


def _result(frame: Frame) -> Iterator[Tell]:
    try:
        said = parse(frame)
    except RefusedError as error:
        yield refuse(error, frame)
        return
    if isinstance(said, CuffError):
        yield Tell(Complaint(f"error_{said.number}", len(frame.data), frame.at))
    else:
        yield from tell_pressure(said, blanked(frame.data))
