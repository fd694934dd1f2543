"""What is said of a view: a text a sentence, from the catalogue of the screen.

``itself`` is said as soon as it appears; it holds no value, no name and no answer, because others may be in
the room. ``asked`` is all that may be heard when she asks for it, values too. Pure reading: it decides
nothing and must not pronounce anything; numbers still stand in it as they are printed.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import msgspec

from health.words import Words, words_of
from kiosk.views import Body, Overlay, View
from kiosk.voice.saying_arrival import ARRIVAL
from kiosk.voice.saying_leaving import LEAVING
from kiosk.voice.saying_measuring import MEASURING
from kiosk.voice.texts import Texts

BODIES: Mapping[type, Callable[..., Texts]] = MappingProxyType({**ARRIVAL, **MEASURING, **LEAVING})
"""How each body is said; every body of a view has one (a test walks them)."""


class Saying(msgspec.Struct, frozen=True):
    """The texts of one view. ``asked`` begins with those that are said by themselves."""

    itself: tuple[str, ...]
    asked: tuple[str, ...]


def saying(view: View) -> Saying:
    """What is said of ``view``, in its language. The panel of the voice lets the step below it speak."""
    words = words_of(view.language)
    if view.overlay is Overlay.HELP:
        return _same(_help(view.whom, words))
    if view.overlay is Overlay.STILL_THERE:
        return _same((words.text("overlay.still.title"), words.text("overlay.still.sentence")))
    if view.overlay is Overlay.OTHER_CARD:
        return _same((words.text("overlay.other.title"), *_ways_on(words)))
    if view.overlay is Overlay.OUTCOME:
        return _same((words.text("screen.answered.title"), words.text("screen.answered.sentence")))
    texts = BODIES.get(type(view.body), _unsaid)(view.body, words)
    return Saying(_all(texts.itself), _all((*texts.itself, *texts.asked)))


def _help(whom: str | None, words: Words) -> tuple[str, ...]:
    if whom is None:
        return (words.text("overlay.help.title"), words.text("overlay.help.sentence"))
    return (words.text("overlay.help.nobody"), words.text("overlay.help.goes_on"), whom)


def _unsaid(_body: Body, _words: Words) -> Texts:
    """A screen that nobody gave words to is shown and silent; it stops nobody."""
    return Texts(())


def _ways_on(words: Words) -> tuple[str, ...]:
    return (words.text("button.go_on_myself"), words.text("button.other_person"))


def _same(texts: tuple[str, ...]) -> Saying:
    return Saying(texts, texts)


def _all(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(text for text in texts if text)
