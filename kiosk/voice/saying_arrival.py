"""What is said while she arrives: from the idle screen to the one question about her safety.

A function a body, as ``saying`` asks; the same keys as the screen. Her name is never said.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from health.words import Words
from kiosk.telephone_number import dialled, groups_of
from kiosk.views import (
    ConfirmView,
    ConsentView,
    IdentifyView,
    IdleView,
    PhoneView,
    SafetyView,
    WelcomeView,
)
from kiosk.voice.texts import Texts


def _idle(_body: IdleView, _words: Words) -> Texts:
    return Texts(())


def _welcome(body: WelcomeView, words: Words) -> Texts:
    say = words.text
    return Texts(
        (
            say("screen.welcome.title"),
            say("screen.stepped_on" if body.stepped_on else "screen.welcome.sentence"),
        ),
        (say("button.start"), say("screen.welcome.start_more")),
    )


def _identify(body: IdentifyView, words: Words) -> Texts:
    say = words.text
    ways = (say("screen.identify.no_card"), say("button.by_phone"), say("button.as_guest"))
    if body.reader_away:
        title, sentence = say("screen.identify.title_away"), _down_first(body, "sentence_away", words)
        return Texts((title, sentence, body.trouble or say("screen.identify.no_reader")), ways[1:])
    title, sentence = say("screen.identify.title"), _down_first(body, "sentence", words)
    return Texts((title, sentence, body.trouble or say("screen.identify.waiting")), ways)


def _down_first(body: IdentifyView, sentence: str, words: Words) -> str:
    """The sentence of the screen; who stands on the scale hears that she may step down."""
    return words.text("screen.stepped_on" if body.stepped_on else f"screen.identify.{sentence}")


def _phone(body: PhoneView, words: Words) -> Texts:
    say, groups = words.text, groups_of(body.digits)
    return Texts(
        (say("screen.phone.title"), body.trouble or say("screen.phone.sentence")),
        tuple(dialled(group) for group in groups if group),
    )


def _confirm(body: ConfirmView, words: Words) -> Texts:
    say = words.text
    born = say("screen.confirm.born", year=body.born) if body.born else ""
    return Texts(
        (say("screen.confirm.title"), say("screen.confirm.sentence")),
        (born, say("button.its_me"), say("button.not_me")),
    )


def _consent(body: ConsentView, words: Words) -> Texts:
    say = words.text
    who = say("screen.consent.who_more" if body.can_share else "screen.consent.who_guest")
    code = say("screen.consent.code") if body.phone_page else ""
    keys = ("button.agree", "button.print_only") if body.can_share else ("button.agree_guest",)
    return Texts(
        (
            say("screen.consent.title"),
            say("screen.consent.what"),
            say("screen.consent.what_more"),
            say("screen.consent.who"),
            who,
            code,
            say("screen.consent.stop"),
            say("screen.consent.stop_more"),
        ),
        tuple(say(key) for key in (*keys, "button.refuse")),
    )


def _safety(body: SafetyView, words: Words) -> Texts:
    say = words.text
    title = (say("screen.safety.title"), say("screen.safety.sentence"))
    return Texts((*title, body.question), answers(words))


def answers(words: Words) -> tuple[str, ...]:
    """The three answers of a question."""
    return tuple(words.text(key) for key in ("button.yes", "button.no", "button.unknown"))


ARRIVAL: Mapping[type, Callable[..., Texts]] = MappingProxyType(
    {
        IdleView: _idle,
        WelcomeView: _welcome,
        IdentifyView: _identify,
        PhoneView: _phone,
        ConfirmView: _confirm,
        ConsentView: _consent,
        SafetyView: _safety,
    }
)
