"""Codes that one person reads to another: made, shown in fours, and read as they were typed."""

import secrets

# 16 of 31 signs are 79 bits: nobody tries them out, and none is taken for another when it is written down.
_SIGNS, _LONG = "23456789ABCDEFGHJKMNPQRSTUVWXYZ", 16


def new_code() -> str:
    """A fresh code, without hyphens."""
    return "".join(secrets.choice(_SIGNS) for _ in range(_LONG))


def in_fours(code: str) -> str:
    """The code as it is shown: ``ABCD-EFGH-JKMN-PQRS``."""
    return "-".join(code[at : at + 4] for at in range(0, _LONG, 4))


def as_typed(code: str) -> str:
    """The code in what somebody typed: capitals or not, with hyphens, spaces or without."""
    return "".join(sign for sign in code.upper() if sign in _SIGNS)
