"""The cards of one result ask for no more than she is told, so no two of them ask for opposite things."""

from itertools import combinations

import pytest

from devices.reading import Quantity
from health.advice import contradict
from health.visit import Answer, Question
from health.words import words_of
from kiosk.cards import cards
from tests.health.people import BOOK, HEALTHY, assessed, visit

Q = Quantity
WORDS = words_of("zh_CN")
VALUES = {
    Q.BODY_HEIGHT: "160.0",
    Q.BODY_WEIGHT: "72.0",
    Q.SYSTOLIC: "132",
    Q.DIASTOLIC: "76",
    Q.PULSE: "110",
    Q.SPO2: "94",
    Q.TOTAL_CHOLESTEROL: "6.50",
    Q.TRIGLYCERIDES: "6.00",
    Q.GRIP_LEFT: "12.0",
    Q.WAIST: "90.0",
}


@pytest.mark.parametrize("age", ["50", "66", "86"])
def test_cards_ask_for_no_more_than_three_things_and_never_for_opposite_ones(age: str) -> None:
    seen = visit(VALUES, age=age, answers=HEALTHY | {Question.FASTING: Answer.YES})
    result = assessed(seen)
    made = cards(seen, result, (), WORDS, simulated=True)
    hints = {WORDS.text(key): advice for key, advice in BOOK.advice.items() if key.startswith("hint.")}
    asked = {card.sentence: hints[card.sentence] for card in made if card.sentence in hints}
    assert 1 <= len(asked) <= 3
    assert not [pair for pair in combinations(asked.values(), 2) if contradict(*pair)]
    assert all(card.sentence for card in made)
