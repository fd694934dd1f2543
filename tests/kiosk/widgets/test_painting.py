"""Painting for real: a window without a screen, in a process of its own because kivy keeps one for good."""

import os
import subprocess
import sys
from pathlib import Path

SCRIPT = """
from kivy.config import Config
Config.set("graphics", "multisamples", "0")
from kivy.core.window import Window
from kiosk.widgets.drawing import Drawing
from kiosk.widgets.icon import Icon

drawing = Drawing(name="stand", size=(535, 384), size_hint=(None, None))
drawing.repaint()
first = drawing.canvas.children[-1].texture
data = first.pixels
seen = {data[i : i + 3].hex() for i in range(0, len(data), 4)}
print("persimmon", "d45f28" in seen, "wall", "f4eada" in seen, "size", *first.size)
print("solid", all(data[i] == 255 for i in range(3, len(data), 4)))
print("slot", *(round(side) for side in drawing.slot("height")))
drawing.palette = "contrast"
drawing.repaint()
data = drawing.canvas.children[-1].texture.pixels
seen = {data[i : i + 3].hex() for i in range(0, len(data), 4)}
print("contrast", "ffd84a" in seen, "d45f28" not in seen)
icon = Icon(name="state_in_range", color="#0F5C2E", ground="#FFFFFF", size=(50, 80), size_hint=(None, None))
icon.repaint()
painted = icon.canvas.children[-1].texture
data = painted.pixels
seen = {data[i : i + 4].hex() for i in range(0, len(data), 4)}
print("icon", "0f5c2eff" in seen, "ffffffff" in seen, "corner", data[3], *painted.size)

from kiosk.widgets.flatten import Patch, Placing
from kiosk.widgets.painting import clean_sheet, paint
from kiosk.widgets.spent import forget_orders, forget_translator, keep_orders

square = Patch(((0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0)), "ink")
def of(red):
    return paint([square], Placing(1.0, (0.0, 0.0, 9.0, 9.0)), (9, 9), lambda _: (red, 0.0, 0.0), None)
red, black = of(1.0), of(0.0)
forget_translator()
forget_orders()
again = of(1.0)
Window.dispatch("on_flip")
keep_orders()
middle = [each.pixels[18 * 40:][:4].hex() for each in (red, black, again)]
print("one sheet", *middle, "clean", *clean_sheet().size, len(clean_sheet().children))
"""


def test_pictures_have_the_colours_of_their_palette_and_stay_when_the_sheet_is_painted_again(
    tmp_path: Path,
) -> None:
    root = Path(__file__).resolve().parents[3]
    kivy = {
        "SDL_VIDEODRIVER": "offscreen",
        "KIVY_NO_ARGS": "1",
        "KIVY_NO_CONFIG": "1",
        "KIVY_NO_FILELOG": "1",
        "KIVY_NO_CONSOLELOG": "1",
        "KIVY_HOME": str(tmp_path),
        "PYTHONPATH": str(root),
    }
    painted = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env={**os.environ, **kivy},
        cwd=root,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert painted.stdout.splitlines() == [
        "persimmon True wall True size 535 384",
        "solid True",
        "slot 372 209 146 144",
        "contrast True True",
        "icon True True corner 0 50 50",
        "one sheet ff0000ff 000000ff ff0000ff clean 1 1 0",
    ], painted.stderr
