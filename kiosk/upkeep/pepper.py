"""The station's pepper: a secret outside the ledger without which no kept PIN can be tried out.

Six digits are a million guesses, and a machine makes those in a night against any hash. So what is hashed is
not the PIN but its HMAC under this key, and the key is not in the database: the service manager hands it in
as a credential (``LoadCredentialEncrypted=pin.pepper``, sealed to the machine's TPM where it has one), or it
lies beside the station's own key, readable by the station's user alone. In the second case somebody who
carries the whole disk away has both, and only the disk's encryption stands in between.
"""

import hashlib
import hmac
import logging
import secrets
from os import environ
from pathlib import Path

import msgspec

from devices.reading import Confidential
from health.keys import BadKeyError, read_secret, write_secret
from kiosk.upkeep.errors import PinError

FILE = "pin.pepper"
CREDENTIALS = "CREDENTIALS_DIRECTORY"
"""systemd.exec(5): where a service finds the credentials it was given."""
_BYTES = 32
_log = logging.getLogger(__name__)


class Pepper(Confidential, msgspec.Struct, frozen=True):
    """The key itself. ``mark`` tells two peppers apart and says nothing of either."""

    key: bytes

    @property
    def mark(self) -> str:
        """Kept beside each hash, so that a lost pepper is not taken for a wrong PIN."""
        return hmac.new(self.key, b"kangyi pepper mark", hashlib.sha256).hexdigest()[:16]

    def over(self, staff: str, pin: str) -> str:
        """The PIN of ``staff`` as it goes into the hash: HMAC-SHA256 in hex."""
        return hmac.new(self.key, f"{staff}\n{pin}".encode(), hashlib.sha256).hexdigest()

    @classmethod
    def new(cls) -> "Pepper":
        """A fresh one that nobody keeps."""
        return cls(secrets.token_bytes(_BYTES))


def pepper_of(data: Path) -> Pepper:
    """The pepper of the station in the folder ``data``, made at the first call. Raises ``BadKeyError``."""
    given = environ.get(CREDENTIALS, "")
    handed_in = Path(given) / FILE
    if given and handed_in.is_file():
        return _from_text(handed_in.read_text(encoding="ascii").strip())
    file = data / FILE
    try:
        return _from_text(read_secret(file))
    except (BadKeyError, PinError):
        if file.exists() and not _is_damaged(file):
            raise
    write_secret(file, secrets.token_hex(_BYTES))
    return _from_text(read_secret(file))


def _is_damaged(file: Path) -> bool:
    """Whether it reads and is no pepper; then it is set aside: a station without PINs still measures."""
    try:
        file.read_bytes()
    except OSError:
        return False
    if file.stat().st_mode & 0o077:
        return False
    file.rename(file.with_name(f"{FILE}.damaged"))
    _log.error("The secret %s was damaged and set aside; every PIN has to be made anew.", FILE)
    return True


def _from_text(text: str) -> Pepper:
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != _BYTES:
        raise PinError(f"The secret {FILE} is not {_BYTES} bytes in hex; restore it from its copy.")
    return Pepper(key)
