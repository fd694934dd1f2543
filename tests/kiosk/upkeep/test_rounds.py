"""The round: the start, the minute and the hour; and what the settings may ask for."""

import logging
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from clinic.fleet import ONLINE
from health.envelope import Envelope, Kind, open_envelope
from health.settings import SettingsError
from health.station_report import Occasion, StationReport, read_report
from kiosk.demo_clinic import DemoClinic
from kiosk.jobs import Count, NextToSend, Office
from kiosk.opening import opened
from kiosk.settings import ASSETS, DEMO, read_settings
from kiosk.store.ledger import FILE
from kiosk.upkeep.calls import CallAnswered
from kiosk.upkeep.demo import DEMO as WHO
from kiosk.upkeep.fitted import rules_of
from kiosk.upkeep.rounds import REPORT_S, Begin, GoRound
from kiosk.upkeep.staff import Act
from kiosk.upkeep.standing import Board, State
from kiosk.upkeep.trail import note
from tests.kiosk.station import CLINIC, KEY, HeldTime, record
from tests.kiosk.upkeep.bookroom import EVERYTHING, office
from tests.kiosk.walk import SPEED, settings_with, station, until, walk


def reports(room: Office) -> list[StationReport]:
    sent = [Envelope.from_bytes(one.body) for one in NextToSend(100).do(room).envelopes]
    opened = [open_envelope(one, CLINIC, KEY.verify_key()) for one in sent if one.header.kind is Kind.STATION]
    return [read_report(one) for one in opened]


def states(board: Board) -> set[State]:
    return {one.state for one in board.standings}


def test_the_start_reports_and_the_hour_reports_and_the_minute_does_not(tmp_path: Path) -> None:
    room = office(tmp_path, HeldTime(), EVERYTHING)
    begun = Begin().do(room)
    assert begun.trail.whole
    assert states(begun.board) == {State.READY, State.RESTS}
    GoRound().do(room)
    GoRound(reporting=True).do(room)
    assert [one.occasion for one in reports(room)] == [Occasion.STARTED, Occasion.REGULAR]
    assert reports(room)[0].trail.followed
    assert Count().do(room).counts.reports == 2
    room.ledger.close()


def test_the_clinic_is_told_how_the_printer_is_and_nothing_where_nobody_looked(tmp_path: Path) -> None:
    room = replace(office(tmp_path, HeldTime()), paper=iter((None, "jam", "ready")).__next__)
    said = []
    for _ in range(3):
        GoRound(reporting=True).do(room)
        said.append(reports(room)[-1].paper)
    assert said == [None, "jam", "ready"]
    room.ledger.close()


def test_however_long_the_link_is_away_one_regular_report_waits_and_it_is_the_newest(tmp_path: Path) -> None:
    time = HeldTime()
    room = office(tmp_path, time)
    Begin().do(room)
    for _ in range(50):
        time.go_on(minutes=5)
        GoRound(reporting=True).do(room)
    started, regular = reports(room)
    assert (started.occasion, regular.occasion) == (Occasion.STARTED, Occasion.REGULAR)
    assert regular.at == room.now().wall
    room.ledger.close()


def test_a_report_that_the_clinic_answered_keeps_its_answer(tmp_path: Path) -> None:
    room = office(tmp_path, HeldTime())
    GoRound(reporting=True).do(room)
    (sent,) = NextToSend(9).do(room).envelopes
    room.ledger.mark(sent.id, 202, "does_not_open", room.now().wall)
    GoRound(reporting=True).do(room)
    assert [one.id == sent.id for one in NextToSend(9).do(room).envelopes] == [True, False]
    room.ledger.close()


def test_a_report_the_clinic_has_goes_after_a_day_and_a_visit_stays(tmp_path: Path) -> None:
    room = office(tmp_path, HeldTime())
    now = room.now().wall
    GoRound(reporting=True).do(room)
    room.ledger.keep(room.seal.visit(record(), room.ledger.next_sequence()))
    for one in NextToSend(9).do(room).envelopes:
        room.ledger.mark(one.id, 201, "", now)
    assert room.ledger.purge(now + timedelta(days=1)) == 0
    assert room.ledger.purge(now + timedelta(days=1, seconds=1)) == 1
    assert Count().do(room).counts.done == 1
    room.ledger.close()


def test_when_the_last_that_waited_has_arrived_that_is_reported_and_not_before(tmp_path: Path) -> None:
    room = office(tmp_path, HeldTime())
    kept = [room.seal.visit(record(), room.ledger.next_sequence()) for _ in range(2)]
    for one in kept:
        room.ledger.keep(one)
    for one in kept:
        assert reports(room) == []
        room.ledger.mark(one.header.id, 201, "", room.now().wall)
        GoRound(arrived=True).do(room)
    assert [one.waiting for one in reports(room)] == [0]
    room.ledger.close()


def test_a_station_in_order_speaks_often_enough_to_be_called_online() -> None:
    assert timedelta(seconds=3 * REPORT_S) <= ONLINE


def test_an_altered_trail_is_found_at_the_start_logged_and_reported_and_the_station_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    room = office(tmp_path, HeldTime())
    for _ in range(3):
        note(room, "tom", Act.TEST, "scale")
    raw = sqlite3.connect(tmp_path / FILE)
    raw.execute("DROP TRIGGER trail_no_update")
    raw.execute("UPDATE trail SET result = 'refused' WHERE number = 2")
    raw.commit()
    raw.close()
    with caplog.at_level(logging.ERROR):
        begun = Begin().do(room)
    assert begun.trail.broken_at == 2
    assert "line 2" in caplog.text
    assert reports(room)[-1].trail.broken_at == 2
    assert states(begun.board) == {State.READY}
    room.ledger.close()


def test_a_demonstration_left_running_for_weeks_stays_in_order_and_a_real_station_does_not(
    tmp_path: Path,
) -> None:
    time = HeldTime()
    real = office(tmp_path / "real", time, EVERYTHING)
    made = office(tmp_path / "demo", time, EVERYTHING)
    demo = replace(made, rules=replace(made.rules, demo=True))
    assert states(Begin().do(demo).board) == {State.READY}
    time.go_on(days=400)
    assert states(GoRound().do(demo)) == {State.READY}
    assert State.RESTS in states(GoRound().do(real))
    assert {line.who for line in demo.ledger.book.lines()} == {WHO}
    assert list(real.ledger.book.lines()) == []
    for room in (real, demo):
        room.ledger.close()


def test_whose_card_answered_a_call_stands_in_the_trail(tmp_path: Path) -> None:
    with station(tmp_path) as running:
        visit = walk(running, "lin").visit.id
        running.desk.submit(CallAnswered("a card of nobody", visit, "blood")).result(30)
        place = tmp_path / "demo" / FILE
    raw = sqlite3.connect(place)
    calls = raw.execute("SELECT who, result FROM trail WHERE act = 'call' ORDER BY number").fetchall()
    subjects = raw.execute("SELECT subject FROM trail WHERE act = 'call'").fetchall()
    raw.close()
    assert calls[0] == (WHO, "blood")
    assert calls[-1] == ("card", "blood")
    assert len(set(subjects)) == 1
    assert str(visit) not in str(subjects)


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("weight_days = 7", "weight_days = 0", "weight_days"),
        ("weight_days = 7", "weigth_days = 7", "weigth_days"),
        ('blood_control = "daily"', 'blood_control = "sometimes"', "blood_control"),
        ("height_days = 7", 'height_days = 7\ncalibrated = ["lathe"]', "no instrument 'lathe'"),
        ('high = "200"', 'high = "20000"', "plate of 'scale'"),
        ('e = "0.1"', 'e = "0.1", d = "0.1"', "plate"),
    ],
)
def test_what_the_settings_cannot_ask_for_stops_the_start_in_one_sentence(
    tmp_path: Path, before: str, after: str, says: str
) -> None:
    text = DEMO.read_text(encoding="utf-8")
    assert before in text
    file = tmp_path / "station.toml"
    file.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(SettingsError, match=says):
        read_settings(file)


def test_what_is_to_be_checked_must_have_a_plate(tmp_path: Path) -> None:
    text = (ASSETS / "settings.example.toml").read_text(encoding="utf-8")
    file = tmp_path / "station.toml"
    file.write_text(text.replace('  { quantity = "body_height", low = "60", high = "210" },\n', ""))
    with pytest.raises(SettingsError, match="checks of 'scale'"):
        rules_of(read_settings(file), tmp_path, "", demo=False)
    file.write_text(file.read_text().replace("height_days = 7", ""))
    assert rules_of(read_settings(file), tmp_path, "", demo=False).asked.height_days is None


def test_the_example_asks_for_checks_and_controls() -> None:
    asked = read_settings(ASSETS / "settings.example.toml").upkeep
    assert (asked.weight_days, asked.height_days, asked.blood_control) == (7, 7, "daily")


def test_a_clinic_takes_the_report_and_nothing_of_it_waits(tmp_path: Path) -> None:
    clinic = DemoClinic(tmp_path / "clinic")
    try:
        with opened(settings_with({}), tmp_path / "station", SPEED, clinic.told.url) as running:
            desk = running.station.desk
            until(running.station, lambda: desk.submit(Count()).result(30).counts.reports == 0)
    finally:
        clinic.close()
    kept = sqlite3.connect(next((tmp_path / "station").glob("demo-*")) / FILE)
    answered = kept.execute("SELECT state, status FROM envelope WHERE visit IS NULL").fetchall()
    kept.close()
    assert set(answered) == {("done", 201)}
