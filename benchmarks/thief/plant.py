"""One leak of each kind, planted on a copy of the disk: the search is believed only if it finds them all."""

import base64
import gzip
import io
import zlib
from collections.abc import Iterator

from reportlab.pdfgen.canvas import Canvas

from benchmarks.thief.canaries import Canary, Of

PLANTED = (
    Canary(Of.NAME, "卜算子".encode()),
    Canary(Of.NUMBER, b"999999193712310571"),
    Canary(Of.TELEPHONE, b"19900008642"),
    Canary(Of.VALUE, b'"187.93"'),
)


def leaks() -> Iterator[tuple[str, bytes, Canary]]:
    """Kind, bytes as they would lie on a disk, and the canary in them."""
    name, number, telephone, value = PLANTED
    yield "a log line", b"WARNING visit of " + number.raw + b" not kept\n", number
    yield "UTF-8", b"\0\0" + name.raw + b"\0", name
    yield "UTF-16LE", b"\x01" + name.raw.decode().encode("utf-16-le"), name
    yield "GBK", name.raw.decode().encode("gbk"), name
    yield "JSON, escaped", b'{"n": "' + name.raw.decode().encode("ascii", "backslashreplace") + b'"}', name
    yield "hex", telephone.raw.hex().encode(), telephone
    for before in range(3):
        yield f"Base64 at {before}", base64.b64encode(bytes(before) + telephone.raw + b"~"), telephone
    yield "a gzip stream", b"?" + gzip.compress(b'{"weight": ' + value.raw + b"}"), value
    yield "a zlib stream", b"???" + zlib.compress(b"{'phone': '" + telephone.raw + b"'}"), telephone
    yield "a stream in a stream", gzip.compress(zlib.compress(b"weight " + value.raw)), value
    yield "a stream cut off", gzip.compress(number.raw + bytes(range(256)) * 60)[:-90], number
    yield "a PDF", _pdf(number.raw.decode()), number


def _pdf(text: str) -> bytes:
    file = io.BytesIO()
    sheet = Canvas(file, pageCompression=1)
    sheet.drawString(72, 700, text)
    sheet.save()
    return file.getvalue()
