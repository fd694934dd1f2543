"""A clinic loses all its keys: its stations believe the new ones by a deed, and nothing they kept is lost."""

import shutil
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest

from clinic.commands import clinic
from clinic.enrolment import approve, code_of, waiting
from clinic.erasing import erase
from clinic.errors import ClinicError
from clinic.keyring import KeyringError
from clinic.matching import keyed
from clinic.store.residents import resident_by_hash
from clinic.store.visits import visits_of_resident
from health.envelope import Envelope
from kiosk.courier import checkup
from kiosk.courier.checkup import clinic_words
from kiosk.daykey import DayKey
from kiosk.enrolment import Newcomer, enrol, membership, station_key
from kiosk.new_keys import by_hand
from kiosk.pinned import EnrolmentError
from kiosk.stationtime import boot_id
from tests.clinic.running import NURSE, Running, clinic_at
from tests.clinic.stations import SHEN, FakeStation
from tests.clinic.stations import visit_of as a_visit

WHO = Newcomer("wanqing-1", "晚晴里驿站", "0.1.0", demo=False)


def joins(running: Running, data: Path, read_out: Callable[[str], str] | None = None) -> None:
    """The station asks, its code is compared at the clinic, and, with ``read_out``, at the station too."""
    own = running.clinic

    def agree(code: str) -> None:
        ((shown, asked),) = waiting(own)
        assert shown == code == code_of(own, asked)
        assert approve(own, asked.id, NURSE)
        screen.append(shown)

    screen: list[str] = []
    with nullcontext() if read_out is None else by_hand(data, lambda: read_out(screen[-1])) as how:
        enrol(running.url, data, WHO, agree, read_out=how, sleep=lambda _: None)


def sealing(data: Path) -> FakeStation:
    """What the station of the folder ``data`` seals to and signs with."""
    belongs = membership(data, DayKey(boot_id(), None))
    assert belongs is not None
    working, recovery = belongs.identity.to
    return FakeStation(working, recovery, key=station_key(data))


def found(running: Running) -> int:
    own = running.clinic
    with own.store.reading() as connection:
        return len(visits_of_resident(connection, "clinic", keyed(own, SHEN.identity or ""), 10))


def put(running: Running, *many: Envelope) -> list[int]:
    return [running.put(one).status_code for one in many]


def test_what_a_station_kept_while_the_clinic_lost_its_keys_arrives_by_the_key_of_the_safe(
    tmp_path: Path, database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    data, station, safe = tmp_path / "clinic", tmp_path / "station", tmp_path / "safe.key"
    settings = tmp_path / "clinic.toml"
    settings.write_text(f'data = "{data}"\ndatabase = "{database}"\n', "utf-8")
    here = ["--settings", str(settings)]
    with clinic_at(data, database=database) as running:
        joins(running, station)
        kept = sealing(station)
        assert put(running, kept.envelope(a_visit())) == [201]
        unsent = [kept.envelope(a_visit()) for _ in range(2)]
    (data / "keys/recovery.key").rename(safe)
    shutil.rmtree(data / "keys")
    assert clinic(["keys", "recover", "--recovery", str(safe), *here]) == 0

    with clinic_at(data, database=database) as running:
        ok, words = clinic_words(running.url, "", station)
        assert (ok, words) == (True, checkup.ANSWERS)  # another port: not the address that was joined
        with pytest.raises(EnrolmentError, match="--new-keys"):
            joins(running, station)
        with pytest.raises(EnrolmentError, match="Nothing was changed"):
            joins(running, station, lambda _: "0000 0000")
        joins(running, station, lambda screen: screen)
        assert clinic_words(running.url, "", station) == (True, checkup.KNOWN)
        assert put(running, *unsent) == [202, 202]
        fresh = sealing(station)
        fresh.sequence = 10
        assert put(running, fresh.envelope(a_visit())) == [201]
        assert found(running) == 2
        capsys.readouterr()
        # The server goes on meanwhile.
        assert clinic(["keys", "open", "--recovery", str(safe), *here]) == 0
        assert "2 envelopes that were shut are filed, 0 are not" in capsys.readouterr().out
        assert put(running, *unsent) == [200, 200]
        assert found(running) == 4


def test_who_was_erased_stays_erased_and_everybody_is_found_though_all_keys_were_lost(
    tmp_path: Path, database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    data, safe = tmp_path / "clinic", tmp_path / "safe.key"
    settings = tmp_path / "clinic.toml"
    settings.write_text(f'data = "{data}"\ndatabase = "{database}"\n', "utf-8")
    here, roster = ["--settings", str(settings)], tmp_path / "roster.csv"
    roster.write_text("身份证号,姓名\n310101195507126428,顾阿婆\n", "utf-8")
    with clinic_at(data, database=database) as running:
        kept = running.station()
        assert put(running, kept.envelope(a_visit())) == [201]
        assert clinic(["roster", str(roster), "--take", *here]) == 0
        with running.clinic.store.reading() as connection:
            known = resident_by_hash(connection, "clinic", keyed(running.clinic, SHEN.identity or ""))
        assert known is not None
        erase(running.clinic, known.id, NURSE)
        before = kept.envelope(a_visit())
    (data / "keys/recovery.key").rename(safe)
    capsys.readouterr()
    assert clinic(["keys", "drill", "--recovery", str(safe), *here]) == 0
    assert "key that people are found by" in capsys.readouterr().out

    shutil.rmtree(data / "keys")
    with pytest.raises(ClinicError, match="clinic keys recover"):
        clinic(["init", *here])
    assert clinic(["keys", "recover", "--recovery", str(safe), *here]) == 0
    said = capsys.readouterr().out
    assert "roster" not in said
    assert "fit nobody" not in said
    with clinic_at(data, database=database) as running:
        with running.clinic.store.reading() as connection:
            gu = resident_by_hash(connection, "clinic", keyed(running.clinic, "310101195507126428"))
        assert gu is not None
        assert put(running, before) == [202]  # sealed to the key that was lost
        assert clinic(["keys", "open", "--recovery", str(safe), *here]) == 0
        assert put(running, before) == [410]
        assert found(running) == 0


def test_a_server_does_not_start_with_keys_by_which_nobody_would_be_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, other = tmp_path / "clinic", tmp_path / "other"
    assert clinic(["init", "--data", str(data)]) == 0
    assert clinic(["stations", "--data", str(data)]) == 0
    assert clinic(["init", "--data", str(other)]) == 0
    shutil.rmtree(data / "keys")
    shutil.copytree(other / "keys", data / "keys")
    for words in (["stations"], ["--port", "0"]):
        with pytest.raises(KeyringError, match="not those of this database"):
            clinic([*words, "--data", str(data)])


def test_an_older_database_says_how_many_marks_fit_nobody_any_more(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One that was never opened by software that keeps the key that people are found by."""
    data, safe = tmp_path / "clinic", tmp_path / "safe.key"
    with clinic_at(data) as running:
        assert put(running, running.station().envelope(a_visit())) == [201]
        with running.clinic.store.reading() as connection:
            known = resident_by_hash(connection, "clinic", keyed(running.clinic, SHEN.identity or ""))
        assert known is not None
        erase(running.clinic, known.id, NURSE)
    (data / "keys/recovery.key").rename(safe)
    shutil.rmtree(data / "keys")
    assert clinic(["keys", "recover", "--recovery", str(safe), "--data", str(data)]) == 0
    assert "marks of 1 erased people fit nobody any more" in capsys.readouterr().out
    assert clinic(["stations", "--data", str(data)]) == 0


def test_doctor_tells_a_clinic_with_another_key_from_one_that_is_ours(tmp_path: Path) -> None:
    data, station = tmp_path / "clinic", tmp_path / "station"
    with clinic_at(data) as running:
        joins(running, station)
        port = int(running.url.rpartition(":")[2])
    (data / "keys/signing.key").unlink()
    (data / "keys/working.key").rename(data / "keys/retired-1.key")
    (data / "keys/recovery.key").rename(tmp_path / "safe.key")
    recover = ["keys", "recover", "--recovery", str(tmp_path / "safe.key"), "--data", str(data)]
    assert clinic(recover) == 0
    with clinic_at(data, port=port) as running:
        assert clinic_words(running.url, "", station) == (False, checkup.OTHER_KEY)
