"""What the screens show while something is measured; ``views`` has the others and the whole.

The same rules: frozen, every text said, numbers as they are printed, absent is None.
"""

import msgspec

from devices.reading import Confidential
from kiosk.flow.steps import Station


class BloodView(msgspec.Struct, frozen=True):
    """Staff were called for the finger prick. ``seconds_left`` until the offer moves on without them."""

    again: bool
    seconds_left: int


class SampleView(msgspec.Struct, frozen=True):
    """Staff are here: they say that the strip is in and whether she has eaten, in one press.

    ``specimen`` is the number to type into the analyser.

    None where the meter takes none: then ``meter`` names the one this visit has taken.
    """

    specimen: str | None
    meter: str = ""


class BloodRunningView(msgspec.Struct, frozen=True):
    """The analyser works; she need not wait, and the next screen comes by itself. ``left`` ``2:05``.

    ``part`` 0..1. ``waiting``: everything else is measured, and she may stop waiting.
    """

    left: str
    part: float
    waiting: bool = False


class StandView(msgspec.Struct, frozen=True):
    """On the scale. ``weight`` moves while the instrument says live values; ``height`` once it is known.

    ``live`` False: the instrument says nothing until it is done, so no number moves. ``lamps`` 0..5.
    ``tall``: her height is measured here too. ``offers``: she cannot stand still, and another try is offered
    beside leaving it out.
    """

    on: bool
    live: bool
    weight: str | None
    height: str | None
    lamps: int
    trouble: str | None = None
    asked: int = 1
    offers: bool = False
    tall: bool = False


class TallView(msgspec.Struct, frozen=True):
    """Keypad for her height in centimetres; ``digits`` typed so far (0 to 3). ``full``: it takes no more."""

    digits: str
    complete: bool
    trouble: str | None = None
    full: bool = False


class WeightAskView(msgspec.Struct, frozen=True):
    """A weight that is odd, kilograms. ``last`` None: somebody seemed to join her on the scale.

    ``apart`` from last time, ``more`` or less. ``staff``: only a member of staff can say that it is right;
    ``again``: she may step up once more; ``not_me``: she may say that last time was somebody else's.
    """

    now: str
    last: str | None
    apart: str | None
    more: bool
    staff: bool
    asked: int = 1
    again: bool = True
    not_me: bool = False


class StandDoneView(msgspec.Struct, frozen=True):
    """The two values are hers; either may be absent. ``ready``: she is down, the next screen comes."""

    weight: str | None
    height: str | None
    ready: bool = True


class RememberedView(msgspec.Struct, frozen=True):
    """What she said on earlier visits, a sentence a line; all of it still holds, or something changed."""

    lines: tuple[str, ...]


class QuestionView(msgspec.Struct, frozen=True):
    """One question. ``number`` of ``total``; ``key`` is which (a ``health.visit.Question``)."""

    key: str
    question: str
    number: int
    total: int


class TelephoneView(Confidential, msgspec.Struct, frozen=True):
    """Keypad for how her doctor reaches her; ``digits`` typed so far (0 to 12). ``full``: takes no more."""

    digits: str
    complete: bool
    trouble: str | None = None
    full: bool = False


class TelephoneCheckView(Confidential, msgspec.Struct, frozen=True):
    """The number read back, in groups: ``138 0000 0738``."""

    shown: str


class RestView(msgspec.Struct, frozen=True):
    """Seated rest. ``left`` ``4:12``, ``part`` 0..1 of the rest done, ``minutes`` of the whole rest.

    ``clip``: a clip for a finger is here and waits for it; ``oxygen`` per cent, once it is known.
    """

    left: str
    part: float
    minutes: int
    trouble: str | None = None
    clip: bool = False
    oxygen: str | None = None


class PressureView(msgspec.Struct, frozen=True):
    """Pressure is taken. ``own_key`` True: the machine's own start key must be pressed.

    ``can_start``: a key on the screen starts it now. ``can_stop``: one stops it.

    ``attempt`` of ``attempts``; ``last`` the reading before (``146/75``) or None.
    """

    attempt: int
    attempts: int
    own_key: bool
    can_stop: bool
    can_start: bool = False
    last: str | None = None
    trouble: str | None = None
    asked: int = 1


class GapView(msgspec.Struct, frozen=True):
    """The pause between two readings. ``part`` 0..1 of it is over; ``last`` None: there was none yet."""

    left: str
    part: float
    last: str | None
    trouble: str | None = None


class GripTry(msgspec.Struct, frozen=True):
    """One squeeze of the plan. ``value`` None until done, ``now`` the running one."""

    left: bool
    value: str | None
    now: bool


class GripView(msgspec.Struct, frozen=True):
    """Grip. ``live`` the force now, ``best`` of this hand; ``part``/``best_part`` 0..1 of the bar."""

    left: bool
    live: str | None
    part: float
    best: str | None
    best_part: float | None
    tries: tuple[GripTry, ...]
    trouble: str | None = None
    asked: int = 1


class NotTodayView(msgspec.Struct, frozen=True):
    """An instrument rests today. ``station`` tells which picture; ``sentence`` what she does now."""

    station: Station
    sentence: str
