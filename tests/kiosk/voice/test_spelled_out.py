"""What stands on the screen in figures and signs is said in words, in both languages."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from health.words import words_of
from kiosk.screens.sample_visits import sample_visit
from kiosk.telephone_number import dialled, groups_of
from kiosk.views import TelephoneView, TrendsView
from kiosk.voice import english, mandarin
from kiosk.voice.saying import BODIES

ANY_TEXT = st.text(
    st.sampled_from(
        string.printable + "请站稳别动血压毫摩尔升小于大于次分公斤年月日打第共，。！？；：（）“”…·<>≤≥％/*"
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("血压 128/76，正常。", "血压，高压一百二十八，低压七十六，正常。"),
        ("体重 165.2 公斤", "体重一百六十五点二公斤"),
        ("甘油三酯 小于 2.59 毫摩尔/升", "甘油三酯小于二点五九毫摩尔每升"),
        ("甘油三酯 <2.59 mmol/L", "甘油三酯小于二点五九毫摩尔每升"),
        ("146/75 毫米汞柱", "高压一百四十六，低压七十五毫米汞柱"),
        ("脉搏 71 次/分", "脉搏每分钟七十一次"),
        ("血氧 97%，手指可以拿出来了。", "血氧百分之九十七，手指可以拿出来了。"),
        ("第 2 次，共 2 次", "第二次，共两次"),
        ("还要歇 4 分 12 秒", "还要歇四分十二秒"),
        ("9:51 通知的", "九点五十一分通知的"),
        ("9:05", "九点零五分"),
        ("14:00", "十四点整"),
        ("2:30", "两点三十分"),
        ("请在 2026-12-01 前再来量一次。", "请在二零二六年十二月一日前再来量一次。"),
        ("11 月 23 日 星期一", "十一月二十三日星期一"),
        ("11月20日 2025年 · 149/82", "二零二五年十一月二十日，高压一百四十九，低压八十二"),
        ("1940 年生 · 女", "一九四零年生，女"),
        ("没有人来，请打 120。", "没有人来，请打幺二零。"),
        ("请打 021-5555 1234，或打 120。", "请打零二幺五五五五幺二三四，或打幺二零。"),
        ("请再按一次，比如 1 5 5。", "请再按一次，比如一五五。"),
        ("138", "一百三十八"),
        ("1 3 8", "一三八"),
        ("站不稳？请按“请人帮忙”。", "站不稳？请按请人帮忙。"),
        ("正在量……", "正在量"),
        ("身高、体重、血压、握力，\n还有一小滴指血。", "身高、体重、血压、握力，还有一小滴指血。"),
        ("快速测量（没有静坐）", "快速测量，没有静坐"),
    ],
)
def test_chinese_is_said_as_people_say_it(shown: str, said: str) -> None:
    assert mandarin.spelled(shown) == said
    assert mandarin.unspoken(shown) == ""


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("146/75 mmHg", "one hundred and forty-six over seventy-five millimetres of mercury"),
        ("51.3 kg", "fifty-one point three kilograms"),
        ("1 kg", "one kilogram"),
        ("152.4 cm", "one hundred and fifty-two point four centimetres"),
        ("<2.59 mmol/L", "below two point five nine millimoles per litre"),
        ("Oxygen 97 %. Take it out.", "Oxygen ninety-seven per cent. Take it out."),
        ("at 9:05", "at nine oh five"),
        ("at 14:00", "at fourteen o'clock"),
        ("by 2026-12-01", "by the first of December twenty twenty-six"),
        ("20 Nov 2025 · 149", "the twentieth of November twenty twenty-five, one hundred and forty-nine"),
        ("Monday, 23 November", "Monday, the twenty-third of November"),
        ("12 Sept 2025", "the twelfth of September twenty twenty-five"),
        ("born 1940", "born nineteen forty"),
        ("If nobody comes, please call 120.", "If nobody comes, please call one two zero."),
        ("Please call 021-555, or 120.", "Please call zero two one five five five, or one two zero."),
        ("4 min 12 sec", "four minutes twelve seconds"),
        ("Once more please, like 1 5 5.", "Once more please, like one five five."),
        ("Measuring …", "Measuring"),
        ("Scan it and see\nyour results there.", "Scan it and see your results there."),
    ],
)
def test_english_is_said_as_people_say_it(shown: str, said: str) -> None:
    assert english.spelled(shown) == said
    assert english.unspoken(shown) == ""


@pytest.mark.parametrize("digit", range(3))
def test_every_one_of_a_telephone_number_is_said_the_same_way_in_the_call_and_as_it_is_typed(
    digit: int,
) -> None:
    number = "13811234111"
    in_a_call = mandarin.spelled(f"请打 {number}。").removeprefix("请打").rstrip("。")
    assert "".join(mandarin.spelled(dialled(group)) for group in groups_of(number)) == in_a_call
    assert mandarin.spelled(dialled(number[: digit + 1])) == in_a_call[: digit + 1]
    assert english.spelled(dialled("138")) == "one three eight"


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_keypads_hand_the_voice_a_number_and_no_amount(language: str) -> None:
    words = words_of(language)
    typed = BODIES[TelephoneView](TelephoneView("138", complete=False), words).asked
    assert typed == (dialled("138"),)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_between_a_day_and_its_value_there_is_a_pause(language: str) -> None:
    words = words_of(language)
    seen = sample_visit("again").trends(words)
    assert seen
    said = BODIES[TrendsView](TrendsView(seen), words).asked
    for trend, line in zip(seen, said, strict=False):
        for dot in trend.dots:
            assert f"{' '.join(dot.day.split())} · {dot.shown}" in line


@given(ANY_TEXT)
def test_whatever_stands_on_a_screen_only_words_reach_the_engine(text: str) -> None:
    assert not set(mandarin.spelled(text)) & set(string.ascii_letters + string.digits + "<>/%*·")
    assert not set(english.spelled(text)) & set(string.digits + "<>/%*·")


@given(ANY_TEXT)
def test_what_has_no_reading_is_named(text: str) -> None:
    lost = mandarin.unspoken(text)
    assert all(letter not in mandarin.spelled(text) for letter in lost)
    assert mandarin.unspoken(f"{text}ø") != ""
