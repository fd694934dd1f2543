"""What is said while something is measured: what to do now, and when it is done. No value by itself.

A function a body, as ``saying`` asks; the same keys as the screen.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from health.words import Words
from kiosk.telephone_number import dialled, groups_of
from kiosk.views import (
    BloodRunningView,
    BloodView,
    GapView,
    GripView,
    NotTodayView,
    PressureView,
    QuestionView,
    RememberedView,
    RestView,
    SampleView,
    StandDoneView,
    StandView,
    TallView,
    TelephoneCheckView,
    TelephoneView,
    WeightAskView,
)
from kiosk.voice.saying_arrival import answers
from kiosk.voice.texts import Texts, lasting


def _blood(body: BloodView, words: Words) -> Texts:
    say = words.text
    title = say("screen.blood.again" if body.again else "screen.blood.title")
    keys = ("screen.blood.sentence", "screen.blood.called", "screen.blood.wait")
    return Texts((title, *(say(key) for key in keys)))


def _sample(_body: SampleView, words: Words) -> Texts:
    return Texts((words.text("screen.sample.title"), words.text("screen.sample.sentence")))


def _blood_running(body: BloodRunningView, words: Words) -> Texts:
    say = words.text
    keys = ("wait", "wait_more") if body.waiting else ("title", "sentence")
    left = lasting(body.left, words)
    return Texts(
        tuple(say(f"screen.blood_running.{key}") for key in keys),
        (
            left if body.part >= 1 else f"{say('screen.blood_running.left')} {left}",
            say("button.no_more_waiting" if body.waiting else "button.next_stand"),
        ),
    )


def _stand(body: StandView, words: Words) -> Texts:
    say = words.text
    if not body.on:
        return Texts(
            (
                say("screen.stand.step_on"),
                body.trouble or say("screen.stand.put_down"),
                say("screen.stand.hat_off" if body.tall else "screen.stand.by_itself"),
                say("screen.stand.unsteady"),
            )
        )
    sentence = body.trouble or say("screen.stand.posture" if body.tall else "screen.stand.hands_off")
    first = (say("screen.stand.still"), sentence)
    return Texts(first, (say("button.weigh_again"),)) if body.offers else Texts(first)


def _tall(body: TallView, words: Words) -> Texts:
    say = words.text
    typed = f"{body.digits} {say('screen.cm')}" if body.digits else ""
    return Texts((say("screen.tall.title"), body.trouble or say("screen.tall.sentence")), (typed,))


def _weight_ask(body: WeightAskView, words: Words) -> Texts:
    say = words.text
    title = say("screen.weight_ask.staff" if body.staff else "screen.weight_ask.title")
    now = f"{say('screen.weight_ask.now')} {body.now} {say('screen.kg')}"
    keys = () if body.staff else (say("button.weight_right"),)
    ask = say("screen.weight_ask.alone" if body.last is None else "screen.weight_ask.clothes")
    last = say("screen.weight_ask.wait") if body.staff else ask
    other = (say("button.weight_not_mine"),) if body.not_me else ()
    more = (now, *keys, say("button.weigh_again"), *other)
    if body.last is None:
        return Texts((title, say("screen.weight_ask.joined"), last), more)
    change = "screen.weight_ask.more" if body.more else "screen.weight_ask.less"
    before = f"{say('screen.weight_ask.last')} {body.last} {say('screen.kg')}"
    return Texts((title, last), (say(change, kg=body.apart or ""), before, *more))


def _stand_done(body: StandDoneView, words: Words) -> Texts:
    say = words.text
    first = (say("screen.stand_done.title"), say("screen.stand_done.sentence"))
    values = (
        "" if body.weight is None else f"{say('screen.weight')} {body.weight} {say('screen.kg')}",
        "" if body.height is None else f"{say('screen.height')} {body.height} {say('screen.cm')}",
    )
    if body.ready:
        return Texts(first, (*values, say("button.next_sit")))
    return Texts((*first, say("screen.stand_done.slowly")), values)


def _remembered(body: RememberedView, words: Words) -> Texts:
    say = words.text
    first = (say("screen.remembered.title"), say("screen.remembered.sentence"))
    return Texts(first, (*body.lines, say("button.still_so"), say("button.has_changed")))


def _question(body: QuestionView, words: Words) -> Texts:
    say = words.text
    number = say("screen.question.number", number=str(body.number), total=str(body.total))
    back = (say("button.question_back"),) if body.number > 1 else ()
    return Texts((say("screen.question.title"), body.question), (number, *answers(words), *back))


def _telephone(body: TelephoneView, words: Words) -> Texts:
    say, groups = words.text, groups_of(body.digits)
    return Texts(
        (say("screen.telephone.title"), body.trouble or say("screen.telephone.sentence")),
        tuple(dialled(group) for group in groups if group),
    )


def _telephone_check(body: TelephoneCheckView, words: Words) -> Texts:
    """The number itself only when she asks: others may be in the room."""
    say = words.text
    return Texts(
        (say("screen.telephone_check.title"), say("screen.telephone_check.sentence")),
        (
            *(dialled(group) for group in body.shown.split()),
            say("button.number_right"),
            say("button.number_wrong"),
        ),
    )


def _rest(body: RestView, words: Words) -> Texts:
    say = words.text
    sentence = say("screen.rest.sentence", minutes=str(body.minutes))
    oxygen = "" if body.oxygen is None else say("screen.rest.oxygen", value=body.oxygen)
    if body.clip:
        sentence = say("screen.rest.clip")
    elif oxygen:
        sentence = say("voice.finger_out")
    tips = tuple(say(f"screen.rest.{tip}") for tip in ("back", "feet", "quiet"))
    left = f"{say('screen.rest.left')} {lasting(body.left, words)}"
    return Texts((say("screen.rest.title"), body.trouble or sentence, *tips), (oxygen, left))


def _pressure(body: PressureView, words: Words) -> Texts:
    say = words.text
    title, more = ("title", "sentence")
    if body.own_key or body.can_start:
        title, more = ("own_key", "own_key_more") if body.own_key else ("ready", "ready_more")
    attempt = say("screen.pressure.attempt", number=str(body.attempt), total=str(body.attempts))
    last = "" if body.last is None else say("screen.pressure.last", value=body.last)
    stop = ("button.stop_more", "button.stop") if body.can_stop else ("screen.pressure.stop_there",)
    first = (say(f"screen.pressure.{title}"), body.trouble or say(f"screen.pressure.{more}"))
    if body.can_start:
        return Texts(first, (attempt, last))
    return Texts(first, (attempt, last, *(say(key) for key in stop)))


def _gap(body: GapView, words: Words) -> Texts:
    say = words.text
    last = "" if body.last is None else f"{say('screen.gap.last')} {body.last} {say('screen.mmhg')}"
    left = f"{say('screen.gap.left')} {lasting(body.left, words)}"
    return Texts((say("screen.gap.title"), body.trouble or say("screen.gap.sentence")), (last, left))


def _grip(body: GripView, words: Words) -> Texts:
    say = words.text
    title = say("screen.grip.title_left" if body.left else "screen.grip.title_right")
    best = "" if body.best is None else f"{say('screen.grip.best')} {body.best} {say('screen.kg')}"
    return Texts((title, body.trouble or say("screen.grip.sentence")), (best,))


def _not_today(body: NotTodayView, words: Words) -> Texts:
    say = words.text
    first = (say("screen.not_today.title"), say("screen.not_today.nobody"), body.sentence)
    return Texts(first, (say("button.go_on"),))


MEASURING: Mapping[type, Callable[..., Texts]] = MappingProxyType(
    {
        BloodView: _blood,
        SampleView: _sample,
        BloodRunningView: _blood_running,
        StandView: _stand,
        TallView: _tall,
        WeightAskView: _weight_ask,
        StandDoneView: _stand_done,
        RememberedView: _remembered,
        QuestionView: _question,
        TelephoneView: _telephone,
        TelephoneCheckView: _telephone_check,
        RestView: _rest,
        PressureView: _pressure,
        GapView: _gap,
        GripView: _grip,
        NotTodayView: _not_today,
    }
)
