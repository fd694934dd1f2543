"""How the house is written: sizes, names, words and the few places where a rule has an exception."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tests.house.tree import PACKAGES, ROOT, files, name_of, python_files

#: The only places that may catch everything: the outermost loop of a thread, which must say so and go on.
THREAD_BOUNDARIES = {
    "clinic/forward/forwarding.py",
    "devices/line.py",
    "devices/relay.py",
    "devices/simulators/bench.py",
    "kiosk/app.py",
    "kiosk/courier/courier.py",
    "kiosk/desk.py",
    "kiosk/opening_behind.py",
    "kiosk/printroom.py",
    "kiosk/voice/mouth.py",
}
FORBIDDEN_NAMES = re.compile(r"(Manager|Helper|Util|Utils|Base|Handler)$")
FORBIDDEN_FILES = re.compile(r"^(utils?|helpers?|managers?|common|misc|base)\.py$")
FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__", "getattr", "setattr", "delattr"}
FORBIDDEN_MODULES = {"pickle", "shelve", "marshal", "yaml"}
TEXT = {
    ".py",
    ".kv",
    ".toml",
    ".txt",
    ".md",
    ".po",
    ".html",
    ".css",
    ".js",
    ".json",
    ".svg",
    ".sh",
    ".service",
    "",
}
#: Put together here, so that this file does not itself hold what it forbids.
UNFINISHED = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME")) + r")\b")
REGISTRY_HOSTS = re.compile(
    "|".join(
        (
            r"pypi\.o" + "rg",
            "python" + "hosted",
            r"registry\.n" + "pmjs",
            r"deb\.deb" + "ian",
            "artifact" + "registry",
        )
    )
)
MACHINE_PATHS = re.compile(
    r"(?<![\w.])/(" + "|".join(("wo" + "rk/", "ro" + "ot/", "ho" + "me/[a-z]", "opt/" + "wheels")) + ")"
)

SOURCES = [*python_files(*PACKAGES), ROOT / "main.py"]
EVERY_PYTHON = python_files()
KV = [path for path in files() if path.suffix == ".kv"]
WRITTEN = [path for path in files() if path.suffix in TEXT and path.name not in {"OFL.txt", "LICENSE"}]


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=name_of(path))


def _places(path: Path, pattern: re.Pattern[str]) -> Iterator[str]:
    for number, line in enumerate(_lines(path), start=1):
        if pattern.search(line):
            yield f"{name_of(path)}:{number}: {line.strip()[:80]}"


def test_a_file_is_one_idea_and_no_longer_than_300_lines() -> None:
    assert [f"{name_of(path)}: {len(_lines(path))}" for path in EVERY_PYTHON if len(_lines(path)) > 300] == []


def test_the_layout_of_a_screen_is_no_longer_than_200_lines() -> None:
    assert [f"{name_of(path)}: {len(_lines(path))}" for path in KV if len(_lines(path)) > 200] == []


def test_the_command_line_holds_nothing_but_commands() -> None:
    assert len(_lines(ROOT / "main.py")) <= 80


def test_every_module_says_why_it_exists() -> None:
    assert [name_of(path) for path in EVERY_PYTHON if not ast.get_docstring(_tree(path))] == []


def test_a_package_file_holds_its_docstring_and_nothing_else() -> None:
    inits = [path for path in SOURCES if path.name == "__init__.py"]
    assert inits
    assert [name_of(path) for path in inits if len(_tree(path).body) != 1] == []


def test_everything_is_caught_only_at_the_edge_of_a_thread() -> None:
    caught = {
        name_of(path) for path in SOURCES for node in ast.walk(_tree(path)) if _catches_everything(node)
    }
    assert caught - THREAD_BOUNDARIES == set()


@pytest.mark.parametrize(
    ("handler", "caught"),
    [
        ("except Exception: pass", True),
        ("except (OSError, BaseException) as e: log(e)", True),
        ("except: raise", True),
        ("except BaseException:\n    close()\n    raise", False),
        ("except OSError: pass", False),
    ],
)
def test_what_counts_as_catching_everything(handler: str, caught: bool) -> None:
    tree = ast.parse(f"try:\n    work()\n{handler}")
    assert any(_catches_everything(node) for node in ast.walk(tree)) == caught


def _catches_everything(node: ast.AST) -> bool:
    """A bare ``except``, or a broad one that does not raise again when it has cleaned up."""
    if not isinstance(node, ast.ExceptHandler):
        return False
    if node.type is None:
        return True
    kinds = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
    broad = any(isinstance(kind, ast.Name) and kind.id in {"Exception", "BaseException"} for kind in kinds)
    last = node.body[-1]
    return broad and not (isinstance(last, ast.Raise) and last.exc is None)


def test_no_class_or_module_has_a_name_that_says_nothing() -> None:
    classes = [
        f"{name_of(path)}: {node.name}"
        for path in SOURCES
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.ClassDef) and FORBIDDEN_NAMES.search(node.name)
    ]
    assert classes == []
    assert [name_of(path) for path in SOURCES if FORBIDDEN_FILES.search(path.name)] == []


def test_nothing_is_evaluated_or_reached_by_a_string() -> None:
    calls = [
        f"{name_of(path)}:{node.lineno}: {node.func.id}"
        for path in SOURCES
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FORBIDDEN_CALLS
    ]
    assert calls == []


def test_no_format_is_read_that_can_carry_code() -> None:
    imports = [f"{name_of(path)}: {name}" for path in EVERY_PYTHON for name in _imports(path)]
    assert [place for place in imports if place.split(": ")[1].split(".")[0] in FORBIDDEN_MODULES] == []


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_the_words_of_a_reading_lean_on_the_standard_library_and_msgspec_alone() -> None:
    modules = set(_imports(ROOT / "devices/reading.py"))
    assert modules <= {"datetime", "decimal", "enum", "msgspec"}


def test_a_screen_is_measured_in_millimetres() -> None:
    other_units = re.compile(r"\b(dp|sp|pt|cm|inch)\(|['\"]\d+(\.\d+)?(dp|sp|px|pt|cm|in)['\"]")
    assert [place for path in KV for place in _places(path, other_units)] == []


def test_nothing_is_left_unfinished_in_a_comment() -> None:
    assert [place for path in WRITTEN for place in _places(path, UNFINISHED)] == []


def test_no_file_names_a_registry_or_a_path_of_some_machine() -> None:
    assert [place for path in WRITTEN for place in _places(path, REGISTRY_HOSTS)] == []
    assert [place for path in WRITTEN for place in _places(path, MACHINE_PATHS)] == []


def test_every_locked_package_carries_its_hashes() -> None:
    entries = re.split(r"\n(?=\S)", (ROOT / "requirements.txt").read_text(encoding="utf-8"))
    packages = [entry for entry in entries if not entry.startswith("#")]
    assert len(packages) > 20
    assert [
        entry.splitlines()[0] for entry in packages if "--hash=sha256:" not in entry or "==" not in entry
    ] == []


LANGUAGES = sorted(path.name for path in (ROOT / "assets/locale").iterdir())


def _sentences(language: str) -> dict[str, str]:
    said: dict[str, str] = {}
    for path in sorted((ROOT / "assets/locale" / language).glob("*.po")):
        with path.open("rb") as source:
            said |= {f"{path.stem}: {entry.id}": str(entry.string) for entry in read_po(source) if entry.id}
    return said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_every_sentence(language: str) -> None:
    whole = set().union(*(_sentences(name) for name in LANGUAGES))
    said = {key for key, sentence in _sentences(language).items() if sentence}
    assert whole - said == set()


def test_every_language_fills_in_the_same_names() -> None:
    names = {
        language: {key: _names(text) for key, text in _sentences(language).items()} for language in LANGUAGES
    }
    first, *others = LANGUAGES
    differing = [
        f"{language}: {key}"
        for language in others
        for key, wanted in names[first].items()
        if names[language].get(key, wanted) != wanted
    ]
    assert differing == []


def _names(sentence: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", sentence))
