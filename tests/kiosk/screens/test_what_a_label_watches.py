"""What a rule says of a label is seen when it changes: no rule names what no label watches."""

import re
from pathlib import Path

from kivy.uix.label import Label

from kiosk.widgets.letters import FOLLOWED

RULES = Path(__file__).resolve().parents[3] / "kiosk"


def test_every_rule_changes_only_what_a_label_watches() -> None:
    said = {
        name
        for file in RULES.rglob("*.kv")
        for name in re.findall(r"^ +([a-z_]+):", file.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert said & {*Label._font_properties, "padding_x", "padding_y", "disabled"} <= set(FOLLOWED)
