"""The colour profile that says what red is: sRGB, built from the numbers of its standard.

PDF/A asks for one in the file (ISO 19005-2, 6.2.3). Format: ICC.1:2010, a three-component matrix profile with
parametric curves. Numbers: IEC 61966-2-1, primaries adapted to D50 as ICC profiles demand. It must not draw.
"""

import struct
from functools import cache

# X, Y, Z of white (D50) and of the three primaries, adapted to D50 (Bradford), as sRGB profiles hold them.
_WHITE = (0.9642, 1.0, 0.8249)
_RED = (0.4360657, 0.2224884, 0.0139160)
_GREEN = (0.3851471, 0.7168732, 0.0970764)
_BLUE = (0.1430664, 0.0606079, 0.7140961)
# IEC 61966-2-1, 5.2: y = ((x + 0.055) / 1.055) ** 2.4 from 0.04045 on, x / 12.92 below it.
_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
_HEADER, _ENTRY = 128, 12
_VERSION_4_2 = 0x04200000


@cache
def srgb() -> bytes:
    """The profile; always the same bytes."""
    curve = b"para" + struct.pack(">IHH", 0, 3, 0) + _fixed(_CURVE)
    tags = (
        (b"desc", _words("sRGB IEC61966-2.1")),
        (b"cprt", _words("No copyright, use freely")),
        (b"wtpt", _xyz(_WHITE)),
        (b"rXYZ", _xyz(_RED)),
        (b"gXYZ", _xyz(_GREEN)),
        (b"bXYZ", _xyz(_BLUE)),
        (b"rTRC", curve),
        (b"gTRC", curve),
        (b"bTRC", curve),
    )
    start = _HEADER + 4 + _ENTRY * len(tags)
    table, body = struct.pack(">I", len(tags)), b""
    places: dict[bytes, int] = {}
    for name, data in tags:
        if data not in places:
            places[data] = start + len(body)
            body += data + b"\0" * (-len(data) % 4)
        table += name + struct.pack(">II", places[data], len(data))
    return _header(start + len(body)) + table + body


def _header(size: int) -> bytes:
    made = struct.pack(">6H", 2026, 1, 1, 0, 0, 0)
    head = struct.pack(">IIIIII", size, 0, _VERSION_4_2, *(_tag(t) for t in (b"mntr", b"RGB ", b"XYZ ")))
    return (head + made + b"acsp" + b"\0" * 28 + _fixed(_WHITE)).ljust(_HEADER, b"\0")


def _tag(name: bytes) -> int:
    return int.from_bytes(name)


def _fixed(numbers: tuple[float, ...]) -> bytes:
    """s15Fixed16Number, ICC.1:2010, 4.6."""
    return struct.pack(f">{len(numbers)}i", *(round(number * 65536) for number in numbers))


def _xyz(numbers: tuple[float, ...]) -> bytes:
    return b"XYZ \0\0\0\0" + _fixed(numbers)


def _words(text: str) -> bytes:
    """multiLocalizedUnicodeType with one English record, ICC.1:2010, 10.13."""
    raw = text.encode("utf-16-be")
    return b"mluc" + struct.pack(">IIIHHII", 0, 1, 12, 0x656E, 0x5553, len(raw), 28) + raw
