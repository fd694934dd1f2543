"""The files of the house, as the gates see them: what is written by hand, without caches and environments."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("devices", "health", "printouts", "kiosk", "clinic")
LEFT_OUT = {
    ".git",
    ".venv",
    "var",
    "__pycache__",
    ".mypy_cache",
    ".ruff_cache",
    ".hypothesis",
    ".import_linter_cache",
}


def files(folder: Path = ROOT) -> Iterator[Path]:
    """Every file under ``folder``, in a steady order."""
    for entry in sorted(folder.iterdir()):
        if entry.name in LEFT_OUT:
            continue
        if entry.is_dir():
            yield from files(entry)
        else:
            yield entry


def python_files(*packages: str) -> list[Path]:
    """The Python files of ``packages``, or of the whole house."""
    roots = [ROOT / name for name in packages] or [ROOT]
    return [path for root in roots for path in files(root) if path.suffix == ".py"]


def name_of(path: Path) -> str:
    """The path as a person would write it, from the root of the house."""
    return path.relative_to(ROOT).as_posix()
