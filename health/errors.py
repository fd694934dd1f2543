"""The one error tree of ``health``. Each message is a sentence that says what to do; none names a person."""


class HealthError(Exception):
    """Something about a visit, a rule, a record or an envelope that a person can mend; ``str()`` says how."""
