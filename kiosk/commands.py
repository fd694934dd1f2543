"""The commands of the kiosk: ``kiosk``, ``visit``, ``enrol``, ``doctor``, ``screens``.

Reads arguments and prints; the work is done elsewhere and imported only where it is needed.
"""

import json
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from health.arguments import Arguments, number_between
from kiosk.arguments import address, clinic, language

if TYPE_CHECKING:
    from kiosk.settings import KioskSettings

DATA = Path("var")
SPEED = number_between(1, 1000)


def _shared() -> Arguments:
    shared = Arguments(add_help=False)
    shared.add_argument(
        "--settings", type=Path, help="the station's TOML file; without it, the demonstration"
    )
    shared.add_argument("--data", type=Path, default=DATA, help="the folder of this station (var)")
    return shared


def kiosk(argv: Sequence[str]) -> int:
    """``kiosk``: the window, by default of a demonstration with its own clinic. ``kiosk staff``: accounts."""
    if argv[:1] == ["staff"]:
        from kiosk.upkeep.commands import staff

        return staff(argv[1:])
    parser = Arguments(
        "kiosk", description="The touch screen. For accounts: kiosk staff --help", parents=[_shared()]
    )
    parser.add_argument("--speed", type=SPEED, default=1.0, help="how much quicker a demonstration runs")
    parser.add_argument(
        "--clinic", type=clinic, default="own", help="the clinic of a demonstration: URL, own or none"
    )
    asked = parser.parse_args(argv)
    from kiosk.window import run_window

    return run_window(_settings(asked.settings), asked.data, asked.speed, asked.clinic)


def visit(argv: Sequence[str]) -> int:
    """``visit``: one whole visit without a window, on simulated instruments and real lines."""
    parser = Arguments("visit", description="One visit, no window.", parents=[_shared()])
    parser.add_argument("--persona", default="", help="who comes; the first one by default")
    parser.add_argument("--speed", type=SPEED, default=20.0, help="how much quicker than life (20)")
    parser.add_argument("--protocol", choices=["guideline", "quick"], help="how pressure is taken")
    parser.add_argument("--clinic", type=clinic, default="own", help="URL, own (started here) or none")
    parser.add_argument("--lang", type=language, help="the language she chooses, zh_CN or en")
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")
    asked = parser.parse_args(argv)
    import msgspec

    from kiosk.opening import opened
    from kiosk.personas import people
    from kiosk.visit_report import as_json, as_lines
    from kiosk.visit_run import run_visit

    settings = _settings(asked.settings)
    if asked.protocol:
        settings = msgspec.structs.replace(settings, pressure=asked.protocol)
    persona = people().called(asked.persona).name if asked.persona else people().persona[0].name
    with opened(settings, asked.data, asked.speed, asked.clinic) as running:
        run = run_visit(running.station, persona, asked.speed, asked.lang or "")
    for line in [as_json(run)] if asked.json else as_lines(run):
        print(line)
    return 0


def enrol(argv: Sequence[str]) -> int:
    """``enrol URL``: join this station to a clinic; both screens show one code."""
    parser = Arguments("enrol", description="Join a clinic.", parents=[_shared()])
    parser.add_argument("url", type=address, help="the clinic's address")
    parser.add_argument(
        "--new-keys",
        action="store_true",
        help="the clinic lost its keys: believe its new ones, once you typed the digits of its screen; "
        "stop the kiosk first",
    )
    parser.add_argument(
        "--code", default="", help="what the clinic gave you, so that this station goes first"
    )
    asked = parser.parse_args(argv)
    from kiosk.clerk import SOFTWARE
    from kiosk.enrolment import Newcomer
    from kiosk.enrolment import enrol as join
    from kiosk.folders import make_folder
    from kiosk.new_keys import by_hand

    settings = _settings(asked.settings)
    who = Newcomer(settings.station.id, settings.station.name, SOFTWARE, settings.simulates, asked.code)
    make_folder(asked.data)
    with by_hand(asked.data, _read_out) if asked.new_keys else nullcontext() as read_out:
        told = join(asked.url, asked.data, who, _show_code, read_out=read_out, ca=settings.clinic.ca)
    print(f"This station is {told.station} of {told.tenant} now.")
    if asked.new_keys:
        print(
            "Start the kiosk again. What it had not sent goes out; the clinic files it by its recovery key."
        )
    return 0


def doctor(argv: Sequence[str]) -> int:
    """``doctor``: what is wrong here and what to do."""
    parser = Arguments("doctor", description="What is wrong.", parents=[_shared()])
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")
    asked = parser.parse_args(argv)
    from kiosk.doctor import examine
    from kiosk.enrolment import clinic_of
    from kiosk.folders import must_be_no_file
    from kiosk.staff_check import area_opens

    must_be_no_file(asked.data)
    settings = _settings(asked.settings)
    checks = (*examine(settings, asked.data, clinic_of(asked.data)), area_opens(settings.screen))
    if asked.json:
        print(json.dumps([{"check": c.check, "ok": c.ok, "words": c.words} for c in checks]))
    else:
        for one in checks:
            print(f"{'ok   ' if one.ok else 'LOOK '} {one.check:10} {one.words}")
    return 0


def screens(argv: Sequence[str]) -> int:
    """``screens OUT_DIR``: a picture of every screen."""
    parser = Arguments("screens", description="A picture of every screen.")
    parser.add_argument("out", type=Path, metavar="OUT_DIR")
    parser.add_argument("--lang", type=language, action="append", help="a language; all by default")
    parser.add_argument("--screen", default="portrait-21", help="a [screen.NAME] of theme.toml")
    parser.add_argument(
        "--theme", action="append", choices=["light", "dark", "contrast"], help="light by default"
    )
    parser.add_argument("--large", action="store_true", help="with the large letters")
    parser.add_argument("--hand", choices=["right", "left"], default="right", help="the hand it lies for")
    asked = parser.parse_args(argv)
    from health.words import languages
    from kiosk.folders import make_folder
    from kiosk.screens.gallery import write_pictures
    from kiosk.views import Theme

    make_folder(asked.out)
    themes = tuple(Theme(name) for name in asked.theme or [Theme.LIGHT])
    spoken, left = tuple(asked.lang or languages()), asked.hand == "left"
    for picture in write_pictures(
        asked.out, spoken, (asked.screen,), themes, large=asked.large, left_handed=left
    ):
        print(picture)
    return 0


def _settings(file: Path | None) -> "KioskSettings":
    from kiosk.settings import DEMO, read_settings

    return read_settings(file or DEMO)


def _read_out() -> str:
    print("Type the eight digits that the clinic's screen shows: ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline()


def _show_code(code: str) -> None:
    print(f"Compare this code with the clinic's screen: {code}", file=sys.stderr, flush=True)
