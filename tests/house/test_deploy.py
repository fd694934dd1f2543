"""The files a station is installed with are well formed and name what exists."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.daykey import FOLDER
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


def test_the_page_on_installing_names_every_file() -> None:
    page = (ROOT / "docs/installing-a-station.md").read_text(encoding="utf-8")
    names = [path.name for path in DEPLOY.rglob("*") if path.is_file() and path.name != "xsession"]
    assert [name for name in names if name not in page] == []


def lines_of(name: str) -> list[str]:
    return (DEPLOY / name).read_text(encoding="utf-8").splitlines()
