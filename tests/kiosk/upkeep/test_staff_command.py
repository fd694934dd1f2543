"""``kiosk staff`` and ``doctor``: the first account, who may sign in, what is due, from a command line."""

import io
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.alone import NotAloneError, alone
from kiosk.badge import badge_of
from kiosk.jobs import Office
from kiosk.settings import DEMO, read_settings
from kiosk.store.ledger import FILE, Ledger
from kiosk.upkeep.checkup import NOT_BEGUN, look
from kiosk.upkeep.commands import staff
from kiosk.upkeep.errors import PinError, StaffError
from kiosk.upkeep.fitted import rules_of
from kiosk.upkeep.signing_in import LetIn, NotLetIn, Refusal, SignIn
from tests.kiosk.station import HeldTime, seal_of

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
Run = Callable[..., str]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def command(*words: str, typed: str = "") -> str:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        assert staff([*words, "--data", str(tmp_path)]) == 0
        return capsys.readouterr().out

    return command


def add(run: Run, who: str, role: str, typed: str, *more: str) -> str:
    return run("add", who, "--name", "李娜", "--role", role, "--stdin", *more, typed=typed)


def sign_in(data: Path, who: str, pin: str, badge: str = "") -> LetIn | NotLetIn:
    time = HeldTime()
    settings = read_settings(DEMO)
    ledger = Ledger(data / "demo")
    room = Office(
        ledger, seal_of(time), time.now, lambda _: None, rules_of(settings, data / "demo", "", demo=True)
    )
    try:
        return SignIn(who, pin, badge).do(room)
    finally:
        ledger.close()


def test_the_first_account_is_a_supervisors_and_signs_in_with_card_and_pin(run: Run, tmp_path: Path) -> None:
    with pytest.raises(StaffError, match="supervisor"):
        add(run, "li-na", "nurse", "930417\n")
    add(run, "li-na", "supervisor", "999999198807010096\n930417\n", "--card")
    add(run, "li-bo", "nurse", "482913\n")
    badge = badge_of("999999198807010096", read_settings(DEMO).station.id)
    assert sign_in(tmp_path, "li-na", "930417") == NotLetIn(Refusal.CARD)
    assert isinstance(sign_in(tmp_path, "li-na", "930417", badge), LetIn)
    assert isinstance(sign_in(tmp_path, "li-bo", "482913"), LetIn)
    listed = run("list").splitlines()
    assert [line.split()[:3] for line in listed] == [
        ["li-bo", "nurse", "open"],
        ["li-na", "supervisor", "open"],
    ]
    assert "999999198807010096" not in "".join(listed)


def test_who_was_shut_out_is_let_in_again_and_who_forgot_gets_a_new_pin(run: Run, tmp_path: Path) -> None:
    add(run, "li-na", "supervisor", "930417\n")
    run("shut", "li-na")
    assert sign_in(tmp_path, "li-na", "930417") == NotLetIn(Refusal.SHUT)
    run("open", "li-na")
    assert isinstance(sign_in(tmp_path, "li-na", "930417"), LetIn)
    run("pin", "li-na", "--stdin", typed="482913\n")
    assert isinstance(sign_in(tmp_path, "li-na", "482913"), LetIn)
    with pytest.raises(StaffError, match="no account"):
        run("open", "nobody")
    with pytest.raises(PinError, match="guessed first"):
        run("pin", "li-na", "--stdin", typed="123456\n")


def test_while_the_kiosk_runs_no_account_is_changed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "demo").mkdir()
    with alone(tmp_path / "demo"), pytest.raises(NotAloneError, match="stop it"):
        run("list")


def test_no_secret_lies_in_the_ledger(run: Run, tmp_path: Path) -> None:
    add(run, "li-na", "supervisor", "999999198807010096\n930417\n", "--card")
    for file in (tmp_path / "demo").iterdir():
        content = file.read_bytes()
        assert b"930417" not in content
        assert b"999999198807010096" not in content
    pepper = (tmp_path / "demo" / "pin.pepper").read_bytes().strip()
    assert pepper not in (tmp_path / "demo" / FILE).read_bytes()


def test_the_doctor_says_what_rests_who_can_sign_in_and_whether_the_trail_is_whole(
    run: Run, tmp_path: Path
) -> None:
    settings = read_settings(DEMO)
    assert {(one.ok, one.words) for one in look(settings, tmp_path, NOW)} == {(True, NOT_BEGUN)}
    add(run, "li-na", "supervisor", "930417\n")
    delivery, upkeep, accounts, trail = look(settings, tmp_path, NOW)
    assert (delivery.ok, delivery.words) == (True, "The clinic has every visit.")
    assert not upkeep.ok
    assert "scale (body weight, body height) rests: never checked with a reference." in upkeep.words
    assert "analyser" in upkeep.words
    assert "handle" not in upkeep.words
    assert (accounts.ok, accounts.words) == (True, "1 account can sign in.")
    assert (trail.ok, trail.words) == (True, "The trail of staff actions is whole: 1 lines.")
    run("shut", "li-na")
    assert not look(settings, tmp_path, NOW)[2].ok


def test_the_doctor_looks_while_the_kiosk_runs_and_finds_an_altered_trail(run: Run, tmp_path: Path) -> None:
    add(run, "li-na", "supervisor", "930417\n")
    run("shut", "li-na")
    raw = sqlite3.connect(tmp_path / "demo" / FILE)
    raw.execute("DROP TRIGGER trail_no_update")
    raw.execute("UPDATE trail SET who = 'sue' WHERE number = 2")
    raw.commit()
    raw.close()
    running = Ledger(tmp_path / "demo")
    (*_, trail) = look(read_settings(DEMO), tmp_path, NOW)
    running.close()
    assert (trail.ok, "line 2" in trail.words) == (False, True)
    (tmp_path / "demo" / FILE).write_bytes(b"no ledger at all" * 100)
    assert {one.ok for one in look(read_settings(DEMO), tmp_path, NOW)} == {False}
