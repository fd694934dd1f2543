"""The clinic from the command line: keys, accounts, stations, copies, and the demo as a child process."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from clinic import enrolment
from clinic.backup import BackupError, restore
from clinic.commands import clinic
from clinic.demo import open_demo
from clinic.errors import ClinicError
from clinic.keyring import KeyringError, read_keys
from clinic.settings import read_settings
from clinic.store import audit
from clinic.store.staff import all_staff
from clinic.store.store import open_store
from health import pairing
from health.errors import HealthError
from health.keys import PublicKey
from health.wire import EnrolmentOffer, EnrolmentQuestion, EnrolmentRequest, decode, encode, envelope_path
from tests.clinic.running import clinic_at
from tests.clinic.stations import NAME, FakeStation
from tests.clinic.stations import visit_of as a_visit

ROOT = Path(__file__).resolve().parents[2]


def test_keys_are_made_once_and_kept_from_other_eyes(tmp_path: Path) -> None:
    data = tmp_path / "clinic"
    assert clinic(["init", "--data", str(data)]) == 0
    before = read_keys(data)
    with pytest.raises(KeyringError):
        clinic(["init", "--data", str(data)])
    assert read_keys(data) == before
    secrets = [data / "keys" / name for name in ("working.key", "recovery.key", "signing.key")]
    assert [file.stat().st_mode & 0o777 for file in secrets] == [0o600] * 3
    assert (data / "clinic.db").stat().st_mode & 0o777 == 0o600


def test_a_server_without_keys_says_how_to_make_them(tmp_path: Path) -> None:
    with pytest.raises(KeyringError, match="clinic init"):
        clinic(["--data", str(tmp_path)])


def test_an_account_is_made_from_a_pipe_and_its_token_opens_the_api(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ["--data", str(tmp_path / "clinic")]
    clinic(["init", *data])
    monkeypatch.setattr(sys, "stdin", io.StringIO("short\n"))
    with pytest.raises(ClinicError, match="10 to 256"):
        clinic(["staff", "add", "王莉", "--password-stdin", *data])
    monkeypatch.setattr(sys, "stdin", io.StringIO("a long enough one\n"))
    assert clinic(["staff", "add", "王莉", "--password-stdin", *data]) == 0
    with pytest.raises(ClinicError, match="no account"):
        clinic(["token", "李敏华", *data])
    capsys.readouterr()
    assert clinic(["token", "王莉", *data]) == 0
    token = capsys.readouterr().out.strip()
    with clinic_at(tmp_path / "clinic") as running:
        visit = a_visit()
        running.put(running.station().envelope(visit))
        headers = {"Authorization": f"Bearer {token}"}
        answer = requests.get(f"{running.url}/api/visits/{visit.id}", headers=headers, timeout=30)
        assert answer.json()["observations"]["systolic"]["value"] == "146"


def test_what_is_done_to_accounts_at_the_command_line_is_in_the_trail_and_nobody_is_admin_unasked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = ["--data", str(tmp_path / "clinic")]
    clinic(["init", *data])
    monkeypatch.setattr(sys, "stdin", io.StringIO("a long enough one\n" * 3))
    clinic(["staff", "add", "王莉", "--password-stdin", *data])
    clinic(["staff", "add", "陈波", "--role", "admin", "--password-stdin", *data])
    clinic(["staff", "add", "陈波", "--password-stdin", *data])
    for act in ("disable", "enable"):
        clinic(["staff", act, "王莉", *data])
    clinic(["token", "王莉", *data])
    store = open_store(tmp_path / "clinic")
    with store.reading() as connection:
        found = [(one.who, one.did, one.about) for one in audit.lines(connection, "clinic", None, 9)][::-1]
        roles = [one.role for one in all_staff(store, "clinic")]
    store.close()
    assert sorted(roles) == ["admin", "reader"]
    assert found == [
        ("command line", "account made: reader", "王莉"),
        ("command line", "account made: admin", "陈波"),
        ("command line", "account changed: admin", "陈波"),
        ("command line", "account shut out", "王莉"),
        ("command line", "account let in", "王莉"),
        ("command line", "token made", "王莉"),
    ]


def test_a_second_account_of_one_person_at_the_log_in_service_is_refused_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ["--data", str(tmp_path / "clinic")]
    clinic(["init", *data])
    monkeypatch.setattr(sys, "stdin", io.StringIO("a long enough one\n" * 3))
    for _ in range(2):
        clinic(["staff", "add", "wangli", "--subject", "s-77", *data])
    capsys.readouterr()
    with pytest.raises(ClinicError, match="called so at the log-in service"):
        clinic(["staff", "add", "chenbo", "--subject", "s-77", *data])
    clinic(["staff", "list", *data])
    assert "chenbo" not in capsys.readouterr().out


def test_a_station_is_approved_by_its_digits_and_revoked_by_its_id(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ["--data", str(tmp_path / "clinic")]
    with clinic_at(tmp_path / "clinic") as running:
        keys = running.clinic.keys
        station = FakeStation(keys.working.public(), keys.recovery)
        number = pairing.number()
        offer = running.ask(station, number)
        running.question(offer, number)
        ((code, _),) = enrolment.waiting(running.clinic)
        assert clinic(["stations", "--json", *data]) == 0
        (line,) = json.loads(capsys.readouterr().out)
        assert (line["state"], line["code"], line["station"]) == ("pending", code, "wanqing-1")
        with pytest.raises(ClinicError, match="No station shows"):
            clinic(["stations", "approve", "00000000", *data])
        with pytest.raises(ClinicError, match="No station shows"):
            clinic(["stations", "approve", "wanqing-1", *data])
        assert clinic(["stations", "approve", code, *data]) == 0
        assert running.put(station.envelope(a_visit())).status_code == 201
        assert clinic(["stations", "revoke", "wanqing-1", *data]) == 0
        assert running.put(station.envelope(a_visit())).status_code == 403
        with pytest.raises(ClinicError, match="no station"):
            clinic(["stations", "revoke", "nowhere", *data])


def test_a_copy_brings_back_every_visit_and_never_overwrites(tmp_path: Path) -> None:
    copy, visit = tmp_path / "copy.tar", a_visit()
    with clinic_at(tmp_path / "clinic") as running:
        envelope = running.station().envelope(visit)
        running.put(envelope)
        assert clinic(["backup", str(copy), "--data", str(tmp_path / "clinic")]) == 0
    assert copy.stat().st_mode & 0o777 == 0o600
    with pytest.raises(BackupError):
        clinic(["backup", str(copy), "--data", str(tmp_path / "clinic")])
    with pytest.raises(BackupError):
        clinic(["restore", str(copy), "--data", str(tmp_path / "clinic")])
    assert clinic(["restore", str(copy), "--data", str(tmp_path / "other")]) == 0
    with clinic_at(tmp_path / "other") as again:
        assert again.put(envelope).status_code == 200


@pytest.mark.parametrize("content", [b"", b"no tar", b"\0" * 10240])
def test_what_is_no_copy_restores_nothing(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "copy.tar"
    file.write_bytes(content)
    with pytest.raises(BackupError):
        restore(file, tmp_path / "clinic")
    assert not (tmp_path / "clinic").exists()


@pytest.mark.parametrize(
    "text",
    ["colour = 1", "port = 70000", 'port = "80"', 'tenant = "Ärger"', 'utc_offset = "8"', "= 1",
     'public_url = "http://clinic.example"', 'language = "fr"'],
)  # fmt: skip
def test_settings_that_cannot_be_followed_stop_the_start(tmp_path: Path, text: str) -> None:
    file = tmp_path / "clinic.toml"
    file.write_text(text, "utf-8")
    with pytest.raises((ClinicError, HealthError)):
        read_settings(file)


def test_settings_without_a_file_listen_to_this_machine_only() -> None:
    assert (read_settings(None).host, read_settings(None).demo) == ("127.0.0.1", False)


def test_the_demo_clinic_tells_its_parent_where_it_is_keeps_its_state_and_ends_with_it(
    tmp_path: Path,
) -> None:
    visit = a_visit(demo=True)
    command = [
        sys.executable,
        str(ROOT / "main.py"),
        "clinic",
        "--demo",
        "--until-eof",
        "--data",
        str(tmp_path),
        "--port",
        "0",
    ]
    keys = []
    envelope, statuses = None, []
    for _ in range(2):
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=tmp_path) as child:
            assert child.stdin is not None
            assert child.stdout is not None
            told = json.loads(child.stdout.readline())
            keys.append(told["working_key"])
            if envelope is None:
                station = FakeStation(
                    PublicKey(told["working_key"]), PublicKey(told["recovery_key"]), told["tenant"], demo=True
                )
                _enrol(told["url"], station)
                envelope = station.envelope(visit)
            address = told["url"] + envelope_path(envelope.header.id)
            statuses.append(requests.put(address, data=envelope.to_bytes(), timeout=30).status_code)
            assert NAME in requests.get(told["staff_url"], timeout=30).text
            child.stdin.close()
            assert child.wait(30) == 0
    assert statuses == [201, 200]
    assert keys[0] == keys[1]


def test_a_demo_clinic_started_in_the_background_goes_on_without_standard_input(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "main.py"), "clinic", "--demo", "--data", str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        told = json.loads(child.stdout.readline())
        with pytest.raises(subprocess.TimeoutExpired):
            child.wait(1)
        assert requests.get(told["url"] + "/phone", timeout=60).status_code == 200
        child.terminate()
        child.wait(30)


def _enrol(url: str, station: FakeStation) -> None:
    number, key = pairing.number(), station.key.verify_key().text
    request = EnrolmentRequest(station.id, "站", key, pairing.commitment(number), "0.1.0", demo=True)
    offer = decode(requests.post(f"{url}/enrolments", encode(request), timeout=30).content, EnrolmentOffer)
    question = encode(EnrolmentQuestion(number))
    assert requests.post(f"{url}/enrolments/{offer.id}", question, timeout=30).json()["state"] == "approved"


def test_a_real_clinic_is_never_opened_as_a_demonstration(tmp_path: Path) -> None:
    clinic(["init", "--data", str(tmp_path / "clinic")])
    with pytest.raises(ClinicError, match="real one"):
        clinic(["--demo", "--data", str(tmp_path / "clinic")])


def test_a_demonstrations_stations_are_listed_and_it_is_never_served_as_a_real_clinic(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "clinic"
    open_demo(data, "http://127.0.0.1:1")[0].store.close()
    keys = read_keys(data)
    station = FakeStation(keys.working.public(), keys.recovery, "demo", demo=True)
    with clinic_at(data, "demo") as running:
        _enrol(running.url, station)
    assert clinic(["stations", "--data", str(data)]) == 0
    assert station.id in capsys.readouterr().out
    with pytest.raises(ClinicError, match="--demo"):
        clinic(["--data", str(data), "--port", "0"])


def test_a_port_that_is_taken_is_said_in_one_sentence(tmp_path: Path) -> None:
    with clinic_at(tmp_path / "clinic") as running:
        port = running.url.rpartition(":")[2]
        with pytest.raises(ClinicError, match="another port"):
            clinic(["--data", str(tmp_path / "clinic"), "--port", port])


def test_a_database_of_another_kind_is_named_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "clinic.db").write_bytes(b"not a database, and long enough to be looked at" * 40)
    before = (tmp_path / "clinic.db").read_bytes()
    with pytest.raises(ClinicError, match="cannot be opened"):
        open_store(tmp_path)
    assert (tmp_path / "clinic.db").read_bytes() == before


def test_what_was_written_is_on_the_disk_before_it_is_said(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    with store.writing() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
    store.close()
