"""What a wire carried, as a text file that staff can read, ``decode`` replays and a test can adopt.

    kangyi-capture 1 shanghe-sh
    port 9600 8N1
    # Identity fields are blanked.
    0.000000 open
    2.104233 < 57 3a 30 36 35 2e 35 20 48 3a 31 37 30 2e 35 0d 0a
    9.000000 closed

A line is seconds since the first one, a mark and the bytes: ``<`` a frame that was heard, ``~`` heard bytes
that no frame took, ``>`` what the station said. ``open`` and ``lost`` are the port's, ``closed`` the end. A
line that begins with ``#`` says nothing. Bytes come here blanked (``devices.wire``); of a reader of
identities no capture is made.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from devices.errors import DeviceError
from devices.events import Found, LineEvent, Lost
from devices.model import Model
from devices.reading import Confidential
from devices.session import Say, Session, Tell, Told
from devices.wire import Piece, Way

MAGIC = b"kangyi-capture "
VERSION = "1"
OPEN, LOST, CLOSED = "open", "lost", "closed"
HEARD, NOISE, SAID = "<", "~", ">"

_REMARK = "# Identity fields are blanked."
_LINE = re.compile(
    rf"([0-9]{{1,9}}\.[0-9]{{6}}) (?:({OPEN}|{LOST}|{CLOSED})|([{HEARD}{NOISE}{SAID}])((?: [0-9a-f]{{2}})+))"
)


class CaptureError(DeviceError):
    """A capture that cannot be made or read."""


class Moment(Confidential, msgspec.Struct, frozen=True):
    """One line: seconds since the first, what happened, and the bytes of a mark."""

    at: float
    what: str
    data: bytes = b""


class Recorder:
    """Writes a capture while a line is open. One thread uses it; each line is on the disk when it returns."""

    def __init__(self, model: Model, path: Path) -> None:
        """Raises ``CaptureError`` for a reader of identities and for a file that cannot be made anew."""
        if model.reads_identity:
            raise CaptureError(f"{model.slug} says who people are; no capture is made of it.")
        try:
            self._file = path.open("x", encoding="ascii", newline="\n")
        except OSError as error:
            raise CaptureError(f"The capture {path} cannot be made ({error.strerror}).") from error
        self._first: float | None = None
        head = f"{MAGIC.decode('ascii')}{VERSION} {model.slug}"
        self._put("\n".join((head, f"port {model.port}", _REMARK, "")))

    def note(self, what: LineEvent | Piece) -> None:
        """A piece that passed, or the coming and going of the port; of any other event nothing is written."""
        if isinstance(what, Piece):
            mark = SAID if what.way is Way.SAID else HEARD if what.whole else NOISE
            self._line(what.at, f"{mark} {what.data.hex(' ')}")
        elif isinstance(what, Found | Lost):
            self._line(what.at, OPEN if isinstance(what, Found) else LOST)

    def close(self, now: float) -> None:
        """Says that it ended here, and closes the file."""
        self._line(now, CLOSED)
        self._file.close()

    def _line(self, at: float, text: str) -> None:
        if self._first is None:
            self._first = at
        self._put(f"{max(0.0, at - self._first):.6f} {text}\n")

    def _put(self, text: str) -> None:
        try:
            self._file.write(text)
            self._file.flush()
        except OSError as error:
            raise CaptureError(f"The capture cannot be written on ({error.strerror}); make room.") from error


def is_capture(data: bytes) -> bool:
    """Whether these bytes are a capture, and not bytes off a wire."""
    return data.startswith(MAGIC)


def read(model: Model, data: bytes) -> tuple[Moment, ...]:
    """The capture's lines. Raises ``CaptureError`` with the line's number, or for another model's capture."""
    first, _, rest = data.decode("ascii", "replace").partition("\n")
    version, _, slug = first.removeprefix(MAGIC.decode("ascii")).partition(" ")
    if version != VERSION:
        raise CaptureError(
            f"A capture of version {version!r} is not known here; this reads version {VERSION}."
        )
    if slug.strip() != model.slug:
        raise CaptureError(f"This is a capture of {slug.strip()!r}, not of {model.slug!r}.")
    return tuple(_moments(rest.splitlines()))


def _moments(lines: list[str]) -> Iterator[Moment]:
    past = 0.0
    for number, line in enumerate(lines, start=2):
        if not line or line.startswith(("#", "port ")):
            continue
        found = _LINE.fullmatch(line)
        if found is None or float(found[1]) < past:
            raise CaptureError(f"Line {number} of the capture is none of a capture's; was it changed?")
        past = float(found[1])
        yield Moment(past, found[2] or found[3], bytes.fromhex(found[4] or ""))


def replay(model: Model, moments: tuple[Moment, ...]) -> tuple[Told, ...]:
    """What the driver tells of it, with every time-out that passed."""
    told: list[Say | Tell] = []
    session: Session | None = None
    for moment in moments:
        if session is not None:
            told += _pass_time(session, moment.at)
        if moment.what == OPEN or session is None:
            session = Session(model.driver, model.framer)
            told += session.start(moment.at)
        if moment.what in (HEARD, NOISE):
            told += session.receive(moment.data, moment.at)
        elif moment.what in (LOST, CLOSED):
            session.close()
            session = None
    if session is not None:  # it was cut off: nothing more will come
        told += session.finish(moments[-1].at)
        session.close()
    return tuple(step.what for step in told if isinstance(step, Tell))


def _pass_time(session: Session, until: float) -> Iterator[Say | Tell]:
    while (due := session.deadline) is not None and due <= until:
        yield from session.tick(due)
