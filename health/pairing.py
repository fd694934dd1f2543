"""How a station and a clinic that never met make sure that nobody stands between them.

Both screens show the same eight digits, computed from both public keys and from a random number of each side.
The station commits to its number before it learns the clinic's, and opens it only after: so somebody in the
middle cannot search for keys that give the same digits on both screens and has one chance in 10^8 per try
(the commit-then-compare of ZRTP, RFC 6189 §4.4.1). Here too: how settings are signed. No I/O.
"""

import base64
import binascii
import hashlib
import secrets

from health.keys import SigningKey, VerifyKey
from health.wire import SignedSettings, StationSettings, WireError, decode, encode

_SETTINGS = b"kangyi settings 1\n"


def number() -> str:
    """A fresh random number of 32 bytes, in hex."""
    return secrets.token_hex(32)


def commitment(own: str) -> str:
    """What the station says before it says its number."""
    return hashlib.sha256(b"kangyi commitment 1\n" + own.encode()).hexdigest()


def opens(given: str, own: str) -> bool:
    """Whether ``own`` is the number that ``given`` was a commitment to."""
    return secrets.compare_digest(given.encode(), commitment(own).encode())


def code(station: VerifyKey, clinic: VerifyKey, station_number: str, clinic_number: str) -> str:
    """The eight digits both screens show, as ``"1234 5678"``."""
    parts = (station.text, clinic.text, station_number, clinic_number)
    hashed = hashlib.sha256("\n".join(("kangyi code 1", *parts)).encode()).digest()
    digits = f"{int.from_bytes(hashed, 'big') % 10**8:08d}"
    return f"{digits[:4]} {digits[4:]}"


def sign_settings(settings: StationSettings, key: SigningKey) -> SignedSettings:
    """The settings as a clinic sends them."""
    text = encode(settings)
    signature = base64.urlsafe_b64encode(key.sign(_SETTINGS + text)).decode("ascii")
    return SignedSettings(text.decode(), signature)


def read_settings(signed: SignedSettings, clinic: VerifyKey) -> StationSettings:
    """The settings, once the pinned ``clinic`` key says they are its own. Raises ``WireError``."""
    text = signed.text.encode()
    try:
        signature = base64.urlsafe_b64decode(signed.signature)
    except (binascii.Error, ValueError):
        signature = b""
    if not clinic.signed(signature, _SETTINGS + text):
        raise WireError(
            "These settings are not signed by the clinic this station belongs to; ask the clinic."
        )
    return decode(text, StationSettings)
