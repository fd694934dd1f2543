"""Text lines ended by CR, LF or both: the look that several families share.

Which line means what is each family's own affair.
"""

from devices.framing import Cut, Kind, Look

_ENDS = b"\r\n"


def line_look(limit: int) -> Look:
    """Lines of at most ``limit`` bytes. A longer one is junk up to its end, so its tail is never read."""

    def look(held: bytes, after_junk: bool) -> Cut | None:  # noqa: FBT001 - the signature of every look
        if held[0] in _ENDS:
            return Cut(Kind.SKIP, 1)
        end = _line_end(held)
        if end is None:
            return Cut(Kind.JUNK, len(held)) if after_junk or len(held) > limit else None
        return Cut(Kind.JUNK if after_junk or end > limit else Kind.FRAME, end)

    return look


def _line_end(held: bytes) -> int | None:
    found = [place for place in (held.find(b"\r"), held.find(b"\n")) if place >= 0]
    return min(found) if found else None
