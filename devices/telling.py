"""What a driver told, as the event that crosses to the house: whose line it was, and when."""

from devices.events import CardHeard, CodeHeard, Heard, LineEvent, Progress, Refused, Trouble
from devices.reading import Card, Code, Reading
from devices.session import Complaint, Told, Unread


def event(instrument: str, told: Told, at: float) -> LineEvent:
    """The event of that name. ``at`` is seconds of the monotonic clock."""
    if isinstance(told, Reading):
        return Heard(instrument, told, at)
    if isinstance(told, Card):
        return CardHeard(instrument, told, at)
    if isinstance(told, Code):
        return CodeHeard(instrument, told, at)
    if isinstance(told, Unread):
        return Refused(instrument, told.reason, told.size, at, told.detail)
    if isinstance(told, Complaint):
        return Trouble(instrument, told.code, at)
    return Progress(instrument, told.step, at)
