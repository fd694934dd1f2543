"""Makes an embedded subset smaller: outlines on a coarse grid, and only the tables a PDF reads.

A point moves by at most half the grid of its glyph, and the grid of a glyph follows the largest type it is
set in on the sheet: never further than a dot at 600 dpi.
Advance widths stay. Formats: OpenType 1.9, ``glyf``, ``loca``, ``head``. It must not touch what it
cannot read: composite glyphs pass unchanged.
"""

import struct
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain, pairwise, repeat

GRIDS = (16, 8, 4)
"""1/1000 em, the coarsest first."""
_DOT_MM, _POINT_MM = 25.4 / 600, 25.4 / 72
# ISO 32000-1, 9.9: what a TrueType program in a PDF needs; names and other metrics it does not.
_NEEDED = (b"cmap", b"cvt ", b"fpgm", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp", b"prep")
_ON, _X_BYTE, _Y_BYTE, _REPEAT, _X_SAME, _Y_SAME = 0x01, 0x02, 0x04, 0x08, 0x10, 0x20
_KEPT = _ON | 0x40
_LONG_LOCA_AT, _CHECKSUM_AT, _MAGIC = 50, 8, 0xB1B0AFBA
_BYTE = 256


def grid_for(size_pt: float) -> int:
    """The coarsest grid that moves no point of a glyph in type of ``size_pt`` further than a dot."""
    fine = (grid for grid in GRIDS if grid / 2 / 1000 * size_pt * _POINT_MM <= _DOT_MM)
    return next(fine, GRIDS[-1])


def thinned(font: bytes, grids: Sequence[int] = ()) -> bytes:
    """The font program without what a PDF does not read, and each glyph on its grid of ``grids``.

    A glyph beyond their end is set on the finest.
    """
    tables = _tables(font)
    finest = repeat(GRIDS[-1])
    glyphs = [
        _on_grid(glyph, grid) for glyph, grid in zip(_glyphs(tables), chain(grids, finest), strict=False)
    ]
    offsets = [0]
    for glyph in glyphs:
        offsets.append(offsets[-1] + len(glyph))
    head = bytearray(tables[b"head"])
    struct.pack_into(">h", head, _LONG_LOCA_AT, 1)
    struct.pack_into(">I", head, _CHECKSUM_AT, 0)
    changed = {
        b"glyf": b"".join(glyphs),
        b"loca": struct.pack(f">{len(offsets)}I", *offsets),
        b"head": bytes(head),
    }
    return _font({tag: changed.get(tag, tables[tag]) for tag in _NEEDED if tag in tables})


def _tables(font: bytes) -> dict[bytes, bytes]:
    (count,) = struct.unpack_from(">H", font, 4)
    found = {}
    for index in range(count):
        tag, _, offset, length = struct.unpack_from(">4sIII", font, 12 + 16 * index)
        found[tag] = font[offset : offset + length]
    return found


def _glyphs(tables: dict[bytes, bytes]) -> list[bytes]:
    (long_form,) = struct.unpack_from(">h", tables[b"head"], _LONG_LOCA_AT)
    (count,) = struct.unpack_from(">H", tables[b"maxp"], 4)
    places = struct.unpack_from(f">{count + 1}{'I' if long_form else 'H'}", tables[b"loca"])
    step = 1 if long_form else 2
    ends = [place * step for place in places]
    return [tables[b"glyf"][a:b] for a, b in pairwise(ends)]


@lru_cache(maxsize=8192)
def _on_grid(glyph: bytes, grid: int) -> bytes:
    """One simple glyph with its points on the grid, its hints dropped; anything else as it is."""
    contours = struct.unpack_from(">h", glyph)[0] if glyph else -1
    if contours <= 0:
        return glyph
    ends = struct.unpack_from(f">{contours}H", glyph, 10)
    at = 10 + 2 * contours
    at += 2 + int(struct.unpack_from(">H", glyph, at)[0])
    flags, at = _flags(glyph, at, ends[-1] + 1)
    xs, at = _coordinates(glyph, at, flags, (_X_BYTE, _X_SAME), grid)
    ys, at = _coordinates(glyph, at, flags, (_Y_BYTE, _Y_SAME), grid)
    box = struct.pack(">hhhh", min(xs), min(ys), max(xs), max(ys))
    wide, x_flags = _steps(xs, _X_BYTE, _X_SAME)
    high, y_flags = _steps(ys, _Y_BYTE, _Y_SAME)
    drawn = [f & _KEPT | x | y for f, x, y in zip(flags, x_flags, y_flags, strict=True)]
    start = glyph[:2] + box + glyph[10 : 10 + 2 * contours] + b"\0\0"
    whole = start + _packed(drawn) + wide + high
    return whole + b"\0" * (-len(whole) % 4)


def _flags(glyph: bytes, at: int, count: int) -> tuple[list[int], int]:
    flags: list[int] = []
    while len(flags) < count:
        flag, times = glyph[at], 1
        at += 1
        if flag & _REPEAT:
            times += glyph[at]
            at += 1
        flags += [flag] * times
    return flags, at


def _coordinates(
    glyph: bytes, at: int, flags: Sequence[int], axis: tuple[int, int], grid: int
) -> tuple[list[int], int]:
    """The coordinates of one axis, each moved to the grid on its own, so that errors do not add up."""
    byte, same = axis
    found, value = [], 0
    for flag in flags:
        if flag & byte:
            value += glyph[at] if flag & same else -glyph[at]
            at += 1
        elif not flag & same:
            value += struct.unpack_from(">h", glyph, at)[0]
            at += 2
        found.append((value + grid // 2) // grid * grid)
    return found, at


def _steps(values: Sequence[int], byte: int, same: int) -> tuple[bytes, list[int]]:
    out, flags, before = bytearray(), [], 0
    for value in values:
        step, before = value - before, value
        if step == 0:
            flags.append(same)
        elif abs(step) < _BYTE:
            flags.append(byte | (same if step > 0 else 0))
            out.append(abs(step))
        else:
            flags.append(0)
            out += struct.pack(">h", step)
    return bytes(out), flags


def _packed(flags: Sequence[int]) -> bytes:
    """The flags with runs of equal ones counted."""
    out, index = bytearray(), 0
    while index < len(flags):
        last = index
        while last + 1 < len(flags) and flags[last + 1] == flags[index] and last - index < _BYTE - 1:
            last += 1
        out += bytes([flags[index] | _REPEAT, last - index]) if last > index else bytes([flags[index]])
        index = last + 1
    return bytes(out)


def _font(tables: dict[bytes, bytes]) -> bytes:
    """A font file of ``tables``, with the checksums the format asks for."""
    count = len(tables)
    power = count.bit_length() - 1
    span = 16 << power
    out = bytearray(struct.pack(">IHHHH", 0x00010000, count, span, power, 16 * count - span))
    at, body = 12 + 16 * count, bytearray()
    for tag, data in sorted(tables.items()):
        out += struct.pack(">4sIII", tag, _sum(data), at + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    whole = out + body
    head = at + sum(len(d) + -len(d) % 4 for t, d in sorted(tables.items()) if t < b"head") + _CHECKSUM_AT
    struct.pack_into(">I", whole, head, (_MAGIC - _sum(bytes(whole))) & 0xFFFFFFFF)
    return bytes(whole)


def _sum(data: bytes) -> int:
    padded = data + b"\0" * (-len(data) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}I", padded)
    return sum(words) & 0xFFFFFFFF
