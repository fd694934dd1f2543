"""What is older than the clinic keeps goes: visits, who has no others, reports, what nobody believed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from clinic.erasing import ErasingError
from clinic.expiring import erase_expired, erase_older, years_before
from health.envelope import Kind
from health.keys import SecretKey, SigningKey
from health.station_report import Occasion, write_report
from tests.clinic.running import NURSE, Running
from tests.clinic.stations import A_REPORT, SHEN, visit_of
from tests.clinic.test_erasing import OTHER, everything, filed


def test_who_has_nothing_left_but_what_was_too_old_goes_with_it_unless_she_is_on_the_roster(
    running: Running,
) -> None:
    station = running.station()
    filed(running, station, replace(visit_of(), on=date(2015, 1, 2)))
    filed(running, station, replace(visit_of(OTHER), on=date(2015, 1, 2)))
    filed(running, station, visit_of(OTHER))
    third = replace(SHEN, name="周桂兰", identity="310101195505050022", phone="13900000009")
    filed(running, station, replace(visit_of(third), on=date(2015, 1, 2)))
    with running.clinic.store.writing() as connection:
        connection.exec_driver_sql("UPDATE resident SET contracted = true WHERE name = '周桂兰'")
    done = erase_older(running.clinic, date(2016, 1, 1), NURSE)
    assert (done.visits, done.residents) == (3, 1)
    after = everything(running)
    assert ["沈玉珍" in after, "李明" in after, "周桂兰" in after] == [False, True, True]


def test_reports_what_nobody_believed_and_what_made_no_visit_go_by_their_age(running: Running) -> None:
    station, own = running.station(), running.clinic
    header = {"kind": Kind.STATION, "visit": None}
    calibrated = replace(A_REPORT, occasion=Occasion.CHANGED)
    report = station.envelope(visit_of(), write_report(calibrated), **header)
    shut = replace(station, working=SecretKey.new().public(), recovery=SecretKey.new().public())
    forged = replace(station, key=SigningKey.new()).envelope(visit_of())
    unopened = shut.envelope(visit_of(), sequence=90)
    assert [running.put(one).status_code for one in (report, forged, unopened)] == [201, 202, 202]
    young = erase_older(own, own.now().date(), NURSE)
    assert (young.reports, young.unproven) == (0, 0)
    kept = replace(own.settings, keep_reports_days=30, keep_unproven_days=90)
    later = replace(own, settings=kept, now=lambda: datetime.now(UTC) + timedelta(days=31))
    done = erase_expired(later, NURSE)
    assert (done.reports, done.unproven) == (1, 0)
    later = replace(later, now=lambda: datetime.now(UTC) + timedelta(days=91))
    assert erase_expired(later, NURSE).unproven == 1
    erase_older(own, date(2099, 1, 1), NURSE)
    with own.store.reading() as connection:
        left = connection.exec_driver_sql("SELECT count(*) FROM envelope WHERE length(raw) > 0").scalar_one()
    assert left == 0
    assert running.put(unopened).status_code == 410


def test_what_is_older_than_the_clinic_keeps_goes_and_the_rest_stays(running: Running) -> None:
    station = running.station()
    old, young = replace(visit_of(), on=date(2020, 1, 2)), visit_of(OTHER)
    for visit in (old, young):
        filed(running, station, visit)
    assert erase_older(running.clinic, date(2021, 1, 1), NURSE).visits == 1
    assert erase_older(running.clinic, date(2021, 1, 1), NURSE).visits == 0
    after = everything(running)
    assert str(young.id) in after
    assert running.put(station.envelope(old)).status_code == 410


def test_what_the_settings_keep_no_longer_goes_on_the_day_after_and_leaves_a_tombstone(
    running: Running,
) -> None:
    station, own = running.station(), running.clinic
    last, first = (replace(visit_of(), on=date(2016, 11, day)) for day in (27, 28))
    for visit in (last, first):
        filed(running, station, visit)
    kept = replace(own, settings=replace(own.settings, keep_visits_years=10))
    noon = datetime(2026, 11, 28, 4, 0, tzinfo=UTC)
    assert erase_expired(replace(kept, now=lambda: noon), NURSE).visits == 1
    assert running.put(station.envelope(last)).status_code == 410
    assert str(first.id) in everything(running)
    assert "visits erased" in everything(running)
    for_ever = replace(own.settings, keep_reports_days=0, keep_unproven_days=0)
    with pytest.raises(ErasingError, match="keep_visits_years"):
        erase_expired(replace(own, settings=for_ever), NURSE)


@pytest.mark.parametrize(
    ("day", "years", "then"),
    [
        (date(2026, 11, 28), 30, date(1996, 11, 28)),
        (date(2028, 2, 29), 1, date(2027, 2, 28)),
        (date(2028, 2, 29), 4, date(2024, 2, 29)),
        (date(2104, 2, 29), 4, date(2100, 2, 28)),
    ],
)
def test_years_are_counted_by_the_calendar(day: date, years: int, then: date) -> None:
    assert years_before(day, years) == then
