"""The clinic knows a language more by its files alone: pages, the telephone and the settings."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from clinic.pages.phone import phone_page, tables
from clinic.settings import ClinicSettingsError, read_settings
from health.words import languages, words_of
from tests.clinic.running import clinic_at
from tests.clinic.telephone import telephone
from tests.third_language import MARK, THIRD, one_more_language


@pytest.fixture(autouse=True)
def third(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The languages of the house and one more."""
    (tmp_path / "words").mkdir()
    phone_page.cache_clear()
    with one_more_language(tmp_path / "words", monkeypatch):
        yield
    phone_page.cache_clear()


def test_the_key_of_the_pages_leads_through_all_languages_and_round_again(tmp_path: Path) -> None:
    with clinic_at(tmp_path / "clinic") as running:
        browser, seen = running.staff(), []
        for name in (*languages()[1:], languages()[0]):
            page = browser.post(
                f"{running.url}/language", {"language": name, "back": "/stations"}, timeout=30
            )
            assert page.status_code == 200, name
            assert words_of(name).text("clinic.tab.stations") in page.text
            seen += [other for other in languages() if f'name="language" value="{other}"' in page.text]
        assert seen == [*languages()[2:], *languages()[:2]]


def test_the_settings_of_a_clinic_take_it_and_refuse_one_without_files(tmp_path: Path) -> None:
    file = tmp_path / "clinic.toml"
    file.write_text(f'language = "{THIRD}"\n', encoding="utf-8")
    assert read_settings(file).language == THIRD
    file.write_text('language = "xx"\n', encoding="utf-8")
    with pytest.raises(ClinicSettingsError, match=f"choose one of .*{THIRD}"):
        read_settings(file)


def test_a_telephone_in_that_language_opens_the_page_in_it_and_goes_through_the_others(
    tmp_path: Path,
) -> None:
    assert set(tables()["words"]) == set(languages())  # type: ignore[call-overload]
    with clinic_at(tmp_path / "clinic") as running, telephone(tmp_path / "phone", f"{THIRD}-AT") as phone:
        phone.open(f"{running.url}/phone#broken")
        assert MARK in str(phone.run("document.body.innerText"))
        heard = []
        for _ in languages():
            heard.append(phone.run("document.documentElement.lang"))
            phone.run("document.querySelectorAll('button')[1].click()")
        assert sorted(heard) == sorted(name.replace("_", "-") for name in languages())
        assert heard[0] == phone.run("document.documentElement.lang") == THIRD
