"""The ground of a panel: clear outside its corners, its line all round, its fill within, at any size."""

import pytest

from kiosk.widgets.plate import Rgba, plate_for, rows_of

RED, BLUE, NONE = (1.0, 0.0, 0.0, 1.0), (0.0, 0.0, 1.0, 1.0), (0.0, 0.0, 0.0, 0.0)


def rows(size: tuple[int, int], radius: float, line: float, fill: Rgba, edge: Rgba) -> list[list[bytes]]:
    told = rows_of(plate_for(size, radius, line, fill, edge))
    return [[row[4 * x :][:4] for x in range(len(row) // 4)] for row in told]


@pytest.mark.parametrize("size", [(400, 100), (33, 90), (32, 32), (7, 5)])
def test_a_plate_has_clear_corners_a_line_all_round_and_its_fill_within(size: tuple[int, int]) -> None:
    found = rows(size, 16.1, 1.0, RED, BLUE)
    middle = len(found) // 2
    assert found[0][0][3] < 0x80
    assert found[middle][middle] == b"\xff\x00\x00\xff"
    for edge in (found[0][middle], found[-1][middle], found[middle][0], found[middle][-1]):
        assert edge == b"\x00\x00\xff\xff"
    assert found == found[::-1] == [row[::-1] for row in found]


def test_a_plate_without_corners_and_line_is_one_colour() -> None:
    assert rows((300, 200), 0.0, 0.0, (0.0, 0.0, 1.0, 0.5), RED) == [[b"\x00\x00\xff\x80"]]


def test_a_line_round_nothing_leaves_its_middle_clear() -> None:
    found = rows((100, 100), 8.0, 2.0, NONE, BLUE)
    assert found[8][8][3] == 0
    assert found[0][8] == found[1][8] == b"\x00\x00\xff\xff"


def test_a_small_panel_has_corners_no_larger_than_half_of_it() -> None:
    assert plate_for((40, 11), 16.1, 1.0, RED, BLUE).corner == 5
