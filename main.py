"""The one command line of the house: finds the command, runs it, and turns trouble into one sentence.

Each command is imported only when it is asked for; what it means is told in its package's ``commands.py``."""

import os
import sys
from collections.abc import Callable, Sequence

from clinic.errors import ClinicError
from devices.errors import DeviceError
from health.errors import HealthError
from kiosk.errors import KioskError
from printouts.errors import PrintoutError

USAGE = """python main.py COMMAND [--help]
kiosk        the kiosk                           instruments  what it can measure with
visit        one whole visit without a window    simulate     a simulated instrument on a port
enrol        join this station to a clinic       listen       readings from a live port
doctor       what is wrong and what to do        decode       readings from captured bytes
screens      a picture of every screen           assess       what a visit's numbers mean
clinic       the central server                  report       the printed report of a visit
voice        what is said, and what to record"""


def command_of(name: str) -> Callable[[Sequence[str]], int]:  # noqa: C901 (a table: one case per command)
    """The function of one command, imported on use. Raises ``KioskError`` when there is no such command."""
    match name:
        case "kiosk":
            from kiosk.commands import kiosk as found
        case "visit":
            from kiosk.commands import visit as found
        case "enrol":
            from kiosk.commands import enrol as found
        case "doctor":
            from kiosk.commands import doctor as found
        case "voice":
            from kiosk.voice.commands import voice as found
        case "screens":
            from kiosk.commands import screens as found
        case "clinic":
            from clinic.commands import clinic as found
        case "instruments":
            from devices.commands import instruments as found
        case "simulate":
            from devices.commands import simulate as found
        case "listen":
            from devices.commands import listen as found
        case "decode":
            from devices.commands import decode as found
        case "assess":
            from health.commands import assess as found
        case "report":
            from printouts.commands import report as found
        case _:
            raise KioskError(f"There is no command {name!r}; python main.py --help lists them.")
    return found


def main(argv: Sequence[str]) -> int:
    """Runs ``argv`` (no program name). Exit code: 0 done, 2 trouble a person can mend, 130 interrupted."""
    try:
        if not argv or argv[0] in {"-h", "--help"}:
            print(USAGE, flush=True)
            return 0
        code = command_of(argv[0])(argv[1:])
        sys.stdout.flush()
    except (DeviceError, HealthError, PrintoutError, KioskError, ClinicError) as trouble:
        print(*str(trouble).split(), file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped from the keyboard.", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader has enough; nothing may be flushed into the closed pipe at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
