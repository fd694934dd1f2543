"""What a search of FHIR means: its dates, what changed since, how much of it, and what is not known."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from clinic import intake, judging
from clinic.enrolment import revoke
from clinic.follow_up import Call, write_down
from clinic.reasons import Outcome
from clinic.store.residents import enrol_on_roster, new_resident
from clinic.store.tasks import open_tasks
from tests.clinic.fhir_reader import OTHER, Reader, filed, valid
from tests.clinic.running import NURSE, Running
from tests.clinic.stations import SHEN, visit_of

ON = datetime(2026, 11, 23, 0, 40, tzinfo=UTC)
"""When the visits of these tests begin: 8:40 in the clinic."""


@pytest.fixture
def reader(running: Running) -> Reader:
    return Reader(running)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("2026-11-23", True),
        ("2026-11", True),
        ("2026", True),
        ("2025", False),
        ("ne2026-11-23", False),
        ("ne2026-11-24", True),
        ("gt2026-11-23", False),
        ("gt2026-11-22", True),
        ("lt2026-11-23", False),
        ("lt2026-11-24", True),
        ("ge2026-11-23", True),
        ("ge2026-11-24", False),
        ("le2026-11-23", True),
        ("le2026-11-22", False),
        ("ge2026-12", False),
        ("sa2026-11-22", True),
        ("sa2026-11-23", False),
        ("eb2026-11-24", True),
        ("eb2026-11-23", False),
        ("ge2026-11-23T08:00:00+08:00", True),
        ("ge2026-11-23T08:00:00Z", False),
        ("lt2026-11-23T00:30:00Z", False),
        ("lt2026-11-23T23:00:00 08:00", True),
        ("2026-11-20,2026-11-23", True),
        ("2026-11-20,2026-11-21", False),
        ("ge0001", True),
        ("lt9999-12-31T23:59:59-12:00", True),
    ],
)
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_date_is_as_long_as_it_is_exact(running: Running, reader: Reader, asked: str, found: bool) -> None:
    (visit,) = filed(running, visit_of())
    assert visit.opened_at is not None
    assert visit.opened_at <= ON + timedelta(hours=1)
    for kind in ("Encounter", "DiagnosticReport"):
        assert [bool(reader.all(kind, date=asked)), kind] == [found, kind]


def test_several_dates_must_all_hold_and_about_is_wider(running: Running, reader: Reader) -> None:
    filed(running, visit_of())
    assert reader.all("Encounter", date=["ge2026-11-01", "lt2026-12-01"])
    assert not reader.all("Encounter", date=["ge2026-11-01", "lt2026-11-02"])
    assert not reader.all("Encounter", date="2026-11-22")
    assert reader.all("Encounter", date="ap2026-11-23")


def test_what_changed_is_told_of_each_type(running: Running, reader: Reader) -> None:
    station = running.station()
    visit = visit_of(systolic="188", diastolic="112")
    assert running.put(station.envelope(visit)).status_code == 201
    for kind in ("Task", "Device", "Patient", "Encounter"):
        assert reader.all(kind, _lastUpdated="gt2020"), kind
        assert reader.all(kind, _since="2020-01-01T00:00:00+08:00"), kind
        for never in ({"_since": "2099-01-01T00:00:00Z"}, {"_lastUpdated": "lt2020-01-01"}):
            assert reader.all(kind, **never) == [], kind
        assert not reader.all(kind, _lastUpdated=["gt2020", "lt2021,ge2099"]), kind
    since = running.clinic.now().isoformat()
    with running.clinic.store.writing() as connection:
        (task, *_) = open_tasks(connection, "clinic")
        due = running.clinic.now()
        write_down(connection, "clinic", task.id, Call(NURSE, Outcome.LATER), due)
    (told,) = reader.all("Task", _since=since)
    assert (told["id"], told["lastModified"]) == (task.id, due.isoformat())
    assert reader.all("Device", _since=since) == []
    assert revoke(running.clinic, station.id, NURSE)
    (device,) = reader.all("Device", _since=since)
    assert device["status"] == "inactive"


def test_who_asks_from_where_the_last_answer_ended_misses_nothing(
    running: Running, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was being filed while the first question was asked comes with that or with the second."""
    station, slow = running.station(), visit_of()
    filing, go_on = threading.Event(), threading.Event()
    file_one = intake._file

    def slowly(work: intake._Work, judged: judging.Judged, place: int) -> judging.Receipt:
        filing.set()
        assert go_on.wait(30)
        return file_one(work, judged, place)

    monkeypatch.setattr(intake, "_file", slowly)
    judged = judging.judge(running.clinic, station.envelope(slow).to_bytes())
    assert isinstance(judged, judging.Judged)
    sending = threading.Thread(target=intake._file_all, args=(running.clinic, [judged]))
    sending.start()
    assert filing.wait(30)
    threading.Timer(0.2, go_on.set).start()
    first = reader.get("Encounter")
    sending.join(30)
    as_of = first["meta"]["lastUpdated"]
    seen = [e["resource"]["id"] for e in first.get("entry", ())]
    seen += [one["id"] for one in reader.all("Encounter", _since=as_of)]
    assert str(slow.id) in seen


def test_what_is_filed_is_stamped_in_its_turn(running: Running, reader: Reader) -> None:
    station, visit = running.station(), visit_of()
    judged = judging.judge(running.clinic, station.envelope(visit).to_bytes())
    assert isinstance(judged, judging.Judged)
    between = running.clinic.now().isoformat()
    assert reader.all("Encounter", _since=between) == []
    intake._file_all(running.clinic, [judged])
    assert [one["id"] for one in reader.all("Encounter", _since=between)] == [str(visit.id)]


def test_a_clock_that_is_set_back_hides_no_visit(running: Running, reader: Reader) -> None:
    station = running.station()
    assert running.put(station.envelope(visit_of())).status_code == 201
    since = reader.get("Encounter")["entry"][0]["resource"]["meta"]["lastUpdated"]
    back = replace(running.clinic, now=lambda: datetime.now(UTC) - timedelta(hours=1))
    judged = judging.judge(back, station.envelope(visit_of(OTHER)).to_bytes())
    assert isinstance(judged, judging.Judged)
    intake._file_all(back, [judged])
    assert len(reader.all("Encounter", _since=since)) == 2


def test_everything_of_who_never_came_is_herself_and_of_who_is_called_her_tasks_too(
    running: Running, reader: Reader
) -> None:
    now = running.clinic.now().isoformat()
    stranger = replace(new_resident("clinic", b"x" * 32, now), name="李明", contracted=True)
    with running.clinic.store.writing() as connection:
        enrol_on_roster(connection, [stranger])
    (only,) = reader.all(f"Patient/{stranger.id}/$everything")
    assert (only["resourceType"], only["id"]) == ("Patient", stranger.id)
    filed(running, visit_of(systolic="188", diastolic="112"), visit_of())
    her = next(one["id"] for one in reader.all("Patient") if one["id"] != stranger.id)
    path = f"Patient/{her}/$everything"
    whole = reader.all(path, _count=200)
    assert {one["resourceType"] for one in whole} >= {"Patient", "Task", "Encounter", "Location"}
    assert [one["id"] for one in whole if one["resourceType"] == "Patient"] == [her]
    names = {(one["resourceType"], one["id"]) for one in whole}
    for many in (1, 3, 9):
        pages = list(reader.pages(path, _count=many))
        assert {(one["resourceType"], one["id"]) for page in pages for one in page} == names
        assert all(len(page) <= many for page in pages)
    assert {one["resourceType"] for one in reader.all(path, _type="Task,Encounter")} == {"Task", "Encounter"}
    assert reader.all(path, _since="2099-01-01") == []
    outside = {one["resourceType"] for one in reader.all(path, start="2027", _type="Observation,Patient")}
    assert outside == {"Patient"}


def test_how_many_there_are_is_said_where_it_is_asked(running: Running, reader: Reader) -> None:
    filed(running, visit_of(), visit_of(OTHER))
    for kind in ("Observation", "Patient", "Device", "Task", "Encounter"):
        asked: dict[str, object] = {"date": "2026"} if kind == "Encounter" else {}
        many = len(reader.all(kind, **asked))
        small = reader.get(kind, 200, _count=1, _total="accurate", **asked)
        assert small["total"] == many, kind
        assert len(small.get("entry", ())) == min(many, 1)
        none = reader.get(kind, 200, _count=0, **asked)
        assert none["total"] == many
        assert "entry" not in none
        assert reader.get(kind, 200, _count=200, **asked)["total"] == many
    assert "total" not in reader.get("Observation", _count=1)


def test_what_is_led_to_comes_along_once(running: Running, reader: Reader) -> None:
    filed(running, visit_of())
    page = reader.get("Observation", code="29463-7", _include=["Observation:patient", "Observation:device"])
    modes = [(e["resource"]["resourceType"], e["search"]["mode"]) for e in page["entry"]]
    assert modes[0] == ("Observation", "match")
    assert sorted(modes[1:]) == [("Device", "include"), ("Patient", "include")]
    assert page["total"] == 1
    report = reader.get("DiagnosticReport", _include="DiagnosticReport:result")
    assert len(report["entry"]) == 1 + len(report["entry"][0]["resource"]["result"])


def test_what_is_not_known_is_said_back_and_left_out_of_the_links(running: Running, reader: Reader) -> None:
    filed(running, visit_of())
    page = reader.get("Encounter", utm="x", _include="Encounter:nobody", date="2026")
    valid(page["entry"][-1]["resource"])
    assert page["entry"][-1]["search"] == {"mode": "outcome"}
    assert "utm" in page["entry"][-1]["resource"]["issue"][0]["diagnostics"]
    assert page["link"][0]["url"].partition("?")[2] == "date=2026"
    valid(page)


def test_a_code_is_that_of_the_resource_and_its_halves_have_their_own_name(
    running: Running, reader: Reader
) -> None:
    filed(running, visit_of())
    assert not reader.all("Observation", code="8480-6")
    panels = reader.all("Observation", **{"component-code": "http://loinc.org|8480-6"})
    assert panels
    assert panels == reader.all("Observation", **{"combo-code": "8480-6"})
    assert reader.all("Observation", code="urn:other|29463-7") == []
    assert reader.all("Observation", code=["29463-7", "8302-2"]) == []
    laboratory = reader.all("Observation", category="laboratory")
    assert 0 < len(laboratory) < len(reader.all("Observation"))
    one = laboratory[0]["identifier"][0]
    assert reader.all("Observation", identifier=f"{one['system']}|{one['value']}") == laboratory[:1]
    visits = reader.all("Encounter")
    assert reader.all("Encounter", _id=f"{visits[0]['id']},none") == visits
    assert SHEN.name
