"""The files a station is installed with are well formed and name what exists."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from clinic.settings import read_settings
from kiosk.daykey import FOLDER, TURN
from kiosk.lifeline import BEAT_S
from tests.house.tree import ROOT

DEPLOY = ROOT / "deploy"
UNIT = DEPLOY / "kangyi-kiosk.service"
WITHOUT_X = DEPLOY / "kangyi-kiosk.service.d" / "kmsdrm.conf.example"
HOME = "/opt/kangyi"


def said_in(file: Path) -> dict[str, list[str]]:
    """Every setting of a unit file, as ``section.name``; an empty one takes back those before it."""
    found: dict[str, list[str]] = {}
    section = ""
    for line in file.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        if heading := re.fullmatch(r"\[(\w+)\]", line):
            section = heading[1]
            continue
        name, equals, value = line.partition("=")
        assert section, line
        assert equals, line
        assert re.fullmatch(r"[A-Z]\w+", name), line
        found[f"{section}.{name}"] = [*found.get(f"{section}.{name}", []), value] if value else []
    return found


def kiosk_options() -> set[str]:
    """What the command ``kiosk`` takes."""
    done = subprocess.run(
        [sys.executable, "main.py", "kiosk", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(re.findall(r"--[a-z]+", done.stdout))


@pytest.mark.parametrize("file", [UNIT, WITHOUT_X], ids=lambda file: file.name)
def test_a_unit_starts_what_is_there_with_options_that_exist(file: Path) -> None:
    (start,) = said_in(file)["Service.ExecStart"]
    ours = shlex.split(start.partition(" -- ")[0])
    assert [w for w in ours if w.startswith(HOME) and not (ROOT / w.removeprefix(HOME + "/")).exists()] == []
    assert {word for word in ours if word.startswith("--")} <= kiosk_options()
    assert ours[ours.index("--data") + 1] == "/var/lib/kangyi"


def test_the_service_keeps_the_day_key_over_a_restart_and_watches_the_window() -> None:
    said = {name: values[-1] for name, values in said_in(UNIT).items()}
    assert f"/run/{said['Service.RuntimeDirectory']}" == str(FOLDER)
    assert said["Service.RuntimeDirectoryPreserve"] == "restart"
    assert said["Service.StateDirectory"] == "kangyi"
    assert said["Service.Type"] == "notify"
    assert said["Service.NotifyAccess"] == "all", "X starts the kiosk"
    assert float(said["Service.WatchdogSec"]) >= 4 * BEAT_S
    recovers = sum(
        float(said[f"Service.{name}"]) for name in ("WatchdogSec", "TimeoutAbortSec", "RestartSec")
    )
    assert recovers < 10, "who stands there waits no longer"
    assert said["Service.Restart"] == "always"
    assert said["Unit.StartLimitIntervalSec"] == "0", "it never gives up"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NoNewPrivileges", "yes"),
        ("ProtectSystem", "strict"),
        ("ProtectHome", "yes"),
        ("PrivateTmp", "yes"),
        ("LimitCORE", "0"),
        ("MemorySwapMax", "0"),
        ("UMask", "0077"),
    ],
)
def test_the_service_may_do_little_and_leaves_nothing(name: str, value: str) -> None:
    assert said_in(UNIT)[f"Service.{name}"] == [value]


def test_the_service_may_open_the_panel_the_card_and_every_line() -> None:
    """Each of these brings a list of devices; with an earlier systemd 252 ``ProtectClock`` does too."""
    lists = {"ProtectClock", "PrivateDevices", "DevicePolicy", "DeviceAllow", "RootImage"}
    assert [name for name in said_in(UNIT) if name.partition(".")[2] in lists] == []
    (groups,) = said_in(UNIT)["Service.SupplementaryGroups"]
    assert {"dialout", "video", "render", "input", "audio", "lp"} == set(groups.split())


def test_the_page_on_installing_brings_every_program_that_a_station_starts() -> None:
    page = (ROOT / "docs" / "installing-a-station.md").read_text(encoding="utf-8")
    (asked,) = re.findall(r"apt-get install (.*?)\n    \S+ --system", page, re.DOTALL)
    needed = {"xinit", "xserver-xorg-core", "x11-xserver-utils", "espeak-ng", "alsa-utils", "libmtdev1"}
    assert needed - set(asked.split()) == set()


def test_systemd_finds_nothing_wrong_with_the_unit(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("needs systemd-analyze")
    here = tmp_path / UNIT.name
    text = UNIT.read_text(encoding="utf-8")
    # The programs it starts need not be on the machine that checks it.
    here.write_text(re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", text, flags=re.MULTILINE))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--recursive-errors=no", str(here)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert [line for line in done.stderr.splitlines() if UNIT.name in line] == []
    assert done.returncode == 0, done.stderr


NIGHT = [DEPLOY / f"kangyi-kiosk-night{end}" for end in (".service", ".timer")]
CLINIC = [DEPLOY / f"kangyi-clinic{end}" for end in (".service", "-copy.service", "-copy.timer")]
EXPIRED = [DEPLOY / f"kangyi-clinic-expired{end}" for end in (".service", ".timer")]


@pytest.mark.parametrize("file", [*CLINIC, *EXPIRED, *NIGHT], ids=lambda file: file.name)
def test_systemd_finds_nothing_wrong_with_the_units_beside_it(file: Path, tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("needs systemd-analyze")
    for unit in [*CLINIC, *EXPIRED, *NIGHT]:
        text = re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", unit.read_text("utf-8"), flags=re.MULTILINE)
        (tmp_path / unit.name).write_text(re.sub(r"^Documentation=.*\n", "", text, flags=re.MULTILINE))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--recursive-errors=no", str(tmp_path / file.name)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert [line for line in done.stderr.splitlines() if file.name in line] == []


def test_the_clinic_may_write_into_its_own_folder_alone_and_its_copy_beside_it() -> None:
    server, copy, timer = (said_in(file) for file in CLINIC)
    assert (server["Service.ProtectSystem"], copy["Service.ProtectSystem"]) == (["strict"], ["strict"])
    assert server["Service.StateDirectory"] == ["kangyi-clinic"]
    assert "Service.ReadWritePaths" not in server
    assert copy["Service.ReadWritePaths"] == ["/var/lib/kangyi-clinic /srv/kangyi-copies"]
    assert server["Service.User"] == copy["Service.User"] == ["kangyi-clinic"]
    assert timer["Timer.Persistent"] == ["yes"]


def test_what_is_kept_no_longer_goes_each_night_before_the_copy_is_made() -> None:
    (erasing, night), (_, copy, copying) = (said_in(file) for file in EXPIRED), (said_in(f) for f in CLINIC)
    assert erasing["Service.ExecStart"][0].endswith("erase --expired")
    assert erasing["Service.User"] == copy["Service.User"]
    assert erasing["Service.ReadWritePaths"] == ["/var/lib/kangyi-clinic"]
    (first,), (then,) = night["Timer.OnCalendar"], copying["Timer.OnCalendar"]
    assert first < then
    assert night["Timer.Persistent"] == ["yes"]


def test_a_station_starts_anew_once_a_night_behind_the_hour_of_the_new_key_and_never_by_day() -> None:
    service, timer = (said_in(file) for file in NIGHT)
    (start,) = service["Service.ExecStart"]
    assert start.split()[1:] == ["try-restart", UNIT.name], "one that was stopped stays stopped"
    (when,) = timer["Timer.OnCalendar"]
    assert TURN.hour <= int(when.split()[1][:2]) < 5
    assert timer["Timer.Persistent"] == ["no"]


def test_the_example_of_a_clinics_settings_is_read() -> None:
    settings = read_settings(DEPLOY / "clinic.toml.example")
    assert (settings.host, settings.data) == ("127.0.0.1", "/var/lib/kangyi-clinic")
    assert f"proxy_pass http://{settings.host}:{settings.port};" in (DEPLOY / "nginx-kangyi.conf").read_text()


def test_the_session_starts_the_kiosk_with_what_it_was_given() -> None:
    session = DEPLOY / "xsession"
    subprocess.run(["sh", "-n", str(session)], check=True)
    assert session.stat().st_mode & 0o111
    assert session.read_text(encoding="utf-8").splitlines()[-1].endswith('main.py" kiosk "$@"')


def test_every_rule_of_udev_is_matches_and_deeds() -> None:
    item = r'(SUBSYSTEMS?|KERNELS?|ENV\{\w+\}|GROUP|MODE|SYMLINK)(==|=|\+=)"[^"]+"'
    rules = [line.lstrip("#") for line in lines_of("60-kangyi.rules") if re.match(r"#?[A-Z]+\S*==", line)]
    assert len(rules) >= 4
    assert [rule for rule in rules if not re.fullmatch(rf"{item}(, {item})*", rule)] == []


def test_the_pages_on_installing_name_every_file() -> None:
    pages = ("docs/installing-a-station.md", "docs/operations.md")
    page = "".join((ROOT / name).read_text(encoding="utf-8") for name in pages)
    names = [path.name for path in DEPLOY.rglob("*") if path.is_file() and path.name != "xsession"]
    assert [name for name in names if name not in page and f"{name.split('.')[0]}.*" not in page] == []


def lines_of(name: str) -> list[str]:
    return (DEPLOY / name).read_text(encoding="utf-8").splitlines()
