"""A station stands in a street; the fleet and the board of one street show what is there and nothing else."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from clinic.commands import clinic
from clinic.errors import ClinicError
from clinic.roles import Role
from clinic.store.stations import all_stations
from tests.clinic.running import Running, clinic_at
from tests.clinic.stations import visit_of
from tests.clinic.test_access import csrf, trail


def placed(running: Running) -> None:
    """Two stations in two streets; an alarm of now at the first."""
    browser = running.staff()
    for name, street in (("north-1", "北　街"), ("south-1", "南街")):
        station = running.station(name)
        form = {"csrf": csrf(browser.get(f"{running.url}/stations", timeout=30).text)}
        form |= {"station": name, "street": street}
        assert browser.post(f"{running.url}/stations/street", form, timeout=30).status_code == 200
        value = "188" if name == "north-1" else "118"
        running.put(station.envelope(visit_of(systolic=value), wall=datetime.now(UTC)))


def test_fleet_and_board_of_a_street_hold_its_stations_and_its_alarms_alone(running: Running) -> None:
    placed(running)
    browser = running.staff()

    def page(address: str) -> str:
        return browser.get(running.url + address, timeout=30).text

    whole = page("/stations")
    assert 'id="s-north-1"' in whole
    assert 'id="s-south-1"' in whole
    south = page("/stations?street=南街")
    assert 'id="s-north-1"' not in south
    assert 'id="s-south-1"' in south
    assert 'class="strip" href="/worklist?open=' in page("/board")
    assert 'class="strip" href="/worklist?open=' in page("/board?street=北街")
    assert 'class="strip" href="/worklist?open=' not in page("/board?street=南街")
    assert page("/board?street=nowhere").count('class="strip" href') == page("/board").count(
        'class="strip" href'
    )
    assert ("station placed", "north-1") in [one[1:] for one in trail(running.clinic)]


def test_who_may_not_manage_places_nothing_and_what_is_not_there_is_not_placed(running: Running) -> None:
    running.station("north-1")
    browser = running.staff(Role.CALLER)
    assert "/stations/street" not in browser.get(f"{running.url}/stations", timeout=30).text
    form = {"csrf": csrf(browser.get(f"{running.url}/stations", timeout=30).text)}
    form |= {"station": "north-1", "street": "北街"}
    assert browser.post(f"{running.url}/stations/street", form, timeout=30).status_code == 403
    browser = running.staff()
    form["csrf"] = csrf(browser.get(f"{running.url}/stations", timeout=30).text)
    for odd in ({"station": "nowhere"}, {"street": "x" * 65}, {"street": "a\u2028b"}):
        assert browser.post(f"{running.url}/stations/street", form | odd, timeout=30).status_code == 404
    assert [one.street for one in all_stations(running.clinic.store, "clinic")] == [""]


def test_the_command_places_a_station_and_takes_it_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ["--data", str(tmp_path / "clinic")]
    with clinic_at(tmp_path / "clinic") as running:
        running.station("north-1")
        assert clinic(["stations", "place", "north-1", "--street", "北街", *data]) == 0
        assert [one.street for one in all_stations(running.clinic.store, "clinic")] == ["北街"]
        assert clinic(["stations", "place", "north-1", *data]) == 0
        assert [one.street for one in all_stations(running.clinic.store, "clinic")] == [""]
        with pytest.raises(ClinicError, match="no station"):
            clinic(["stations", "place", "nowhere", "--street", "x", *data])
    assert "stands in 北街" in capsys.readouterr().out
