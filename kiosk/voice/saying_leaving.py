"""What is said once everything is measured: the call, the results on request, the sheet, goodbye.

A function a body, as ``saying`` asks; the same keys as the screen. What a value means is said on request
only.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from health.words import Words
from kiosk.views import (
    AnsweredView,
    Card,
    GoodbyeView,
    PaperView,
    ResultView,
    TakeView,
    TeachView,
    Trend,
    TrendsView,
    UrgentView,
)
from kiosk.voice.texts import Texts


def _urgent(body: UrgentView, words: Words) -> Texts:
    say = words.text
    who: tuple[str, ...]
    if body.unanswered:
        who = (say("screen.urgent.nobody"), body.whom)
    else:
        who = (say("screen.urgent.here" if body.answered else "screen.urgent.coming"),)
    value = (f"{body.name} {body.value} {body.unit}", body.repeat)
    if body.unwell is None:
        keys = (say("button.unwell"), say("button.calm"))
        return Texts((say("screen.urgent.title"), *who, say("screen.urgent.signs")), (*keys, *value))
    told = say("screen.urgent.told" if body.unwell else "screen.urgent.rest")
    return Texts((say("screen.urgent.title"), *who, told), value)


def _answered(_body: AnsweredView, _words: Words) -> Texts:
    """It is for staff."""
    return Texts(())


def _result(body: ResultView, words: Words) -> Texts:
    say = words.text
    more = body.page < body.pages
    way = say("button.next_page", number=str(body.page), total=str(body.pages)).partition("（")[0]
    onward = way.partition("(")[0] if more else say("button.to_take")
    told = (body.message if body.page == 1 else "", *(line for card in body.cards for line in _card(card)))
    back = say("button.page_back") if body.page > 1 else ""
    return Texts((say("voice.results"),), (*told, body.missing or "", onward, back))


def _card(card: Card) -> tuple[str, ...]:
    value = f"{card.name} {card.value} {card.unit}"
    return (" · ".join(part for part in (value, card.method, card.word, card.change) if part), card.sentence)


def _trends(body: TrendsView, words: Words) -> Texts:
    say = words.text
    seen = tuple(_trend(one, words) for one in body.trends)
    return Texts((say("screen.trends.title"), say("screen.trends.how")), (*seen, say("button.to_results")))


def _trend(trend: Trend, words: Words) -> str:
    """One value from visit to visit, oldest first."""
    visits = (f"{' '.join(dot.day.split())} · {dot.shown}" for dot in trend.dots)
    return f"{trend.name} {trend.unit} · {words.text('voice.trend.and').join(visits)}"


def _teach(body: TeachView, words: Words) -> Texts:
    say = words.text
    if body.first is None:
        deeds = tuple(" ".join(deed.words.split("\n")) for deed in body.deeds)
        return Texts((say("screen.teach.title"), say("screen.teach.sentence")), deeds)
    title = say("screen.teach.same" if body.same else "screen.teach.first")
    return Texts((title,), (body.sentence, say("screen.teach.remember"), say("button.remembered")))


def _take(body: TakeView, words: Words) -> Texts:
    say = words.text
    both = body.can_print and body.can_code
    ways = (
        *((say("button.print"), say("screen.take.print_more")) if body.can_print else ()),
        *((say("button.code"), say("screen.take.code_more")) if body.can_code else ()),
        say("button.both") if both else "",
        say("button.nothing" if both else "button.nothing_one"),
    )
    return Texts((say("screen.take.title"), body.printer or say("screen.take.sentence")), ways)


def _paper(body: PaperView, words: Words) -> Texts:
    say, state = words.text, body.paper.value
    first = (say(f"screen.paper.{state}"), body.trouble or say(f"screen.paper.{state}_more"))
    if body.code is None:
        return Texts(first, (say("button.finish"),))
    note = body.code_note or say("screen.paper.no_login")
    return Texts((*first, say("screen.paper.scan"), note), (say("button.finish"),))


def _goodbye(body: GoodbyeView, words: Words) -> Texts:
    things = ("title", "sentence", "card", "glasses", "stick", "wiped")
    said = tuple(words.text(f"screen.goodbye.{thing}") for thing in things)
    return Texts((*said, body.pending or body.kept))


LEAVING: Mapping[type, Callable[..., Texts]] = MappingProxyType(
    {
        UrgentView: _urgent,
        AnsweredView: _answered,
        ResultView: _result,
        TrendsView: _trends,
        TeachView: _teach,
        TakeView: _take,
        PaperView: _paper,
        GoodbyeView: _goodbye,
    }
)
