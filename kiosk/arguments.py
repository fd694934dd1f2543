"""What the kiosk's commands take besides files: an address, a clinic, a language.

Each is an argparse type: the value, or one sentence that says what to give. It must not try whether anybody
answers.
"""

import re
from argparse import ArgumentTypeError
from urllib.parse import urlsplit

_UNSEEN = re.compile(r"[\s\x00-\x1f\x7f\ud800-\udfff]")


def address(text: str) -> str:
    """The address of a clinic, ``http`` or ``https`` with a host."""
    if not _is_address(text):
        raise ArgumentTypeError(f"{text!r} is no clinic's address; give one like https://clinic.example")
    return text


def clinic(text: str) -> str:
    """``own``, ``none`` or an address."""
    if text not in ("own", "none") and not _is_address(text):
        raise ArgumentTypeError(
            f"{text!r} is no clinic; give own, none or an address that begins with https://"
        )
    return text


def language(text: str) -> str:
    """A language that has a catalogue."""
    from health.words import languages  # noqa: PLC0415 - only where a language is named

    if text not in languages():
        raise ArgumentTypeError(f"there is no language {text!r}; choose one of {', '.join(languages())}")
    return text


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        named = bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number, a bracket that is not closed
        return False
    plain = not (parts.query or parts.fragment or parts.username or _UNSEEN.search(text))
    return named and plain and parts.scheme in ("http", "https")
