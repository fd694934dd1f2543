"""The drawings as data: every file reads, keeps to the palette, marks one thing, and crops no head."""

import math
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.widgets.drawing_svg import svg
from kiosk.widgets.flatten import Frame, Patch, dashes, flatten, place
from kiosk.widgets.palette import NAMES, PALETTES, Palette, PaletteError, hex_of, rgb_of
from kiosk.widgets.shapes import (
    DRAWINGS,
    Box,
    DrawingError,
    Sheet,
    drawing_names,
    icon_names,
    parse,
    read_drawing,
    read_icon,
)

PARTS = tuple(sorted(f"parts/{path.stem}" for path in (DRAWINGS / "parts").glob("*.toml")))
STAGES = ((267.6, 178.0), (267.6, 192.0), (267.6, 130.0), (122.0, 150.0), (345.0, 110.0), (180.0, 240.0))
BODY = {"hair", "hair2", "skin", "dark"}
NEEDED = {
    *("idle", "touch_hand", "welcome", "card", "card_read", "consent_scale", "consent_staff", "consent_stop"),
    *("blood", "blood_running", "step_on", "stand", "stand_narrow", "stand_done", "questions", "rest"),
    *("tip_back", "tip_feet", "tip_quiet", "pressure", "press_key", "grip_right", "grip_left", "urgent"),
    *("take_paper", "take_phone", "printing", "goodbye", "belonging_card", "belonging_glasses"),
    *(
        "belonging_cane",
        "clip",
        "help",
        "still_there",
        "staff_portrait",
        "calibration_weight",
        "not_today_blood",
    ),
    *("not_today_stand", "not_today_pressure", "not_today_grip", "not_today_card"),
}
ONE_SQUARE = 'about = "x"\nbox = [0, 0, 9, 9]\nshapes = [{ rect = [0, 0, 9, 9], paint = "s5" }]\n'


def inside(inner: Box, outer: Box) -> bool:
    return (
        inner[0] >= outer[0] - 1e-6
        and inner[1] >= outer[1] - 1e-6
        and inner[2] <= outer[2] + 1e-6
        and inner[3] <= outer[3] + 1e-6
    )


def test_every_screen_of_the_visit_has_its_drawing() -> None:
    assert set(drawing_names()) >= NEEDED


@pytest.mark.parametrize("name", [*drawing_names(), *PARTS])
def test_a_drawing_is_made_of_palette_colours_and_finite_points(name: str) -> None:
    patches = flatten(read_drawing(name))
    assert patches
    assert {patch.paint for patch in patches} <= NAMES
    assert all(math.isfinite(side) for patch in patches for point in patch.points for side in point)


@pytest.mark.parametrize("name", drawing_names())
def test_persimmon_marks_only_what_the_body_meets(name: str) -> None:
    sheet = read_drawing(name)
    marked = {patch.meets for patch in flatten(sheet) if patch.paint.startswith("persimmon")}
    assert marked == set(sheet.meets)
    assert len(sheet.meets) <= (3 if name == "idle" else 1)


@pytest.mark.parametrize("name", drawing_names())
def test_a_drawing_for_a_dark_room_has_no_second_file(name: str) -> None:
    assert not any(name.endswith(f"_{palette}") for palette in Palette)


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("name", drawing_names())
def test_no_stage_crops_a_head_or_a_hand(name: str, stage: tuple[float, float]) -> None:
    sheet = read_drawing(name)
    view = place(sheet, *stage).view
    above_floor = (patch for patch in flatten(sheet, view) if patch.paint in BODY and patch.bounds[1] >= 0)
    assert all(inside(patch.bounds, view) for patch in above_floor)


@pytest.mark.parametrize("name", [each for each in drawing_names() if read_drawing(each).back == "wall"])
def test_hair_keeps_clear_of_the_upper_edge(name: str) -> None:
    sheet = read_drawing(name)
    hair = [patch.bounds[3] for patch in flatten(sheet) if patch.paint in {"hair", "hair2"}]
    assert all(top <= sheet.box[3] - 4 for top in hair)


@pytest.mark.parametrize("name", drawing_names())
def test_places_for_words_and_lamps_lie_in_the_part_that_is_never_cropped(name: str) -> None:
    sheet = read_drawing(name)
    for slot in sheet.slots.values():
        assert inside(slot, sheet.box)


@pytest.mark.parametrize("name", icon_names())
def test_an_icon_keeps_to_its_grid(name: str) -> None:
    sheet = read_icon(name)
    assert sheet.box == (0, 0, 24, 24)
    assert all(inside(patch.bounds, (-0.1, -0.1, 24.1, 24.1)) for patch in flatten(sheet))


@pytest.mark.parametrize("name", [each for each in icon_names() if each != "mark"])
def test_an_icon_takes_the_colour_of_its_button(name: str) -> None:
    assert {patch.paint for patch in flatten(read_icon(name))} <= {"ink", "white"}


def test_every_palette_knows_every_colour() -> None:
    for palette in Palette:
        assert set(PALETTES[palette]) == NAMES
        assert all(0 <= part <= 1 for name in NAMES for part in rgb_of(name, palette))


def test_an_unknown_colour_is_refused_by_name() -> None:
    with pytest.raises(PaletteError, match="mauve"):
        hex_of("mauve")


@given(
    width=st.floats(1, 5000),
    height=st.floats(1, 5000),
    name=st.sampled_from(["idle", "stand", "card", "take_phone", "help"]),
)
def test_whatever_the_stage_what_must_be_kept_is_in_view(width: float, height: float, name: str) -> None:
    sheet = read_drawing(name)
    placing = place(sheet, width, height)
    left, bottom, right, top = placing.view
    slack = 1e-6 * max(right - left, top - bottom)
    assert left - slack <= sheet.kept[0]
    assert right + slack >= sheet.kept[2]
    assert bottom - slack <= sheet.kept[1]
    assert top + slack >= sheet.kept[3]
    assert math.isclose((right - left) / (top - bottom), width / height, rel_tol=1e-6)


def test_at_its_own_shape_a_drawing_fills_the_stage_exactly() -> None:
    sheet = read_drawing("stand")
    width, height = sheet.box[2] - sheet.box[0], sheet.box[3] - sheet.box[1]
    placing = place(sheet, width * 4, height * 4)
    assert placing.scale == pytest.approx(4)
    assert placing.to_stage(sheet.box) == pytest.approx((0, 0, width * 4, height * 4))


def test_the_branch_hangs_on_the_right_edge_of_any_stage() -> None:
    sheet = read_drawing("welcome")
    for stage in STAGES:
        view = place(sheet, *stage).view
        wood = [p.bounds[2] for p in flatten(sheet, view) if p.paint == "wood_dark" and p.bounds[1] > 90]
        assert max(wood) >= view[2]


@given(x=st.floats(-100, 100), y=st.floats(-100, 100), turn=st.floats(-360, 360), scale=st.floats(0.1, 10))
def test_a_frame_keeps_distances_in_proportion(x: float, y: float, turn: float, scale: float) -> None:
    frame = Frame((7.0, -3.0), scale, turn, mirror=True)
    start, end = frame.points([(0, 0), (x, y)])
    assert math.dist(start, end) == pytest.approx(math.hypot(x, y) * scale, abs=1e-6)


def test_dashes_leave_gaps_and_lose_no_length() -> None:
    pieces = list(dashes([(0.0, 0.0), (10.0, 0.0), (10.0, 10.0)], 3.0, 2.0))
    lengths = [sum(math.dist(a, b) for a, b in pairwise(piece)) for piece in pieces]
    assert lengths == pytest.approx([3, 3, 3, 3])


@pytest.mark.parametrize(
    ("change", "to", "word"),
    [
        ('paint = "s5"', 'paint = "#5B8591"', "palette"),
        ('paint = "s5"', 'paint = "s5", shadow = 3', "shadow"),
        ('paint = "s5"', 'paint = "s5", ellipse = [0, 0, 1, 1]', "exactly one"),
        ("box = [0, 0, 9, 9]", "box = [9, 0, 0, 9]", "empty"),
        ("rect = [0, 0, 9, 9]", "line = [[0, 0], [1, 1]]", "width"),
        ("rect = [0, 0, 9, 9]", "curve = [[0, 0], [1, 1, 2]]", "Bezier"),
        ('paint = "s5"', 'paint = "s5", scale = 0', "above 0"),
        (', paint = "s5"', "", "painted"),
        ("shapes", "shapes = 3 #", "Correct"),
    ],
)
def test_a_drawing_outside_the_format_is_refused_with_its_name(change: str, to: str, word: str) -> None:
    with pytest.raises(DrawingError, match=word) as refused:
        parse(ONE_SQUARE.replace(change, to), "teapot")
    assert "teapot" in str(refused.value)


@pytest.mark.parametrize("name", ["unicorn", "../../etc/passwd", "parts"])
def test_a_drawing_that_is_not_there_is_one_sentence(name: str) -> None:
    with pytest.raises(DrawingError, match=r"\.$"):
        read_drawing(name)


def test_a_repainted_part_no_longer_counts_as_met() -> None:
    sheet = parse(
        'about = "x"\nbox = [0, 0, 9, 9]\n'
        'shapes = [{ use = "parts/grip_handle", repaint = { persimmon = "s3" } }]',
        "spare handle",
    )
    assert [(patch.paint, patch.meets) for patch in flatten(sheet)] == [("s3", None)]


@pytest.mark.parametrize("palette", list(Palette))
def test_a_drawing_becomes_a_picture_in_every_palette(palette: Palette) -> None:
    root = ElementTree.fromstring(svg(read_drawing("stand"), 267.6, 192, palette))  # noqa: S314 - our own
    fills = {path.get("fill") for path in root}
    assert {hex_of("wall", palette), hex_of("persimmon", palette), hex_of("skin", palette)} <= fills


def test_a_line_reaches_half_its_width_beyond_its_points() -> None:
    assert Patch(((0.0, 0.0), (4.0, 0.0)), "s5", 2.0).bounds == (-1.0, -1.0, 5.0, 1.0)


def test_no_drawing_file_lies_where_nobody_looks_for_it() -> None:
    found = {path.relative_to(DRAWINGS) for path in DRAWINGS.rglob("*") if path.is_file()}
    known = {Path(f"{name}.toml") for name in (*drawing_names(), *PARTS)}
    assert found == known


def test_every_part_is_used() -> None:
    used: set[str] = set()
    sheets: list[Sheet] = [read_drawing(name) for name in (*drawing_names(), *PARTS)]
    for sheet in sheets:
        used |= {shape.use for shape in sheet.shapes if shape.use}
    assert used == set(PARTS)
