"""Synthetic visits behind the sample views: case files like any other, assessed by the rulebook in use.

Nobody was measured and nobody exists. No level, word or hint is written here: ``health`` says them.
"""

from functools import cache
from pathlib import Path

import msgspec

from devices.reading import Confidential
from health.assess import assess
from health.assessment import Assessment
from health.casefile import Case, read_case
from health.rulebook import shipped_rulebook
from health.words import Words
from kiosk.cards import cards
from kiosk.trends import trends
from kiosk.views import Card, Trend

SAMPLES = Path(__file__).resolve().parents[2] / "assets" / "samples"


class SampleVisit(Confidential, msgspec.Struct, frozen=True):
    """A case and what it means."""

    case: Case
    assessment: Assessment

    def cards(self, words: Words) -> tuple[Card, ...]:
        """Its cards as the kiosk makes them, in the language of ``words``."""
        return cards(self.case.visit, self.assessment, self.case.history, words, simulated=True)

    def trends(self, words: Words) -> tuple[Trend, ...]:
        """Its pictures of the last visits."""
        return trends(self.case.visit, self.assessment, self.case.history, words)


@cache
def sample_visit(name: str) -> SampleVisit:
    """The visit of ``assets/samples/<name>.json``."""
    case = read_case((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    return SampleVisit(case, assess(case.visit, case.history, shipped_rulebook(), case.visit.on))
