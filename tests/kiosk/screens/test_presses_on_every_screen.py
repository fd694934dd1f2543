"""A visit takes as few presses on every panel, in every language and in letters of every size.

With her card a return visit takes at most eight; a first one eight and one for each question.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest

from health.words import languages
from kiosk.flow.steps import Choice, Step
from kiosk.personas import people
from tests.kiosk.novice.eyes import Eyes
from tests.kiosk.novice.house import Circumstances, HandMovedStation, hand_moved
from tests.kiosk.novice.someone import Novice
from tests.kiosk.screens.paneled import Paneled
from tests.kiosk.screens.test_novice import slip, taps_beside_questions
from tests.whole import quick

MOST = 8
TYPED = (Step.PHONE,)
"""Where a number is typed by who has no card: a key a digit."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who comes, in which language and letters, for the first time or again."""

    name: str
    language: str
    large: bool
    again: bool

    def __str__(self) -> str:
        return "-".join(
            (self.name, self.language, "large" if self.large else "usual", "again" if self.again else "first")
        )


VISITORS = [
    Visitor(persona.name, language, large, again)
    for persona in people().persona
    for language in languages()
    for large in (False, True)
    for again in (True, False)
    if persona.card is not None or not again
]


def the_worst(visitor: Visitor) -> bool:
    """Whose values nearly all are to be looked at, and who comes nameless: in both sizes of letters."""
    return visitor.language == "zh_CN" and (visitor.again, visitor.name) in ((True, "xu"), (False, "guest"))


@pytest.fixture(scope="module")
def eyes(paneled: Paneled) -> Eyes:
    """Remembers what it saw of this screen."""
    return Eyes(paneled.face)


@pytest.mark.parametrize("visitor", quick(VISITORS, the_worst), ids=str)
def test_a_visit_takes_eight_presses_and_one_for_each_question(
    tmp_path: Path, paneled: Paneled, eyes: Eyes, visitor: Visitor
) -> None:
    """Fails where a screen shows somebody's results on more pages than another."""
    persona = people().called(visitor.name)
    around = Circumstances(slip=slip(str(persona.weight)) if visitor.again else None, screen=paneled.screen)
    with hand_moved(tmp_path, around) as house:
        _wears(house, visitor, large=visitor.large and paneled.panel.face.large > 1)
        she = Novice(house, eyes, persona, knows_the_reader=visitor.again)
        she.comes_and_goes()
    own = she.taps if visitor.again else [tap for tap in taps_beside_questions(she) if tap not in TYPED]
    asked = 0 if visitor.again else int(Step.TEACH in she.way)  # the pictures are one question more
    assert len(own) - asked <= MOST, she.taps


def _wears(house: HandMovedStation, visitor: Visitor, *, large: bool) -> None:
    """The idle screen in her language and letters: chosen there before she begins."""
    while house.view().language != visitor.language:
        house.attendant.choose(Choice.LANGUAGE)
    if house.view().large is not large:
        house.attendant.choose(Choice.LARGE)
    assert (house.view().language, house.view().large) == (visitor.language, large)
