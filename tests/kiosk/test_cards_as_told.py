"""The cards of one result ask for no more than she is told, so no two of them ask for opposite things."""

from datetime import timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.reading import Quantity
from health.advice import contradict
from health.assessment import Level
from health.visit import Answer, PastVisit, Question
from health.words import words_of
from kiosk.cards import cards, result_page, whom_to_ring
from kiosk.theme import FIRST_SCREEN, load_look
from printouts.content import for_resident, name_of
from printouts.rows import PRESSURE, rows
from tests.health.people import BOOK, HEALTHY, assessed, observed, visit

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


@given(
    values=st.fixed_dictionaries(
        {},
        optional={
            Q.SYSTOLIC: st.sampled_from(["88", "118", "132", "152", "186"]),
            Q.DIASTOLIC: st.sampled_from(["58", "76", "88", "96"]),
            Q.BODY_WEIGHT: st.sampled_from(["44.0", "60.0", "72.0", "88.0"]),
            Q.TOTAL_CHOLESTEROL: st.sampled_from(["4.10", "5.60", "6.50"]),
            Q.TRIGLYCERIDES: st.sampled_from(["1.20", "2.10", "6.00"]),
            Q.GRIP_RIGHT: st.sampled_from(["12.0", "30.0"]),
            Q.PULSE: st.sampled_from(["44", "70", "110"]),
        },
    ),
    age=st.sampled_from(["50", "66", "86"]),
    language=st.sampled_from(["zh_CN", "en"]),
)
@settings(max_examples=60, deadline=None)
def test_a_result_page_says_the_sentences_words_and_numbers_of_the_paper(
    values: dict[Q, str], age: str, language: str
) -> None:
    words = words_of(language)
    seen = visit({Q.BODY_HEIGHT: "160.0"} | values, age=age, answers=HEALTHY)
    past = PastVisit(seen.on - timedelta(days=90), tuple(observed(q, v) for q, v in BEFORE.items()))
    result = assessed(seen, past)
    made = cards(seen, result, (past,), words, simulated=False)
    paper = rows(seen, result, (past,))
    page = result_page(made, result, words, 0, None, load_look().screen_named(FIRST_SCREEN).face.results)
    assert page.message == words.say(result.message)
    for hint in result.hints[1:] if result.level < Level.NOW else ():  # else the call itself says them
        assert words.say(hint.phrase) in {card.sentence for card in made}
    singly = {name_of(words, row.quantity): row for row in paper if row.quantity not in PRESSURE}
    for card in made:
        row = singly.get(card.name)
        if row is not None:
            assert card.value == for_resident(words, row.observation)
            assert card.word == (None if row.finding is None else words.text(row.finding.word))
            assert card.change == (None if row.change is None else words.say(row.change.phrase))
    assert [card.level for card in made] == sorted((card.level for card in made), key=_urgent_first)
    assert len(made) == len(singly) + any(row.quantity in PRESSURE for row in paper)


def _urgent_first(level: Level | None) -> int:
    return 1 if level is None else -int(level)


BEFORE = {Q.SYSTOLIC: "140", Q.DIASTOLIC: "82", Q.BODY_WEIGHT: "61.0", Q.GRIP_RIGHT: "28.0"}


def test_an_extension_of_the_clinics_telephone_is_said_in_her_language() -> None:
    for written in ("0571-87654321转8012", "0571-87654321 转 8012"):
        assert "0571-87654321 ext. 8012," in whom_to_ring(words_of("en"), written)
        assert "0571-87654321转8012，" in whom_to_ring(WORDS, written)
    assert "call 120" in whom_to_ring(words_of("en"), "")
