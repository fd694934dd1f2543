"""A screen shown whole and sound, for a test to break and the linter to name."""

from collections.abc import Callable
from dataclasses import dataclass

from health.words import words_of
from kiosk.flow.steps import Choice
from kiosk.screens.face import Face
from kiosk.theme import Look
from kiosk.widgets.key import Key
from kiosk.widgets.words import Words
from tests.kiosk.screens.lint import faults, residents_faults, seen
from tests.kiosk.screens.places import HELP


@dataclass(frozen=True, slots=True)
class Broken:
    """What is shown, and how a test lays hands on it."""

    face: Face
    look: Look
    settle: Callable[[], None]

    def key(self, choice: str) -> Key:
        found: Key = next(key for key in seen(self.face, Key) if key.choice == choice)
        return found

    def words(self, text: str) -> Words:
        found: Words = next(words for words in seen(self.face, Words) if words.text == text)
        return found

    def sentence(self) -> Words:
        return self.words(words_of("zh_CN").text("screen.welcome.sentence"))

    def add(self, *widgets: object) -> None:
        for widget in widgets:
            self.face.children[-2].add_widget(widget)

    def faults(self) -> list[str]:
        self.settle()
        return [*faults(self.face, self.look, set(Choice)), *residents_faults(self.face, HELP[1080, "right"])]


Showing = Callable[[str], Broken]
"""Shows the sample of a name."""
