"""From view to view: what is new on the screen is said, once, and what she asked for again.

On the thread that draws, which it never holds up: it compares two views and hands the rest to the mouth. A
new screen is said whole; on the same screen only the sentences that were not there before. It must not say
a value that nobody asked for, but into headphones.
"""

from collections.abc import Callable
from typing import Protocol

import msgspec

from health.words import DEFAULT, words_of
from kiosk.flow.steps import Step
from kiosk.views import (
    GapView,
    GripView,
    IdentifyView,
    Overlay,
    PaperState,
    PaperView,
    PhoneView,
    PressureView,
    RestView,
    StandView,
    TallView,
    View,
)
from kiosk.voice.hearing import Hearing
from kiosk.voice.mouth import Utterance
from kiosk.voice.saying import saying
from kiosk.voice.sounds import Sound

BUSY_AGAIN = 15.0
"""Seconds after which she is told again to hold still (reference of the interface §2.3)."""
_ON_ARRIVAL = frozenset({Step.CONFIRM, Step.STAND_DONE})
"""Steps that something was done to come to: a card was read, she was weighed."""


class Speaks(Protocol):
    """A mouth: every method returns at once, but ``close``."""

    def open(self) -> None:
        """Begin."""

    def close(self) -> None:
        """Stop in the middle of whatever is said."""

    def say(self, utterance: Utterance) -> None:
        """Say it in place of what is said."""

    def hush(self) -> None:
        """Say no more."""

    def play(self, sound: Sound) -> None:
        """Play a sound."""

    def speaks(self, language: str) -> bool:
        """Whether that language is heard here now."""

    def private(self) -> bool:
        """Whether she alone hears it."""


class Silent:
    """The mouth of a station that has no voice."""

    def open(self) -> None:
        """Nothing to begin."""

    def close(self) -> None:
        """Nothing to end."""

    def say(self, utterance: Utterance) -> None:
        """Nobody hears it."""

    def hush(self) -> None:
        """Nothing is said."""

    def play(self, sound: Sound) -> None:
        """Nobody hears it."""

    def speaks(self, _language: str) -> bool:
        """No."""
        return False

    def private(self) -> bool:
        """Nobody hears anything."""
        return False


class _Told(msgspec.Struct, frozen=True):
    """What the screen said when it was last looked at."""

    place: tuple[Step, Overlay | None, str]
    texts: tuple[str, ...]
    trouble: tuple[str | None, int]
    done: int
    hearing: Hearing


class Announcer:
    """``monotonic`` in seconds."""

    def __init__(self, mouth: Speaks, monotonic: Callable[[], float]) -> None:
        self._mouth = mouth
        self._monotonic = monotonic
        self._view: View | None = None
        self._told: _Told | None = None
        self._last = Utterance("", ())
        self._since = 0.0

    def speaks(self, language: str) -> bool:
        """Whether screens in ``language`` are heard here."""
        return self._mouth.speaks(language)

    def play(self, sound: Sound) -> None:
        """Play ``sound``; while she wants silence, only the call of staff."""
        muted = self._told is not None and self._told.hearing.muted
        if sound is Sound.CALL or not muted:
            self._mouth.play(sound)

    def try_out(self) -> None:
        """What everybody hears first, at the usual loudness and pace: for whoever sets the amplifier."""
        words = words_of(DEFAULT)
        texts = (words.text("screen.welcome.title"), words.text("screen.welcome.sentence"))
        self._mouth.say(Utterance(DEFAULT, texts, soon=True))

    def watch(self, view: View | None) -> None:
        """Look at the screen; None while it is the staff's."""
        if view is None or view.step is Step.IDLE:
            self._leave(view)
        elif view != self._view:
            self._look(view)
        elif _holds_still(view) and self._monotonic() - self._since > BUSY_AGAIN:
            self._say(view, saying(view).itself[:1])
        self._view = view

    def _leave(self, view: View | None) -> None:
        """Nobody is here: forget her. A goodbye is said to its end."""
        gone = view is not None and self._view is not None and self._view.step is Step.GOODBYE
        if self._told is not None and not gone:
            self._mouth.hush()
        self._told, self._last = None, Utterance("", ())

    def _look(self, view: View) -> None:
        texts = saying(view)
        before, now = self._told, _told(view, texts.itself)
        self._told = now
        self._chime(before, now)
        if before is None or now.place != before.place:
            self._say(view, texts.asked if self._mouth.private() else texts.itself)
        elif now.hearing != before.hearing:
            self._obey(view, before.hearing, texts.asked)
        elif now.trouble[1] != before.trouble[1] and now.trouble[0]:
            self._say(view, (now.trouble[0],))
        elif new := tuple(text for text in texts.itself if text not in before.texts):
            self._say(view, new)

    def _obey(self, view: View, before: Hearing, whole: tuple[str, ...]) -> None:
        """She wants it again, otherwise, or not at all."""
        if view.hearing.muted:
            self._mouth.hush()
        elif view.hearing.asked != before.asked:
            self._say(view, whole, soon=True)
        else:
            self._say(view, self._last.texts or whole, soon=True)

    def _say(self, view: View, texts: tuple[str, ...], *, soon: bool = False) -> None:
        self._since = self._monotonic()
        hearing = view.hearing
        self._last = Utterance(view.language, texts, hearing.loudness, hearing.pace, soon)
        if not hearing.muted:
            self._mouth.say(self._last)

    def _chime(self, before: _Told | None, now: _Told) -> None:
        """A sound for what was done and for what must be done again, beside the sentence."""
        came = before is None or before.place[0] is not now.place[0]
        if now.trouble[0] and (before is None or before.trouble != now.trouble):
            self.play(Sound.PROBLEM)
        elif (came and now.place[0] in _ON_ARRIVAL) or (before is not None and now.done > before.done):
            self.play(Sound.DONE)


def _told(view: View, texts: tuple[str, ...]) -> _Told:
    # The panel of the voice lets the step below it speak: to come or go it is no other place.
    overlay = None if view.overlay is Overlay.VOICE else view.overlay
    return _Told((view.step, overlay, view.language), texts, _trouble(view), _done(view), view.hearing)


def _trouble(view: View) -> tuple[str | None, int]:
    """The sentence that asks for something again, and how often it did."""
    body = view.body
    if isinstance(body, IdentifyView | StandView | PressureView | GripView):
        return body.trouble, body.asked
    if isinstance(body, GapView | RestView | PhoneView | TallView | PaperView):
        return body.trouble, 1
    return None, 1


def _done(view: View) -> int:
    """How much this screen has to show for what she did: it grows when something was measured."""
    body = view.body
    if isinstance(body, GripView):
        return sum(one.value is not None for one in body.tries)
    if isinstance(body, GapView):
        return int(body.last is not None)
    if isinstance(body, RestView):
        return int(body.oxygen is not None)
    return int(isinstance(body, PaperView) and body.paper is PaperState.DONE)


def _holds_still(view: View) -> bool:
    """Whether she is measured this moment and must not move."""
    body = view.body
    if view.overlay is not None:
        return False
    if isinstance(body, StandView):
        return body.on and body.trouble is None
    return isinstance(body, PressureView) and not (body.own_key or body.can_start)
