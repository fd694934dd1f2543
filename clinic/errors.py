"""The one error tree of ``clinic``. Each message is a sentence that says what to do; none names a person."""


class ClinicError(Exception):
    """Something about the central server that a person can mend. ``str()`` is that sentence."""
