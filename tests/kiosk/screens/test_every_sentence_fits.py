"""What a screen says when something has gone wrong fits it too: the longest of every sentence at every place.

The samples show a screen as it mostly is; these stand on it in trouble only, and a linter that never saw them
would let them run over each other.
"""

from collections.abc import Callable, Iterator
from typing import Any

from msgspec.structs import replace

from health.visit import Question
from health.words import Words, languages, words_of
from kiosk.flow.steps import Choice, Step
from kiosk.screens.samples import samples
from kiosk.theme import Look
from kiosk.views import Overlay, View
from kiosk.widgets.words import drawn_em
from tests.kiosk.screens.lint import faults
from tests.kiosk.screens.paneled import Paneled

AWAY = ("say.instrument.back", "say.instrument.lost", "say.instrument.unclear")
SCALE = ("steady", "clear", "zeroing", "one", "off_early", "again", "step_down")
CUFF = ("again", "loose", "staff", "still", "wait")
MESSAGES = tuple(key for key in sorted(words_of("en").keys()) if key.startswith("message."))
SAID: dict[str, tuple[str, tuple[str, ...]]] = {
    "identify": ("trouble", ("say.card.again", "say.not_me")),
    "phone": ("trouble", ("say.phone.again", "say.phone.long")),
    "telephone": ("trouble", ("say.phone.again", "say.phone.long")),
    "tall": ("trouble", ("say.tall.again",)),
    "stand_on": ("trouble", (*(f"say.stand.{each}" for each in SCALE), *AWAY)),
    "stand": ("trouble", (*(f"say.stand.{each}" for each in SCALE), *AWAY)),
    "rest": ("trouble", (*AWAY, "say.cuff.wait")),
    "pressure": ("trouble", (*(f"say.cuff.{each}" for each in CUFF), *AWAY)),
    "pressure_own_key": ("trouble", (*(f"say.cuff.{each}" for each in CUFF), *AWAY)),
    "gap": ("trouble", (*(f"say.cuff.{each}" for each in CUFF), *AWAY)),
    "grip": ("trouble", ("say.grip.again", "say.grip.left", "say.grip.right", *AWAY)),
    "not_today": ("sentence", ("say.not_today", "say.stand.not_safe", "say.stand.no_body")),
    "take_no_printer": ("printer", ("say.paper.phone", "say.paper.staff")),
    "goodbye": (
        "kept",
        (
            *(f"say.kept.{each}" for each in ("station", "paper_only", "nothing", "clinic")),
            *(f"say.not_kept.{each}" for each in ("full", "trouble")),
        ),
    ),
    "goodbye_pending": ("pending", ("say.blood.later.clinic", "say.blood.later.staff")),
    "question": ("question", tuple(f"question.{each}" for each in Question)),
    "safety": ("question", (f"question.{Question.PACEMAKER}",)),
    "result": ("message", MESSAGES),
    "result_later": ("message", MESSAGES),
}
"""Which part of a sample's body may say what."""
NAMES = ("阿*·买*", "M* S*", "欧*娜", "*")
"""Names as they stand masked: of parts, of words, of four letters, and one that no face can draw."""


def test_the_longest_sentence_at_every_place_fits_every_panel_in_every_language(
    paneled: Paneled, settle: Callable[[], None], look: Look
) -> None:
    wrong = []
    for language in languages():
        for large in (False, True) if paneled.panel.face.large > 1 else (False,):
            for name, view in _spoken(language, paneled.screen, large=large):
                paneled.face.show(view)
                settle()
                behind = () if view.overlay is None else paneled.face.children[-3:]
                found = faults(paneled.face, look, set(Choice), behind=behind, unit=paneled.panel.unit)
                wrong += [f"{name} {language}{' large' if large else ''}: {line}" for line in found]
    assert wrong == [], "\n".join(wrong)


def _spoken(language: str, screen: str, *, large: bool) -> Iterator[tuple[str, View]]:
    words = words_of(language)
    for each in samples(language, large=large, screen=screen):
        if each.name in SAID:
            part, keys = SAID[each.name]
            said = _longest(words, keys)
            view = _saying(each.view, part, said)
            yield f"{each.name} {said!r}", _blood_soon(view, words) if each.name == "result_later" else view
        elif each.name == Step.CONFIRM and not large:
            for name in NAMES:
                yield f"confirm {name}", _saying(each.view, "name", name)
        elif each.view.overlay is Overlay.OTHER_CARD and not large:
            yield each.name, replace(each.view, other=max(NAMES, key=drawn_em))
        elif each.name == Step.TAKE:
            yield "take while the blood is analysed", _blood_soon(each.view, words)
        elif each.name == Step.REMEMBERED:
            yield from _remembering(each.view, words)
        elif each.name in ("result_again", "result_many"):
            body: Any = each.view.body
            method = words.text("say.quick")
            quick = tuple(replace(one, method=method) if "/" in one.value else one for one in body.cards)
            assert quick != body.cards
            yield f"{each.name}, quickly measured", _saying(each.view, "cards", quick)


def _blood_soon(view: View, words: Words) -> View:
    """Her blood is still in the analyser."""
    assert view.road is not None
    soon = replace(view.road, blood_left=words.text("say.blood.soon"), blood_part=1.0)
    return replace(view, road=soon)


def _remembering(view: View, words: Words) -> Iterator[tuple[str, View]]:
    """The longest of what she can have said, in any number up to all."""
    said = [
        max((words.text(f"remembered.{one}.{answer}") for answer in ("yes", "no")), key=drawn_em)
        for one in Question
        if words.has(f"remembered.{one}.yes")
    ]
    said.sort(key=drawn_em, reverse=True)
    for number in range(1, len(said) + 1):
        yield f"remembered {number}", _saying(view, "lines", tuple(said[:number]))


def _saying(view: View, part: str, said: str | tuple[object, ...]) -> View:
    body: Any = view.body
    return replace(view, body=replace(body, **{part: said}))


def _longest(words: Words, keys: tuple[str, ...]) -> str:
    return max((words.text(key) for key in keys), key=drawn_em)


def test_no_sentence_that_stands_in_trouble_is_left_out() -> None:
    asked = {key for _, keys in SAID.values() for key in keys}
    families = ("say.stand.", "say.cuff.", "say.grip.", "say.instrument.", "say.kept.", "say.not_kept.")
    known = {key for key in sorted(words_of("en").keys()) if key.startswith(families)}
    assert known - asked == set()
