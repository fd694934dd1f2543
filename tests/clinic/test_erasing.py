"""Who asks for it is erased: from every table, for every late envelope; and the kiosk is told."""

import io
import json
import sys
from collections.abc import Callable, Sequence
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from clinic.clinic import Clinic
from clinic.erasing import (
    ErasingError,
    all_of_hers,
    all_of_visits,
    erase,
    erase_by_phone,
    visits_by_phone,
)
from clinic.intake import Filing, filing, take_in
from clinic.store.residents import resident_by_hash
from clinic.store.schema import ALL
from clinic.together import Together
from health.envelope import Envelope, Kind
from health.visit import Observation, Resident, Visit
from tests.clinic.running import NURSE, Running, clinic_at
from tests.clinic.stations import SHEN, FakeStation, visit_of
from tests.clinic.test_amendments import correction, late
from tests.clinic.test_slips import slip

OTHER = replace(SHEN, name="李明", identity="310101195001010019", phone="13900000001")


def filed(running: Running, station: FakeStation, visit: Visit) -> Envelope:
    envelope = station.envelope(visit)
    assert running.put(envelope).status_code == 201
    return envelope


def whose(running: Running, visit: Visit) -> str:
    from clinic.matching import keyed

    with running.clinic.store.reading() as connection:
        found = resident_by_hash(connection, "clinic", keyed(running.clinic, str(visit.resident.identity)))
    assert found is not None
    return found.id


def everything(running: Running) -> str:
    """All rows of all tables, opened, as text."""
    import gzip

    found = []
    with running.clinic.store.reading() as connection:
        for table in ALL:
            for row in connection.execute(table.select()):
                for value in row:
                    packed = isinstance(value, bytes) and value[:2] == b"\x1f\x8b"
                    found.append(gzip.decompress(value).decode() if packed else str(value))
    return "\n".join(found)


def test_of_who_was_erased_nothing_is_left_in_any_table_and_others_keep_all(running: Running) -> None:
    station, visit = running.station(), visit_of(systolic="188", diastolic="112")
    sealed = filed(running, station, visit)
    fresh = replace(visit.observations[5], value=Decimal("6.02"))
    assert running.put(late(station, visit.with_observation(fresh), sealed, fresh)).status_code == 201
    filed(running, station, visit_of(OTHER))
    before = everything(running)
    for canary in ("沈玉珍", str(SHEN.phone), str(SHEN.identity), "188"):
        assert canary in before
    assert erase(running.clinic, whose(running, visit), NURSE).visits == 1
    after = everything(running)
    for canary in ("沈玉珍", str(SHEN.phone), str(SHEN.identity)):
        assert canary not in after
    assert "李明" in after
    assert slip(running, station, str(SHEN.identity)).visits == ()
    assert "resident erased" in after


def test_the_kiosk_is_told_that_it_is_gone_whatever_it_sends_of_it(running: Running) -> None:
    station, visit = running.station(), visit_of()
    alarm = station.envelope(replace(visit, incomplete=True), kind=Kind.ALARM)
    assert running.put(alarm).status_code == 201
    erase(running.clinic, whose(running, visit), NURSE)
    whole = station.envelope(visit)
    for envelope in (alarm, whole, correction(station, visit, whole), whole):
        assert running.put(envelope).status_code == 410
    assert "沈玉珍" not in everything(running)


def test_who_is_erased_between_the_judging_of_an_envelope_and_its_turn_stays_erased(running: Running) -> None:
    station, visit = running.station(), visit_of()
    alarm = station.envelope(replace(visit, incomplete=True), kind=Kind.ALARM)
    assert running.put(alarm).status_code == 201
    whole = station.envelope(visit)
    judged = together(running.clinic, erase_first(running, visit))
    assert take_in(running.clinic, whole.header.id, whole.to_bytes(), judged).status == 410
    assert "沈玉珍" not in everything(running)


def together(clinic: Clinic, before: Callable[[], object]) -> Filing:
    """Files as the server does, once ``before`` was done: that is, after the envelope was judged."""
    real = filing(clinic)

    def later(many: Sequence[Any]) -> Sequence[Any]:
        before()
        return real.work(many)

    return Together(later)


def erase_first(running: Running, visit: Visit) -> Callable[[], object]:
    return lambda: erase(running.clinic, whose(running, visit), NURSE)


def test_nothing_of_her_stays_in_the_files_of_sqlite(tmp_path: Path) -> None:
    with clinic_at(tmp_path / "clinic") as running:
        visit = visit_of()
        filed(running, running.station(), visit)

        def that_name_her() -> list[str]:
            files = (tmp_path / "clinic").glob("clinic.db*")
            return [one.name for one in files if "沈玉珍".encode() in one.read_bytes()]

        assert that_name_her()
        erase(running.clinic, whose(running, visit), NURSE)
        assert that_name_her() == []


def test_who_comes_again_after_that_is_a_new_resident(running: Running) -> None:
    station, visit = running.station(), visit_of()
    filed(running, station, visit)
    before = whose(running, visit)
    erase(running.clinic, before, NURSE)
    again = measured(running, minutes=1)
    filed(running, station, again)
    assert whose(running, again) != before


def measured(running: Running, minutes: int, resident: Resident = SHEN) -> Visit:
    """A visit that began so many minutes from now, or before now."""
    return replace(visit_of(resident), opened_at=running.clinic.now() + timedelta(minutes=minutes))


def test_what_was_measured_before_she_was_erased_and_comes_later_from_anywhere_is_not_taken_in(
    running: Running,
) -> None:
    here, away = running.station(), running.station("away-1")
    before, after = measured(running, -5), measured(running, 5)
    late = away.envelope(before, wall=running.clinic.now())
    added = replace(before.observations[5], value=Decimal("6.02"))
    filed(running, here, visit_of())
    erase(running.clinic, whose(running, visit_of()), NURSE)
    for _ in range(2):
        assert running.put(late).status_code == 410
    # A correction of it, whether the visit was heard of or not, brings her back no more than the visit does.
    unheard = measured(running, -4)
    sealed = away.envelope(unheard)
    fresh = unheard.with_observation(added)
    for envelope in (correction(away, before, late), early(away, fresh, sealed, added)):
        assert running.put(envelope).status_code == 410
    assert "沈玉珍" not in everything(running)
    assert str(SHEN.identity) not in everything(running)
    assert running.put(away.envelope(after)).status_code == 201
    assert "沈玉珍" in everything(running)
    assert running.put(away.envelope(measured(running, -5, OTHER))).status_code == 201


def early(station: FakeStation, visit: Visit, sealed: Envelope, added: Observation) -> Envelope:
    """A late result that arrives before the visit it adds to."""
    return late(station, visit, sealed, added)


def test_who_gave_a_telephone_and_no_card_is_handed_out_and_erased_by_it(running: Running) -> None:
    station, nobody = running.station(), replace(SHEN, identity=None)
    first, second = visit_of(nobody, systolic="188", diastolic="112"), visit_of(nobody)
    filed(running, station, first)
    filed(running, station, second)
    filed(running, station, visit_of(replace(OTHER, identity=None)))
    waiting = station.envelope(measured(running, -5, nobody))
    phone = "+86 136-0000-7741"
    visits = visits_by_phone(running.clinic, phone)
    assert set(visits) == {str(first.id), str(second.id)}
    with running.clinic.store.reading() as connection:
        told = all_of_visits(running.clinic, connection, visits).decode()
    assert ("沈玉珍" in told, "李明" in told) == (True, False)
    assert erase_by_phone(running.clinic, phone, NURSE).visits == 2
    after = everything(running)
    assert ("沈玉珍" in after, str(SHEN.phone) in after, "李明" in after) == (False, False, True)
    assert running.put(waiting).status_code == 410
    assert running.put(station.envelope(measured(running, 5, nobody))).status_code == 201
    for unknown in ("", "13911112222", str(SHEN.identity)):
        with pytest.raises(ErasingError):
            erase_by_phone(running.clinic, unknown, NURSE)


def test_who_gave_a_telephone_is_found_by_an_index_and_in_what_older_software_filed_too(
    running: Running,
) -> None:
    station, nobody = running.station(), replace(SHEN, identity=None)
    old, new = visit_of(nobody), visit_of(nobody)
    filed(running, station, old)
    with running.clinic.store.writing() as connection:
        connection.exec_driver_sql("UPDATE visit SET phone_mark = NULL")
    filed(running, station, new)
    filed(running, station, visit_of(SHEN))
    assert set(visits_by_phone(running.clinic, str(SHEN.phone))) == {str(old.id), str(new.id)}
    with running.clinic.store.reading() as connection:
        marks = connection.exec_driver_sql("SELECT phone_mark FROM visit").scalars().all()
    assert [mark is None for mark in marks].count(True) == 1
    assert erase_by_phone(running.clinic, str(SHEN.phone), NURSE).visits == 2


@pytest.mark.parametrize("end", ["", ".patient"])
def test_a_visit_that_is_nobodys_is_erased_by_its_id_and_one_that_is_somebodys_is_not(
    running: Running, end: str
) -> None:
    station, visit, hers = running.station(), visit_of(replace(SHEN, identity=None)), visit_of(OTHER)
    filed(running, station, visit)
    filed(running, station, hers)
    assert erase(running.clinic, f"{visit.id}{end}", NURSE).visits == 1
    assert "沈玉珍" not in everything(running)
    with pytest.raises(ErasingError):
        erase(running.clinic, f"{hers.id}{end}", NURSE)


def test_before_that_she_has_all_that_is_hers_for_programs(running: Running) -> None:
    station, visit = running.station(), visit_of(systolic="188", diastolic="112")
    filed(running, station, visit)
    filed(running, station, visit_of(OTHER))
    resident = whose(running, visit)
    with running.clinic.store.reading() as connection:
        told = json.loads(all_of_hers(running.clinic, connection, resident))
    kinds = {entry["resource"]["resourceType"] for entry in told["entry"]}
    assert kinds >= {"Patient", "Encounter", "Observation", "DiagnosticReport", "Task"}
    said = json.dumps(told, ensure_ascii=False)
    assert ("沈玉珍" in said, "188" in said, "李明" in said) == (True, True, False)


def test_nobody_is_erased_twice_or_from_another_tenant(running: Running) -> None:
    with pytest.raises(ErasingError):
        erase(running.clinic, "01a20a67-4abf-71e3-b19b-5433f096a6ed", NURSE)


def test_the_commands_hand_out_and_erase_who_is_known_by_telephone_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from clinic.commands import clinic
    from clinic.errors import ClinicError

    data, out = ["--data", str(tmp_path / "clinic")], tmp_path / "hers.json"
    with clinic_at(tmp_path / "clinic") as running:
        station = running.station()
        filed(running, station, visit_of(replace(SHEN, identity=None)))
        filed(running, station, visit_of(OTHER))
        hers = whose(running, visit_of(OTHER))
    for words in (["export", str(out), "--phone"], ["erase", "--phone"]):
        monkeypatch.setattr(sys, "stdin", io.StringIO("136 0000 7741\n"))
        assert clinic([*words, *data]) == 0
    assert "沈玉珍" in out.read_text("utf-8")
    assert out.stat().st_mode & 0o777 == 0o600
    assert clinic(["export", str(tmp_path / "other.json"), hers, *data]) == 0
    assert "李明" in (tmp_path / "other.json").read_text("utf-8")
    for wrong in (["export", str(out), hers], ["export", str(tmp_path / "third")]):
        with pytest.raises(ClinicError):
            clinic([*wrong, *data])
    monkeypatch.setattr(sys, "stdin", io.StringIO("13600007741\n"))
    with pytest.raises(ErasingError, match="Nobody without a card"):
        clinic(["erase", "--phone", *data])


def test_the_command_erases_one_or_what_is_older_but_not_both(tmp_path: Path) -> None:
    from clinic.commands import clinic
    from clinic.errors import ClinicError

    data = ["--data", str(tmp_path / "clinic")]
    assert clinic(["init", *data]) == 0
    assert clinic(["erase", "--older-than", "2020-01-01", *data]) == 0
    assert clinic(["erase", "--expired", *data]) == 0
    assert clinic(["erase", "--elsewhere", *data]) == 0
    for wrong in (
        ["erase"],
        ["erase", "x", "--older-than", "2020-01-01"],
        ["erase", "--older-than", "soon"],
        ["erase", "x"],
        ["erase", "--phone", "--elsewhere"],
        ["erase", "--expired", "--older-than", "2020-01-01"],
    ):
        with pytest.raises(ClinicError):
            clinic([*wrong, *data])
