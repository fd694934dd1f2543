"""A thinned font says the same: no glyph is lost, no width moves, no point goes far."""

import io
from itertools import product

from reportlab.pdfbase.ttfonts import TTFontFile

from printouts.fonts import BOLD, FOLDER, REGULAR
from printouts.outlines import GRIDS, _glyphs, _tables, grid_for, thinned

SAID = [ord(letter) for letter in "\x00 血压今天偏高0123456789.%mg/dLé"]


def subset(name: str) -> bytes:
    made: bytes = TTFontFile(io.BytesIO((FOLDER / f"{name}.ttf").read_bytes()), charInfo=1).makeSubset(SAID)
    return made


def box(glyph: bytes) -> tuple[int, ...]:
    return tuple(int.from_bytes(glyph[at : at + 2], signed=True) for at in (2, 4, 6, 8))


def test_no_glyph_is_lost_and_none_moves_further_than_half_the_grid() -> None:
    for name, grid in product((REGULAR, BOLD), GRIDS):
        before, after = _tables(subset(name)), _tables(thinned(subset(name), [grid] * 99))
        assert before[b"hmtx"] == after[b"hmtx"]
        old, new = _glyphs(before), _glyphs(after)
        assert [bool(glyph) for glyph in old] == [bool(glyph) for glyph in new]
        for glyph, coarse in zip(old, new, strict=True):
            if glyph:
                assert all(abs(a - b) <= grid for a, b in zip(box(glyph), box(coarse), strict=True))


def test_a_thinned_font_is_smaller_and_thinning_twice_changes_nothing() -> None:
    whole = subset(REGULAR)
    once = thinned(whole)
    assert len(once) < len(whole)
    assert thinned(once) == once


def test_no_point_moves_further_than_a_dot_at_600_dpi_and_larger_type_is_finer() -> None:
    for size in (7.5, 9.5, 16.0, 25.0, 34.0, 39.1):
        assert grid_for(size) / 2 / 1000 * size / 72 <= 1 / 600
    grids = [grid_for(size) for size in (7.5, 16.0, 25.0, 39.1)]
    assert grids == sorted(grids, reverse=True)
    assert len(set(grids)) == 3
