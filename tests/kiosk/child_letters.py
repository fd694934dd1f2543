"""Run as a child process: draws letters for real, unseen, and tells which came out empty or as a box.

Each letter is drawn as a ``Letters`` label and compared, dot by dot, with what each face draws for a letter
that no font has. What was seen is told as one line of JSON.
"""

import json
import sys
from hashlib import sha256

from kiosk.theme import load_look
from kiosk.widgets.boot import pane_for, prepare
from printouts import coverage
from tests.rare_letters import sample

NOBODY = "\U0010fffd"
"""Private use: no face has it."""
SIZE_PX = 40


def main() -> None:
    """Draw the sample."""
    look = load_look()
    prepare(look, pane_for(look, offscreen=True))
    from kivy.base import EventLoop
    from kivy.core.text import Label as Drawn

    from kiosk.widgets.letters import Letters

    EventLoop.ensure_window()

    def picture(letter: str) -> str:
        label = Letters(text=letter, font_size=SIZE_PX, color=(1, 1, 1, 1))
        label.texture_update()
        return digest(label.texture.pixels)

    def box(font: str | None) -> str:
        label = Drawn(text=NOBODY, font_size=SIZE_PX, **({"font_name": font} if font else {}))
        label.refresh()
        return digest(label.texture.pixels)

    boxes = {box(None), *(box(str(face)) for face in coverage.RARE if face.is_file())}
    letters = sample()
    pictures = {letter: picture(letter) for letter in letters}
    said = {
        "drawn": len(letters),
        "boxes": [hex(ord(letter)) for letter in letters if pictures[letter] in boxes | {""}],
        "alike": len(letters) - len(set(pictures.values())),
        "plain_label_is_a_box": box(None) == box_of_rare(Drawn),
    }
    sys.stdout.write(json.dumps(said) + "\n")


def box_of_rare(drawn: type) -> str:
    """What a label of one face makes of a letter that only a further face has."""
    label = drawn(text="𠮷", font_size=SIZE_PX)
    label.refresh()
    return digest(label.texture.pixels)


def digest(pixels: bytes) -> str:
    """A name for a picture, empty where nothing was drawn."""
    return sha256(pixels).hexdigest() if any(pixels) else ""


if __name__ == "__main__":
    main()
