"""The languages this station can speak: which voice of the engine, how fast, and how a sentence is spelled
out.

A language of the catalogues that is not here is shown and not said (docs/adding-a-language.md). Pure.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import msgspec

from kiosk.voice import english, mandarin, readings
from kiosk.voice.hearing import Pace


def _as_it_is(spelled: str) -> str:
    return spelled


class Tongue(msgspec.Struct, frozen=True):
    """``rates`` are the engine's, by pace. ``spelled`` puts a text into words, ``unspoken`` tells what
    is lost.

    ``read`` makes of the words what the engine is given.
    """

    voice: str
    rates: Mapping[Pace, int]
    spelled: Callable[[str], str]
    unspoken: Callable[[str], str]
    read: Callable[[str], str] = _as_it_is


def _rates(usual: int, slower: int, slowest: int) -> Mapping[Pace, int]:
    return MappingProxyType({Pace.USUAL: usual, Pace.SLOWER: slower, Pace.SLOWEST: slowest})


# Old ears want 165 Hanzi and 150 English words a minute, fewer than people read (reference of the interface
# §2.4); the steps below are 150 and 130, 135 and 120. Figures of the engine measured with espeak-ng 1.51.
TONGUES: Mapping[str, Tongue] = MappingProxyType(
    {
        "zh_CN": Tongue(
            "cmn-latn-pinyin", _rates(155, 143, 124), mandarin.spelled, mandarin.unspoken, readings.read
        ),
        "en": Tongue("en-gb", _rates(130, 117, 104), english.spelled, english.unspoken),
    }
)
