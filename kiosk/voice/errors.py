"""What can go wrong with the voice. None of it ever reaches the person: she has the screen."""

from kiosk.errors import KioskError


class VoiceError(KioskError):
    """Root of everything that can be wrong with speech and sounds."""


class EngineError(VoiceError):
    """The speech engine said nothing, or nothing that can be heard."""


class LoudspeakerError(VoiceError):
    """Nothing could be played."""


class ClipError(VoiceError):
    """A pack of recorded sentences that cannot be used as it is."""
