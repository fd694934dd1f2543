"""``./run`` on machines that this one is not: without root, without packages, without a screen."""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.house.tree import ROOT

NEEDED = ("sed", "sh", "dirname", "cat", "cut", "grep", "sha256sum", "mktemp", "rm", "tail", "env", "timeout")
LIBRARIES = (
    "\tlibGL.so.1 (libc6,x86-64) => x\n\tlibEGL.so.1 (libc6,x86-64) => x\n\tlibmtdev.so.1 (libc6) => x\n"
)


class Machine:
    """A copy of ``run`` beside a venv that only says what it was asked, among made-up tools."""

    def __init__(self, folder: Path) -> None:
        self.house = folder / "house"
        self.tools = folder / "tools"
        self.tools.mkdir()
        (self.house / ".venv/bin").mkdir(parents=True)
        shutil.copy(ROOT / "run", self.house / "run")
        (self.house / "requirements.txt").write_text("kivy==2.3.1\n", encoding="utf-8")
        for name in NEEDED:
            found = shutil.which(name)
            assert found
            (self.tools / name).symlink_to(found)
        self.tool("id", "echo 1000")
        self.tool("ldconfig", f"printf '%s' '{LIBRARIES}'")
        self.program(self.house / ".venv/bin/python", 'echo "python $*" | grep -v "^python -c" || true')

    def tool(self, name: str, does: str) -> None:
        self.program(self.tools / name, does)

    def program(self, path: Path, does: str) -> None:
        path.write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
        path.chmod(0o755)

    def set_up(self) -> None:
        digest = hashlib.sha256((self.house / "requirements.txt").read_bytes()).hexdigest()
        (self.house / ".venv/requirements.sha256").write_text(f"{digest}\n", encoding="utf-8")

    def run(self, *args: str, **env: str) -> subprocess.CompletedProcess[str]:
        # `run` appends the system's sbin folders to PATH; the made-up tools come first and win.
        whole = {"PATH": str(self.tools), "HOME": str(self.house)} | env
        return subprocess.run(
            [str(self.house / "run"), *args],
            env=whole,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            check=False,
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_a_machine_that_is_set_up_hears_nothing(machine: Machine) -> None:
    machine.set_up()
    done = machine.run("assess", "case.json", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"python {machine.house}/main.py assess case.json --json\n"


def test_it_explains_itself_before_anything_is_set_up(machine: Machine) -> None:
    machine.tool("ldconfig", "true")
    (machine.house / ".venv/bin/python").unlink()
    done = machine.run("--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert all(f"./run {word}" in done.stdout for word in ("test", "check", "bench", "COMMAND"))


def test_without_a_screen_one_visit_is_made_and_it_says_so(machine: Machine) -> None:
    if any(os.access(card, os.W_OK) for card in Path("/dev/dri").glob("card*")):
        pytest.skip("needs a machine without a graphics card")
    machine.set_up()
    done = machine.run()
    assert done.stdout == f"python {machine.house}/main.py visit --speed 20\n"
    assert done.stderr == "There is no screen here, so one whole visit is made without a window.\n"


def test_with_a_screen_the_kiosk_opens(machine: Machine) -> None:
    machine.set_up()
    done = machine.run(DISPLAY=":0")
    assert (done.stdout, done.stderr) == (f"python {machine.house}/main.py kiosk --speed 20\n", "")


def test_without_root_one_sentence_names_the_missing_packages(machine: Machine) -> None:
    machine.tool("ldconfig", "true")
    done = machine.run("visit")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "libgl1 libegl1 libmtdev1" in done.stderr


def test_as_root_the_missing_packages_are_installed_by_name(machine: Machine) -> None:
    machine.set_up()
    machine.tool("id", "echo 0")
    machine.tool("ldconfig", "true")
    machine.tool("apt-get", f'echo "$*" >>{machine.house}/asked')
    done = machine.run("doctor")
    assert done.returncode == 0
    assert (machine.house / "asked").read_text(encoding="utf-8").splitlines() == [
        "update -q",
        "install -y -q --no-install-recommends libgl1 libegl1 libmtdev1",
    ]


def test_an_installation_that_fails_is_told_and_stops(machine: Machine) -> None:
    machine.set_up()
    machine.tool("id", "echo 0")
    machine.tool("ldconfig", "true")
    machine.tool("apt-get", "echo 'E: no such mirror' >&2; exit 100")
    done = machine.run("doctor")
    assert (done.returncode, done.stdout) == (2, "")
    assert "E: no such mirror" in done.stderr


def test_changed_requirements_are_installed_once(machine: Machine) -> None:
    first, second = machine.run("doctor"), machine.run("doctor")
    assert "-m pip install" in first.stdout
    assert "--require-hashes --only-binary :all:" in first.stdout
    assert "pip" not in second.stdout


def test_a_failed_python_installation_is_tried_again_next_time(machine: Machine) -> None:
    machine.program(machine.house / ".venv/bin/python", 'case "$*" in *install*) exit 1 ;; esac')
    done = machine.run("doctor")
    assert done.returncode == 2
    assert "try again" in done.stderr
    assert not (machine.house / ".venv/requirements.sha256").exists()


def test_the_witnesses_need_node_and_only_they_do(machine: Machine) -> None:
    machine.set_up()
    alone = machine.run("check", "--peers")
    assert (alone.returncode, alone.stdout) == (2, "")
    assert alone.stderr.endswith("--no-install-recommends nodejs npm\n")
    for tool in ("node", "npm"):
        machine.tool(tool, "true")
    assert "python -m pytest tests/peers" in machine.run("check", "--peers").stdout
    assert "tests/peers" not in machine.run("check").stdout


@pytest.mark.parametrize(
    ("told", "code", "said"),
    [
        ('{"dependencies": [{"name": "a", "version": "1", "vulns": []}]}', 0, ""),
        ('{"dependencies": [{"name": "a", "skip_reason": "not found"}]}', 0, "!! NOT AUDITED"),
        ("", 0, "!! NOT AUDITED"),
        ('{"dependencies": [{"name": "a", "vulns": [{"id": "X"}]}, {"skip_reason": ""}]}', 2, "has a hole"),
    ],
    ids=["nothing is known", "the registry is silent", "no network", "a hole"],
)
def test_only_a_hole_that_is_known_fails_the_check_and_silence_is_said_loudly(
    machine: Machine, told: str, code: int, said: str
) -> None:
    machine.set_up()
    assert "!! NOT AUDITED: ./run audit" in machine.run("check").stderr
    (machine.house / "var/audit/bin").mkdir(parents=True)
    machine.program(machine.house / "var/audit/bin/python", f"printf '%s' '{told}'; exit {bool(told) * 1}")
    done = machine.run("check")
    assert done.returncode == code, done.stderr
    assert said in done.stderr
    assert ("NOT AUDITED" in done.stderr) is ("NOT AUDITED" in said)
