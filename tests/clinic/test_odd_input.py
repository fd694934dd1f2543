"""Whatever anybody sends to any address, on either database: an answer that says what is wrong."""

import json
import re
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from clinic import accounts, password_checks
from clinic.accounts import Entry, add_staff
from clinic.app import build
from clinic.clinic import Clinic
from clinic.roles import Role
from clinic.sessions import BEARER, open_session
from clinic.store import envelopes
from clinic.store.envelopes import keep_unproven
from health import pairing
from tests.clinic.running import NURSE, PASSWORD, Running, clinic_at
from tests.clinic.stations import SHEN, visit_of

ODD = st.one_of(
    st.sampled_from(
        ["\0", "a\0b", "x" * 80, "x" * 5000, "%00", "..", "'; --", "\u202e", "🙂" * 70, "-1", "1e400", ""]
    ),
    st.text(max_size=20),
)
READ = (
    "/worklist?team={}",
    "/worklist?open={}&show=closed&page={}",
    "/worklist?station={}",
    "/visits?from={}&to={}&station={}&page={}",
    "/visits/{}",
    "/residents/{}",
    "/board?street={}",
    "/quarantine?page={}&show={}&done={}",
    "/trail?who={}&from={}",
    "/login?link={}",
    "/fhir/{}",
    "/fhir/Patient/{}",
    "/fhir/Patient/{}/$everything",
    "/fhir/Encounter?date={}&_lastUpdated={}",
    "/fhir/Observation?code={}&patient={}&_count={}&_after={}",
    "/fhir/Task?status={}&_id={}&subject={}",
    "/fhir/Device?identifier={}&_include={}&_total={}",
    "/fhir/Encounter?encounter={}&_format={}&identifier={}",
    "/fhir/Encounter?{}={}",
)
WRITTEN = (
    ("/login", ("name", "password")),
    ("/api/login", ("name", "password")),
    ("/login/code", ("code", "new", "again")),
    ("/wall", ("code",)),
    ("/language", ("language", "back")),
    ("/worklist/outcome", ("task", "outcome", "note", "why", "seen")),
    ("/worklist/take", ("task", "owner")),
    ("/worklist/hand", ("task", "team", "owner")),
    ("/stations/decide", ("enrolment", "decision")),
    ("/stations/revoke", ("station",)),
    ("/staff", ("name", "role", "team", "subject")),
    ("/staff/place", ("name", "role", "team")),
    ("/staff/code", ("name",)),
    ("/residents", ("who",)),
    ("/residents/{her}/reach", ("phone", "team")),
    ("/quarantine/again", ("which", "page")),
    ("/quarantine/dismiss", ("which", "why", "page")),
    ("/account", ("old", "new", "again")),
    ("/roster/take", ("key", "file")),
    ("/fhir/Patient/_search", ("identifier", "_id")),
)
QUICKLY = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))


def fine(answer: requests.Response) -> None:
    assert answer.status_code < 500, (answer.request.method, answer.request.url, answer.request.body)


def test_no_text_anywhere_is_a_fault_of_the_server(running: Running) -> None:
    station, browser = running.station(), running.staff()
    assert running.put(station.envelope(visit_of(systolic="188", diastolic="112"))).status_code == 201
    page = browser.get(f"{running.url}/stations", timeout=30).text
    (csrf,) = set(re.findall(r'name="csrf" value="([^"]+)"', page))
    with running.clinic.store.reading() as connection:
        her = connection.exec_driver_sql("SELECT id FROM resident").scalar_one()
    browser.headers["Authorization"] = f"Bearer {open_session(running.clinic, NURSE, BEARER)}"

    @QUICKLY
    @given(st.sampled_from(READ), st.lists(ODD, min_size=4, max_size=4))
    def read(path: str, texts: list[str]) -> None:
        quoted = [quote(one.encode("utf-8", "replace"), safe="") for one in texts]
        fine(browser.get(running.url + path.format(*quoted), timeout=30, allow_redirects=False))

    @QUICKLY
    @given(st.sampled_from(WRITTEN), st.lists(ODD, min_size=5, max_size=5))
    def write(form: tuple[str, tuple[str, ...]], texts: list[str]) -> None:
        path, names = form[0].format(her=her), form[1]
        said = {"csrf": csrf} | {n: t.encode("utf-8", "replace") for n, t in zip(names, texts, strict=False)}
        fine(browser.post(running.url + path, said, timeout=30, allow_redirects=False))

    read()
    write()


def test_no_tree_of_json_and_no_bytes_are_a_fault_of_the_server(running: Running) -> None:
    add_staff(running.clinic, NURSE, PASSWORD, Role.SENDER)
    token = {"Authorization": f"Bearer {open_session(running.clinic, NURSE, BEARER)}"}
    key, commitment = running.station().key.verify_key().text, pairing.commitment(pairing.number())
    tree = st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | ODD,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ODD, inner, max_size=3),
        max_leaves=8,
    )

    @settings(QUICKLY, max_examples=12)
    @given(tree, st.binary(max_size=40))
    def sent(said: object, raw: bytes) -> None:
        bodies = (
            json.dumps(said).encode(),
            raw,
            json.dumps({"resourceType": "Bundle", "entry": said}).encode(),
        )
        for path in ("/enrolments", f"/enrolments/{uuid4()}", "/slip", "/envelopes", "/fhir"):
            for body in bodies:
                fine(requests.post(running.url + path, data=body, headers=token, timeout=30))
        fine(requests.put(f"{running.url}/envelopes/{uuid4()}", data=raw, timeout=30))
        asked = {
            "station": "s1",
            "name": str(said),
            "key": key,
            "commitment": commitment,
            "software": str(said)[:9],
        }
        fine(requests.post(f"{running.url}/enrolments", json=asked, timeout=30))

    sent()
    deep = b"[" * 20_000
    for path in ("/enrolments", "/slip", "/fhir"):
        fine(requests.post(running.url + path, data=deep, headers=token, timeout=30))


def test_a_name_with_a_letter_that_is_none_is_set_aside_and_holds_up_no_other(running: Running) -> None:
    station = running.station()
    odd = visit_of(replace(SHEN, name="沈\0玉"))
    assert running.put(station.envelope(odd)).status_code == 202
    assert running.put(station.envelope(visit_of())).status_code == 201


def test_a_name_that_only_begins_like_an_account_is_none(running: Running) -> None:
    add_staff(running.clinic, "n" * 64, PASSWORD, Role.READER)
    codes = [
        requests.post(
            f"{running.url}/api/login", {"name": "n" * many, "password": PASSWORD}, timeout=30
        ).status_code
        for many in (64, 70)
    ]
    assert codes == [200, 401]


def test_a_body_that_never_ends_is_not_read(running: Running) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(100):
            yield b"a" * 10_000

    for path in ("/login", "/api/login", "/language"):
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        answer = requests.post(running.url + path, data=endless(), headers=headers, timeout=30)
        assert answer.status_code == 413


@pytest.fixture
def behind_a_proxy(tmp_path: Path) -> Iterator[Running]:
    """Whose proxy says who asked: else nobody of this machine is told from another."""
    with clinic_at(tmp_path / "clinic", proxies=("127.0.0.1",)) as running:
        yield running


def test_few_passwords_are_judged_at_once_and_nobody_else_waits_for_them(
    behind_a_proxy: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    running, whoever = behind_a_proxy, {"X-Forwarded-For": "203.0.113.9"}
    station = running.station()
    judged, go_on = [], threading.Event()
    at_once, most = threading.Semaphore(password_checks.AT_ONCE), threading.Lock()

    def slowly(_clinic: Clinic, name: str, _password: str) -> Entry:
        assert at_once.acquire(blocking=False)
        with most:
            judged.append(name)
        assert go_on.wait(60)
        at_once.release()
        return Entry.WRONG

    monkeypatch.setattr(accounts, "let_in", slowly)
    codes: list[int] = []

    def log_in(number: int) -> None:
        form = {"name": f"n{number}", "password": "x" * 12}
        answer = requests.post(f"{running.url}/login", form, headers=whoever, timeout=60)
        codes.append(answer.status_code)
        if answer.status_code == 429:
            assert answer.headers["Retry-After"] == str(password_checks.RETRY_AFTER_S)

    many = [threading.Thread(target=log_in, args=(number,)) for number in range(60)]
    for one in many:
        one.start()
    turned_away = 60 - password_checks.OF_ONE_ADDRESS
    while codes.count(429) < turned_away:
        assert len(codes) <= turned_away
        threading.Event().wait(0.01)
    assert running.put(station.envelope(visit_of())).status_code == 201
    more = requests.post(f"{running.url}/api/login", {"name": "a"}, headers=whoever, timeout=30)
    assert more.status_code == 429
    go_on.set()
    for one in many:
        one.join(60)
    assert codes.count(403) == password_checks.OF_ONE_ADDRESS == len(judged)
    assert build(running.clinic)


def test_a_flood_nobody_can_believe_takes_the_place_of_itself(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(envelopes, "_UNPROVEN_AT_MOST", 9)
    station, other = running.station(), running.station("wanqing-2")
    begun = datetime.now(UTC)
    with running.clinic.store.writing() as connection:
        for number, from_ in enumerate([other, *[station] * 30]):
            sealed, at = from_.envelope(visit_of()), begun + timedelta(seconds=number)
            digest = bytes([number]) * 32
            keep_unproven(connection, sealed.header, b"raw", digest, "not_signed", at)
        left = connection.exec_driver_sql("SELECT station, received_at FROM unproven ORDER BY 2").all()
    assert [name for name, _ in left] == [other.id] + [station.id] * 8
    assert left[-1][1] == (begun + timedelta(seconds=30)).isoformat()
    assert running.put(station.envelope(visit_of())).status_code == 201
