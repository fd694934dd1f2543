"""What the house knows of an instrument model before a byte is exchanged.

Types only; the list itself is ``devices.catalogue``.
"""

import re
from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from devices.blanking import Blank
from devices.errors import DeviceError
from devices.framing import Framer
from devices.reading import Quantity
from devices.session import Driver

if TYPE_CHECKING:
    from devices.simulators.stage import Simulator


class Role(StrEnum):
    """The place at the station where an instrument of this model stands."""

    STAND = "stand"
    BLOOD = "blood"
    PRESSURE = "pressure"
    GRIP = "grip"
    CARD = "card"
    GLUCOSE = "glucose"
    OXYGEN = "oxygen"
    CODE = "code"
    CHIP = "chip"


BAUDS = (300, 600, 1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200)
_IDENTITY = frozenset({Role.CARD, Role.CODE, Role.CHIP})


class PortSettings(msgspec.Struct, frozen=True):
    """The serial line as the model ships. ``parity`` is ``N``, ``E`` or ``O``."""

    baud: int = 9600
    bytesize: int = 8
    parity: str = "N"
    stopbits: int = 1

    def __str__(self) -> str:
        return f"{self.baud} {self.bytesize}{self.parity}{self.stopbits}"


_LINE = re.compile(r"([0-9]{3,6}) ([78])([NEO])([12])")


def port_settings(text: str) -> PortSettings:
    """Settings as people write them: ``2400 7E1``. Raises ``DeviceError``."""
    found = _LINE.fullmatch(text)
    if found is None or int(found[1]) not in BAUDS:
        raise DeviceError(f"{text!r} is no setting of a serial line; write one like '9600 8N1'.")
    return PortSettings(int(found[1]), int(found[2]), found[3], int(found[4]))


class Can(msgspec.Struct, frozen=True):
    """What the wire allows. The flow reads this and shows a button only where one works.

    ``start``, ``stop``: the host can start and stop a measurement. ``repeat``: it can ask for one more.
    ``live``: values come while measuring. ``zero``: it can be zeroed from the host. ``height_unaided``:
    height comes without anybody moving a rod. ``says_specimen``: a result carries the specimen's number.
    """

    start: bool = False
    stop: bool = False
    repeat: bool = False
    live: bool = False
    zero: bool = False
    height_unaided: bool = False
    says_specimen: bool = False


class Weighs(msgspec.Struct, frozen=True):
    """How a scale talks of a weighing, for whoever accepts one.

    ``marks_still``: a weight is marked as settled, or comes only then; where not, the house must judge.
    ``tells_empty``: it is told when nobody stands there any more. ``needs_body``: a start must carry sex, age
    and height. ``repeats``: it says a settled weight again and again without a checksum, so the weight counts
    once that was told.
    """

    marks_still: bool = True
    tells_empty: bool = False
    needs_body: bool = False
    repeats: bool = False


class Speech(msgspec.Struct, frozen=True):
    """How the house speaks with a model.

    ``blank`` makes the rule that overwrites what names a person in its frames, None where nothing does.
    ``stop_with``: the bytes that stop a measurement, empty where nothing does; no driver says them, because a
    stop waits for nobody.
    """

    driver: Callable[[], Driver]
    framer: Callable[[], Framer]
    blank: Callable[[], Blank] | None = None
    stop_with: bytes = b""


class Likeness(msgspec.Struct, frozen=True):
    """The simulator of a model, by speed, and the scenarios it knows; the first is ``default``."""

    scenarios: tuple[str, ...]
    simulator: "Callable[[float], Simulator]"


class Model(msgspec.Struct, frozen=True):
    """One instrument model.

    ``grade``: A vendor document or standard read; B two independent implementations or one and a captured
    frame; C one implementation or part of a document; D not verified. ``evidence`` says in a sentence what
    was never tried. ``source`` names the documents, ``quirks`` what surprises whoever connects one.
    ``speech`` and ``likeness`` load driver and simulator when they are called, the first time in some
    milliseconds; everything else is here. ``weighs`` says something of scales only.
    """

    slug: str
    name: str
    maker: str
    role: Role
    measures: tuple[Quantity, ...]
    port: PortSettings
    can: Can
    grade: str
    evidence: str
    source: str
    speech: Callable[[], Speech]
    likeness: Callable[[], Likeness]
    quirks: str = ""
    weighs: Weighs = Weighs()

    @property
    def reads_identity(self) -> bool:
        """Whether all it ever says is who somebody is."""
        return self.role in _IDENTITY

    @property
    def driver(self) -> Callable[[], Driver]:
        """Makes the driver of one session."""
        return self.speech().driver

    @property
    def framer(self) -> Callable[[], Framer]:
        """Makes the framer of one session."""
        return self.speech().framer

    @property
    def blank(self) -> Callable[[], Blank] | None:
        """Makes the rule that blanks its frames."""
        return self.speech().blank

    @property
    def stop_with(self) -> bytes:
        """What stops a measurement."""
        return self.speech().stop_with

    @property
    def scenarios(self) -> tuple[str, ...]:
        """What its simulator can be told to do."""
        return self.likeness().scenarios

    @property
    def simulator(self) -> "Callable[[float], Simulator]":
        """Makes the instrument from its other end; what is given divides its times."""
        return self.likeness().simulator
