"""Witnesses that others wrote: fetched from npm into an ignored folder, exactly the versions that are locked.

Only ``./run check --peers`` comes here; ``./run test`` does not. Nothing of this is part of the product.
"""

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
PLACE = HERE.parents[1] / "var" / "peers"


def fetched(name: str) -> Path:
    """The folder in which the packages of ``tests/peers/<name>`` are installed, once for each lock."""
    if shutil.which("npm") is None:
        pytest.skip("needs npm")
    lock = (HERE / name / "package-lock.json").read_bytes()
    place = PLACE / f"{name}-{hashlib.sha256(lock).hexdigest()[:12]}"
    if not (place / "whole").exists():
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        for file in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name / file, place)
        # No script of a foreign package runs at installation.
        done = subprocess.run(
            ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            cwd=place,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        (place / "whole").touch()
    return place


@pytest.fixture(scope="session")
def fhir_witnesses() -> Path:
    """Where the validators of FHIR are installed."""
    return fetched("fhir")
