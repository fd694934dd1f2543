"""Accounts in a browser: an administrator gives a code, its owner a password; a wall sees counts alone."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import requests
from argon2 import PasswordHasher
from msgspec.structs import replace

from clinic import accounts, invitations
from clinic.accounts import Entry, let_in
from clinic.invitations import Invited
from clinic.roles import Role
from clinic.sessions import WALL, session_for
from clinic.store.staff import Staff, staff_named
from tests.clinic.running import NURSE, PASSWORD, Running, clinic_at
from tests.clinic.stations import visit_of
from tests.clinic.test_access import csrf, trail
from tests.clinic.test_board import today

CHEN, OWN = "陈波", "a sentence only I know"


@pytest.fixture(autouse=True)
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that cost little: what they cost is judged elsewhere."""
    monkeypatch.setattr(accounts, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def admin(running: Running) -> requests.Session:
    return running.staff()


def press(running: Running, browser: requests.Session, path: str, **form: str) -> requests.Response:
    sent = {"csrf": csrf(browser.get(f"{running.url}/account", timeout=30).text), **form}
    return browser.post(running.url + path, sent, timeout=30)


def code_in(page: str) -> str:
    found = re.search(r'class="digits">([^<]+)<', page)
    assert found, page
    return found[1]


def known(running: Running, name: str = CHEN) -> Staff:
    found = staff_named(running.clinic.store, "clinic", name)
    assert found is not None
    return found


def comes_in(running: Running, code: str, new: str = OWN, again: str = "") -> requests.Response:
    form = {"code": code, "new": new, "again": again or new}
    return requests.Session().post(f"{running.url}/login/code", form, timeout=30)


def added(running: Running, admin: requests.Session, **more: str) -> str:
    form = {"name": CHEN, "role": "caller", "team": "晚晴一组", **more}
    return code_in(press(running, admin, "/staff", **form).text)


def test_a_code_that_is_shown_once_lets_its_owner_set_a_password_nobody_else_knows(
    running: Running, admin: requests.Session
) -> None:
    code = added(running, admin)
    assert known(running).hash == ""
    page = admin.get(f"{running.url}/staff", timeout=30).text
    assert "等本人设密码" in page
    assert code not in page
    inside = comes_in(running, code.lower().replace("-", " "))
    assert inside.url == f"{running.url}/worklist"
    assert known(running).hash.startswith("$argon2id$")
    assert let_in(running.clinic, CHEN, OWN) is Entry.RIGHT
    assert "代码不对" in comes_in(running, code, "another sentence of mine").text
    assert let_in(running.clinic, CHEN, OWN) is Entry.RIGHT
    did = [line for line in trail(running.clinic) if "account" in line[1] or "password" in line[1]]
    assert did == [(NURSE, "account made: caller", CHEN), (CHEN, "password set", "")]
    assert code not in str(trail(running.clinic))


def test_a_password_that_is_short_or_differs_leaves_the_code_as_it_was(
    running: Running, admin: requests.Session
) -> None:
    code = added(running, admin)
    assert "10 到 256" in comes_in(running, code, "short").text
    assert "不一样" in comes_in(running, code, OWN, OWN + "!").text
    assert comes_in(running, code).url.endswith("/worklist")


def test_a_code_ends_after_a_day_with_a_new_one_and_when_its_account_is_locked(running: Running) -> None:
    clinic = running.clinic
    first = invitations.invite(clinic, Invited(CHEN, Role.READER), NURSE)
    later = replace(clinic, now=lambda: clinic.now() + timedelta(hours=25))
    assert invitations.come_in(later, first, OWN) is None
    second = invitations.reset(clinic, CHEN, NURSE)
    assert invitations.come_in(clinic, first, OWN) is None
    invitations.shut(clinic, CHEN, NURSE, out=True)
    assert invitations.come_in(clinic, second, OWN) is None


def test_who_is_reset_or_locked_is_out_at_once(running: Running, admin: requests.Session) -> None:
    browser = requests.Session()
    form = {"code": added(running, admin), "new": OWN, "again": OWN}
    browser.post(f"{running.url}/login/code", form, timeout=30)
    assert browser.get(f"{running.url}/worklist", timeout=30).url.endswith("/worklist")
    again = code_in(press(running, admin, "/staff/code", name=CHEN).text)
    assert browser.get(f"{running.url}/worklist", timeout=30).url.endswith("/login")
    assert let_in(running.clinic, CHEN, OWN) is Entry.WRONG
    browser.post(f"{running.url}/login/code", {**form, "code": again}, timeout=30)
    press(running, admin, "/staff/shut", name=CHEN, out="1")
    assert browser.get(f"{running.url}/worklist", timeout=30).url.endswith("/login")
    assert let_in(running.clinic, CHEN, OWN) is Entry.WRONG
    press(running, admin, "/staff/shut", name=CHEN, out="0")
    assert let_in(running.clinic, CHEN, OWN) is Entry.RIGHT


def test_a_role_is_changed_from_the_next_step_on(running: Running, admin: requests.Session) -> None:
    browser = requests.Session()
    form = {"code": added(running, admin), "new": OWN, "again": OWN}
    browser.post(f"{running.url}/login/code", form, timeout=30)
    assert browser.get(f"{running.url}/quarantine", timeout=30).status_code == 200
    press(running, admin, "/staff/place", name=CHEN, role="reader", team="二组")
    assert browser.get(f"{running.url}/quarantine", timeout=30).status_code == 403
    assert (known(running).role, known(running).team) == ("reader", "二组")
    assert known(running).hash, "the password is kept"


@pytest.mark.parametrize(
    ("path", "form", "words"),
    [
        ("/staff", {"name": NURSE, "role": "reader"}, "已经有这个名字"),
        ("/staff", {"name": " ", "role": "reader"}, "姓名要 1 到 64 个字"),
        ("/staff", {"name": "x" * 65, "role": "reader"}, "姓名要 1 到 64 个字"),
        ("/staff", {"name": CHEN, "role": "god"}, "请选一个角色"),
        ("/staff", {"name": CHEN, "role": "sender"}, "请选一个角色"),
        ("/staff/code", {"name": NURSE}, "另一位管理员"),
        ("/staff/shut", {"name": NURSE, "out": "1"}, "另一位管理员"),
        ("/staff/place", {"name": NURSE, "role": "reader"}, "另一位管理员"),
        ("/staff/place", {"name": "nobody", "role": "reader"}, "没有这个账号"),
    ],
)
def test_what_cannot_be_done_to_an_account_is_said_and_nothing_is_done(
    running: Running, admin: requests.Session, path: str, form: dict[str, str], words: str
) -> None:
    before = known(running, NURSE)
    refused = press(running, admin, path, **form)
    assert refused.status_code == 409
    assert words in refused.text
    assert known(running, NURSE) == before
    assert staff_named(running.clinic.store, "clinic", CHEN) is None


@pytest.mark.parametrize("role", [Role.READER, Role.CALLER])
def test_only_an_administrator_reaches_the_accounts(running: Running, role: Role) -> None:
    browser = running.staff(role)
    assert browser.get(f"{running.url}/staff", timeout=30).status_code == 403
    assert "/staff" not in browser.get(f"{running.url}/worklist", timeout=30).text
    for path in ("/staff", "/staff/code", "/staff/shut", "/staff/place"):
        assert press(running, browser, path, name=CHEN, role="admin").status_code == 403


def test_an_administrator_of_one_tenant_reaches_no_account_of_another(tmp_path: Path, database: str) -> None:
    with (
        clinic_at(tmp_path / "both", "east", database=database) as east,
        clinic_at(tmp_path / "both", "west", database=database) as west,
    ):
        code = invitations.invite(east.clinic, Invited(CHEN, Role.READER), NURSE)
        browser = west.staff()
        for path in ("/staff/code", "/staff/shut", "/staff/place"):
            assert press(west, browser, path, name=CHEN, role="admin", out="1").status_code == 409
        assert CHEN not in browser.get(f"{west.url}/staff", timeout=30).text
        assert comes_in(west, code).status_code == 403
        assert comes_in(east, code).url.endswith("/worklist")


def test_ones_own_password_is_changed_by_who_knows_it_and_ends_every_other_login(
    running: Running, admin: requests.Session
) -> None:
    other = requests.Session()
    other.post(f"{running.url}/login", {"name": NURSE, "password": PASSWORD}, timeout=30)
    wrong = press(running, admin, "/account", password=OWN, new=OWN, again=OWN)
    assert (wrong.status_code, "现在的密码不对" in wrong.text) == (403, True)
    assert press(running, admin, "/account", password=PASSWORD, new=OWN, again="x").status_code == 409
    assert press(running, admin, "/account", password=PASSWORD, new="short", again="short").status_code == 409
    done = press(running, admin, "/account", password=PASSWORD, new=OWN, again=OWN)
    assert "密码换好了" in done.text
    assert admin.get(f"{running.url}/staff", timeout=30).url.endswith("/staff")
    assert other.get(f"{running.url}/worklist", timeout=30).url.endswith("/login")
    assert let_in(running.clinic, NURSE, PASSWORD) is Entry.WRONG
    assert let_in(running.clinic, NURSE, OWN) is Entry.RIGHT


@pytest.fixture
def wall(running: Running, admin: requests.Session) -> Iterator[requests.Session]:
    """A screen that was hung up."""
    browser = requests.Session()
    code = code_in(press(running, admin, "/staff", name="大厅", role="wall").text)
    assert comes_in(running, code).status_code == 403, "its code is no person's"
    shown = browser.post(f"{running.url}/wall", {"code": code}, timeout=30)
    assert shown.url.endswith("/board")
    yield browser
    browser.close()


def test_a_wall_shows_counts_without_a_person_and_without_a_link(
    running: Running, wall: requests.Session
) -> None:
    today(running.station(), running, systolic="188", diastolic="112")
    page = wall.get(f"{running.url}/board", timeout=30).text
    for shown in ("1 个急值", "1 位还没联系到", 'class="huge">1<'):
        assert shown in page
    for hidden in ("188", "112", "岁", "沈玉珍", 'href="/w', 'href="/v', 'href="/s', "open="):
        assert hidden not in page.replace('href="/style.css"', ""), hidden


def test_a_wall_opens_nothing_but_the_board(running: Running, wall: requests.Session) -> None:
    visit = visit_of()
    running.put(running.station().envelope(visit))
    for path in (
        "/worklist",
        "/visits",
        f"/visits/{visit.id}",
        "/stations",
        "/quarantine",
        "/staff",
        "/account",
    ):
        assert wall.get(running.url + path, timeout=30).status_code == 403, path
    for path in ("/metrics", f"/api/visits/{visit.id}", "/fhir/Patient"):
        assert wall.get(running.url + path, timeout=30).status_code in {401, 403}, path


def test_a_wall_stays_for_months_without_anybody_and_goes_when_it_is_locked(
    running: Running, admin: requests.Session, wall: requests.Session
) -> None:
    (cookie,) = (one for one in wall.cookies if one.name == "kangyi")
    assert cookie.expires is not None, "it outlives a power cut of the screen"
    token, clinic = str(cookie.value), running.clinic
    months = replace(clinic, now=lambda: clinic.now() + timedelta(days=300))
    assert session_for(months, token, WALL)
    years = replace(clinic, now=lambda: clinic.now() + timedelta(days=366))
    assert session_for(years, token, WALL) is None
    press(running, admin, "/staff/shut", name="大厅", out="1")
    assert wall.get(f"{running.url}/board", timeout=30).url.endswith("/login")


def test_a_form_before_the_login_is_taken_from_this_site_alone(running: Running) -> None:
    code = invitations.invite(running.clinic, Invited(CHEN, Role.READER), NURSE)
    form = {"code": code, "new": OWN, "again": OWN}
    for path in ("/login/code", "/wall"):
        headers = {"Origin": "https://evil.example"}
        assert requests.post(running.url + path, form, headers=headers, timeout=30).status_code == 403
    assert comes_in(running, code).url.endswith("/worklist")
