"""A panel is read by one provider: X's pointer, or without X the device that the settings name."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from health.settings import SettingsError
from kiosk.settings import DEMO, read_settings
from tests.house.tree import ROOT

PANEL = "/dev/input/by-id/usb-ILITEK_Multi-Touch-event-if00"
READS = """
import json, sys
from pathlib import Path
from kiosk.settings import read_settings
from kiosk.theme import load_look
from kiosk.widgets.boot import prepare
from kiosk.window import pane_of
prepare(load_look(), pane_of(read_settings(Path(sys.argv[1])), 960))
from kivy.config import Config
print(json.dumps(dict(Config.items("input"))))
"""


def settings_saying(folder: Path, line: str) -> Path:
    file = folder / "station.toml"
    file.write_text(f"{line}\n{DEMO.read_text(encoding='utf-8')}", encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("line", "read"),
    [("", {"mouse": "mouse,disable_multitouch"}), (f'touch = "{PANEL}"', {"panel": f"mtdev,{PANEL}"})],
    ids=["under X", "without X"],
)
def test_one_provider_reads_the_panel(tmp_path: Path, line: str, read: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", READS, str(settings_saying(tmp_path, line))],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert json.loads(done.stdout.splitlines()[-1]) == read


def test_what_is_no_input_device_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="touch is no input device"):
        read_settings(settings_saying(tmp_path, 'touch = "panel"'))
