"""The widest value an instrument or a setting can give stands in its place as the sample's value does.

The samples are of people who weigh fifty kilograms and have an ordinary pressure; a face must also hold a
pressure of three digits twice, a weight past a hundred and the telephone of a clinic with its extension, on
the pages of results and on the pictures of the last visits too.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal

from msgspec.structs import replace

from health.words import Words, languages, words_of
from kiosk.cards import whom_to_ring
from kiosk.flow.steps import Choice
from kiosk.screens.samples import Sample, samples
from kiosk.theme import Look
from kiosk.views import (
    Card,
    GapView,
    GripView,
    PressureView,
    ResultView,
    SampleView,
    StandDoneView,
    StandView,
    TrendsView,
    UrgentView,
    View,
    WeightAskView,
)
from tests.kiosk.screens.lint import faults
from tests.kiosk.screens.paneled import Paneled
from tests.whole import WHOLE

PRESSURE, WEIGHT, HEIGHT, FORCE = "299/159", "199.9", "199.9", "105.4"
SPECIMEN, METER = "K26112334925-W", "CardioChek Plus 3"
PHONES = ("120", "0571-87654321", "0571-87654321转8012")


def test_the_widest_value_at_every_place_fits_every_panel_in_every_language(
    paneled: Paneled, settle: Callable[[], None], look: Look
) -> None:
    wrong = []
    for language in languages():
        for large in _sizes(language) if paneled.panel.face.large > 1 else (False,):
            for name, view in _widest(language, paneled.screen, large=large):
                paneled.face.show(view)
                settle()
                found = faults(paneled.face, look, set(Choice), behind=(), unit=paneled.panel.unit)
                wrong += [f"{name} {language}{' large' if large else ''}: {line}" for line in found]
    assert wrong == [], "\n".join(wrong)


def _sizes(language: str) -> tuple[bool, ...]:
    """Whether the letters are large: one size a language each time, both in the whole matrix."""
    return (False, True) if WHOLE else (language == "en",)


def _widest(language: str, screen: str, *, large: bool) -> Iterator[tuple[str, View]]:
    words = words_of(language)
    for sample in samples(language, large=large, screen=screen):
        if sample.view.overlay is None:
            yield from _of(sample, words)


def _of(sample: Sample, words: Words) -> Iterator[tuple[str, View]]:
    match sample.view.body:
        case GapView(last=str()) as body:
            yield sample.name, replace(sample.view, body=replace(body, last=PRESSURE))
        case WeightAskView() as body:
            last = None if body.last is None else WEIGHT
            yield sample.name, replace(sample.view, body=replace(body, now=WEIGHT, last=last, apart="100.0"))
        case StandDoneView() as body:
            yield sample.name, replace(sample.view, body=replace(body, weight=WEIGHT, height=HEIGHT))
        case GripView() as body:
            tries = tuple(replace(each, value=FORCE if each.value else None) for each in body.tries)
            live, best = FORCE if body.live else None, FORCE if body.best else None
            yield sample.name, replace(sample.view, body=replace(body, live=live, best=best, tries=tries))
        case StandView() as body:
            weight, height = WEIGHT if body.weight else None, HEIGHT if body.height else None
            yield sample.name, replace(sample.view, body=replace(body, weight=weight, height=height))
        case PressureView(last=str()) as body:
            yield sample.name, replace(sample.view, body=replace(body, last=PRESSURE))
        case SampleView() as body:
            widest = SampleView(SPECIMEN if body.specimen else None, METER)
            yield sample.name, replace(sample.view, body=widest)
        case _:
            yield from _later(sample, words)


def _later(sample: Sample, words: Words) -> Iterator[tuple[str, View]]:
    """The same on the screens behind the last measurement."""
    match sample.view.body:
        case UrgentView() as body:
            yield from _calls(sample, body, words)
        case ResultView() as body:
            cards = tuple(_widest_card(card, words) for card in body.cards)
            yield sample.name, replace(sample.view, body=replace(body, cards=cards))
        case TrendsView() as body:
            trends = tuple(
                replace(one, dots=tuple(replace(dot, shown=_wide(dot.shown)) for dot in one.dots))
                for one in body.trends
            )
            yield sample.name, replace(sample.view, body=replace(body, trends=trends))
        case _:
            return


def _widest_card(card: Card, words: Words) -> Card:
    change = card.change and words.text("change.lower", n="114")
    return replace(card, value=_wide(card.value), change=change, last=card.last and Decimal(WEIGHT))


def _wide(value: str) -> str:
    """Two numbers of three digits, or one of four figures; what is no number stays."""
    if "/" in value:
        return PRESSURE
    return value if not value[0].isdigit() or value.count(".") == 0 else WEIGHT


def _calls(sample: Sample, body: UrgentView, words: Words) -> Iterator[tuple[str, View]]:
    for phone in PHONES:
        whom = whom_to_ring(words, phone)
        call = replace(body, whom=whom, value=PRESSURE, repeat=whom if body.unwell else body.repeat)
        yield f"{sample.name} {phone}", replace(sample.view, body=call)
    if not body.unanswered:
        told = replace(
            body, answered=True, unwell=True, value=PRESSURE, repeat=whom_to_ring(words, PHONES[-1])
        )
        yield f"{sample.name} answered", replace(sample.view, body=told)
    widest = replace(body, value=">33.3", unit=words.text("unit.mmol"))
    yield f"{sample.name} mmol", replace(sample.view, body=widest)
