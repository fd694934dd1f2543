"""The roster: good lines are shown before they are kept, bad ones named, and no number stays."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic import roster as rosters
from clinic import roster_cells
from clinic.clinic import Clinic
from clinic.matching import keyed
from clinic.roster import (
    BadLine,
    ManyGoneError,
    Preview,
    Roster,
    RosterError,
    preview,
    read_roster,
    take_roster,
)
from clinic.roster_cells import Fault
from clinic.store.residents import KnownResident, contracted_residents, resident_by_hash
from clinic.store.tasks import Wanted, open_tasks
from tests.clinic.running import NURSE, Running
from tests.clinic.stations import visit_of

NOW = datetime(2026, 11, 28, 8, 0, tzinfo=UTC)
SHEN, LI = "310101194003021984", "310101195001010019"
HEADINGS = "姓名,身份证号,联系电话,团队,家庭医生"


def hashed(number: str) -> bytes:
    return b"#" + number.encode()[::-1]


def read(text: str | bytes, key: Callable[[str], bytes] = hashed) -> Roster:
    content = text if isinstance(text, bytes) else text.encode()
    return read_roster(content, "clinic", key, NOW)


def check_of(number: str) -> str:
    total = sum(int(d) * w for d, w in zip(number, roster_cells._WEIGHTS, strict=True))
    return number + roster_cells._CHECKS[total % 11]


SHEN, LI = check_of(SHEN[:17]), check_of(LI[:17])
LINES = f"{HEADINGS}\n沈玉珍,{SHEN},13600007741,晚晴一组,周医生\n李 明,{LI},021-5550 1234,晚晴二组,\n"


@pytest.mark.parametrize(
    "content",
    [
        LINES.encode(),
        LINES.encode("utf-8-sig"),
        LINES.encode("gb18030"),
        LINES.replace("\n", "\r\n").encode(),
        LINES.replace("\n", "\r").encode(),
        LINES.replace(",", "\t").encode("gbk"),
        LINES.replace(",", ";").encode(),
        (LINES + "\n\n,,,,\n\x1a").encode(),
    ],
    ids=["utf8", "bom", "gb18030", "crlf", "cr", "tabs", "semicolons", "empty lines"],
)
def test_however_a_spreadsheet_writes_it_the_roster_is_the_same(content: bytes) -> None:
    found = read(content)
    assert found.bad == ()
    assert [(one.name, one.phone, one.team, one.doctor) for one in found.residents] == [
        ("沈玉珍", "13600007741", "晚晴一组", "周医生"),
        ("李 明", "021-5550 1234", "晚晴二组", ""),
    ]
    assert [one.hash for one in found.residents] == [hashed(SHEN), hashed(LI)]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("沈玉珍,,136,,", Fault.NO_NUMBER),
        (f"沈玉珍,{SHEN[:17]}{'0' if SHEN[17] != '0' else '1'},,,", Fault.WRONG_NUMBER),
        ("沈玉珍,3.10101E+17,,,", Fault.WRONG_NUMBER),
        (f"沈玉珍,{SHEN},无,,", Fault.WRONG_PHONE),
        (f"{'沈' * 65},{SHEN},,,", Fault.TOO_LONG),
        (f"沈\x00玉,{SHEN},,,", Fault.UNPRINTABLE),
        (f'"沈玉珍,{SHEN},,,', Fault.UNREADABLE),
        (f"李明,{LI},,,", Fault.TWICE),
        ("沈玉珍", Fault.NO_NUMBER),
    ],
)
def test_a_bad_line_is_named_by_its_number_and_costs_no_other(line: str, fault: Fault) -> None:
    found = read(f"{HEADINGS}\n李明,{LI},,,\n{line}\n{LINES.splitlines()[1]}\n")
    assert found.bad == (BadLine(3, fault),)
    assert [one.name for one in found.residents] == ["李明", "沈玉珍"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04 a spreadsheet", "spreadsheet"),
        (b"\xff\xfe\x00\xff", "encoding"),
        ("姓名,电话\n沈,1\n".encode(), "columns"),
        ("身份证号,identity\n1,1\n".encode(), "columns"),
        (b"", "columns"),
    ],
)
def test_what_is_no_roster_is_refused_in_a_sentence(content: bytes, reason: str) -> None:
    with pytest.raises(RosterError) as told:
        read(content)
    assert told.value.reason == reason


def test_a_file_that_is_far_too_large_is_not_taken_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rosters, "MOST_LINES", 2)
    with pytest.raises(RosterError) as lines:
        read(LINES + LINES)
    monkeypatch.setattr(rosters, "LARGEST", 20)
    with pytest.raises(RosterError) as size:
        read(LINES)
    assert (lines.value.reason, size.value.reason) == ("too_long", "too_large")


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: f"{HEADINGS}\n{text}".encode()))
def test_whatever_bytes_come_there_is_a_roster_or_one_sentence(junk: bytes) -> None:
    try:
        found = read(junk)
    except RosterError:
        return
    assert len(found.residents) + len(found.bad) <= junk.count(b"\n") + junk.count(b"\r") + 1


def test_a_spreadsheets_mark_before_a_number_is_no_part_of_it() -> None:
    assert [one.hash for one in read(f"identity\n'{SHEN}\n\t{LI.lower()}\n").residents] == [
        hashed(SHEN),
        hashed(LI),
    ]


@pytest.mark.parametrize("quoted", ['="{}"', '"=""{}"""'], ids=["as exported", "as saved again"])
def test_a_number_that_a_spreadsheet_holds_as_a_formula_of_text_is_that_number(quoted: str) -> None:
    line = f"{quoted.format(SHEN)},{quoted.format('沈玉珍')},{quoted.format('13600007741')}"
    found = read(f"身份证号,姓名,电话\n{line}\n")
    assert [(one.hash, one.name, one.phone) for one in found.residents] == [
        (hashed(SHEN), "沈玉珍", "13600007741")
    ]
    assert [one.fault for one in read(f'identity\n=CONCAT("{SHEN}")\n').bad] == [Fault.WRONG_NUMBER]


@pytest.mark.parametrize(
    ("name", "number", "phone"),
    [
        ("张　三", SHEN, "13600007741"),
        ("　张三　", f"{SHEN[:6]} {SHEN[6:14]} {SHEN[14:]}", "１３６００００７７４１"),
        ("张三", "".join(chr(ord(sign) + 0xFEE0) for sign in SHEN), "13600007741.0"),
        ("张三\u200b", f"\xa0{SHEN}\xa0", "\u202a13600007741\u202c"),
    ],
    ids=["padded", "full-width telephone", "full-width number", "invisible marks"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_what_an_office_types_full_width_or_padded_is_read_as_it_was_meant(
    name: str, number: str, phone: str, encoding: str
) -> None:
    found = read(f"姓名　,身份证号 ,电话\n{name},{number},{phone}\n".encode(encoding))
    assert [(one.name, one.phone, one.hash) for one in found.residents] == [
        ("张三", "13600007741", hashed(SHEN))
    ]
    assert found.bad == ()


def many(count: int) -> list[str]:
    """Lines of a roster of so many people."""
    return [f"居民{n},{check_of(f'31010119400302{100 + n}')},,," for n in range(count)]


def _off(running: Running, lines: list[str], sure: int | None = None) -> int:
    """Take these lines for the whole roster; how many are on it then."""
    found = read("\n".join([HEADINGS, *lines]), _own(running.clinic))
    with running.clinic.store.writing() as connection:
        take_roster(connection, "clinic", found, NURSE, NOW, whole=True, sure=sure)
    return len(_contracted(running))


def test_a_ruined_file_takes_nobody_off_the_roster_unless_their_number_is_said(running: Running) -> None:
    whole = many(60)
    _off(running, whole)
    ruined = [*whole[:20], *(f"居民{n},3.10101E+17,,," for n in range(40))]
    for lines, sure in (
        (whole[:40], None),
        (whole[:40], 19),
        (ruined, None),
        ([*whole[1:], "坏,1,,,"], None),
    ):
        with pytest.raises(ManyGoneError):
            _off(running, lines, sure)
        assert len(_contracted(running)) == 60
    assert _off(running, whole[:50]) == 50
    assert _off(running, whole[:20], 30) == 20


def _own(clinic: Clinic) -> Callable[[str], bytes]:
    return lambda number: keyed(clinic, number)


def _contracted(running: Running) -> list[KnownResident]:
    with running.clinic.store.reading() as connection:
        return sorted(contracted_residents(connection, "clinic"), key=lambda one: one.name)


def _take(running: Running, text: str, *, whole: bool = False) -> Preview:
    found = read(text, _own(running.clinic))
    with running.clinic.store.writing() as connection:
        told = preview(connection, "clinic", found)
        assert take_roster(connection, "clinic", found, NURSE, NOW, whole=whole) == told
    return told


def test_it_is_told_what_it_will_do_and_done_the_same_twice(running: Running) -> None:
    assert _take(running, LINES) == Preview(new=2, changed=0, same=0, gone=0)
    before = _contracted(running)
    assert _take(running, LINES) == Preview(new=0, changed=0, same=2, gone=0)
    assert [one.id for one in _contracted(running)] == [one.id for one in before]
    moved = LINES.replace("晚晴一组", "晚晴三组")
    assert _take(running, moved) == Preview(new=0, changed=1, same=1, gone=0)
    alone = "\n".join(LINES.splitlines()[:2])
    assert _take(running, alone).gone == 1
    assert len(_contracted(running)) == 2
    _take(running, alone, whole=True)
    assert [(one.name, one.team) for one in _contracted(running)] == [("沈玉珍", "晚晴一组")]


def test_no_number_of_the_file_stands_in_the_database(running: Running) -> None:
    _take(running, LINES)
    with running.clinic.store.reading() as connection:
        for table in ("resident", "audit"):
            rows = connection.exec_driver_sql(f"SELECT * FROM {table}").all()  # noqa: S608
            assert rows
            assert SHEN not in str(rows)
            assert LI not in str(rows)
        assert resident_by_hash(connection, "elsewhere", keyed(running.clinic, SHEN)) is None


def test_who_is_on_the_roster_brings_team_and_telephone_to_her_task(running: Running) -> None:
    number = "310101194003021984"  # as on her card; the station does not judge it
    one = KnownResident(
        "clinic", keyed(running.clinic, number), "r-1", "沈玉珍", "021-1", "晚晴一组", "周", True, ""
    )
    with running.clinic.store.writing() as connection:
        take_roster(connection, "clinic", Roster((one,), ()), NURSE, NOW, whole=False)
    running.put(running.station().envelope(visit_of(systolic="188")))
    with running.clinic.store.reading() as connection:
        task = open_tasks(connection, "clinic")[0]
        assert open_tasks(connection, "clinic", Wanted(team="晚晴一组"))
        assert not open_tasks(connection, "clinic", Wanted(team="晚晴二组"))
    assert (task.subject, task.team, task.phone) == ("r-1", "晚晴一组", "021-1")


def test_the_command_shows_first_and_keeps_when_told_to(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from clinic.commands import clinic

    data, file = tmp_path / "clinic", tmp_path / "roster.csv"
    file.write_text(LINES + "王,1,,,\n", encoding="utf-8")
    assert clinic(["init", "--data", str(data)]) == 0
    for words in ((), ("--take",), ()):
        assert clinic(["roster", str(file), "--data", str(data), *words]) == 0
    told = capsys.readouterr().out
    assert told.count("line 4: wrong_number") == 3
    assert (
        told.index("2 new")
        < told.index("Nothing was kept")
        < told.rindex("2 new")
        < told.index("2 as before")
    )
