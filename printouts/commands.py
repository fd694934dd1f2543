"""The commands of ``printouts``: ``report`` prints a visit from a file.

Each is one function named as the command; heavy imports wait until it is called. It must not judge or draw.
"""

from collections.abc import Sequence
from pathlib import Path


def report(argv: Sequence[str]) -> int:
    """``report FILE -o OUT.pdf [--slip]``: the printed report of the visit in FILE (``-``: from input)."""
    from health.arguments import Arguments

    parser = Arguments(prog="report", description="Writes the printed report of a visit as a PDF.")
    parser.add_argument("file", metavar="FILE", help="a visit as JSON; - reads standard input")
    parser.add_argument("-o", dest="out", metavar="OUT.pdf", required=True, help="the PDF to write")
    parser.add_argument("--slip", action="store_true", help="the slip of 80 mm in place of the A4 report")
    said = parser.parse_args(argv)

    from health.assess import assess
    from health.casefile import read_case
    from health.rulebook import shipped_rulebook
    from health.words import words_of
    from printouts.report import Report, build, build_slip

    case = read_case(_text(said.file))
    assessment = assess(case.visit, case.history, shipped_rulebook(), case.visit.on)
    words, *also = (words_of(lang) for lang in case.lang.split("+"))
    made = Report(
        case.visit,
        assessment,
        case.history,
        case.station,
        words,
        large=case.large,
        copy=case.copy,
        also=tuple(also),
    )
    _write(Path(said.out), build_slip(made) if said.slip else build(made))
    return 0


def _text(file: str) -> str:
    import sys

    from printouts.errors import PrintoutError

    try:
        raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return raw.decode("utf-8")
    except OSError as wrong:
        raise PrintoutError(f"{file} cannot be read; check the path and the right to read it.") from wrong
    except UnicodeDecodeError as wrong:
        raise PrintoutError(f"{file} is not UTF-8 text; save it as UTF-8.") from wrong


def _write(out: Path, pdf: bytes) -> None:
    """Writes the sheet whole or not at all."""
    from printouts.errors import PrintoutError

    part = out.with_name(out.name + ".part")
    try:
        part.write_bytes(pdf)
        part.replace(out)
    except OSError as wrong:
        raise PrintoutError(
            f"{out} cannot be written; check the folder and the right to write there."
        ) from wrong
