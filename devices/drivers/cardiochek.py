"""CardioChek PA and Plus: listens to what the meter prints, a label a measurement.

A label counts from its ``N`` to its ``P1`` and only whole: with a line missing or unread, or without its end,
none of its values is told, because a lost ``<`` or digit would not show.
"""

from collections.abc import Iterator

import msgspec

from devices.codecs.cardiochek import (
    BEGIN,
    HEADER_LINES,
    PRINT,
    STEP,
    Printed,
    look,
    printed,
    result,
    taken,
)
from devices.drivers.listening import refuse
from devices.framing import Frame, Framer, Noise
from devices.reading import Confidential, Reading
from devices.session import (
    Driver,
    Reason,
    RefusedError,
    Tell,
    TimeUp,
    Unread,
    hear,
    refuse_noise,
)

LABEL_SECONDS = 5.0
"""Longest silence inside a label; the captured ones come in one go."""


class _Label(Confidential, msgspec.Struct):
    """Lines since the ``N`` at offset ``at``. ``whole``: none was missing or unread so far."""

    at: int
    size: int = 0
    lines: list[tuple[Printed, Frame]] = msgspec.field(default_factory=list)
    whole: bool = True

    @property
    def empty(self) -> bool:
        return self.whole and not any(said.text.strip() for said, _ in self.lines)

    def add(self, line: bytes, frame: Frame) -> None:
        """One text command. Raises ``RefusedError`` (shape)."""
        said = printed(line)
        self.whole = self.whole and said.down == (len(self.lines) + 1) * STEP
        self.lines.append((said, frame))


def framer() -> Framer:
    """Lines, in which NULs may stand."""
    return Framer(look)


def driver() -> Driver:
    """Listens for ever; tells every value of a whole label."""
    label: _Label | None = None
    while True:
        try:
            heard = yield from hear(None if label is None else LABEL_SECONDS)
        except TimeUp:
            yield from _discard(label)
            label = None
            continue
        if isinstance(heard, Noise):
            if label is not None:
                label.whole = False
            yield refuse_noise(heard)
            continue
        line = heard.data.replace(b"\x00", b"")
        if line == BEGIN:
            yield from _discard(label)
            label = _Label(heard.at)
        elif line == PRINT and label is not None:
            yield from _close(label)
            label = None
        elif line:
            yield from _take(label, line, heard)


def _take(label: _Label | None, line: bytes, frame: Frame) -> Iterator[Tell]:
    if label is None:
        yield Tell(Unread(Reason.SHAPE, len(frame.data), frame.at))
        return
    label.size += len(frame.data)
    try:
        label.add(line, frame)
    except RefusedError as error:
        label.whole = False
        yield refuse(error, frame)


def _close(label: _Label) -> Iterator[Tell]:
    results = label.lines[HEADER_LINES:]
    if not label.whole or not results:
        yield from _discard(label)
        return
    try:
        when = taken(tuple(said.text for said, _ in label.lines[:HEADER_LINES]))
    except RefusedError as error:
        yield Tell(Unread(error.reason, label.size, label.at))
        return
    for said, frame in results:
        try:
            value = result(said.text)
        except RefusedError as error:
            yield refuse(error, frame, error.detail)
            continue
        if value is not None:
            yield Tell(
                Reading(
                    value.kind,
                    value.value,
                    value.unit,
                    comparator=value.comparator,
                    device_time=when,
                    frame=frame.data,
                )
            )


def _discard(label: _Label | None) -> Iterator[Tell]:
    if label is not None and not label.empty:
        yield Tell(Unread(Reason.INCOMPLETE, label.size, label.at))
