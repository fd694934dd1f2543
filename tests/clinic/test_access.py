"""Who may look and who may do: roles, sessions that end, passwords nobody guesses, a trail that holds."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
import requests
from argon2 import PasswordHasher
from msgspec.structs import replace

from clinic import accounts, sessions
from clinic.accounts import AccountError, Entry, add_staff, enable, let_in
from clinic.clinic import Clinic
from clinic.roles import RIGHTS, Right, Role, may
from clinic.sessions import BEARER, PAGE, fresh_token, open_session, session_for
from clinic.store import audit
from clinic.store.sessions import first_time
from clinic.store.staff import staff_named
from clinic.store.tables import SESSION
from clinic.trail import standing
from tests.clinic.passwords import STRONG
from tests.clinic.running import NURSE, PASSWORD, Running, clinic_at
from tests.clinic.stations import visit_of


@pytest.fixture
def clinic(running: Running) -> Clinic:
    add_staff(running.clinic, NURSE, PASSWORD)
    return running.clinic


def at(clinic: Clinic, **later: float) -> Clinic:
    """The same clinic, later."""
    now = clinic.now() + timedelta(**later)
    return replace(clinic, now=lambda: now)


def trail(clinic: Clinic) -> list[tuple[str, str, str]]:
    with clinic.store.reading() as connection:
        rows = connection.exec_driver_sql("SELECT who, did, about FROM audit ORDER BY number")
        return [(who, did, about) for who, did, about in rows]


def csrf(page: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found
    return found[1]


@pytest.mark.parametrize("role", Role)
def test_each_role_may_what_its_table_says_and_an_unknown_one_nothing(role: Role) -> None:
    assert may(role, Right.LOOK) is (role not in {Role.SENDER, Role.PROGRAM, Role.WALL, Role.METER})
    assert [right for right in Right if may(role, right)] == [
        right for right in Right if right in RIGHTS[role]
    ]
    assert not any(may("staff", right) for right in Right)


@pytest.mark.parametrize(("role", "seen"), [(Role.READER, 403), (Role.CALLER, 200), (Role.ADMIN, 200)])
def test_a_page_and_a_form_are_refused_to_who_has_not_the_right(
    running: Running, role: Role, seen: int
) -> None:
    station, browser = running.station(), running.staff(role)
    assert browser.get(f"{running.url}/visits", timeout=30).status_code == 200
    assert browser.get(f"{running.url}/quarantine", timeout=30).status_code == seen
    token = csrf(browser.get(f"{running.url}/stations", timeout=30).text)
    form = {"csrf": token, "station": station.id}
    gone = browser.post(f"{running.url}/stations/revoke", form, timeout=30)
    assert gone.status_code == (200 if role is Role.ADMIN else 403)
    again = running.put(station.envelope(visit_of()))
    assert again.status_code == (403 if role is Role.ADMIN else 201)


def test_a_session_nobody_touches_ends_and_one_that_is_used_does_not(clinic: Clinic) -> None:
    token = open_session(clinic, NURSE, PAGE)
    for minutes in range(25, 575, 25):
        assert session_for(at(clinic, minutes=minutes), token, PAGE), minutes
    assert session_for(at(clinic, minutes=550 + 31), token, PAGE) is None
    assert session_for(at(clinic, hours=10, seconds=1), token, PAGE) is None
    program = open_session(clinic, NURSE, BEARER)
    assert session_for(at(clinic, hours=9), program, BEARER)


def test_a_board_that_asks_by_itself_keeps_no_session_alive(running: Running) -> None:
    browser = running.staff(Role.READER)
    long_ago = (running.clinic.now() - timedelta(minutes=20)).isoformat()
    with running.clinic.store.writing() as connection:
        connection.execute(SESSION.update().values(seen_at=long_ago))

    def seen(dest: str) -> bool:
        headers = {"Sec-Fetch-Dest": dest}
        assert "board" in browser.get(f"{running.url}/board", headers=headers, timeout=30).url
        with running.clinic.store.reading() as connection:
            return bool(connection.execute(SESSION.select()).one().seen_at != long_ago)

    assert [seen(dest) for dest in ("empty", "empty", "document")] == [False, False, True]


def test_a_token_is_changed_every_hour_and_the_old_one_soon_opens_nothing(clinic: Clinic) -> None:
    token = open_session(clinic, NURSE, PAGE)
    young = session_for(clinic, token, PAGE)
    assert young is not None
    assert fresh_token(clinic, young) is None
    for minutes in (29, 58):
        session_for(at(clinic, minutes=minutes), token, PAGE)
    later = at(clinic, minutes=61)
    old = session_for(later, token, PAGE)
    assert old is not None
    new = fresh_token(later, old)
    assert new is not None
    assert new != token
    assert fresh_token(later, old) is None
    assert session_for(later, token, PAGE)
    soon = at(clinic, minutes=63)
    assert session_for(soon, token, PAGE) is None
    held = session_for(soon, new, PAGE)
    assert held is not None
    assert (held.csrf, held.expires_at) == (old.csrf, old.expires_at)


def test_who_logs_in_again_leaves_no_session_behind_and_keeps_no_token_from_before(running: Running) -> None:
    browser = running.staff()
    before = browser.cookies["kangyi"]
    browser.post(f"{running.url}/login", {"name": NURSE, "password": PASSWORD}, timeout=30)
    assert browser.cookies["kangyi"] != before
    old = requests.get(f"{running.url}/visits", cookies={"kangyi": before}, timeout=30, allow_redirects=False)
    assert old.headers["location"] == "/login"


def test_with_https_the_cookie_is_bound_to_host_and_https(running: Running) -> None:
    from starlette.responses import Response

    from clinic.door import Door

    safe = replace(running.clinic, settings=_with_url(running.clinic))
    answer = Response()
    Door(safe).give(answer, "token")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-kangyi=token;")
    for word in ("HttpOnly", "Secure", "Path=/", "SameSite=lax"):
        assert word in cookie
    assert "domain" not in cookie.lower()


def _with_url(clinic: Clinic):  # type: ignore[no-untyped-def]  # noqa: ANN202
    from msgspec.structs import replace as changed

    return changed(clinic.settings, public_url="https://clinic.example")


def test_five_wrong_passwords_wait_ever_longer_whatever_worker_is_asked(clinic: Clinic) -> None:
    for _ in range(5):
        assert let_in(clinic, NURSE, "wrong password") is Entry.WRONG
    other_worker = replace(clinic)
    assert let_in(other_worker, NURSE, PASSWORD) is Entry.WAIT
    assert let_in(at(clinic, seconds=61), NURSE, "wrong again") is Entry.WRONG
    assert let_in(at(clinic, seconds=61 + 61), NURSE, PASSWORD) is Entry.WAIT
    assert let_in(at(clinic, seconds=61 + 121), NURSE, PASSWORD) is Entry.RIGHT
    assert let_in(clinic, NURSE, "wrong password") is Entry.WRONG


def test_a_bot_has_no_more_than_ten_tries_in_half_an_hour(clinic: Clinic) -> None:
    tried = [let_in(at(clinic, seconds=10 * n), NURSE, f"guess number {n}") for n in range(180)]
    assert tried.count(Entry.WRONG) <= 10
    assert Entry.RIGHT not in tried


def test_a_name_that_is_no_account_waits_as_well_and_is_written_nowhere(clinic: Clinic) -> None:
    tried = [let_in(clinic, "hunter2 hunter2", "whatever it is") for _ in range(6)]
    assert tried == [Entry.WRONG] * 5 + [Entry.WAIT]
    assert ("?", "login refused", "") in trail(clinic)
    assert "hunter2" not in str(trail(clinic))


def test_who_is_shut_out_has_no_session_and_gets_none(clinic: Clinic) -> None:
    token = open_session(clinic, NURSE, PAGE)
    assert enable(clinic, NURSE, enabled=False)
    assert session_for(clinic, token, PAGE) is None
    assert let_in(clinic, NURSE, PASSWORD) is Entry.WRONG
    assert session_for(clinic, open_session(clinic, NURSE, PAGE), PAGE) is None
    assert enable(clinic, NURSE, enabled=True)
    assert let_in(clinic, NURSE, PASSWORD) is Entry.RIGHT
    assert not enable(clinic, "nobody", enabled=True)


def test_a_password_is_argon2id_and_an_older_hash_is_made_new_at_the_next_login(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (STRONG.type.name, STRONG.memory_cost >= 19 * 1024, STRONG.time_cost >= 2) == ("ID", True, True)
    before = staff_named(clinic.store, "clinic", NURSE)
    assert before is not None
    monkeypatch.setattr(accounts, "_HASHER", PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    assert let_in(clinic, NURSE, PASSWORD) is Entry.RIGHT
    after = staff_named(clinic.store, "clinic", NURSE)
    assert after is not None
    assert after.hash != before.hash
    assert "t=2" in after.hash


@pytest.mark.parametrize(
    ("name", "password"), [("", "long enough word"), ("a\x00b", "long enough word"), ("a", "short")]
)
def test_an_account_that_cannot_be_is_refused_in_a_sentence(clinic: Clinic, name: str, password: str) -> None:
    with pytest.raises(AccountError):
        add_staff(clinic, name, password)


def test_of_an_account_without_a_password_no_password_is_right(clinic: Clinic) -> None:
    add_staff(clinic, "ann", "", Role.READER, subject="sub-1")
    assert let_in(clinic, "ann", "") is Entry.WRONG
    assert accounts.let_in_by(clinic, "sub-1") == "ann"
    assert accounts.let_in_by(clinic, "") is None
    enable(clinic, "ann", enabled=False)
    assert accounts.let_in_by(clinic, "sub-1") is None


def test_seeing_a_person_is_written_into_the_trail(running: Running) -> None:
    visit = visit_of()
    running.put(running.station().envelope(visit))
    browser = running.staff(Role.READER)
    browser.get(f"{running.url}/visits/{visit.id}", timeout=30)
    browser.get(f"{running.url}/api/visits/{visit.id}", timeout=30)
    assert trail(running.clinic).count((NURSE, "visit seen", str(visit.id))) == 2
    assert "沈玉珍" not in str(trail(running.clinic))


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE audit SET who = 'nobody' WHERE number = 2",
        "DELETE FROM audit WHERE number = 2",
        "UPDATE audit SET hash = NULL WHERE number = 2",
    ],
)
def test_a_line_of_the_trail_that_is_changed_or_gone_is_found(clinic: Clinic, harm: str) -> None:
    now = clinic.now()
    with clinic.store.writing() as connection:
        for n in range(4):
            audit.note(connection, "clinic", NURSE, "looked", str(n), now)
        assert audit.broken_at(connection, "clinic") is None
        connection.exec_driver_sql(harm)
        assert audit.broken_at(connection, "clinic") == 2
        assert audit.broken_at(connection, "elsewhere") is None


def test_a_trail_whose_end_was_cut_off_is_found_by_its_counter_and_by_what_was_said_elsewhere(
    clinic: Clinic,
) -> None:
    now = clinic.now()
    with clinic.store.writing() as connection:
        for n in range(4):
            audit.note(connection, "clinic", NURSE, "looked", str(n), now)
        said = audit.head(connection, "clinic")
        assert standing(clinic, connection, said).broken_at is None
        assert [one.about for one in audit.lines(connection, "clinic", None, 3)] == ["3", "2", "1"]
        assert [one.number for one in audit.lines(connection, "clinic", 3, 3)] == [2, 1]
        connection.exec_driver_sql("DELETE FROM audit WHERE number > 2")
        assert audit.broken_at(connection, "clinic") == 3
        # Who can delete lines can set the counter too; what was said elsewhere he cannot reach.
        connection.exec_driver_sql("UPDATE counter SET last = 2 WHERE name = 'trail'")
        assert standing(clinic, connection).broken_at is None
        assert standing(clinic, connection, said).broken_at == 4
        for n in range(4):
            audit.note(connection, "clinic", NURSE, "something else", str(n), now)
        assert standing(clinic, connection).broken_at is None
        assert standing(clinic, connection, said).broken_at == 4


def test_a_signed_request_is_taken_once_whatever_worker_it_comes_to(clinic: Clinic) -> None:
    now, before = "2026-11-28T08:00:00", "2026-11-28T07:50:00"
    with clinic.store.writing() as connection:
        assert first_time(connection, "clinic", "n-1", now, before)
    with replace(clinic).store.writing() as connection:
        assert not first_time(connection, "clinic", "n-1", now, before)
        assert first_time(connection, "elsewhere", "n-1", now, before)
        assert first_time(connection, "clinic", "n-2", "2026-11-28T09:00:00", "2026-11-28T08:50:00")
        rows = connection.exec_driver_sql("SELECT number FROM nonce WHERE tenant = 'clinic'").all()
    assert [tuple(row) for row in rows] == [("n-2",)]


def test_two_tenants_of_one_database_share_no_account_and_no_session(tmp_path: Path, database: str) -> None:
    with (
        clinic_at(tmp_path / "both", "east", database=database) as east,
        clinic_at(tmp_path / "both", "west", database=database) as west,
    ):
        visit = visit_of()
        east.put(east.station().envelope(visit))
        browser = east.staff()
        assert browser.get(f"{east.url}/visits/{visit.id}", timeout=30).status_code == 200
        token = browser.cookies["kangyi"]
        for path in ("/visits", f"/visits/{visit.id}", "/stations", "/quarantine"):
            seen = requests.get(west.url + path, cookies={"kangyi": token}, timeout=30, allow_redirects=False)
            assert (seen.status_code, seen.headers["location"]) == (303, "/login")
        own = west.staff()
        assert own.get(f"{west.url}/visits/{visit.id}", timeout=30).status_code == 404
        assert "沈玉珍" not in own.get(f"{west.url}/visits", timeout=30).text
        assert sessions.session_for(west.clinic, token, PAGE) is None
