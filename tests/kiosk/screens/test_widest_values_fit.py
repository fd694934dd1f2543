"""The widest value an instrument or a setting can give stands in its place as the sample's value does.

The samples are of people who weigh fifty kilograms and have an ordinary pressure; a face must also hold a
pressure of three digits twice, a weight past a hundred and the telephone of a clinic with its extension.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from health.words import Words, languages, words_of
from kiosk.cards import whom_to_ring
from kiosk.flow.steps import Choice
from kiosk.screens.samples import Sample, samples
from kiosk.theme import Look
from kiosk.views import GapView, GripView, StandDoneView, UrgentView, View, WeightAskView
from tests.kiosk.screens.lint import faults
from tests.kiosk.screens.paneled import Paneled

PRESSURE, WEIGHT, HEIGHT, FORCE = "299/159", "199.9", "199.9", "105.4"
PHONES = ("120", "0571-87654321", "0571-87654321转8012")


def test_the_widest_value_at_every_place_fits_every_panel_in_every_language(
    paneled: Paneled, settle: Callable[[], None], look: Look
) -> None:
    wrong = []
    for language in languages():
        for large in (False, True) if paneled.panel.face.large > 1 else (False,):
            for name, view in _widest(language, paneled.screen, large=large):
                paneled.face.show(view)
                settle()
                found = faults(paneled.face, look, set(Choice), behind=(), unit=paneled.panel.unit)
                wrong += [f"{name} {language}{' large' if large else ''}: {line}" for line in found]
    assert wrong == [], "\n".join(wrong)


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
        case UrgentView() as body:
            yield from _calls(sample, body, words)
        case _:
            return


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
