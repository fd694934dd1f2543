"""The keys that turn the pages of the results, in the foot of a screen that lies: cards need the height."""

from collections.abc import Callable

from kivy.properties import NumericProperty, ObjectProperty

from kiosk.flow.steps import Choice
from kiosk.views import ResultView
from kiosk.widgets.key import Key
from kiosk.widgets.plan import Plan

ROOMY = 100.0
"""Mm of a key that holds the number of the page too."""


class PageKeys(Plan):
    """Those of the page ``body``; ``onward`` and ``back`` are how wide they are in mm.

    On the first page, which nothing leads back from, ``aside`` has that place: what the foot has elsewhere.
    """

    __events__ = ("on_choice",)

    body = ObjectProperty(None, allownone=True, rebind=True)
    aside = ObjectProperty(None, allownone=True)
    meant = ObjectProperty(None, allownone=True)
    onward = NumericProperty(72.0)
    back = NumericProperty(48.0)

    def beside(self, body: ResultView | None, aside: Choice | None) -> Choice | None:
        """What the key beside the blue one means, None where there is none."""
        if body is None:
            return None
        return aside if body.page == 1 else Choice.BACK

    def words_of(self, body: ResultView, wide: float, say: Callable[..., str]) -> str:
        """What stands on the key that leads on."""
        if wide < ROOMY:
            return say("button.next" if body.page < body.pages else "button.onward")
        if body.page < body.pages:
            return say("button.next_page", number=str(body.page), total=str(body.pages))
        return say("button.to_take")

    def press(self, key: Key) -> None:
        """A key was pressed."""
        self.dispatch("on_choice", key.choice, key.detail)

    def on_choice(self, choice: str, detail: str) -> None:
        """A choice was made; bound by the face."""
