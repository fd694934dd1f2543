"""Run as a child process: every model in its place, every one of its faults, each a whole guideline visit.

Prints a line of JSON for each model: how many faults, in how many of them she came to goodbye, and where she
stood in the others. ``benchmarks.novice`` reads it.
"""

import functools
import hashlib
import json
import os
import sys
import tempfile
from pathlib import Path

from devices.catalogue import CATALOGUE
from devices.model import Model, Role
from kiosk.personas import people
from kiosk.theme import load_look
from kiosk.widgets.boot import pane_for, prepare
from tests.kiosk.novice.house import Circumstances, hand_moved

PLACES = {
    Role.CARD: "reader",
    Role.STAND: "scale",
    Role.BLOOD: "analyser",
    Role.PRESSURE: "cuff",
    Role.GRIP: "handle",
}
"""The instruments of the demonstration by their role; models of another role have no place there."""


def main() -> None:
    """Every model."""
    os.environ["KIVY_GL_BACKEND"] = "mock"
    vars(hashlib)["scrypt"] = functools.cache(hashlib.scrypt)
    look = load_look()
    prepare(look, pane_for(look, offscreen=True))
    from kivy.core.window import Window
    from kivy.metrics import mm

    from kiosk.screens.all_screens import load_rules
    from kiosk.screens.face import Face
    from kiosk.widgets.dress import Wardrobe
    from tests.kiosk.novice.eyes import Eyes

    worn = Wardrobe(look, "zh_CN")
    worn.put_up()
    load_rules()
    worn.dress.mm = mm(1)
    face = Face(look, worn, size=Window.size)
    Window.add_widget(face)
    eyes = Eyes(face)
    for model in CATALOGUE:
        if model.role in PLACES:
            stuck = {fault: said for fault in model.scenarios if (said := _walk(model, fault, eyes))}
            told = {"model": model.slug, "faults": len(model.scenarios), "stuck": stuck}
            sys.stdout.write(json.dumps(told) + "\n")
            sys.stdout.flush()


def _walk(model: Model, fault: str, eyes: object) -> str:
    """Where she stood at the end, empty where she came to goodbye."""
    from tests.kiosk.novice.eyes import Eyes
    from tests.kiosk.novice.someone import Novice, StuckError

    assert isinstance(eyes, Eyes)
    place = PLACES[model.role]
    around = Circumstances(scenarios={place: fault}, models={place: model.slug})
    with tempfile.TemporaryDirectory() as folder, hand_moved(Path(folder), around) as house:
        try:
            Novice(house, eyes, people().called("shen")).comes_and_goes()
        except StuckError:
            return str(house.view().step)
    return ""


if __name__ == "__main__":
    main()
