"""What goes wrong with the database itself. No message repeats a row or an address."""

from clinic.errors import ClinicError


class StoreError(ClinicError):
    """The database cannot be opened, copied or put back, or is of another edition."""


class StoreBusyError(StoreError):
    """Somebody writes for longer than anybody waits; later it may be asked again."""


class StoreAwayError(StoreError):
    """The database does not answer, has no room, or is locked for longer than anybody waits."""


class NotKeptError(StoreError):
    """A text that this database does not keep: too long for its column, or with the letter NUL."""
