"""What a line tells the house, as frozen facts.

Small enough to cross a thread by itself. It must not hold a port, a driver or a frame that names a person.
"""

import msgspec

from devices.reading import Card, Code, Confidential, Reading


class Heard(msgspec.Struct, frozen=True):
    """The instrument said a value. ``at`` is seconds of the monotonic clock, as everywhere below."""

    instrument: str
    reading: Reading
    at: float


class CardHeard(Confidential, msgspec.Struct, frozen=True):
    """The reader read an identity card. No readable ``repr``."""

    instrument: str
    card: Card
    at: float


class CodeHeard(Confidential, msgspec.Struct, frozen=True):
    """A scanner read a code or a reader a chip: untrusted. No readable ``repr``."""

    instrument: str
    code: Code
    at: float


class Refused(msgspec.Struct, frozen=True):
    """Bytes came that make no value: ``reason`` is a word of ``devices.session.Reason``.

    ``detail`` names what staff can look up (an unknown test code), never a person.
    """

    instrument: str
    reason: str
    bytes_: int
    at: float
    detail: str = ""


class Trouble(msgspec.Struct, frozen=True):
    """The instrument itself said that it could not measure: ``code`` such as ``error_5`` or ``card_41``."""

    instrument: str
    code: str
    at: float


class Progress(msgspec.Struct, frozen=True):
    """The protocol says that something is on its way: ``step`` is ``receiving`` or ``card_found``."""

    instrument: str
    step: str
    at: float


class Lost(msgspec.Struct, frozen=True):
    """The port is gone or cannot be opened. Told once until it is found again."""

    instrument: str
    at: float


class Found(msgspec.Struct, frozen=True):
    """The port is open. Told at the first opening too."""

    instrument: str
    at: float


class TwoAlike(msgspec.Struct, frozen=True):
    """More than one port answers to this instrument's name, so none is opened until staff say which.

    Told once for the same ``paths``, beside ``Lost``.
    """

    instrument: str
    at: float
    paths: tuple[str, ...]


class NotUnderstood(Confidential, msgspec.Struct, frozen=True):
    """For some seconds nothing that came was understood: another speed, another protocol, a damaged wire.

    Told once until something is. ``tail`` is the last bytes heard, at most 64, with identity fields blanked;
    empty of a reader of identities.
    """

    instrument: str
    at: float
    tail: bytes


class Understood(msgspec.Struct, frozen=True):
    """Behind ``NotUnderstood``: a frame came that is one."""

    instrument: str
    at: float


LineEvent = (
    Heard
    | CardHeard
    | CodeHeard
    | Refused
    | Trouble
    | Progress
    | Lost
    | Found
    | TwoAlike
    | NotUnderstood
    | Understood
)
