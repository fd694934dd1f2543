"""The phone without an account: the result itself in a code, to be opened by a static page.

Payload version 1, described byte by byte in ``docs/phone-payload.md``. It holds numbers, bands and codes of
sentences; never a name, an identity number or a birth date, and it must not grow beyond 300 characters.
"""

import ipaddress
import zlib
from base64 import urlsafe_b64encode
from urllib.parse import urlsplit

from msgspec.structs import replace

from devices.reading import Quantity
from health.assessment import Assessment, Level, Phrase
from health.quantity import printed_value
from health.station import Station
from health.visit import Visit
from printouts.errors import PrintoutError
from printouts.phone_bytes import FIRST_DAY, Payload, PhoneBand, PhoneValue, from_bytes, to_bytes
from printouts.rows import finding_for

LONGEST = 300
_NOT_PUBLIC = ("localhost", ".localhost", ".local", ".lan", ".internal", ".home.arpa", ".test", ".invalid")
_STATION_NAME, _STATION_PHONE = 48, 24


def code_of(key: str) -> int:
    """The 24-bit code a key is carried by: the lower bits of its CRC-32 (ISO 3309). The page looks it up."""
    return zlib.crc32(key.encode()) & 0xFFFFFF


def encode(content: Payload) -> str:
    """``content`` as base64url without padding, as it stands in the URL fragment."""
    return urlsafe_b64encode(to_bytes(content)).rstrip(b"=").decode("ascii")


def decode(text: str) -> Payload:
    """What ``encode`` was given. Raises ``PrintoutError`` for anything it did not write."""
    return from_bytes(text)


def payload(visit: Visit, assessment: Assessment, station: Station) -> str:
    """The result of ``visit`` as a payload of at most 300 characters.

    Where the room is short, bands of level 0 are left out from the last, then the station's name is cut; no
    number and nothing above level 0 ever is. Raises ``PrintoutError`` where even that does not fit.
    """
    content = _content(visit, assessment, station)
    while len(text := encode(content)) > LONGEST:
        content = _shorter(content)
    return text


def _shorter(content: Payload) -> Payload:
    """One thing less that the page can do without."""
    normal = [band for band in content.bands if band.level is Level.NORMAL]
    if normal:
        return replace(content, bands=tuple(b for b in content.bands if b is not normal[-1]))
    if not content.place:
        raise PrintoutError(
            "The result does not fit the code: shorten the station's telephone in the settings."
        )
    return replace(content, place=content.place[:-1])


def _content(visit: Visit, assessment: Assessment, station: Station) -> Payload:
    return Payload(
        on=visit.on,
        demo=visit.demo or station.demo,
        level=assessment.level,
        message=_sentence(assessment.message),
        values=tuple(PhoneValue(o.quantity, printed_value(o), o.comparator) for o in visit.observations),
        bands=tuple(_bands(visit, assessment)),
        hints=tuple(_sentence(hint.phrase) for hint in assessment.hints[1:3]),
        station=station.id[:16],
        place=station.name.encode()[:_STATION_NAME].decode(errors="ignore"),
        telephone=station.phone[:_STATION_PHONE],
    )


def _bands(visit: Visit, assessment: Assessment) -> list[PhoneBand]:
    found = []
    for quantity in Quantity:
        finding = finding_for(assessment, quantity)
        if finding is not None and finding.quantity is quantity and visit.value_of(quantity) is not None:
            # A road of which she has only a part is not the one the page keeps: it then draws none.
            partly = any(zone.level is None for zone in finding.zones)
            band = code_of(f"{finding.rule}/{finding.band}{'/partly' if partly else ''}")
            found.append(PhoneBand(quantity, finding.level, finding.direction, band, code_of(finding.word)))
    return found


def _sentence(phrase: Phrase) -> tuple[int, tuple[tuple[str, str], ...]]:
    return code_of(phrase.key), phrase.args


def address_of(visit: Visit, assessment: Assessment, station: Station) -> str | None:
    """The text of the code for ``visit``; None where no telephone could open it.

    Nor is there one for a day that has no place in it: the clock had lost its battery, the sheet goes on.
    """
    if not station.phone_page or visit.on < FIRST_DAY:
        return None
    return phone_url(station, payload(visit, assessment, station))


def phone_url(station: Station, text: str) -> str | None:
    """The address the code holds; None where no telephone could open it.

    A station prints a code only for a public https address; a demonstration also for the local clinic.
    """
    page = station.phone_page
    if not page:
        return None
    parts = urlsplit(page)
    public = parts.scheme == "https" and _is_public(parts.hostname or "")
    local = station.demo and parts.scheme in ("http", "https") and bool(parts.hostname)
    return f"{page.partition('#')[0]}#{text}" if public or local else None


def _is_public(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith(_NOT_PUBLIC)
