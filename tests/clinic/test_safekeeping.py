"""A clinic after a loss: copies of both kinds of database, the drill, a new working key, and none left."""

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from clinic.backup import BackupError
from clinic.clinic import Clinic
from clinic.commands import clinic
from clinic.demo import is_demo, open_demo
from clinic.errors import ClinicError
from clinic.intake import take_in
from clinic.keyring import KeyringError, make_keys, read_keys
from clinic.matching import keyed
from clinic.slips import slip_for
from clinic.store.audit import broken_at
from clinic.store.store import open_store
from clinic.store.visits import visits_of_resident
from clinic.store.waiting import waiting_for_staff
from health.envelope import Envelope
from health.keys import SecretKey
from health.slip import ask as ask_sealed
from tests.clinic.running import Running, clinic_at
from tests.clinic.stations import SHEN
from tests.clinic.stations import visit_of as a_visit

NUMBER = SHEN.identity or ""


def settings_of(folder: Path, database: str) -> list[str]:
    """What a command is told of the clinic in ``folder``."""
    file = folder / "clinic.toml"
    file.write_text(f'data = "{folder / "clinic"}"\ndatabase = "{database}"\n', "utf-8")
    return ["--settings", str(file)]


def the_safe(folder: Path) -> Path:
    """The recovery key, carried away."""
    return (folder / "clinic/keys/recovery.key").rename(folder / "safe.key")


def found(running: Running) -> int:
    """How many visits are found by her number."""
    own = running.clinic
    with own.store.reading() as connection:
        return len(visits_of_resident(connection, own.settings.tenant, keyed(own, NUMBER), 10))


@pytest.fixture
def an_empty_database(database: str, request: pytest.FixtureRequest) -> str:
    """Another one of the same kind, without a table."""
    if not database:
        return ""
    server = request.getfixturevalue("postgresql")
    return str(server.url(server.database()))


def test_a_copy_of_either_database_brings_everything_back(
    tmp_path: Path, database: str, an_empty_database: str
) -> None:
    here, copy = settings_of(tmp_path, database), str(tmp_path / "copy.tar")
    with clinic_at(tmp_path / "clinic", database=database) as running:
        envelope = running.station().envelope(a_visit())
        assert running.put(envelope).status_code == 201
        assert clinic(["keys", "rotate", *here]) == 0
        assert clinic(["backup", copy, *here]) == 0
    (tmp_path / "other").mkdir()
    there = settings_of(tmp_path / "other", an_empty_database)
    assert clinic(["restore", copy, *there]) == 0
    with clinic_at(tmp_path / "other/clinic", database=an_empty_database) as again:
        assert again.put(envelope).status_code == 200
        assert found(again) == 1
        with again.clinic.store.reading() as connection:
            assert broken_at(connection, "clinic") is None
    assert read_keys(tmp_path / "other/clinic") == read_keys(tmp_path / "clinic")


def test_a_copy_is_never_put_over_a_database_that_holds_something(
    tmp_path: Path, new_database: Callable[[], str]
) -> None:
    here, copy = settings_of(tmp_path, new_database()), str(tmp_path / "copy.tar")
    make_keys(tmp_path / "clinic")
    assert clinic(["backup", copy, *here]) == 0
    (tmp_path / "other").mkdir()
    with pytest.raises(ClinicError, match="new, empty database"):
        clinic(["restore", copy, *settings_of(tmp_path / "other", new_database())])
    assert not (tmp_path / "other/clinic/keys/working.key").exists()
    with pytest.raises(BackupError, match="PostgreSQL"):
        clinic(["restore", copy, "--data", str(tmp_path / "third")])


def test_the_copy_of_a_demonstration_comes_back_as_one(tmp_path: Path) -> None:
    data, copy = tmp_path / "clinic", str(tmp_path / "copy.tar")
    open_demo(data, "http://127.0.0.1:1")[0].store.close()
    assert clinic(["backup", copy, "--data", str(data)]) == 0
    assert clinic(["restore", copy, "--data", str(tmp_path / "other")]) == 0
    assert is_demo(tmp_path / "other")
    with pytest.raises(ClinicError, match="--demo"):
        clinic(["--data", str(tmp_path / "other"), "--port", "0"])


def test_after_a_rotation_old_envelopes_open_and_everybody_is_found(tmp_path: Path) -> None:
    here, data = settings_of(tmp_path, ""), tmp_path / "clinic"
    with clinic_at(data) as running:
        station = running.station()
        before = station.envelope(a_visit())
        assert running.put(station.envelope(a_visit())).status_code == 201
    keys = read_keys(data)
    question = ask_sealed(NUMBER, keys.working.public())[0]
    assert [clinic(["keys", "rotate", *here]) for _ in range(2)] == [0, 0]
    assert read_keys(data).retired[0] == keys.working
    with clinic_at(data) as running:
        assert running.put(before).status_code == 201
        station.working = running.clinic.keys.working.public()
        assert station.working != keys.working.public()
        assert running.put(station.envelope(a_visit())).status_code == 201
        assert found(running) == 3
        assert slip_for(running.clinic, station.id, question)


def test_the_drill_reads_every_envelope_by_the_key_of_the_safe_alone(
    tmp_path: Path, database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    here = settings_of(tmp_path, database)
    with clinic_at(tmp_path / "clinic", database=database) as running:
        station = running.station()
        for _ in range(3):
            assert running.put(station.envelope(a_visit())).status_code == 201
    safe = the_safe(tmp_path)
    with pytest.raises(ClinicError, match="safe"):
        clinic(["keys", "drill", *here])
    assert clinic(["keys", "drill", "--recovery", str(safe), *here]) == 0
    assert "opens 3 of 3" in capsys.readouterr().out
    (tmp_path / "wrong.key").write_text(SecretKey.new().text, "ascii")
    (tmp_path / "wrong.key").chmod(0o600)
    with pytest.raises(KeyringError, match="not the recovery key"):
        clinic(["keys", "drill", "--recovery", str(tmp_path / "wrong.key"), *here])


@pytest.mark.parametrize("whole_folder", [False, True], ids=["the working key", "all keys"])
def test_who_loses_the_keys_reads_all_again_by_the_recovery_key_and_goes_on_with_new_ones(
    tmp_path: Path, database: str, whole_folder: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    here, data = settings_of(tmp_path, database), tmp_path / "clinic"
    late = a_visit()
    with clinic_at(data, database=database) as running:
        station = running.station()
        assert running.put(station.envelope(a_visit())).status_code == 201
        sealed = station.envelope(late)
        first = running.clinic.keys
    safe = the_safe(tmp_path)
    for key in (data / "keys").iterdir():
        if whole_folder or key.name == "working.key":
            key.unlink()
    with pytest.raises(KeyringError):
        clinic(["keys", "rotate", *here])
    # What came while nobody could open it was kept shut: here by a server with some other key.
    store = open_store(data, database)
    stranger = replace(first, working=SecretKey.new())
    shut = Clinic(running.clinic.settings, stranger, store)
    assert take_in(shut, sealed.header.id, sealed.to_bytes()).status == 202
    store.close()

    assert clinic(["keys", "recover", "--recovery", str(safe), *here]) == 0
    assert "1 envelopes that were shut are filed, 0 are not" in capsys.readouterr().out
    with pytest.raises(KeyringError, match="There is a working key"):
        clinic(["keys", "recover", "--recovery", str(safe), *here])
    with clinic_at(data, database=database) as again:
        assert again.clinic.keys.working != first.working
        assert (again.clinic.keys.signing == first.signing) is not whole_folder
        assert found(again) == 2
        with again.clinic.store.reading() as connection:
            assert waiting_for_staff(connection, "clinic") == ()
            assert broken_at(connection, "clinic") is None
        station.working = again.clinic.keys.working.public()
        fresh: Envelope = station.envelope(a_visit())
        assert again.put(fresh).status_code == 201
        assert found(again) == 3
    assert clinic(["keys", "drill", "--recovery", str(safe), *here]) == 0
    assert clinic(["keys", "rotate", *here]) == 0
