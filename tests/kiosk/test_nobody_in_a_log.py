"""A visit writes nobody into a log: not into the clinic's as it ships, and into none of the station's."""

import logging
from contextlib import closing
from pathlib import Path

import pytest
import requests

from kiosk.demo_clinic import DemoClinic
from kiosk.opening import opened
from kiosk.personas import people
from tests.kiosk.walk import SPEED, settings_with, until, walk

PERSONA = "lin"


def canaries() -> set[str]:
    """What says who she is: her name, her number, the part of it that is her birthday."""
    card = people().called(PERSONA).card
    assert card is not None
    born = card.number[6:14]
    return {card.name, card.number, born, f"{born[:4]}-{born[4:6]}-{born[6:]}"}


def found_in(text: str) -> set[str]:
    return {one for one in canaries() if one in text}


def test_a_whole_visit_and_all_pages_of_it_leave_nobody_in_a_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    with closing(DemoClinic(tmp_path / "clinic")) as clinic:
        with opened(settings_with({}), tmp_path / "station", SPEED, clinic.told.url) as here:
            until(here.station, here.station.bench.all_there)
            done = walk(here.station, PERSONA)
            until(here.station, lambda: done.visit.id in here.station.arrived)
        with requests.Session() as staff:
            shown = staff.get(clinic.told.staff_url, timeout=30).text
            for path in ("/worklist", "/visits", f"/visits/{done.visit.id}", "/stations", "/board"):
                shown += staff.get(clinic.told.url + path, timeout=30).text
            bearer = {"Authorization": f"Bearer {clinic.told.token}"}
            shown += staff.get(f"{clinic.told.url}/fhir/Patient", headers=bearer, timeout=30).text
    said = capfd.readouterr()
    logged = caplog.text + said.out + said.err
    assert len(logged) > 1000
    assert found_in(logged) == set()
    assert len(found_in(shown)) >= 2
    for one in canaries():
        logging.getLogger("kiosk").warning("planted %s", one)
    assert found_in(caplog.text) == canaries()
