"""The roster in a browser: what it would change is shown first, and no number ever reaches the disk."""

import re
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import anyio
import pytest
import requests
from msgspec.structs import replace
from starlette.requests import Request

from clinic import waiting_roster
from clinic.matching import keyed
from clinic.roles import Role
from clinic.roster import read_roster
from clinic.store.residents import KnownResident, contracted_residents
from tests.clinic.running import NURSE, Running
from tests.clinic.test_access import csrf, trail
from tests.clinic.test_roster import HEADINGS, LI, LINES, NOW, SHEN, check_of

BAD = f"{LINES}丁一,{SHEN[:17]},,,\n丁二,{LI},,,\n"


def key_of(page: str) -> str:
    found = re.search(r'name="key" value="([^"]+)"', page)
    assert found
    return found[1]


def counts(page: str) -> list[int]:
    return [int(one) for one in re.findall(r"<dd>([0-9]+)</dd>", page)]


def sent(running: Running, browser: requests.Session, content: str | bytes) -> requests.Response:
    form = {"csrf": csrf(browser.get(f"{running.url}/roster", timeout=30).text)}
    return browser.post(f"{running.url}/roster", form, files={"file": ("名单.csv", content)}, timeout=60)


def taken(running: Running, browser: requests.Session, page: str, **said: str) -> requests.Response:
    form = {"csrf": csrf(page), "key": key_of(page), "decision": "take", **said}
    return browser.post(f"{running.url}/roster/take", form, timeout=30)


def on_roster(running: Running) -> list[KnownResident]:
    with running.clinic.store.reading() as connection:
        return sorted(contracted_residents(connection, "clinic"), key=lambda one: one.name)


def test_what_a_file_would_change_is_shown_before_it_is_kept_and_one_press_keeps_it(running: Running) -> None:
    browser = running.staff()
    page = sent(running, browser, LINES.encode("gb18030")).text
    assert counts(page) == [2, 0, 0, 0]
    assert on_roster(running) == []
    assert "读入了 2 位居民。" in taken(running, browser, page).text
    assert [one.name for one in on_roster(running)] == ["李 明", "沈玉珍"]
    again = sent(
        running, browser, LINES.replace("周医生", "吴医生") + f"王新,{check_of('11010119560307123')},,,\n"
    )
    assert counts(again.text) == [1, 1, 1, 0]
    assert [did for _, did, _ in trail(running.clinic) if did.startswith("roster")] == [
        *("roster read", "roster taken", "roster read"),
    ]


def test_a_bad_line_is_named_by_number_and_reason_and_by_nothing_that_stands_in_it(running: Running) -> None:
    page = sent(running, running.staff(), BAD).text
    assert counts(page) == [2, 0, 0, 2]
    assert re.findall(r"<td>([0-9]+)</td><td>([^<]+)</td>", page) == [
        ("4", "身份证号不对：要 18 位，最后一位能核对上"),
        ("5", "这个身份证号前面已经有了"),
    ]
    for hidden in ("丁一", "沈玉珍", SHEN[:17], LI, "13600007741"):
        assert hidden not in page


def test_only_what_is_said_to_be_whole_takes_people_off_the_roster(running: Running) -> None:
    browser = running.staff()
    taken(running, browser, sent(running, browser, LINES).text)
    half = f"{HEADINGS}\n李 明,{LI},,,\n"
    taken(running, browser, sent(running, browser, half).text)
    assert len(on_roster(running)) == 2
    page = sent(running, browser, half).text
    assert "不在里面的 1 人" in page
    taken(running, browser, page, whole="1")
    assert [one.name for one in on_roster(running)] == ["李 明"]


def test_a_whole_roster_with_ruined_lines_asks_for_the_number_of_those_who_go(running: Running) -> None:
    browser = running.staff()
    taken(running, browser, sent(running, browser, LINES).text)
    page = sent(running, browser, f"{HEADINGS}\n李 明,{LI},,,\n沈玉珍,3.1E+17,,,\n").text
    for typed in ("", "2", "x"):
        again = taken(running, browser, page, whole="1", sure=typed)
        assert again.status_code == 409
        assert "请写下不再签约的人数：1" in again.text
        assert "checked" in again.text
        assert len(on_roster(running)) == 2
    assert "读入了 1 位居民。" in taken(running, browser, again.text, whole="1", sure="１").text
    assert [one.name for one in on_roster(running)] == ["李 明"]


@pytest.mark.parametrize(
    ("content", "words", "status"),
    [
        (b"", "还没有选文件", 400),
        (b"PK\x03\x04 a spreadsheet", "表格软件", 400),
        ("姓名,电话\n沈玉珍,136\n".encode(), "身份证号", 400),
        (b"\xff\xfe\xff\xff", "读不出来", 400),
    ],
)
def test_a_file_that_is_no_roster_is_refused_with_what_to_do(
    running: Running, content: bytes, words: str, status: int
) -> None:
    answer = sent(running, running.staff(), content)
    assert answer.status_code == status
    assert words in answer.text
    assert on_roster(running) == []


def test_what_is_left_waited_for_too_long_or_shown_to_somebody_else_is_not_taken(running: Running) -> None:
    clinic = running.clinic
    roster = read_roster(LINES.encode(), "clinic", lambda number: keyed(clinic, number), NOW)
    late = replace(clinic, now=lambda: clinic.now() + timedelta(minutes=31))
    key = waiting_roster.show(clinic, roster, NURSE).key
    assert waiting_roster.take(late, key, NURSE, whole=False) is None
    assert waiting_roster.take(clinic, key, "陈波", whole=False) is None
    other = waiting_roster.show(clinic, roster, "陈波").key
    assert waiting_roster.take(clinic, other, NURSE, whole=False) is None
    assert waiting_roster.take(clinic, "AGE-SECRET-KEY-1X", NURSE, whole=False) is None
    waiting_roster.leave(clinic, NURSE)
    assert waiting_roster.take(clinic, key, NURSE, whole=False) is None
    assert waiting_roster.take(clinic, other, "陈波", whole=False) is not None
    assert waiting_roster.take(clinic, other, "陈波", whole=False) is None


@pytest.mark.parametrize("role", [Role.READER, Role.CALLER, Role.SENDER])
def test_only_the_administrator_reaches_the_roster(running: Running, role: Role) -> None:
    browser = running.staff(role) if role is not Role.SENDER else requests.Session()
    wanted = 403 if role is not Role.SENDER else 303
    assert browser.get(f"{running.url}/roster", timeout=30, allow_redirects=False).status_code == wanted
    for path in ("/roster", "/roster/take"):
        token = csrf(browser.get(f"{running.url}/visits", timeout=30).text) if wanted == 403 else ""
        answer = browser.post(
            running.url + path,
            {"csrf": token},
            files={"file": ("a.csv", LINES)} if path == "/roster" else None,
            timeout=30,
            allow_redirects=False,
        )
        assert answer.status_code == wanted


def test_a_file_from_another_page_is_not_read(running: Running) -> None:
    browser = running.staff()
    for form, headers in (({"csrf": "x"}, {}), ({}, {}), ({"csrf": "x"}, {"Origin": "https://evil.example"})):
        answer = browser.post(
            f"{running.url}/roster", form, files={"file": ("a.csv", LINES)}, headers=headers, timeout=30
        )
        assert answer.status_code == 403
    assert not any(did == "roster read" for _, did, _ in trail(running.clinic))


@pytest.fixture
def on_disk(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was opened as a temporary file."""
    opened: list[str] = []
    made = tempfile.TemporaryFile

    def noted(*args: object, **named: object) -> object:
        opened.append("a file")
        return made(*args, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(tempfile, "TemporaryFile", noted)
    return opened


def long_roster() -> str:
    """Three megabytes: what the ordinary form parser would put into a file."""
    return LINES + ",,,,\n" * 600_000


def test_a_large_roster_stays_in_memory_and_no_number_is_in_any_file_of_the_clinic(
    running: Running, on_disk: list[str], tmp_path: Path
) -> None:
    browser = running.staff()
    ordinary = _parsed(long_roster())
    assert ordinary > 2_000_000
    assert on_disk == ["a file"], "the ordinary form parser leaves nothing on the disk: this proves nothing"
    on_disk.clear()
    page = sent(running, browser, LINES + f"{' ' * 40},,,,\n" * 60_000).text
    assert counts(page)[0] == 2
    before = _files(tmp_path)
    taken(running, browser, page)
    assert on_disk == []
    for content in (before, _files(tmp_path)):
        for number in (SHEN, LI):
            for way in ("utf-8", "utf-16-le"):
                assert number.encode(way) not in content
    assert "沈玉珍".encode() not in before


def _files(folder: Path) -> bytes:
    return b"".join(one.read_bytes() for one in sorted(folder.rglob("*")) if one.is_file())


def _parsed(text: str) -> int:
    """How many bytes of the file the ordinary form parser of the server hands on."""
    files = {"file": ("a.csv", text.encode())}
    made = requests.Request("POST", "http://clinic.example/", files=files).prepare()
    body = made.body
    assert isinstance(body, bytes)
    head = [(b"content-type", made.headers["Content-Type"].encode())]

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def parse() -> int:
        form = await Request({"type": "http", "method": "POST", "headers": head}, receive).form()
        content = await form["file"].read()  # type: ignore[union-attr]
        await form.close()
        return len(content)

    return anyio.run(parse)


def test_a_file_that_is_too_large_is_not_read_to_its_end(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = running.staff()
    form = csrf(browser.get(f"{running.url}/roster", timeout=30).text)
    boundary = "x" * 20

    def endless() -> Iterator[bytes]:
        part = f'--{boundary}\r\nContent-Disposition: form-data; name="{{}}"{{}}\r\n\r\n{{}}'
        yield (part.format("csrf", "", form) + "\r\n").encode()
        yield part.format("file", '; filename="a.csv"', "").encode()
        for _ in range(200):
            yield b"," * 1024 * 1024

    head = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
    try:
        answer = browser.post(f"{running.url}/roster", endless(), headers=head, timeout=60)
    except requests.ConnectionError:
        return  # it hung up while the rest was still coming
    assert answer.status_code == 413
    assert "32 MB" in answer.text
