"""Copies of a clinic: whole or not there, put back without memory, thinned without ever losing the last."""

import errno
import io
import os
import subprocess
import sys
import tarfile
import tracemalloc
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from clinic.backup import BackupError, backup, restore, trail_in
from clinic.clinic import Clinic
from clinic.commands import clinic
from clinic.errors import ClinicError
from clinic.folders import FolderError, alone
from clinic.keyring import make_keys, read_keys
from clinic.safekeeping.copies import copy_of_tonight, to_throw_away
from clinic.serve import ALREADY, SERVING
from clinic.settings import ClinicSettings
from clinic.store.errors import StoreError
from clinic.store.store import FILE, Store, open_store
from clinic.trail import note
from tests.clinic.running import clinic_at
from tests.clinic.stations import visit_of as a_visit
from tests.house.tree import ROOT


def small(data: Path) -> Clinic:
    return Clinic(ClinicSettings(), make_keys(data), open_store(data))


def names_in(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir() if not one.name.endswith(".lock"))


def test_a_copy_for_which_there_is_no_room_leaves_nothing_and_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "clinic"
    own = small(data)
    before = names_in(data)

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with closing(own.store):
        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(BackupError, match=r"no room.*Free some"):
            backup(own.store, data, tmp_path / "copy.tar")
        monkeypatch.undo()
        assert (names_in(tmp_path), names_in(data)) == (["clinic"], before)
        backup(own.store, data, tmp_path / "copy.tar")
        with pytest.raises(BackupError, match="name another"):
            backup(own.store, data, tmp_path / "copy.tar")
    restore(tmp_path / "copy.tar", tmp_path / "again")
    assert read_keys(tmp_path / "again") == own.keys


def test_a_database_too_large_for_the_disk_is_told_and_leaves_no_half_of_a_copy(tmp_path: Path) -> None:
    data = tmp_path / "clinic"
    small(data).store.close()
    program = (
        "import resource, sys; from clinic.commands import clinic; from clinic.errors import ClinicError\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        "try: clinic(['backup', sys.argv[2], '--data', sys.argv[1]])\n"
        "except ClinicError as told: print(told)\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", program, str(data), str(tmp_path / "copy.tar")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "Free some" in said
    assert names_in(tmp_path) == ["clinic"]


def test_what_a_power_cut_left_of_a_copy_in_clear_goes_with_the_next(tmp_path: Path) -> None:
    data = tmp_path / "clinic"
    left = data / ".copying-abc"
    with closing(small(data).store) as store:
        left.mkdir()
        (left / FILE).write_bytes(b"everything")
        (tmp_path / "copy.tar.part").write_bytes(b"half")
        backup(store, data, tmp_path / "copy.tar")
    assert not left.exists()
    assert names_in(tmp_path) == ["clinic", "copy.tar"]


def test_a_large_copy_is_put_back_piece_by_piece(tmp_path: Path) -> None:
    data = tmp_path / "clinic"
    with closing(small(data).store) as store:
        with store.writing() as connection:
            connection.exec_driver_sql("CREATE TABLE pad (x BLOB)")
            connection.exec_driver_sql("INSERT INTO pad VALUES (zeroblob(40000000))")
        backup(store, data, tmp_path / "copy.tar")
    tracemalloc.start()
    restore(tmp_path / "copy.tar", tmp_path / "again")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10_000_000
    assert (tmp_path / "again" / FILE).stat().st_size > 40_000_000


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-200_000])


def spoilt(file: Path) -> None:
    whole = bytearray(file.read_bytes())
    at = whole.index(b"SQLite format 3\0")
    whole[at + 4096 : at + 5096] = b"\xff" * 1000
    file.write_bytes(bytes(whole))


def led_astray(file: Path) -> None:
    with tarfile.open(file, "a") as tar:
        member = tarfile.TarInfo("../outside")
        member.size = 3
        tar.addfile(member, io.BytesIO(b"out"))


@pytest.mark.parametrize("harm", [cut, spoilt, led_astray])
def test_a_damaged_copy_puts_nothing_in_place(tmp_path: Path, harm: Callable[[Path], None]) -> None:
    with closing(small(tmp_path / "clinic").store) as store:
        backup(store, tmp_path / "clinic", tmp_path / "copy.tar")
    harm(tmp_path / "copy.tar")
    with pytest.raises((BackupError, StoreError)):
        restore(tmp_path / "copy.tar", tmp_path / "again")
    assert not (tmp_path / "outside").exists()
    assert not (tmp_path / "again").exists() or names_in(tmp_path / "again") == []


def test_a_database_of_newer_software_is_told_in_a_sentence(tmp_path: Path, database: str) -> None:
    with closing(open_store(tmp_path, database)) as store:
        with store.writing() as connection:
            now = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        with pytest.raises(StoreError, match="newer software"):
            open_store(tmp_path, database)
        with store.writing() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :now"), {"now": now})


def day(text: str) -> Path:
    return Path(f"{text}-023000.tar")


def test_of_each_day_and_each_week_the_last_copy_stays_for_as_many_as_are_wanted() -> None:
    monday = datetime(2026, 11, 23, tzinfo=UTC)
    nights = [day(f"{monday - timedelta(days=n):%Y%m%d}") for n in range(40)]
    by_hand = Path("20261123-1100.tar")
    gone = set(to_throw_away([*nights, by_hand], 3, 4))
    kept = [one.name[:13] for one in [by_hand, *nights] if one not in gone]
    assert kept == ["20261123-1100", "20261122-0230", "20261121-0230", "20261115-0230", "20261108-0230"]


def test_where_copies_stopped_long_ago_the_last_ones_stay_for_ever() -> None:
    old = [day(f"201501{n:02}") for n in range(1, 4)]
    assert to_throw_away(old, 14, 8) == ()
    assert to_throw_away(old, 1, 0) == (old[1], old[0])


def test_each_night_there_is_one_copy_more_and_no_other_file_is_touched(tmp_path: Path) -> None:
    data, folder = tmp_path / "clinic", tmp_path / "copies"
    folder.mkdir()
    for name in ("20200101-0230.tar", "20200102-0230.tar", "20209999-0230.tar", "notes.txt", "other.tar"):
        (folder / name).write_bytes(b"x")
    with closing(small(data).store) as store:
        own = Clinic(ClinicSettings(keep_copies_days=1, keep_copies_weeks=0), read_keys(data), store)
        made = copy_of_tonight(own, data, folder, "1 00")
    # The one before tonight's stays too, until there is another.
    left = ["20200102-0230.tar", "20209999-0230.tar", made.file.name, "notes.txt", "other.tar"]
    assert names_in(folder) == sorted(left)
    assert (made.gone, trail_in(made.file)) == (1, "1 00")


def test_a_copy_that_fails_tonight_takes_no_older_one_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, folder = tmp_path / "clinic", tmp_path / "copies"
    folder.mkdir()
    for n in range(10, 30):
        (folder / f"202001{n}-0230.tar").write_bytes(b"x")
    own = small(data)

    def broken(*_: object) -> None:
        raise StoreError("The database cannot be copied.")

    monkeypatch.setattr(Store, "copy_to", broken)
    with closing(own.store), pytest.raises(StoreError):
        copy_of_tonight(own, data, folder, "")
    assert len(names_in(folder)) == 20


def test_a_trail_that_was_cut_between_two_copies_is_told_by_the_second_and_by_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, folder = tmp_path / "clinic", tmp_path / "copies"
    here = ["--data", str(data)]
    own = small(data)
    for n in range(3):
        note(own, "ann", "looked", str(n))
    assert clinic(["backup", "--nightly", str(folder), *here]) == 0
    (first,) = folder.iterdir()
    assert clinic(["trail", "--against", str(first), *here]) == 0
    assert f"ends at line {trail_in(first)}" in capsys.readouterr().out
    with own.store.writing() as connection:
        connection.exec_driver_sql("DELETE FROM audit WHERE number > 2")
        connection.exec_driver_sql("UPDATE counter SET last = 2 WHERE name = 'trail'")
    own.store.close()
    assert clinic(["trail", *here]) == 0
    with pytest.raises(ClinicError, match="does not hold at line 4"):
        clinic(["trail", "--against", str(first), *here])
    first.rename(folder / "20200101-0230.tar")
    with pytest.raises(ClinicError, match="does not hold at line 4"):
        clinic(["backup", "--nightly", str(folder), *here])
    assert len(list(folder.iterdir())) == 2


def test_a_second_server_on_one_folder_is_refused_while_commands_go_on(tmp_path: Path) -> None:
    data = tmp_path / "clinic"
    here = ["--data", str(data)]
    assert clinic(["init", *here]) == 0
    with alone(data, SERVING, ALREADY):
        with pytest.raises(FolderError, match="Another server"):
            clinic([*here, "--port", "0"])
        assert clinic(["stations", *here]) == 0
        assert clinic(["backup", str(tmp_path / "copy.tar"), *here]) == 0
    with alone(data, SERVING, ALREADY):
        pass


@pytest.mark.parametrize("made", [["recovery.key"], ["recovery.key", "recovery.pub", "signing.key"]])
@pytest.mark.parametrize("torn", [False, True], ids=["whole files", "the last one torn"])
def test_the_making_of_keys_that_was_cut_short_is_finished(
    tmp_path: Path, made: list[str], torn: bool
) -> None:
    data = tmp_path / "clinic"
    keys = make_keys(data)
    for file in (data / "keys").iterdir():
        if file.name not in made:
            file.unlink()
    if torn:
        (data / "keys" / made[-1]).write_text("", "ascii")
    with pytest.raises(ClinicError, match="clinic init"):
        clinic(["stations", "--data", str(data)])
    assert clinic(["init", "--data", str(data)]) == 0
    after = read_keys(data)
    assert (after.recovery == keys.recovery) is (len(made) > 1 or not torn)
    assert clinic(["stations", "--data", str(data)]) == 0


def test_a_database_that_was_not_made_any_more_is_made_by_init(tmp_path: Path) -> None:
    keys = make_keys(tmp_path / "clinic")
    assert clinic(["init", "--data", str(tmp_path / "clinic")]) == 0
    assert (tmp_path / "clinic" / FILE).exists()
    assert read_keys(tmp_path / "clinic") == keys


def test_init_makes_no_new_key_where_the_working_key_of_a_clinic_is_gone(tmp_path: Path) -> None:
    data = tmp_path / "clinic"
    with clinic_at(data) as running:
        running.put(running.station().envelope(a_visit()))
    (data / "keys/working.key").unlink()
    with pytest.raises(ClinicError, match="keys recover"):
        clinic(["init", "--data", str(data)])
    assert not (data / "keys/working.key").exists()
