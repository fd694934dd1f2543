"""The commands of ``health``: ``assess`` says what the numbers of a visit mean.

Each is one function named as the command; heavy imports wait until it is called. It must not hold rules.
"""

from collections.abc import Sequence


def assess(argv: Sequence[str]) -> int:
    """``assess FILE [--json] [--edition RULE]``: the assessment of each visit in FILE (``-``: stdin).

    A wrong visit among several costs the others nothing: its line says ``refused`` and the exit code is 2.
    """
    from health.arguments import Arguments

    parser = Arguments(prog="assess", description="Says what the numbers of a visit mean, with sources.")
    parser.add_argument(
        "file", metavar="FILE", help="a visit as JSON, or several, a line each; - reads stdin"
    )
    parser.add_argument("--json", action="store_true", help="a line of JSON for each visit and nothing else")
    parser.add_argument(
        "--edition",
        action="append",
        default=[],
        metavar="RULE",
        help="follow this text, as blood_pressure/esh_2023; docs/rules.md lists them",
    )
    said = parser.parse_args(argv)

    from health.answer import answer_json, answer_lines
    from health.assess import assess as assessed
    from health.casefile import CaseError, read_cases
    from health.rulebook import load_rulebook, with_edition
    from health.words import words_of

    rulebook = load_rulebook()
    for edition in said.edition:
        rulebook = with_edition(rulebook, edition)
    cases = list(read_cases(_text(said.file)))
    wrong = [case for case in cases if isinstance(case, CaseError)]
    if len(cases) == len(wrong) == 1:
        raise wrong[0]
    for case in cases:
        if isinstance(case, CaseError):
            _refuse(case, as_json=said.json)
            continue
        words = words_of(case.lang.partition("+")[0])
        result = assessed(case.visit, case.history, rulebook, case.visit.on)
        lines = [answer_json(result, words)] if said.json else answer_lines(result, words)
        print(*lines, sep="\n")
    return 2 if wrong else 0


def _refuse(trouble: Exception, *, as_json: bool) -> None:
    """One wrong visit among several: said to whoever looks, and in its line of the answer."""
    import json
    import sys

    if as_json:
        print(json.dumps({"refused": str(trouble)}, ensure_ascii=False), flush=True)
    print(trouble, file=sys.stderr)


def _text(file: str) -> str:
    import sys
    from pathlib import Path

    from health.casefile import CaseError

    try:
        raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return raw.decode("utf-8")
    except IsADirectoryError as wrong:
        raise CaseError(f"{file} is a folder; name a file in it.") from wrong
    except OSError as wrong:
        raise CaseError(f"{file} cannot be read; check the path and the right to read it.") from wrong
    except UnicodeDecodeError as wrong:
        raise CaseError(f"{file} is not UTF-8 text; save it as UTF-8.") from wrong
