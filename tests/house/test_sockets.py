"""Where station and clinic can be reached from outside: nowhere, but for the one port that is named."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path

from kiosk.demo_clinic import DemoClinic
from tests.house.tree import ROOT

LISTENS, BOUND = "0A", "07"
"""How the kernel writes a TCP socket that listens, and a UDP socket that is bound and not connected."""
STATION = """
import sys
from pathlib import Path
import msgspec
from kiosk.opening import opened
from kiosk.settings import DEMO, PrinterPart, read_settings
printer = PrinterPart(ipp="ipp://127.0.0.1:1/ipp/print")
settings = msgspec.structs.replace(read_settings(DEMO), printer=printer)
with opened(settings, Path(sys.argv[1]), 20.0, "none"):
    print("open", flush=True)
    sys.stdin.read()
"""


@contextmanager
def station(data: Path) -> Iterator[int]:
    """A station at work with a printer of its own; the number of its process."""
    command = [sys.executable, "-c", STATION, str(data)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"open\n"
        yield child.pid
        child.communicate(timeout=60)


def doors(pid: int) -> set[tuple[IPv4Address | IPv6Address, int]]:
    """Address and port of everything on which that process waits for others."""
    mine = set()
    for link in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(FileNotFoundError):  # the process went on meanwhile and closed it
            mine.add(link.readlink().name)
    found = set()
    for table, state in (("tcp", LISTENS), ("tcp6", LISTENS), ("udp", BOUND), ("udp6", BOUND)):
        for line in Path(f"/proc/{pid}/net/{table}").read_text(encoding="ascii").splitlines()[1:]:
            fields = line.split()
            if fields[3] == state and f"socket:[{fields[9]}]" in mine:
                found.add(_address(fields[1]))
    return found


def _address(text: str) -> tuple[IPv4Address | IPv6Address, int]:
    """``0100007F:1F90`` is 127.0.0.1:8080: words in the machine's own order, which is little endian here."""
    address, _, port = text.partition(":")
    raw = bytes.fromhex(address)
    turned = b"".join(raw[at : at + 4][::-1] for at in range(0, len(raw), 4))
    return ip_address(turned), int(port, 16)


def test_a_clinic_waits_on_one_port_of_its_own_machine_and_nowhere_else(tmp_path: Path) -> None:
    with closing(DemoClinic(tmp_path / "clinic")) as clinic:
        port = int(clinic.told.url.rpartition(":")[2])
        assert doors(clinic._child.pid) == {(ip_address("127.0.0.1"), port)}


def test_a_station_waits_for_nobody(tmp_path: Path) -> None:
    with station(tmp_path / "station") as pid:
        assert doors(pid) == set()
