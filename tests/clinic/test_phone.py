"""The page a printed code leads to: it shows what the paper says, and a torn code says so."""

import functools
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from clinic.pages.phone import LARGEST, SAID, phone_page, tables
from health.assess import assess
from health.assessment import Assessment, Phrase
from health.rulebook import shipped_rulebook
from health.station import Station
from health.visit import Resident, Sex, Visit
from health.words import languages, words_of
from printouts.phone import code_of, payload
from tests.clinic.stations import visit_of as a_visit

STATION = Station("wanqing-1", "晚晴里驿站", phone="021-0000 3100", demo=True)


@functools.cache
def _assessed(systolic: str = "146") -> tuple[Visit, Assessment]:
    visit = a_visit(demo=True, systolic=systolic)
    return visit, assess(visit, (), shipped_rulebook(), visit.on)


@pytest.fixture
def browse(tmp_path: Path) -> Callable[[str], str]:
    """Opens the page with a payload in a real browser; gives what it shows, without script and tables."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("needs chromium")
    file = tmp_path / "phone.html"
    file.write_text(phone_page()[0], "utf-8")

    def shown(fragment: str) -> str:
        flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--lang=zh-CN", "--dump-dom"]
        command = [chromium, *flags, f"--user-data-dir={tmp_path / 'profile'}", f"{file.as_uri()}#{fragment}"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
        return re.sub(r"(?s)<head>.*?</head>", "", done.stdout)

    return shown


def test_a_telephone_shows_the_numbers_words_and_sentence_of_the_paper(browse: Callable[[str], str]) -> None:
    visit, assessment = _assessed()
    page = browse(payload(visit, assessment, STATION))
    words = words_of("en" if 'lang="en"' in page else "zh_CN")
    assert words.say(assessment.message).replace(" ", "") in _text(page)
    for hint in assessment.hints[1:3]:
        assert words.say(hint.phrase) in page
    for number in ("146", "75", "71", "5.31", "1.42", "51.3", "16.8"):
        assert f'<span class="value">{number}</span>' in page
    assert f'<span class="value">{words.text("phone.below")} 2.59</span>' in page
    assert "16.2" not in page
    assert words.text("word.high") in page
    for limit in ("90", "120", "140", "180", "51.0", "62.5"):
        assert f">{limit}</text>" in page
    assert 'href="tel:02100003100"' in page
    assert words.text("clinic.demo") in page
    assert "晚晴里驿站" in page


def test_a_sentence_the_page_does_not_know_yet_is_said_as_its_level(browse: Callable[[str], str]) -> None:
    visit, assessment = _assessed()
    page = browse(payload(visit, replace(assessment, message=Phrase("message.to.come")), STATION))
    words = words_of("en" if 'lang="en"' in page else "zh_CN")
    heading = re.search(r"(?s)<h1.*?</h1>", page)
    assert heading
    assert words.text("level.2").replace(" ", "") in _text(heading[0])
    assert '<span class="value">146</span>' in page


def _text(page: str) -> str:
    return re.sub(r"<[^>]*>|\s", "", page)


def test_a_torn_code_says_so_calmly_and_shows_no_number(browse: Callable[[str], str]) -> None:
    visit, assessment = _assessed()
    whole = payload(visit, assessment, STATION)
    page = browse(whole[:-4])
    words = words_of("en" if 'lang="en"' in page else "zh_CN")
    assert words.text("phone.broken") in page
    assert 'class="value"' not in page
    assert "tel:" not in page


def test_the_page_is_small_and_needs_nothing_else() -> None:
    page, policy = phone_page()
    assert len(page.encode()) <= LARGEST
    # The empty picture keeps a browser from asking for one.
    page = page.replace('<link rel="icon" href="data:,">', "")
    assert not re.search(r"(src|href)=", re.sub(r"(?s)<script>.*?</script>", "", page))
    assert "connect-src" not in policy
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy


def test_every_sentence_a_payload_can_name_is_on_the_page() -> None:
    sentences = tables()["sentences"]
    assert isinstance(sentences, dict)
    for language in languages():
        words = words_of(language)
        codes = sentences[language]
        named = [key for key in sorted(shipped_rulebook().keys()) if key.startswith(SAID)]
        assert len(named) > 40
        assert [key for key in named if codes.get(code_of(key)) != words.unfilled(key)] == []
        shown = {
            phrase.key
            for systolic in ("85", "118", "134", "146", "166", "188")
            for phrase in (
                _assessed(systolic)[1].message,
                *(hint.phrase for hint in _assessed(systolic)[1].hints),
            )
        }
        assert [key for key in shown if code_of(key) not in codes] == []


def test_no_two_sentences_share_a_code() -> None:
    keys = [key for key in sorted(words_of("zh_CN").keys()) if key.startswith(SAID)]
    assert len({code_of(key) for key in keys}) == len(keys)


def test_a_sentence_cannot_end_the_script_it_stands_in() -> None:
    page, _ = phone_page()
    found = re.search(r'(?s)<script type="application/json" id="table">(.*?)</script>', page)
    assert found
    assert "<" not in found[1]
    assert json.loads(found[1])["quantities"][0] == "body_height"


def test_the_zone_under_a_value_has_the_level_that_was_printed() -> None:
    roads = tables()["roads"]
    assert isinstance(roads, dict)
    seen = 0
    for systolic in ("85", "118", "119", "120", "139", "140", "179", "180", "199"):
        visit = a_visit(Resident(sex=Sex.FEMALE), systolic=systolic)
        for finding in assess(visit, (), shipped_rulebook(), visit.on).findings:
            if not finding.rule.startswith("systolic/"):
                continue
            zones = roads[code_of(f"{finding.rule}/{finding.band}")]["zones"]
            level = next(
                level
                for high, included, level in zones
                if high is None or float(systolic) < float(high) or (included and systolic == high)
            )
            assert level == finding.level
            seen += 1
    assert seen == 9
