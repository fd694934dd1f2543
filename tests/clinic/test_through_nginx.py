"""A station reaches its clinic through a real nginx with TLS, as ``deploy/nginx-kangyi.conf`` sets it up."""

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
import requests

from clinic.enrolment import approve, waiting
from health.errors import HealthError
from health.keys import PublicKey, SigningKey
from health.wire import ENVELOPE_TYPE, HEALTH, EnrolmentRequest, encode, envelope_path
from kiosk.courier.road import LinkError, Road
from kiosk.enrolment import Newcomer, enrol, renew, station_key
from tests.clinic.running import clinic_at
from tests.clinic.stations import FakeStation
from tests.clinic.stations import visit_of as a_visit
from tests.house.tree import ROOT

OURS = ROOT / "deploy/nginx-kangyi.conf"


def _nginx() -> str:
    found = shutil.which("nginx", path="/usr/sbin:/usr/bin")
    if found is None or shutil.which("openssl") is None:
        pytest.skip("needs nginx and openssl")
    return found


def _configuration(folder: Path, port: int, upstream: str) -> Path:
    """Our file with certificate, port and upstream of this test, in the least that nginx needs around."""
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    names = ["-days", "2", "-subj", "/CN=clinic.example", "-addext", "subjectAltName=IP:127.0.0.1"]
    files = ["-keyout", str(folder / "clinic.key"), "-out", str(folder / "clinic.pem")]
    subprocess.run([*made, *names, *files], check=True, capture_output=True)
    text = OURS.read_text(encoding="utf-8")
    text = text.replace("/etc/kangyi/tls", str(folder)).replace("http://127.0.0.1:8420", upstream)
    text = re.sub(r"listen 443\b", f"listen 127.0.0.1:{port}", text)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    whole = folder / "nginx.conf"
    head = f"daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/log;"
    whole.write_text(f"{head}\nevents {{}}\nhttp {{ {paths}\n{text}\n}}\n", "utf-8")
    return whole


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def through_nginx(folder: Path, upstream: str) -> Iterator[str]:
    """The address of an nginx before ``upstream``; its certificate is ``folder/clinic.pem``."""
    program, port = _nginx(), _free_port()
    command = [program, "-c", str(_configuration(folder, port, upstream)), "-e", str(folder / "log")]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    assert "[warn]" not in checked.stderr.replace('the "user" directive', "")
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as running:
        try:
            url = f"https://127.0.0.1:{port}"
            road = Road(url, str(folder / "clinic.pem"))
            for _ in range(200):
                try:
                    road.ask("GET", HEALTH)
                    break
                except (LinkError, HealthError):
                    time.sleep(0.05)
            road.close()
            yield url
        finally:
            running.terminate()
            running.wait(20)


def test_a_station_joins_sends_and_reads_its_settings_through_nginx_and_tls(tmp_path: Path) -> None:
    front = tmp_path / "front"
    front.mkdir()
    with clinic_at(tmp_path / "clinic") as running, through_nginx(front, running.url) as url:
        ca = str(front / "clinic.pem")

        def agree(_code: str) -> None:
            ((_, asked),) = waiting(running.clinic)
            assert approve(running.clinic, asked.id, "王莉")

        who = Newcomer("wanqing-1", "晚晴里驿站", "0.1.0", demo=False)
        told = enrol(url, tmp_path / "station", who, agree, sleep=lambda _: None, ca=ca)
        station = FakeStation(PublicKey(told.working), PublicKey(told.recovery))
        station.key = station_key(tmp_path / "station")
        envelope = station.envelope(a_visit())
        road = Road(url, ca)
        path = envelope_path(envelope.header.id)
        assert road.ask("PUT", path, envelope.to_bytes(), ENVELOPE_TYPE).status == 201
        road.close()
        assert renew(tmp_path / "station", datetime.now(UTC), ca).tenant == "clinic"
        stranger = Road(url)
        with pytest.raises(LinkError):
            stranger.ask("PUT", path, envelope.to_bytes(), ENVELOPE_TYPE)
        stranger.close()
    assert not (front / "client_body").exists() or not list((front / "client_body").rglob("*.*"))


def test_nobody_behind_our_nginx_says_himself_where_he_asks_from(tmp_path: Path) -> None:
    front = tmp_path / "front"
    front.mkdir()
    with (
        clinic_at(tmp_path / "clinic", proxies=("127.0.0.1",)) as running,
        through_nginx(front, running.url) as url,
    ):
        asked = EnrolmentRequest("one", "站", SigningKey.new().verify_key().text, "c", "0.1.0")
        headers = {"X-Forwarded-For": "203.0.113.7"}
        pem = str(front / "clinic.pem")
        answer = requests.post(f"{url}/enrolments", encode(asked), headers=headers, verify=pem, timeout=30)
        assert answer.status_code == 202
        with running.clinic.store.reading() as connection:
            address = connection.exec_driver_sql("SELECT address FROM enrolment").scalar_one()
    assert address == ""  # nginx saw this machine
