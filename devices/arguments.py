"""The words after a command of this package, with one sentence for what cannot be read.

argparse answers with its usage lines and ends the program; here what is wrong is raised, so that it is told
like any other trouble. It must not know what a command does.
"""

import argparse
import re
import stat
from pathlib import Path
from typing import NoReturn

from devices.errors import DeviceError
from devices.model import PortSettings, port_settings
from devices.ports import USB, PortNameError, check

_SPEED = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")
_SCHEMES = ("socket", "rfc2217", "loop", "spy", "alt", "hwgrep")
"""The URL handlers that ship with pyserial (its documentation, "URL Handlers")."""


class ArgumentsError(DeviceError):
    """Arguments that a command cannot follow."""


class Arguments(argparse.ArgumentParser):
    """``argparse.ArgumentParser``, but what is wrong is raised as ``ArgumentsError``."""

    def error(self, message: str) -> NoReturn:
        """Raises ``ArgumentsError``: the command, the argument where it is one, and what is wrong."""
        if message.startswith("argument "):
            raise ArgumentsError(f"{self.prog} {message.removeprefix('argument ')}.")
        raise ArgumentsError(f"{self.prog}: {message}; --help shows what it takes.")


def speed(text: str) -> float:
    """An argparse type: a number in ASCII digits, above 0 and at most 1000."""
    if _SPEED.fullmatch(text) is None or not 0 < float(text) <= 1000:
        raise argparse.ArgumentTypeError("give a number above 0, at most 1000")
    return float(text)


def port(text: str) -> str:
    """An argparse type: a device path, there or yet to come, a ``usb:`` name, or a URL of pyserial."""
    if text.startswith(USB):
        return _named(text)
    scheme, is_url, _ = text.partition("://")
    if is_url:
        if scheme not in _SCHEMES:
            raise argparse.ArgumentTypeError(
                f"{scheme!r} is no kind of port; give one of {', '.join(_SCHEMES)}"
            )
        return text
    try:
        kind = Path(text).stat().st_mode
    except FileNotFoundError:
        return text
    except (OSError, ValueError) as cause:
        raise argparse.ArgumentTypeError(f"no port can be at {text}; give a device path") from cause
    if not stat.S_ISCHR(kind):
        raise argparse.ArgumentTypeError(f"{text} is a file or a folder, not a port; give a device path")
    return text


def line(text: str) -> PortSettings:
    """An argparse type: speed and bits of a serial line, ``4800 8N1``."""
    try:
        return port_settings(text)
    except DeviceError as cause:
        raise argparse.ArgumentTypeError(str(cause).rstrip(".")) from cause


def _named(text: str) -> str:
    try:
        return check(text)
    except PortNameError as cause:
        raise argparse.ArgumentTypeError(str(cause).rstrip(".")) from cause
