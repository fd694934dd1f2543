"""What a resident is found by, as it is compared: a name without spaces, the end of a telephone number."""

import unicodedata

from health.names import shown

END = 4
"""Digits of a telephone number that are kept apart to find it by."""


def sought(name: str) -> str:
    """A name as it is compared: nothing hidden, no spaces, plain forms, no capitals."""
    return "".join(unicodedata.normalize("NFKC", shown(name)).casefold().split())[:64]


def digits_of(phone: str) -> str:
    """The digits of a telephone number."""
    return "".join(sign for sign in phone if sign in "0123456789")


def keys_of(name: str, phone: str) -> dict[str, object]:
    """The columns by which somebody of that name and number is found."""
    return {"sought": sought(name), "phone_end": digits_of(phone)[-END:]}
