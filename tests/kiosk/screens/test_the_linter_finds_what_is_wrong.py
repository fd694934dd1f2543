"""The linter of the screens fails when a screen is broken: each way to break one, and what names it.

Strangers on a screen, and rule files in pixels, have files of their own beside this one.
"""

import pytest
from kivy.utils import get_color_from_hex

from health.words import words_of
from kiosk.flow.steps import Choice
from kiosk.widgets.key import WordKey
from kiosk.widgets.panel import Panel
from kiosk.widgets.picture import Picture
from kiosk.widgets.words import Words
from tests.kiosk.screens.broken import Showing
from tests.kiosk.screens.lint import faults, seen


def test_a_key_that_is_too_small(screen: Showing) -> None:
    broken = screen("welcome")
    broken.key("language").at = [137.8, 364, 113.8, 19.9]
    assert broken.faults() == ["language is 113.8 x 19.9 mm"]


def test_a_key_that_is_large_on_the_drawing_board_and_small_on_a_near_panel(screen: Showing) -> None:
    broken = screen("welcome")
    assert "help is 45.0 x 16.5 mm" in list(faults(broken.face, broken.look, set(Choice), unit=0.75))


def test_keys_that_lie_too_near(screen: Showing) -> None:
    broken = screen("welcome")
    broken.key("language").at = [136, 364, 113.8, 50]
    assert broken.faults() == ["large and language lie 6.2 mm apart"]


def test_a_sentence_that_ends_in_a_lonely_word(screen: Showing) -> None:
    broken = screen("welcome")
    sentence = broken.sentence()
    sentence.at, sentence.text = [16, 262, 150, 30], "You take as long as you like, no\nhurry."
    assert any("ends in the lonely 'hurry.'" in line for line in broken.faults())
    sentence.text = "Uncharacteristically soon.\nAnd one more line below it."
    sentence.at = [16, 262, 104, 30]
    assert any("ends in the lonely 'soon.'" in line for line in broken.faults())


def test_a_key_that_means_nothing(screen: Showing) -> None:
    broken = screen("welcome")
    broken.key("language").choice = "tongue"
    assert broken.faults() == ["'tongue' is nothing to press"]


def test_letters_that_are_too_small(screen: Showing) -> None:
    broken = screen("welcome")
    broken.sentence().em = 8.2
    assert broken.faults() == [f"'{broken.sentence().text}' is 8.2 mm"]


def test_words_that_are_too_long_for_their_box(screen: Showing) -> None:
    broken = screen("idle")
    broken.words("9:42").text = "9:42:00.000 Uhr MEZ"
    assert broken.faults()[0] == "'9:42:00.000 Uhr MEZ' stands out by 18.0 mm"


def test_words_that_are_too_long_for_their_key(screen: Showing) -> None:
    broken = screen("welcome")
    broken.key("large").text = "请把屏幕上的字变大一点"
    found = broken.faults()
    assert any(line.startswith("'请把屏幕上的字变大一点' stands out by") for line in found)
    assert "'请把屏幕上的字变大一点' lies over the key language" in found


def test_words_with_too_little_air_in_their_key(screen: Showing) -> None:
    broken = screen("welcome")
    broken.key("language").at = [137.8, 364, 61, 50]
    assert broken.faults() == ["'English' has less than 3 mm beside it"]


def test_words_that_have_slid_out_of_their_card(screen: Showing) -> None:
    broken = screen("result")
    card = broken.words("毫米汞柱")
    card.at = [8, 72, 96, 11.6]
    assert any("'毫米汞柱'" in line and "out of its ResultCard" in line for line in broken.faults())


def test_words_over_words(screen: Showing) -> None:
    broken = screen("welcome")
    x, y, width, height = broken.sentence().at
    broken.sentence().at = [x, y - 12, width, height]
    assert [line.split(" and ")[1] for line in broken.faults()] == [
        f"'{broken.sentence().text}' lie over each other"
    ]
    broken.sentence().at = [x, y - 7, width, height]
    assert [line.split(" and ")[1] for line in broken.faults()] == [
        f"'{broken.sentence().text}' touch each other"
    ]


def test_words_under_a_panel(screen: Showing) -> None:
    broken = screen("welcome")
    broken.add(Panel(at=[0, 60, 100, 20], fill=(1, 1, 1, 1)))
    assert any(line.endswith("is covered") for line in broken.faults())


def test_words_over_a_key_they_do_not_belong_to(screen: Showing) -> None:
    broken = screen("welcome")
    broken.add(Words(at=[20, 380, 60, 15], text="请看这里"))
    assert "'请看这里' lies over the key large" in broken.faults()


@pytest.mark.parametrize(("colour", "ratio"), [("#767676", "4.47"), ("#FFFDF7", "1.00")])
def test_letters_that_are_too_faint(screen: Showing, colour: str, ratio: str) -> None:
    broken = screen("welcome")
    broken.sentence().color = get_color_from_hex(colour)
    assert broken.faults() == [f"'{broken.sentence().text}' stands out {ratio} to 1, not 7"]


def test_large_letters_may_be_a_little_fainter(screen: Showing) -> None:
    broken = screen("welcome")
    title = words_of("zh_CN").text("screen.welcome.title")
    broken.words(title).color = get_color_from_hex("#6E6E6E")
    assert broken.faults() == []
    broken.words(title).color = get_color_from_hex("#8A8A8A")
    assert broken.faults() == [f"'{title}' stands out 3.39 to 1, not 4.5"]


def test_letters_on_a_drawing_are_held_against_what_is_drawn_just_there(screen: Showing) -> None:
    broken = screen("stand")
    x, y, width, height = next(each for each in seen(broken.face, Picture) if each.name == "stand").at
    for across, name in ((0.35, "coat"), (0.06, "wall")):
        broken.add(Words(at=[x + width * across - 10, y + height * 0.5, 30, 11], text=name))
    assert [line.split(" stands")[0] for line in broken.faults()] == ["'coat'"]


def test_a_ground_that_is_too_dark(screen: Showing) -> None:
    broken = screen("welcome")
    broken.key("language").fill = get_color_from_hex("#5F6B76")
    assert broken.faults() == ["'English' stands out 3.19 to 1, not 7"]


def test_a_key_that_who_sits_does_not_reach(screen: Showing) -> None:
    broken = screen("welcome")
    broken.key("language").at = [137.8, 40, 113.8, 50]
    assert "language begins 406 mm above the lower edge" in broken.faults()


def test_help_that_has_moved(screen: Showing) -> None:
    broken = screen("welcome")
    broken.key("help").at = [12, 7.8, 60, 22]
    assert broken.faults() == ["help lies at [(12, 438, 60, 22)], not at (16, 438, 60, 22)"]


def test_help_that_is_not_there(screen: Showing) -> None:
    broken = screen("welcome")
    broken.key("help").shown = False
    assert broken.faults() == ["help lies at [], not at (16, 438, 60, 22)"]


def test_five_choices(screen: Showing) -> None:
    broken = screen("welcome")
    broken.add(
        WordKey(at=[16, 240, 100, 22], text="一", choice="yes"),
        WordKey(at=[137, 240, 100, 22], text="二", choice="no"),
    )
    assert broken.faults() == ["5 choices: start, large, language, yes, no"]


def test_a_second_blue_area(screen: Showing) -> None:
    broken = screen("welcome")
    broken.key("language").kind = "primary"
    assert broken.faults() == ["2 blue areas: start, language"]


def test_a_key_that_reaches_out_of_the_screen(screen: Showing) -> None:
    broken = screen("welcome")
    broken.key("language").at = [157.8, 364, 113.8, 50]
    assert any(line.startswith("language stands 4.") for line in broken.faults())


def test_a_key_that_nobody_sees(screen: Showing) -> None:
    broken = screen("welcome")
    broken.key("language").opacity = 0
    assert broken.faults() == ["language takes touches and cannot be seen"]


def test_a_key_under_something(screen: Showing) -> None:
    broken = screen("welcome")
    broken.add(Panel(at=[230, 364, 10, 50], fill=(1, 1, 1, 1)))
    assert broken.faults() == ["language lies under something"]
