"""The page a doctor signs is what runs, and every published example comes out as it was printed."""

from decimal import Decimal

import pytest

from health.public_examples import Example, examples
from health.rules_page import PAGE, page
from tests.health.people import BOOK

EXAMPLES = examples(BOOK.models, BOOK.pressure.edition[0].protocol)


def test_the_page_of_rules_is_what_the_rulebook_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


def test_the_page_names_every_edition_with_its_source_and_evidence_and_every_limit() -> None:
    said = page()
    editions = [e for rule in BOOK.rules for e in rule.edition]
    told = [(e.source, e.evidence, str(e.in_force_from)) for e in editions]
    told += [(e.source, e.evidence, str(e.in_force_from)) for e in BOOK.pressure.edition]
    told += [(e.source, e.evidence, str(e.in_force_from)) for e in BOOK.weight_change.edition]
    told += [(e.source, e.evidence, str(e.in_force_from)) for e in BOOK.rhythm.edition]
    told += [(e.source, e.evidence, str(e.in_force_from)) for e in BOOK.arms.edition]
    assert [text for row in told for text in row if text not in said] == []
    for band in (b for e in editions for t in e.tables for b in t.bands if b.limit is not None):
        assert f"{'below' if band.upto is None else 'up to'} {band.limit} |" in said
    for model in (BOOK.models.who, BOOK.models.par):
        assert model.source in said
        assert model.evidence in said


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: f"{e.source[:30]} {e.inputs[:30]}")
def test_a_published_example_comes_out_as_it_was_printed(example: Example) -> None:
    assert example.ours.split(" (")[0] == example.theirs


def test_the_published_examples_are_of_every_model_and_equation() -> None:
    text = " ".join(e.source for e in EXAMPLES)
    for name in ("WHO", "China-PAR", "Friedewald", "Sampson", "Martin-Hopkins"):
        assert name in text
    assert len(EXAMPLES) >= 14
    assert Decimal(138) == Decimal(next(e.ours for e in EXAMPLES if "mean of the last" in e.source))
