"""ippeveprinter, an IPP printer that others wrote, with the buses it will not start without."""

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from printouts.printer import Printer, PrinterState
from tests.printouts.cases import tool

_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN" "busconfig.dtd">
<busconfig><type>system</type><listen>unix:path={}</listen><auth>EXTERNAL</auth><policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/><allow user="*"/>
</policy></busconfig>"""
_AVAHI = """[server]
use-ipv4=yes
use-ipv6=no
allow-interfaces=lo
enable-dbus=yes
[publish]
disable-publishing=no
"""
# While the file is there the job waits and the printer says what stands in it.
_COMMAND = """#!/bin/sh
if [ -s {held} ]; then
    fault=$(cat {held})
    echo "STATE: +$fault" >&2
    while [ -e {held} ]; do sleep 0.05; done
    echo "STATE: -$fault" >&2
fi
cp "$1" {tray}/sheet.pdf
"""
_PATIENCE_S = 15.0


@dataclass(frozen=True, slots=True)
class Foreign:
    """The running printer."""

    url: str
    held: Path
    tray: Path
    switch_off: Callable[[], None]
    switch_on: Callable[[], None]


@contextmanager
def foreign_printer(place: Path, port: int) -> Iterator[Foreign]:
    """Runs it until the block ends; the test is skipped where it or its buses cannot run."""
    bus, avahi, printer = (tool(name) for name in ("dbus-daemon", "avahi-daemon", "ippeveprinter"))
    held, tray, url = place / "held", place / "tray", f"ipp://localhost:{port}/ipp/print"
    for folder in ("spool", "tray"):
        (place / folder).mkdir()
    (place / "bus.conf").write_text(_BUS.format(place / "bus"), "utf-8")
    (place / "avahi.conf").write_text(_AVAHI, "utf-8")
    command = place / "command.sh"
    command.write_text(_COMMAND.format(held=held, tray=tray), "utf-8")
    command.chmod(0o755)
    env = {"DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={place / 'bus'}", "PATH": "/usr/bin:/bin:/usr/sbin"}
    with ExitStack() as running:

        def start(*words: str) -> subprocess.Popen[bytes]:
            child = subprocess.Popen(
                words, cwd=place, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            running.callback(child.wait)
            running.callback(child.terminate)
            return child

        start(bus, f"--config-file={place / 'bus.conf'}", "--nofork", "--nopidfile")
        _wait((place / "bus").exists, "a private message bus")
        start(avahi, "-f", str(place / "avahi.conf"), "--no-drop-root", "--no-chroot", "--no-rlimits")
        printers: list[subprocess.Popen[bytes]] = []

        def switch_on() -> None:
            until = time.monotonic() + _PATIENCE_S
            # It ends at once where the other one is not ready yet: it is started again until it stays.
            while Printer(url, answer_s=1.0).state() is not PrinterState.READY:
                if time.monotonic() > until:
                    pytest.skip("needs an avahi-daemon that can start here")
                job = ("-f", "application/pdf", "-2", "-k", "-d", str(place / "spool"), "-c", str(command))
                name = ("-r", "off", "-p", str(port), "-n", "localhost")
                printers.append(start(printer, *name, *job, "Kangyi"))
                time.sleep(0.5)

        def switch_off() -> None:
            for one in printers:
                one.terminate()
                one.wait()
            printers.clear()

        switch_on()
        yield Foreign(url, held, tray, switch_off, switch_on)


def _wait(there: Callable[[], bool], what: str) -> None:
    until = time.monotonic() + _PATIENCE_S
    while not there():
        if time.monotonic() > until:
            pytest.skip(f"needs {what}")
        time.sleep(0.02)
