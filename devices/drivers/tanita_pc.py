"""Tanita in PC mode: told of sex, age and height, started, then left in peace until its line comes.

A body-composition scale sends a current through the person: that nobody with a pacemaker is started is the
flow's affair. The height in the result is the one it was told and is never told back.
"""

from collections.abc import Generator, Iterator

from devices.codecs.tanita import tanita_look
from devices.codecs.tanita_pc import GO, commands, complaint
from devices.drivers.listening import refuse
from devices.drivers.tanita import stray, tell_line
from devices.framing import Frame, Framer, Noise
from devices.session import (
    Body,
    Command,
    Complaint,
    Driver,
    RefusedError,
    Say,
    Sent,
    Start,
    Step,
    Tell,
    TimeUp,
    Working,
    attend,
    hear,
    refuse_noise,
)

ANSWER_SECONDS = 1.0
"""Answers come within 50 ms as the public script expects them."""

PAUSE_SECONDS = 0.1
"""Least time between an answer and the next command."""

Preparing = Generator[Step, Sent, bool]


def framer() -> Framer:
    """Result lines and short answers."""
    return Framer(tanita_look(answers=True))


def driver() -> Driver:
    """Starts when told to; tells weight and body fat, or what the scale complains of."""
    end: int | None = None
    while True:
        heard = yield from attend()
        if isinstance(heard, Frame):
            end = heard.at + len(heard.data)
            yield from _tell(heard)
        elif isinstance(heard, Noise):
            if not stray(heard, end):
                yield refuse_noise(heard)
        else:
            yield from _obey(heard)


def _obey(command: Command) -> Driver:
    body = command.body if isinstance(command, Start) else None
    if body is None:
        yield Tell(Complaint("no_body" if isinstance(command, Start) else "not_now", 0, 0))
    elif (yield from _prepare(body)):
        yield Say(GO)
        yield Tell(Working("measuring"))


def _prepare(body: Body) -> Preparing:
    try:
        sayings = commands(body)
    except RefusedError:
        yield Tell(Complaint("no_body", 0, 0))
        return False
    for saying in sayings:
        yield Say(saying)
        if not (yield from _agreed(saying[:2])):
            return False
        yield from _pause()
    return True


def _agreed(letters: bytes) -> Preparing:
    """Whether the scale agreed. Its complaint, or its silence, is told."""
    keep = False
    while True:
        try:
            heard = yield from hear(ANSWER_SECONDS, keep=keep)
        except TimeUp:
            yield Tell(Complaint("no_answer", 0, 0))
            return False
        keep = True
        if isinstance(heard, Noise):
            yield refuse_noise(heard)
            continue
        if heard.data == letters:
            return True
        told = list(_tell(heard))
        yield from told
        if any(isinstance(tell.what, Complaint) for tell in told):
            return False


def _pause() -> Driver:
    keep = False
    while True:
        try:
            heard = yield from hear(PAUSE_SECONDS, keep=keep)
        except TimeUp:
            return
        keep = True
        if isinstance(heard, Noise):
            yield refuse_noise(heard)
        else:
            yield from _tell(heard)


def _tell(frame: Frame) -> Iterator[Tell]:
    if frame.data.startswith(b"{"):
        yield from tell_line(frame)
        return
    try:
        code = complaint(frame)
    except RefusedError as error:
        yield refuse(error, frame)
        return
    if code is not None:
        yield Tell(Complaint(code, len(frame.data), frame.at))
