"""The linter of the rule files names a pixel, however it is worked out, and lets millimetres be."""

import pytest

from tests.kiosk.screens.millimetres import pixels_in


@pytest.mark.parametrize(
    "line",
    [
        *("width: 20px", "font_size: sp(12)", "height: 3dp", "size_hint: 1, 1"),
        *("width: 20", "font_size: 20", "size: 100, 50", "pos: self.x, 40", "radius: [4]", "x: -3.5"),
        *(
            "x: self.x + 12",
            "width: 2 * 40",
            "top: root.top - 5",
            "radius: [4, 4] * 2",
            "y: 5 if root.low else 0",
        ),
        *("height: max(48, self.texture_size[1])", "width: root.width - 2 * 8", "xy: 0, self.height / 2 + 3"),
    ],
)
def test_a_rule_in_anything_but_millimetres(line: str) -> None:
    rules = f"<WaterScreen>:\n    Words:\n        {line}\n"
    assert list(pixels_in(rules)) == [f"line 3 is not in millimetres: {line}"]


@pytest.mark.parametrize(
    "line",
    [
        *("at: 16, 192, 73.2, 38", "em: 15", "width: 20 * dress.mm", "pos: 0, 0", "size: self.size"),
        "radius: [dress.mm * 4, 0]",
        "size: self.texture_size[0], self.texture_size[1]",
        *(
            "x: self.x + 12 * dress.mm",
            "width: root.width / 2 - dress.mm * (4 + 3)",
            "radius: [dress.mm * 3] * 4",
        ),
        "pos: self.parent.at[2] if self.at[1] < 7 else 0, round(self.top - self.em * 2)",
    ],
)
def test_what_is_measured_is_no_pixel(line: str) -> None:
    assert list(pixels_in(f"<WaterScreen>:\n    Words:\n        {line}\n")) == []
