"""What a server's answer to a transaction means. A 200 is no success by itself: every entry must say so.

Nor is a 400 the end by itself: servers were seen that give one to a race of their own.
"""

from enum import StrEnum
from typing import Any

import msgspec


class Verdict(StrEnum):
    """What follows from an answer."""

    TAKEN = "taken"
    AGAIN = "again"
    DOUBTFUL = "doubtful"
    CLOSED = "closed"


_WORST = (Verdict.CLOSED, Verdict.DOUBTFUL, Verdict.AGAIN, Verdict.TAKEN)
_AGAIN = frozenset({408, 409, 425, 429})
_GONE = frozenset({404, 410})
_CLOSED = frozenset({401, 403})


def verdict_on(status: int, body: bytes, many: int, *, gone: bool = False) -> Verdict:
    """The verdict on an answer to a transaction of ``many`` entries. ``gone``: they were to be deleted."""
    if not 200 <= status < 300:
        return _verdict(status, gone=gone and many == 1)
    statuses = _statuses(body)
    if statuses is None:
        return Verdict.AGAIN  # a portal in between answered, not the server
    if len(statuses) != many:
        return Verdict.DOUBTFUL
    found = {_verdict(one, gone=gone) for one in statuses}
    return next(one for one in _WORST if one in found or one is Verdict.TAKEN)


def verdict_on_deletion(status: int) -> Verdict:
    """The verdict on an answer to a DELETE by itself. One that others still point at (409) goes later."""
    return _verdict(status, gone=True)


def _verdict(status: int, *, gone: bool = False) -> Verdict:
    if 200 <= status < 300 or (gone and status in _GONE):
        return Verdict.TAKEN
    if status in _CLOSED:
        return Verdict.CLOSED
    if status in _AGAIN or status >= 500 or status < 400:
        return Verdict.AGAIN
    return Verdict.DOUBTFUL


def _statuses(body: bytes) -> list[int] | None:
    """The status of each entry; None where this is no answer of a FHIR server."""
    try:
        tree: Any = msgspec.json.decode(body)
        if tree["type"] not in {"transaction-response", "batch-response"}:
            return None
        return [int(str(entry["response"]["status"])[:3]) for entry in tree.get("entry", [])]
    except (msgspec.MsgspecError, UnicodeDecodeError, KeyError, TypeError, ValueError, AttributeError):
        return None
