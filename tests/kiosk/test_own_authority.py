"""A clinic with an authority of its own: trusted where the settings name it, and never otherwise."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from health.settings import SettingsError
from kiosk.courier import checkup, road
from kiosk.courier.checkup import clinic_words
from kiosk.courier.events import Trouble
from kiosk.courier.road import CertificateError, Road
from kiosk.opening import opened
from kiosk.settings import DEMO, ClinicPart, KioskSettings, read_settings
from tests.kiosk.authority import Authority, authority
from tests.kiosk.switched_link import switched_link
from tests.kiosk.test_to_the_clinic import real_clinic
from tests.kiosk.walk import SPEED, settings_with, until

BEFORE_NOW = -2


@pytest.fixture
def own(tmp_path: Path) -> Authority:
    return authority(tmp_path / "authority")


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    with real_clinic(tmp_path / "clinic") as clinic:
        yield clinic


def _trusting(own: Authority) -> KioskSettings:
    return msgspec.structs.replace(settings_with({}), clinic=ClinicPart(own.ca))


def test_a_station_that_is_told_of_it_joins_sends_and_has_nothing_to_complain_of(
    tmp_path: Path, own: Authority, url: str
) -> None:
    with (
        switched_link(url, own.server()) as link,
        opened(_trusting(own), tmp_path / "station", SPEED, link.url) as here,
    ):
        until(here.station, lambda: here.station.link_up is True)
        until(here.station, lambda: bool(link.passed))
        assert clinic_words(link.url, own.ca, here.data) == (True, checkup.KNOWN)


def test_a_station_that_is_not_told_of_it_sends_nothing_and_says_which_setting_is_missing(
    tmp_path: Path, own: Authority, url: str
) -> None:
    with switched_link(url, own.server()) as link:
        with opened(_trusting(own), tmp_path / "station", SPEED, link.url) as here:
            until(here.station, lambda: bool(link.passed))
        link.passed.clear()
        with opened(settings_with({}), tmp_path / "station", SPEED, link.url) as here:
            until(here.station, lambda: here.station.link_up is False)
            assert here.station._messenger.trouble is Trouble.CERTIFICATE
            ok, words = clinic_words(link.url, "", here.data)
        assert (ok, words, link.passed) == (False, road.UNTRUSTED, [])
        assert "[clinic] ca" in words


@pytest.mark.parametrize(
    ("address", "days", "words"),
    [
        ("127.0.0.1", BEFORE_NOW, road.EXPIRED_OR_CLOCK),
        ("127.0.0.9", 1, road.OTHER_NAME),
    ],
    ids=["it has ended", "it is another's"],
)
def test_one_that_does_not_hold_is_told_apart_and_nothing_is_sent(
    own: Authority, url: str, address: str, days: int, words: str
) -> None:
    with switched_link(url, own.server(address, days)) as link:
        said = _refused(link.url, own.ca)
    assert (said, link.passed) == (words, [])


def test_who_speaks_no_tls_is_sent_nothing(own: Authority, url: str) -> None:
    assert _refused(url.replace("http:", "https:"), own.ca) == road.NO_TLS


@pytest.mark.parametrize("content", [None, "no certificates"], ids=["not there", "something else"])
def test_a_file_that_cannot_be_read_is_said_and_the_system_is_not_trusted_in_its_place(
    tmp_path: Path, own: Authority, url: str, content: str | None
) -> None:
    file = tmp_path / "other.pem"
    if content is not None:
        file.write_text(content, encoding="ascii")
    with switched_link(url, own.server()) as link:
        assert _refused(link.url, str(file)) == road.UNREADABLE


def test_a_path_that_depends_on_where_one_stands_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "station.toml"
    file.write_text(DEMO.read_text(encoding="utf-8") + '[clinic]\nca = "clinic.pem"\n', encoding="utf-8")
    with pytest.raises(SettingsError, match="whole path of ca"):
        read_settings(file)


def _refused(url: str, ca: str) -> str:
    way = Road(url, ca)
    with pytest.raises(CertificateError) as refused:
        way.ask("PUT", "/envelopes/a", b"a visit")
    way.close()
    return str(refused.value)
