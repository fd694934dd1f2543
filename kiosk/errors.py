"""The one error tree of ``kiosk``. Each message is a sentence that says what to do; none names a person."""


class KioskError(Exception):
    """Something about the station that a person can mend. ``str()`` is that sentence."""


class FlowError(KioskError):
    """The table of the flow leads round and round; the screen must not stand still for it."""
