"""The words after a command, read as argparse reads them, with one sentence for what cannot be read.

argparse answers with its usage lines and ends the program; here what is wrong is raised, so that it is told
in the same place and the same way as any other trouble. It must not know what a command does.
"""

import argparse
import re
from collections.abc import Callable
from typing import NoReturn

from health.errors import HealthError

_PLAIN = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")


class ArgumentsError(HealthError):
    """Arguments that a command cannot follow."""


class Arguments(argparse.ArgumentParser):
    """``argparse.ArgumentParser``, but what is wrong is raised as ``ArgumentsError``."""

    def error(self, message: str) -> NoReturn:
        """Raises ``ArgumentsError``: the command, the argument where it is one, and what is wrong."""
        if message.startswith("argument "):
            raise ArgumentsError(f"{self.prog} {message.removeprefix('argument ')}.")
        raise ArgumentsError(f"{self.prog}: {message}; --help shows what it takes.")


def number_between(low: int, high: int) -> Callable[[str], float]:
    """An argparse type: a number in ASCII digits from ``low`` to ``high``, both included."""

    def number(text: str) -> float:
        if _PLAIN.fullmatch(text) is None or not low <= float(text) <= high:
            raise argparse.ArgumentTypeError(f"give a number from {low} to {high}")
        return float(text)

    return number


def port(text: str) -> int:
    """An argparse type: the number of a TCP port, 0 to 65535."""
    if re.fullmatch(r"[0-9]{1,5}", text) is None or int(text) > 65535:
        raise argparse.ArgumentTypeError("give a whole number from 0 to 65535")
    return int(text)
