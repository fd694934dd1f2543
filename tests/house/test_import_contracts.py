"""Imports go one way: an offending file, added to a copy of the house, is refused by its contract."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.tree import PACKAGES, ROOT, name_of, python_files

#: For each contract: a file that breaks it, and the line that does.
OFFENDERS = {
    "Imports go one way": ("health/offender_one_way.py", "import printouts.errors"),
    "health, printouts and clinic see devices.reading and nothing else of devices": (
        "clinic/offender_devices.py",
        "import devices.errors",
    ),
    "kivy only where the kiosk draws": ("kiosk/flow/offender_kivy.py", "import kivy.app"),
    "HTTP only in the courier, the forwarder and the printer": (
        "kiosk/offender_requests.py",
        "import requests",
    ),
    "sqlalchemy and alembic only in the two stores": (
        "clinic/offender_sqlalchemy.py",
        "import sqlalchemy",
    ),
    "libsodium only in health.keys": ("health/offender_nacl.py", "import nacl.signing"),
    "cryptography and http-message-signatures only where the clinic hears who signed": (
        "health/offender_cryptography.py",
        "import cryptography.exceptions",
    ),
    "serial only in devices.line": ("devices/drivers/offender_serial.py", "import serial"),
    "escpos only in printouts.thermal": ("printouts/offender_escpos.py", "import escpos.printer"),
    "reportlab only in printouts": ("kiosk/offender_reportlab.py", "import reportlab.lib.units"),
    "starlette, uvicorn and jinja2 only in the clinic": ("printouts/offender_web.py", "import jinja2"),
    "A screen knows no instrument, no ledger and no courier": (
        "kiosk/screens/offender_screen.py",
        "import devices.errors",
    ),
    "The flow, the ledger and the courier know no screen": (
        "kiosk/flow/offender_flow.py",
        "import kiosk.screens",
    ),
    "A driver and a simulator share the codec and nothing else": (
        "devices/simulators/offender_driver.py",
        "import devices.drivers",
    ),
}

#: More ways to break a contract, each beside an allowed place.
MORE_OFFENDERS = {
    "kiosk/offender_clinic.py": "import clinic.errors",
    "clinic/offender_kiosk.py": "import kiosk.errors",
    "printouts/offender_requests.py": "import requests",
    "kiosk/offender_signatures.py": "import http_message_signatures",
    "kiosk/offender_alembic.py": "import alembic",
    "health/offender_drivers.py": "import devices.drivers",
}


def _lint(house: Path) -> str:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command as run; run()",
            "--no-cache",
        ],
        cwd=house,
        capture_output=True,
        text=True,
        check=False,
    )
    return re.sub(r"\x1b\[[0-9;]*m", "", done.stdout)


def _refusals(said: str) -> dict[str, str]:
    """What was said against each broken contract."""
    _, _, details = said.partition("Broken contracts")
    parts = re.split(r"^(\S.*)\n-+\n", details, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.fixture(scope="module")
def refusals(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    house = tmp_path_factory.mktemp("house")
    for path in python_files(*PACKAGES):
        copy = house / name_of(path)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
    shutil.copy(ROOT / "pyproject.toml", house)
    for file, line in [*OFFENDERS.values(), *MORE_OFFENDERS.items()]:
        (house / file).write_text(f'"""Breaks a contract."""\n\n{line}\n', encoding="utf-8")
    return _refusals(_lint(house))


@pytest.mark.parametrize("contract", OFFENDERS)
def test_an_offending_file_is_refused_by_its_contract(contract: str, refusals: dict[str, str]) -> None:
    file, _ = OFFENDERS[contract]
    assert _module(file) in refusals[contract]


@pytest.mark.parametrize("file", MORE_OFFENDERS)
def test_no_neighbour_of_an_allowed_place_is_allowed(file: str, refusals: dict[str, str]) -> None:
    assert _module(file) in "".join(refusals.values())


def test_every_contract_has_an_offender_to_refuse() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert {contract["name"] for contract in config["tool"]["importlinter"]["contracts"]} == set(OFFENDERS)


def test_the_house_itself_keeps_every_contract() -> None:
    assert f"Contracts: {len(OFFENDERS)} kept, 0 broken." in _lint(ROOT)


def _module(file: str) -> str:
    return file.removesuffix(".py").replace("/", ".")
