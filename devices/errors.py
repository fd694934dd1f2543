"""The one error tree of ``devices``. Each message is a sentence that says what to do; none names a person."""


class DeviceError(Exception):
    """Something about an instrument, its line or its bytes that a person can mend; ``str()`` says how."""
