"""A real browser, headless and as small as a telephone, that tells what it showed, logged and asked for."""

import json
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from printouts.fonts import FOLDER
from tests.printouts.cases import tool

_FONTS = (
    '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
    "<fontconfig><dir>{}</dir><cachedir>{}</cachedir></fontconfig>"
)
_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
)
_LOGGED = "--enable-logging=stderr"
_WRITTEN = ("--dump-dom", "--virtual-time-budget=5000")


@dataclass(frozen=True, slots=True)
class Opened:
    """What came of opening a page."""

    picture: Path
    page: str
    console: tuple[str, ...]
    asked: tuple[str, ...]
    """Every address asked for here or by the page itself, with its method, without what follows #."""
    sent: tuple[str, ...]
    """The first line of every request as it went over the wire."""


def open_page(
    url: str, folder: Path, *, dark: bool = False, high: int = 2200, language: str = "zh-CN"
) -> Opened:
    """Opens ``url`` once for its picture and log, once for what stands on it."""
    net, picture = folder / "net.json", folder / "page.png"
    more = (f"--log-net-log={net}", f"--window-size=500,{high}", f"--screenshot={picture}", _LOGGED)
    seen = _run(url, folder, *more, dark=dark, language=language)
    page = _run(url, folder, *_WRITTEN, dark=dark, language=language).stdout
    return Opened(picture, _body(page), _console(seen.stderr), *_asked(net, url))


def read_page(url: str, folder: Path) -> tuple[str, tuple[str, ...]]:
    """Opens ``url`` for what stands on it and for its console alone, which takes half as long."""
    seen = _run(url, folder, *_WRITTEN, _LOGGED)
    return _body(seen.stdout), _console(seen.stderr)


def _run(
    url: str, folder: Path, *more: str, dark: bool = False, language: str = "zh-CN"
) -> subprocess.CompletedProcess[str]:
    folder.mkdir(parents=True, exist_ok=True)
    fonts = folder / "fonts.conf"
    fonts.write_text(_FONTS.format(FOLDER, folder / "cache"), "utf-8")
    flags = (
        f"--user-data-dir={folder / 'profile'}",
        f"--lang={language}",
        f"--accept-lang={language}",
        f"--blink-settings=preferredColorScheme={0 if dark else 1}",
    )
    env = {"FONTCONFIG_FILE": str(fonts), "HOME": str(folder), "LANGUAGE": language.replace("-", "_")}
    command = [tool("chromium"), *_FLAGS, *flags, *more, url]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True, env=env)


def _body(page: str) -> str:
    return re.sub(r"(?s)<head>.*?</head>", "", page)


def _console(said: str) -> tuple[str, ...]:
    return tuple(line for line in said.splitlines() if "CONSOLE" in line)


def _asked(net: Path, url: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The browser's own errands (updates, time) are left out: they are no request of the page."""
    log = json.loads(net.read_text("utf-8"))
    types = log["constants"]["logEventTypes"]

    def of(name: str) -> list[dict[str, str]]:
        return [event.get("params", {}) for event in log["events"] if event["type"] == types[name]]

    own = urlsplit(url).netloc
    asked = tuple(
        f"{job['method']} {job['url'].partition('#')[0]}"
        for job in of("URL_REQUEST_START_JOB")
        if "url" in job and (urlsplit(job["url"]).netloc == own or own in job.get("initiator", ""))
    )
    return asked, tuple(
        sent["line"] for sent in of("HTTP_TRANSACTION_SEND_REQUEST_HEADERS") if "line" in sent
    )
