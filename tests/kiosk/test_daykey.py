"""The day key: in memory only, new every day, and gone with the boot."""

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest

from health.envelope import DoesNotOpen, open_envelope
from kiosk.daykey import FILE, DayKey, memory_folder
from kiosk.stationtime import StationTime, boot_id
from tests.kiosk.station import CLINIC, KEY, RECOVERY, HeldTime, record, seal_of

SHANGHAI = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=SHANGHAI)
BOOT = uuid4()


def _same(day: DayKey, hours: float, uptime: float | None = None) -> bool:
    before = day.secret
    assert before is not None
    after = day.begin_visit(
        MORNING + timedelta(hours=hours), (hours if uptime is None else uptime) * 3600 + 100.0
    )
    return before.text == after.text


@pytest.mark.parametrize(
    ("hours", "uptime", "same"),
    [(1, 1, True), (17.9, 17.9, True), (18, 18, False), (1, 24, False), (23, 23, False), (-5, 1, True)],
    ids=["an hour later", "before three", "at three", "a day of uptime", "next morning", "clock set back"],
)
def test_it_is_replaced_at_the_first_visit_after_three_or_a_day_of_uptime(
    hours: float, uptime: float, *, same: bool
) -> None:
    day = DayKey(BOOT, None)
    day.begin_visit(MORNING, 100.0)
    assert _same(day, hours, uptime) is same


def test_a_visit_after_midnight_still_belongs_to_the_day_before() -> None:
    day = DayKey(BOOT, None)
    evening = day.begin_visit(MORNING, 0.0)
    midnight = day.begin_visit(MORNING + timedelta(hours=17), 17 * 3600.0)
    assert midnight == evening
    assert day.begin_visit(MORNING + timedelta(hours=18), 18 * 3600.0) != evening


def test_it_outlives_the_program_but_not_the_boot(tmp_path: Path) -> None:
    first = DayKey(BOOT, tmp_path).begin_visit(MORNING, 0.0)
    again, other_boot = DayKey(BOOT, tmp_path), DayKey(uuid4(), tmp_path)
    assert again.secret == first
    assert other_boot.secret is None
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600
    again.begin_visit(MORNING + timedelta(days=1), 86400.0)
    assert first.text.encode() not in (tmp_path / FILE).read_bytes()


def test_a_memory_that_takes_nothing_costs_nobody_her_visit(tmp_path: Path) -> None:
    day = DayKey(BOOT, tmp_path / "gone")
    first = day.begin_visit(MORNING, 0.0)
    assert day.secret == first
    assert day.begin_visit(MORNING + timedelta(hours=1), 3600.0) == first


def test_without_a_folder_it_ends_with_the_program_and_touches_no_disk(tmp_path: Path) -> None:
    DayKey(BOOT, None).begin_visit(MORNING, 0.0)
    assert DayKey(BOOT, None).secret is None
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_file_is_no_key(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"{}")
    assert DayKey(BOOT, tmp_path).secret is None


@pytest.mark.parametrize(("kind", "taken"), [("tmpfs", True), ("ext4", False), ("overlay", False)])
def test_only_a_folder_that_is_truly_memory_is_taken(tmp_path: Path, kind: str, *, taken: bool) -> None:
    (folder := tmp_path / "run").mkdir()
    mounts = tmp_path / "mountinfo"
    mounts.write_text(
        f"1 0 8:1 / / rw - ext4 /dev/sda rw\n2 1 0:2 / {folder.resolve()} rw shared:1 - {kind} x rw\n"
    )
    assert memory_folder(folder, mounts) == (folder if taken else None)
    assert memory_folder(tmp_path / "nowhere", mounts) is None


def test_when_the_day_key_is_gone_the_station_cannot_open_and_the_clinic_can() -> None:
    time = HeldTime()
    seal = seal_of(time)
    envelope = seal.visit(record(), 1)
    assert seal.open(envelope) == record(envelope.header.visit)
    assert seal_of(time).open(envelope) is None
    time.go_on(hours=24)
    seal.visit(record(), 2)
    assert seal.open(envelope) is None
    for who in (CLINIC, RECOVERY):
        assert open_envelope(envelope, who, KEY.verify_key())


def test_not_even_the_clinic_opens_a_guest() -> None:
    envelope = seal_of(HeldTime()).guest(record())
    with pytest.raises(DoesNotOpen):
        open_envelope(envelope, CLINIC, KEY.verify_key())
    assert envelope.header.sequence == 0


def test_a_clock_before_any_station_existed_or_far_from_the_clinics_is_not_trusted() -> None:
    wall = [MORNING]
    time = StationTime(BOOT, lambda: 12.5, lambda: wall[0])
    assert time.now().trusted
    assert (time.now().boot, time.now().monotonic_ms) == (BOOT, 12500)
    time.heard(timedelta(seconds=301))
    assert not time.now().trusted
    assert time.corrected() == MORNING + timedelta(seconds=301)
    time.heard(timedelta(seconds=-299))
    assert time.now().trusted
    wall[0] = datetime(1970, 1, 1, tzinfo=SHANGHAI)
    assert not time.now().trusted


def test_a_boot_has_one_name_and_a_system_without_names_gets_a_new_one(tmp_path: Path) -> None:
    (source := tmp_path / "boot_id").write_text("11111111-2222-3333-4444-555555555555\n")
    assert boot_id(source) == UUID("11111111-2222-3333-4444-555555555555")
    assert boot_id(tmp_path / "none") != boot_id(tmp_path / "none")
