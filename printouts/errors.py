"""The one error tree of ``printouts``. Each message is a sentence that says what to do and names nobody."""


class PrintoutError(Exception):
    """Something about a sheet, a code or a printer that a person can mend. ``str()`` is that sentence."""
