"""What a station remembers of the clinic it joined: where it is, its pinned key, and what it said, signed.

One small file beside the ledger, written anew as a whole, and a second with the same in it: a station with a
bad spot on its disk shall not be out of service for that. Whom to believe is decided in ``enrolment``.
"""

import logging
import os
from pathlib import Path

import msgspec

from health import pairing
from health.errors import HealthError
from health.keys import VerifyKey, sync_folder
from health.wire import SignedSettings, StationSettings
from kiosk.errors import KioskError

FILE, SECOND = "enrolment.json", "enrolment.second.json"
_log = logging.getLogger(__name__)


class EnrolmentError(KioskError):
    """The station could not join, or does not know any more whom it belongs to."""


class Enrolled(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is remembered: where the clinic is, the key pinned, and the settings as they were signed.

    ``has``: which clinic, before or after which restore, has all that is noted here as taken.
    """

    url: str
    clinic_key: str
    settings: SignedSettings
    has: str = ""

    def told(self) -> StationSettings:
        """The settings. Raises ``EnrolmentError`` if the pinned key did not sign them."""
        try:
            return pairing.read_settings(self.settings, VerifyKey(self.clinic_key))
        except HealthError as wrong:
            raise EnrolmentError(f"The file {FILE} was altered; enrol this station again.") from wrong

    def clinic_now(self) -> str:
        """Which clinic it is: one with other keys, or put back from an older copy, lacks what it once had."""
        return f"{self.clinic_key} {self.told().restored}".rstrip()

    def clinic_that_has(self) -> str:
        """The clinic that has what is noted as taken; where older software noted none, the pinned one."""
        return self.has or self.clinic_key


def enrolled_in(data: Path) -> Enrolled | None:
    """What is remembered in the folder ``data``, None before it joined anybody. Raises ``EnrolmentError``.

    Where the file is gone or damaged it is what the second one says, if that is whole.
    """
    try:
        first = _whole(data / FILE)
    except EnrolmentError:
        second = _second(data)
        if second is None:
            raise
        return second
    return first or _second(data)


def remember(data: Path, enrolled: Enrolled) -> None:
    """Keep this in place of what was remembered; after a power cut there is the one or the other."""
    for name in (FILE, SECOND):
        fresh = data / (name + ".new")
        with fresh.open("wb") as file:
            file.write(msgspec.json.encode(enrolled))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(data / name)
        sync_folder(data)


def _whole(file: Path) -> Enrolled | None:
    try:
        found = msgspec.json.decode(file.read_bytes(), type=Enrolled)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as wrong:
        raise EnrolmentError(f"The file {FILE} cannot be read; enrol this station again.") from wrong
    found.told()
    return found


def _second(data: Path) -> Enrolled | None:
    try:
        second = _whole(data / SECOND)
    except EnrolmentError:
        return None
    if second is not None:
        _log.error("%s is gone or damaged; %s is believed in its place.", FILE, SECOND)
    return second
