"""The theme file is read strictly, and its colours can be told apart by old eyes."""

from pathlib import Path

import pytest

from kiosk.screens.face import Face
from kiosk.screens.gallery import write_pictures
from kiosk.theme import THEME_FILE, Colours, Look, ThemeError, load_look
from kiosk.widgets.boot import Pane, pane_size
from kiosk.widgets.dress import Wardrobe
from kiosk.widgets.key import WordKey
from kiosk.widgets.qr import modules


def changed(tmp_path: Path, before: str, after: str) -> Path:
    text = THEME_FILE.read_text(encoding="utf-8")
    assert before in text
    copy = tmp_path / "theme.toml"
    copy.write_text(text.replace(before, after, 1), encoding="utf-8")
    return copy


@pytest.mark.parametrize(
    ("before", "after", "names"),
    [
        ("margin = 16.0", "", "margin"),
        ("margin = 16.0", "margin = 16.0\nmargins = 2.0", "margins"),
        ("lockout = 600", 'lockout = "600"', "lockout"),
        ('page = "#FFFDF7"', 'page = "white"', "page"),
        ("[timing]", "[timing", "theme.toml"),
    ],
)
def test_a_wrong_theme_is_refused_with_the_name_to_mend(
    tmp_path: Path, before: str, after: str, names: str
) -> None:
    with pytest.raises(ThemeError, match=names):
        load_look(changed(tmp_path, before, after))


@pytest.mark.parametrize("name", load_look().screen)
def test_a_panel_is_as_large_as_its_face_seen_from_its_distance(look: Look, name: str) -> None:
    panel = look.screen_named(name)
    assert panel.height_mm == pytest.approx(panel.face.height * panel.unit, abs=0.5)
    assert panel.face.width / panel.face.height == pytest.approx(panel.pixels[0] / panel.pixels[1], abs=0.001)
    assert panel.unit == panel.distance / 600


def test_a_panel_that_nobody_named_is_refused(look: Look) -> None:
    with pytest.raises(ThemeError, match="portrait-21"):
        look.screen_named("portrait-22")


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def pairs(c: Colours) -> dict[str, tuple[str, str]]:
    return {
        "text": (c.text, c.page),
        "text on the wall": (c.text, c.wall),
        "secondary on the wall": (c.secondary, c.wall),
        "secondary": (c.secondary, c.page),
        "primary": (c.on_primary, c.primary),
        "pressed": (c.on_primary, c.primary_down),
        "key": (c.text, c.key),
        "key pressed": (c.text, c.key_down),
        "stop": (c.on_stop, c.stop),
        "info": (c.info_text, c.info),
        "window": (c.window_text, c.window),
        "label": (c.window_label, c.window),
        "good": (c.good, c.good_tint),
        "look": (c.look, c.look_tint),
        "doctor": (c.doctor, c.doctor_tint),
        "called": (c.on_state, c.good),
        "demo": (c.on_demo, c.demo),
    }


SETS = load_look().color
OFF = 4.5
"""Large letters, and less than those of a key that does something."""


@pytest.mark.parametrize("colours", [SETS.light, SETS.dark, SETS.contrast], ids=["light", "dark", "contrast"])
def test_words_stand_out_seven_to_one(colours: Colours) -> None:
    weak = {use: contrast(*pair) for use, pair in pairs(colours).items() if contrast(*pair) < 7.0}
    assert weak == {}


@pytest.mark.parametrize("colours", [SETS.light, SETS.dark, SETS.contrast], ids=["light", "dark", "contrast"])
def test_a_key_that_is_off_can_be_read_and_stands_back(colours: Colours) -> None:
    assert OFF <= contrast(colours.on_off, colours.off) < contrast(colours.text, colours.key) - 3


def test_a_key_is_as_forgiving_and_as_deaf_as_the_theme_says(look: Look, wardrobe: Wardrobe) -> None:
    key = WordKey()
    said = (look.size.slop, look.size.drift, look.timing.lockout)
    assert (key.slop, key.drift, key.lockout) == said == (3.5, 12.0, 600)
    assert Face(look, wardrobe).guard_ms == look.timing.guard == 400


def test_the_face_keeps_its_shape_in_a_smaller_window(look: Look) -> None:
    assert pane_size(look, Pane(1920)) == (1080, 1920)
    width, height = pane_size(look, Pane(1152))
    assert width / height == pytest.approx(9 / 16, abs=0.003)
    wide, _ = pane_size(look, Pane(1152, strip=True))
    face = look.screen_named("portrait-21").face
    assert wide - width == pytest.approx(1152 / face.height * face.strip, abs=4)
    assert pane_size(look, Pane(1080, "landscape-15")) == (1920, 1080)
    assert pane_size(look, Pane(800, "table-10")) == (1280, 800)


def test_pictures_of_a_panel_nobody_knows_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(ThemeError, match="nowhere"):
        write_pictures(tmp_path / "out", ["zh_CN"], ["nowhere"])
    assert not (tmp_path / "out").exists()


def test_a_code_has_its_white_edge_and_squares_a_telephone_can_read() -> None:
    rows = modules("https://station.example/p#v1." + "A" * 300)
    count = len(rows)
    assert all(not any(rows[i]) and not any(row[i] for row in rows) for i in (0, 1, 2, 3, -1, -2, -3, -4))
    assert 110 / count * (count - 8) >= 40
    assert 110 / count >= 1.0
