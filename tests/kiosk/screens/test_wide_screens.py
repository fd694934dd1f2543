"""Every screen is drawn for the panels on which the drawing stands beside the words."""

import re

import pytest

from health.words import languages, words_of
from kiosk.screens.all_screens import PLACES, SCREENS, rule_files
from kiosk.screens.samples import samples
from kiosk.theme import Rules
from kiosk.views import ResultView
from kiosk.widgets.result_card import RowWords
from kiosk.widgets.words import broken


def ruled(rules: Rules) -> set[str]:
    """The classes that the .kv files of ``rules`` place the parts of, without what both ways share."""
    files = (file for file in rule_files(rules) if file.parent == PLACES[rules])
    return {name for file in files for name in re.findall(r"(?m)^<(\w+)[>@]", file.read_text("utf-8"))}


def test_every_step_and_every_panel_of_the_tall_face_has_its_place_on_a_wide_one() -> None:
    """Fails for a step that is drawn for the tall face only: give it ``kiosk/screens/wide/<step>.kv``."""
    screens = {screen.__name__ for _, screen in SCREENS}
    furniture = {name for name in ruled(Rules.TALL) if name.endswith("Panel") or name in {"Head", "Foot"}}
    assert len(furniture) > 4
    assert (screens | furniture) & ruled(Rules.TALL) - ruled(Rules.WIDE) == set()


def test_a_class_has_one_rule_in_each_way() -> None:
    """Two rules for one class would both be obeyed, and its parts would lie over each other."""
    for rules in Rules:
        named = [n for f in rule_files(rules) for n in re.findall(r"(?m)^<(\w+)>", f.read_text("utf-8"))]
        twice = {name for name in named if named.count(name) > 1}
        assert twice <= {"Question", "LiveWords"}


def test_a_sentence_is_broken_after_a_pause_without_a_lost_letter_or_a_leading_stop() -> None:
    whole = "请这周带这张单子去看家庭医生。"
    assert broken(whole, 20) == whole
    assert broken(whole, 14.3) == "请这周带这张单子\n去看家庭医生。"
    assert broken("血压今天偏高，请这周去看家庭医生。", 15) == "血压今天偏高，\n请这周去看家庭医生。"
    assert not any(line[0] in "，。；" for room in range(4, 16) for line in broken(whole, room).split("\n"))
    assert broken("Words with spaces", 20) == "Words with spaces"
    assert (
        broken("You gave one minute so there is no hurry.", 17)
        == "You gave one minute so\nthere is no hurry."
    )


@pytest.mark.parametrize(
    ("whole", "room", "first"),
    [
        ("Blood pressure is high today. See your doctor this week.", 22, "Blood pressure is high today."),
        ("Have you had a heart attack or stroke?", 15.7, "Have you had a heart"),
        ("Eat eggs, milk, fish or beans; hold a chair.", 17, "Eat eggs, milk, fish or beans;"),
        (
            "Please call 0571-87654321 ext. 8012 and wait for an answer.",
            19,
            "Please call 0571-87654321 ext. 8012",
        ),
    ],
)
def test_words_with_spaces_are_broken_between_sentences_and_leave_no_word_alone(
    whole: str, room: float, first: str
) -> None:
    lines = broken(whole, room, bold=True).split("\n")
    assert lines[0] == first
    assert " ".join(lines) == whole
    assert len(lines) == 2


def test_a_value_in_a_row_keeps_its_unit_however_short_the_row() -> None:
    row, cards = RowWords(), []
    for language in languages():
        for sample in samples(language, screen="table-10"):
            if isinstance(sample.view.body, ResultView):
                cards = [card for card in sample.view.body.cards if card.unit]
                for card in cards:
                    said = row.line_of(card, 100.0, words_of(language).text)
                    assert card.unit in said, (language, card.name)
    assert cards
