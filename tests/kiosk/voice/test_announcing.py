"""From screen to screen: what is new is said once, what she asks for is said again, and no value unasked."""

from dataclasses import dataclass, field

import pytest
from msgspec.structs import replace

from health.words import words_of
from kiosk.flow.steps import Step
from kiosk.screens.samples import samples
from kiosk.views import GapView, GripView, Overlay, PressureView, QuestionView, RestView, StandView, View
from kiosk.voice.announcing import BUSY_AGAIN, Announcer
from kiosk.voice.hearing import USUAL, Hearing, Loudness, Pace
from kiosk.voice.mouth import Utterance
from kiosk.voice.saying import saying
from kiosk.voice.sounds import Sound

VIEWS = {each.name: each.view for each in samples("zh_CN")}
WORDS = words_of("zh_CN")


@dataclass(slots=True)
class NotedMouth:
    """Notes what it is told to say, as it would be said."""

    said: list[Utterance | Sound | str] = field(default_factory=list)
    in_her_ear: bool = False

    def open(self) -> None:
        """Nothing to open."""

    def close(self) -> None:
        """Nothing to close."""

    def say(self, utterance: Utterance) -> None:
        self.said.append(utterance)

    def hush(self) -> None:
        self.said.append("hush")

    def play(self, sound: Sound) -> None:
        self.said.append(sound)

    def speaks(self, language: str) -> bool:
        return bool(language)

    def private(self) -> bool:
        return self.in_her_ear

    @property
    def texts(self) -> list[tuple[str, ...]]:
        return [one.texts for one in self.said if isinstance(one, Utterance)]


@dataclass(slots=True)
class Heard:
    """An announcer, its mouth, and a clock that goes when told."""

    mouth: NotedMouth = field(default_factory=NotedMouth)
    now: float = 100.0
    announcer: Announcer = field(init=False)

    def __post_init__(self) -> None:
        self.announcer = Announcer(self.mouth, lambda: self.now)

    def see(self, *views: View | None) -> list[tuple[str, ...]]:
        """Show each view; what was newly said."""
        before = len(self.mouth.texts)
        for view in views:
            self.announcer.watch(view)
        return self.mouth.texts[before:]


@pytest.fixture
def heard() -> Heard:
    return Heard()


def hearing(view: View, wish: Hearing) -> View:
    return replace(view, hearing=wish)


def test_a_new_screen_is_said_whole_and_once(heard: Heard) -> None:
    rest = VIEWS["rest"]
    said = heard.see(rest, rest)
    assert said == [
        ("请坐好，先歇一会儿", "歇 5 分钟，血压才量得准。", "背靠好", "脚放平", "不说话"),
    ]


def test_time_that_goes_by_says_nothing(heard: Heard) -> None:
    rest = VIEWS["rest"]
    assert isinstance(rest.body, RestView)
    heard.see(rest)
    assert heard.see(replace(rest, body=replace(rest.body, left="3:11", part=0.4))) == []


def test_only_what_is_new_on_the_same_screen_is_said(heard: Heard) -> None:
    stand = VIEWS["stand"]
    assert isinstance(stand.body, StandView)
    heard.see(VIEWS["stand_on"])
    assert heard.see(stand) == [("请站稳，别动", "手不要扶东西")]
    steady = replace(stand.body, trouble=WORDS.text("say.stand.steady"), asked=2)
    assert heard.see(replace(stand, body=steady)) == [("请您站稳，手不要扶东西。",)]
    assert heard.mouth.said[-2] is Sound.PROBLEM


def test_a_thing_asked_once_more_is_said_once_more(heard: Heard) -> None:
    pressure = VIEWS["pressure"]
    assert isinstance(pressure.body, PressureView)
    again = replace(pressure.body, trouble=WORDS.text("say.cuff.again"), asked=2)
    heard.see(pressure, replace(pressure, body=again))
    assert heard.see(replace(pressure, body=replace(again, asked=3))) == [("没有量好，请再按一次开始键。",)]


def test_the_next_question_is_read_aloud_without_its_number(heard: Heard) -> None:
    first = VIEWS["question"]
    assert isinstance(first.body, QuestionView)
    heard.see(first)
    diabetes = WORDS.text("question.diabetes")
    following = replace(first, body=replace(first.body, key="diabetes", question=diabetes, number=3))
    assert heard.see(following) == [("医生说过您有糖尿病吗？",)]


def test_her_remembered_answers_are_read_when_she_asks(heard: Heard) -> None:
    view = VIEWS["remembered"]
    assert heard.see(view) == [("上次您是这样说的", "现在还是这样吗？")]
    [said] = heard.see(hearing(view, USUAL.again()))
    assert set(view.body.lines) < set(said)  # type: ignore[union-attr]


def test_results_are_read_when_she_asks_and_not_before(heard: Heard) -> None:
    view = VIEWS["result"]
    [first] = heard.see(view)
    assert first == ("您的结果出来了。想听，请按“念给我听”。",)
    [said] = heard.see(hearing(view, USUAL.again()))
    assert any("146/75" in text for text in said)
    assert "血压今天偏高，请这周去看家庭医生。" in said


def test_no_value_is_said_while_it_moves(heard: Heard) -> None:
    said = heard.see(
        *(VIEWS[name] for name in ("stand_on", "stand", "stand_done", "grip", "gap", "pressure"))
    )
    assert not any(digit in text for texts in said for text in texts for digit in "0123456789")


def test_are_you_still_there_is_spoken_and_the_step_again_when_she_stays(heard: Heard) -> None:
    consent = VIEWS["consent"]
    heard.see(consent)
    assert heard.see(VIEWS["still_there"]) == [
        ("您还在吗？", "不着急，慢慢来。没有人的话，我就收起来了。"),
    ]
    assert heard.see(replace(VIEWS["still_there"], overlay_seconds=9)) == []
    assert heard.see(consent)[0][0] == "先跟您说三件事"


def test_louder_and_slower_say_the_last_thing_again_so(heard: Heard) -> None:
    view = VIEWS["stand_on"]
    heard.see(view)
    heard.see(hearing(view, USUAL.louder()), hearing(view, USUAL.louder().slower()))
    last = heard.mouth.said[-1]
    assert isinstance(last, Utterance)
    assert (last.loudness, last.pace, last.texts[0]) == (Loudness.LOUDER, Pace.SLOWER, "请脱鞋，站上来")


def test_the_panel_of_the_voice_says_nothing_itself_when_it_comes_and_goes(heard: Heard) -> None:
    view = VIEWS["stand_on"]
    heard.see(view)
    assert heard.see(replace(view, overlay=Overlay.VOICE), view) == []


def test_muted_means_silent_until_she_wants_to_hear(heard: Heard) -> None:
    view, quiet = VIEWS["stand_on"], USUAL.hushed()
    heard.see(view, hearing(view, quiet))
    assert heard.mouth.said[-1] == "hush"
    assert heard.see(hearing(VIEWS["stand"], quiet), hearing(VIEWS["stand_done"], quiet)) == []
    heard.announcer.play(Sound.PRESS)
    assert not {Sound.DONE, Sound.PRESS} & set(heard.mouth.said)
    assert heard.see(hearing(VIEWS["stand_done"], quiet.again())) != []


def test_a_call_of_staff_is_heard_however_she_wants_to_hear(heard: Heard) -> None:
    heard.see(hearing(VIEWS["urgent"], USUAL.hushed()))
    heard.announcer.play(Sound.CALL)
    assert heard.mouth.said[-1] is Sound.CALL


def test_an_empty_kiosk_is_silent_and_a_goodbye_is_said_to_its_end(heard: Heard) -> None:
    heard.see(VIEWS["goodbye"], VIEWS["idle"])
    assert heard.mouth.said[-1] != "hush"
    heard.see(VIEWS["welcome"], VIEWS["idle"])
    assert heard.mouth.said[-1] == "hush"
    assert heard.see(VIEWS["idle"], VIEWS["idle_closed"]) == []


def test_the_staff_area_is_silent_and_her_screen_is_said_again_after_it(heard: Heard) -> None:
    heard.see(VIEWS["stand_on"], None)
    assert heard.mouth.said[-1] == "hush"
    assert heard.see(VIEWS["stand_on"])[0][0] == "请脱鞋，站上来"


def test_another_language_is_said_at_once(heard: Heard) -> None:
    heard.see(VIEWS["welcome"])
    english = next(each.view for each in samples("en") if each.name == "welcome")
    assert heard.see(english)[0][0] == words_of("en").text("screen.welcome.title")


@pytest.mark.parametrize("name", ["stand", "pressure"])
def test_while_she_is_measured_she_is_told_again_to_hold_still(heard: Heard, name: str) -> None:
    view = VIEWS[name]
    heard.see(view)
    assert heard.see(view) == []
    heard.now += BUSY_AGAIN + 1
    assert heard.see(view) == [(heard.mouth.texts[0][0],)]
    assert heard.see(view) == []


def test_a_cuff_that_waits_for_her_key_does_not_urge(heard: Heard) -> None:
    heard.see(VIEWS["pressure_own_key"])
    heard.now += 10 * BUSY_AGAIN
    assert heard.see(VIEWS["pressure_own_key"]) == []


def test_done_is_heard_when_something_was_measured(heard: Heard) -> None:
    grip = VIEWS["grip"]
    assert isinstance(grip.body, GripView)
    heard.see(VIEWS["stand"], VIEWS["stand_done"], VIEWS["grip_ready"])
    assert heard.mouth.said.count(Sound.DONE) == 1
    heard.see(grip)
    assert heard.mouth.said.count(Sound.DONE) == 2
    more = replace(grip.body, tries=tuple(replace(one, value="16.0") for one in grip.body.tries))
    heard.see(replace(grip, body=more))
    assert heard.mouth.said.count(Sound.DONE) == 3


def test_a_pause_after_a_failed_reading_is_a_problem_and_not_done(heard: Heard) -> None:
    failed = VIEWS["gap_failed"]
    assert isinstance(failed.body, GapView)
    heard.see(VIEWS["pressure"], failed)
    assert [one for one in heard.mouth.said if isinstance(one, Sound)] == [Sound.PROBLEM]


def test_every_sample_can_follow_every_other(heard: Heard) -> None:
    for view in (*VIEWS.values(), *reversed(VIEWS.values())):
        heard.see(view)
    assert len(heard.mouth.texts) > 60
    assert {view.step for view in VIEWS.values()} == set(Step)


def test_in_her_ear_a_new_screen_is_read_with_its_values_and_time_going_by_still_says_nothing() -> None:
    results = VIEWS["result"]
    aloud, alone = Heard(), Heard(NotedMouth(in_her_ear=True))
    assert aloud.see(results) == [saying(results).itself]
    assert alone.see(results, results) == [saying(results).asked]
    assert len(saying(results).asked) > len(saying(results).itself)
