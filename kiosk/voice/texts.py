"""The texts of one body: what is said by itself, and what is said beside it when she asks."""

import msgspec

from health.words import Words


class Texts(msgspec.Struct, frozen=True):
    """``itself`` in the order of the screen; ``asked`` follows it when she wants to hear all. Empty:
    silent.
    """

    itself: tuple[str, ...]
    asked: tuple[str, ...] = ()


def lasting(left: str, words: Words) -> str:
    """``4:12`` as minutes and seconds; what is no such time (``soon``) as it is."""
    minutes, colon, seconds = left.partition(":")
    if not (colon and minutes.isdigit() and seconds.isdigit()):
        return left
    if minutes == "0":
        return words.text("voice.seconds", seconds=str(int(seconds)))
    return words.text("voice.minutes", minutes=minutes, seconds=str(int(seconds)))
