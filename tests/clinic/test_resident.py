"""The page of one resident: trends, visits with what they were measured by, and all that is hers."""

from datetime import timedelta

from msgspec.structs import replace

from clinic.pages.resident import person_of
from clinic.pages.saying import Saying
from clinic.roles import Role
from clinic.store.erasing import visits_of_hash
from clinic.store.residents import resident_by_id
from clinic.store.tasks import open_tasks
from clinic.store.visits import visits_named
from health.ids import new_id
from health.visit import Control
from health.words import words_of
from tests.clinic.running import Running
from tests.clinic.stations import OPENED, visit_of
from tests.clinic.test_amendments import correction


def months_of(running: Running, *systolics: str) -> str:
    """A visit a month; the id of the resident."""
    station = running.station()
    for n, systolic in enumerate(systolics):
        opened = OPENED - timedelta(days=30 * (len(systolics) - n))
        visit = replace(visit_of(systolic=systolic), opened_at=opened, closed_at=opened, on=opened.date())
        assert running.put(station.envelope(visit)).status_code == 201
    with running.clinic.store.reading() as connection:
        return open_tasks(connection, "clinic")[0].subject


def test_her_page_shows_trends_and_beside_each_value_instrument_and_control(running: Running) -> None:
    her = months_of(running, "152", "149", "146")
    page = running.staff().get(f"{running.url}/residents/{her}", timeout=30).text
    assert page.count("<figure>") >= 3
    for shown in ("152", "149", "<b>146</b>", "Shanghe SH-10", "C-2026-04", "质控通过", "沈玉珍", "女 86 岁"):
        assert shown in page
    assert "310101194003021984" not in page


def test_a_voided_visit_is_shown_as_such_and_draws_no_line(running: Running) -> None:
    her = months_of(running, "152", "149")
    station, visit = running.station("other-1"), visit_of(systolic="199")
    sealed = station.envelope(visit)
    for envelope in (sealed, correction(station, visit, sealed)):
        assert running.put(envelope).status_code == 201
    with running.clinic.store.reading() as connection:
        known = resident_by_id(connection, "clinic", her)
        assert known is not None
        visits = visits_named(connection, "clinic", visits_of_hash(connection, "clinic", known.hash))
    saying = Saying(words_of("zh_CN"), running.clinic.settings.zone)
    person = person_of(known, tuple(visits.values()), saying, running.clinic.now())
    assert [head.void for head in person.heads] == [False, False, True]
    assert "199" not in "".join(chart.drawing for chart in person.charts)
    page = running.staff().get(f"{running.url}/residents/{her}", timeout=30).text
    assert 'class="voided"' in page
    assert "记错" in page


def test_a_value_out_of_control_says_so_beside_itself(running: Running) -> None:
    her = months_of(running, "152")
    visit = visit_of()
    spoiled = tuple(replace(one, control=Control.OUT) for one in visit.observations)
    running.put(running.station("other-1").envelope(replace(visit, observations=spoiled)))
    assert "质控未过" in running.staff().get(f"{running.url}/residents/{her}", timeout=30).text


def test_all_that_is_hers_can_be_handed_out_and_that_stands_in_the_trail(running: Running) -> None:
    her, browser = months_of(running, "152"), running.staff(Role.CALLER)
    browser.get(f"{running.url}/residents/{her}", timeout=30)
    text = browser.get(f"{running.url}/residents/{her}/export/page", timeout=30)
    fhir = browser.get(f"{running.url}/residents/{her}/export/fhir", timeout=30)
    assert "152" in text.text
    assert fhir.json()["resourceType"] == "Bundle"
    assert "沈" not in text.headers["Content-Disposition"]
    with running.clinic.store.reading() as connection:
        every = connection.exec_driver_sql("SELECT did, about FROM audit ORDER BY number").all()
    assert [did for did, about in every if about == her] == [
        "resident seen",
        "resident exported: page",
        "resident exported: fhir",
    ]


def test_a_reader_may_not_take_it_away_and_nobody_finds_who_is_not_here(running: Running) -> None:
    her, browser = months_of(running, "152"), running.staff(Role.READER)
    assert browser.get(f"{running.url}/residents/{her}/export/page", timeout=30).status_code == 403
    assert browser.get(f"{running.url}/residents/{new_id()}", timeout=30).status_code == 404
