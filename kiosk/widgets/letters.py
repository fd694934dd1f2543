"""A label that draws every letter of GB 18030, from the face of the house or a further one, never a box.

The window library draws a label from one face and a missing letter as an empty box. Which face has a letter
is asked where paper asks it (``printouts.coverage``), so that a name looks alike on both; what no face has
stands as its number. ``text`` stays what was given. It leans on four private hooks of the labels of kivy
2.3.1, which is locked to that version, and a test compares the pictures.
"""

from itertools import groupby

from kivy.clock import Clock
from kivy.core.text import Label as Drawn
from kivy.core.text.markup import MarkupLabel
from kivy.uix.label import Label

from printouts.coverage import RARE, covered, face_of

FOLLOWED = (
    *("text", "font_size", "bold", "color", "disabled", "disabled_color"),
    *("halign", "text_size", "line_height", "padding"),
)
"""What may change of letters that stand. A label of kivy follows four times as much, for half its room."""


def is_rare(text: str) -> bool:
    """Whether ``text`` has a letter that Noto Sans SC lacks and a further face draws."""
    return not text.isascii() and any(map(face_of, text))


def drawable(text: str) -> str:
    """``text``, line by line, with its number in the place of a letter that no face has."""
    return text if text.isascii() else "\n".join(map(covered, text.split("\n")))


class OnPaper(Drawn):
    """A drawn label that lets go of the sheet it was drawn on as soon as its picture is made of it."""

    def _render_end(self) -> object:
        picture = super()._render_end()
        self._surface = None
        return picture


class Runs(MarkupLabel, OnPaper):
    """A drawn label of several faces. Nothing in its text is markup: it is cut into runs here."""

    @property
    def markup(self) -> list[str]:
        """The text as kivy wants marked text: what opens a face, a run, what closes it."""
        pieces: list[str] = []
        for face, letters in groupby(self.text, lambda letter: face_of(letter) or 0):
            run = "".join(letters).replace("&", "&amp;").replace("[", "&bl;").replace("]", "&br;")
            pieces += [f"[font={RARE[face - 1]}]", run, "[/font]"] if face else [run]
        return pieces


class Letters(Label):
    """A ``Label`` that knows more than one face. Of what it looks like only ``FOLLOWED`` may be set."""

    _font_properties = FOLLOWED
    _label: Drawn | None

    def __init__(self, **kwargs: object) -> None:
        self._trigger_texture = Clock.create_trigger(self.texture_update, -1)
        super(Label, self).__init__(**kwargs)  # all that a label of kivy does, but for what it would follow
        update = self._trigger_texture_update
        for name in FOLLOWED:
            self.fbind(name, update, name)
        self._label = None
        self._create_label()
        self._trigger_texture()

    def _create_label(self) -> None:
        kind = Runs if is_rare(self.text) else OnPaper
        if type(self._label) is not kind:
            options = {name: self.property(name).get(self) for name in self._font_properties}
            self._label = kind(**options, usersize=self.text_size)
        self._label.text = drawable(self.text)

    def _trigger_texture_update(
        self, name: str | None = None, source: object = None, value: object = None
    ) -> None:
        super()._trigger_texture_update(name, source, value)
        if name == "text":
            self._create_label()
