"""Writes a PDF smaller: what is no stream goes into one compressed object stream.

ReportLab writes each object on its own, and a tagged sheet has hundreds of small ones. Only the bytes it
writes are read: a classic table, one revision, no encryption. ISO 32000-1, 7.5.7 and 7.5.8. It must not
change an object.
"""

import hashlib
import re
import struct
import zlib
from itertools import pairwise

from printouts.errors import PrintoutError

_HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_OBJECT = re.compile(rb"(\d+) 0 obj\n")
_ENTRY = re.compile(rb"(\d{10}) (\d{5}) ([nf]) ")
_TRAILER = re.compile(rb"/(Root|Info) (\d+) 0 R")
_PLACE, _PACKED, _WIDE = 1, 2, 7
_END = b"endstream\n"


def repacked(pdf: bytes) -> bytes:
    """The same document. Raises ``PrintoutError`` for a file that ReportLab did not write."""
    objects, trailer = _objects(pdf)
    refs = {name: int(number) for name, number in _TRAILER.findall(trailer)}
    if b"Root" not in refs or b"Info" not in refs:
        raise PrintoutError("The sheet could not be written: install the locked Python packages again.")
    out = bytearray(_HEAD)
    places: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}
    packed = [(number, body) for number, body in objects if not body.endswith(_END)]
    for number, body in objects:
        if body.endswith(_END):
            places[number] = (_PLACE, len(out), 0)
            # ISO 19005-2, 6.1.7.1: a line ends before the word; ReportLab leaves that out.
            out += b"%d 0 obj\n%s\nendstream\nendobj\n" % (number, body.removesuffix(_END))
    holder = len(objects) + 1
    for index, (number, _) in enumerate(packed):
        places[number] = (_PACKED, holder, index)
    places[holder] = (_PLACE, len(out), 0)
    out += _holder(holder, packed)
    places[holder + 1] = (_PLACE, len(out), 0)
    named = b"<%s>" % hashlib.sha256(out).hexdigest()[:32].encode()
    return bytes(out) + _table(places, holder + 1, refs, named, len(out))


def _objects(pdf: bytes) -> tuple[list[tuple[int, bytes]], bytes]:
    """Every object by number without its frame, in order, and the trailer."""
    start = pdf.rfind(b"xref\n", 0, pdf.rfind(b"startxref"))
    end = pdf.find(b"trailer\n", start)
    offsets = sorted(int(m[1]) for m in _ENTRY.finditer(pdf, start, end) if m[3] == b"n")
    found: list[tuple[int, bytes]] = []
    for begin, close in pairwise([*offsets, start]):
        head = _OBJECT.match(pdf, begin)
        foot = pdf.rfind(b"endobj\n", begin, close)
        if head is None or foot < 0:
            raise PrintoutError("The sheet could not be written: install the locked Python packages again.")
        found.append((int(head[1]), pdf[head.end() : foot]))
    return found, pdf[end:]


def _holder(number: int, packed: list[tuple[int, bytes]]) -> bytes:
    index, body = bytearray(), bytearray()
    for held, content in packed:
        index += b"%d %d " % (held, len(body))
        body += content
    data = zlib.compress(bytes(index + body))
    said = b"/Type/ObjStm/N %d/First %d" % (len(packed), len(index))
    return _stream(number, said, data)


def _table(
    places: dict[int, tuple[int, int, int]], number: int, refs: dict[bytes, int], named: bytes, start: int
) -> bytes:
    rows = [struct.pack(">BIH", *places[n]) for n in range(number + 1)]
    # Each row as its difference to the one above (PNG predictor Up, 7.4.4.4): most are then the same.
    above = [b"\0" * _WIDE, *rows]
    up = b"".join(
        b"\x02" + bytes((b - a) % 256 for a, b in zip(*two, strict=True)) for two in pairwise(above)
    )
    said = (
        b"/Type/XRef/Size %d/W[1 4 2]/Root %d 0 R/Info %d 0 R/ID[%s%s]/DecodeParms<</Predictor 12/Columns 7>>"
        % (
            number + 1,
            refs[b"Root"],
            refs[b"Info"],
            named,
            named,
        )
    )
    return _stream(number, said, zlib.compress(up, 9)) + b"startxref\n%d\n%%%%EOF\n" % start


def _stream(number: int, said: bytes, data: bytes) -> bytes:
    head = b"%d 0 obj\n<<%s/Filter/FlateDecode/Length %d>>\nstream\n" % (number, said, len(data))
    return head + data + b"\nendstream\nendobj\n"
