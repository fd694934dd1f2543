"""A telephone: a real browser 390 points wide, led over its own protocol, that tells what it did.

The Chrome DevTools Protocol over a pair of pipes, so nothing but the browser is needed. It must not judge.
"""

import base64
import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

from printouts.fonts import FOLDER
from tests.printouts.cases import tool

Value: TypeAlias = Any
Said: TypeAlias = dict[str, Any]
WIDE, HIGH = 390, 844
_PATIENCE_S = 60.0
_FONTS = (
    '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
    "<fontconfig><dir>{}</dir><cachedir>{}</cachedir></fontconfig>"
)
_FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--remote-debugging-pipe")


class Telephone:
    """An open page. ``asked`` are the addresses of its requests, ``logged`` its console and exceptions."""

    def __init__(self, ear: int, mouth: int, size: Said) -> None:
        self._size = size
        self._ear, self._mouth = ear, mouth
        self._heard, self._number, self._session = b"", 0, ""
        self._loaded = False
        self.asked: list[str] = []
        self.logged: list[str] = []

    def open(self, url: str, *, dark: bool = False) -> None:
        """Opens ``url`` and waits until it has loaded."""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log", "Accessibility"):
            self.ask(f"{domain}.enable")
        self.ask("Emulation.setDeviceMetricsOverride", **self._size)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.ask("Emulation.setEmulatedMedia", features=[scheme])
        self.go(url)

    def put_away(self) -> None:
        """Closes the page and forgets it, for the next hand."""
        self.ask("Page.close")
        self._session = ""
        self.asked, self.logged = [], []

    def go(self, url: str) -> None:
        """Opens ``url`` in the page that is open and waits until it has loaded."""
        self._loaded = False
        self.ask("Page.navigate", url=url)
        self.wait_for_page()

    def wait_for_page(self) -> None:
        """Waits until the page that was asked for last has loaded."""
        until = time.monotonic() + _PATIENCE_S
        while not self._loaded:
            assert time.monotonic() < until, "the page did not load"
            self.ask("Runtime.evaluate", expression="1")

    def click(self, selector: str, *, leads_on: bool = True) -> None:
        """Presses the mouse on the middle of what ``selector`` finds; waits for the page it leads on to."""
        where = self.run(
            f"(() => {{ const one = document.querySelector({json.dumps(selector)});"
            " one.scrollIntoView({block: 'center'}); const at = one.getBoundingClientRect();"
            " return [at.x + at.width / 2, at.y + at.height / 2]; })()"
        )
        assert where, f"{selector} is not on the page"
        self._loaded = not leads_on
        for kind in ("mousePressed", "mouseReleased"):
            at = {"x": where[0], "y": where[1], "button": "left", "clickCount": 1}
            self.ask("Input.dispatchMouseEvent", type=kind, **at)
        self.wait_for_page()

    def press(self, key: str, *, leads_on: bool = False) -> None:
        """Presses a key, as ``Tab``, ``Enter`` or ``4``."""
        self._loaded = not leads_on
        code = {"Tab": 9, "Enter": 13}.get(key) or ord(key)
        text = {"Tab": {}, "Enter": {"text": "\r"}}.get(key, {"text": key})
        for kind in ("keyDown", "keyUp"):
            more = text if kind == "keyDown" else {}
            self.ask("Input.dispatchKeyEvent", type=kind, key=key, windowsVirtualKeyCode=code, **more)
        self.wait_for_page()

    def run(self, script: str) -> Value:
        """What ``script`` gives on the page."""
        answer = self.ask("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        return answer["result"].get("value")

    def picture(self, place: Path, *, whole: bool = True) -> None:
        """The page as a PNG, or what of it is on the screen."""
        shot = self.ask("Page.captureScreenshot", captureBeyondViewport=whole)
        place.write_bytes(base64.b64decode(shot["data"]))

    def pdf(self) -> bytes:
        """What "save as PDF" writes."""
        return base64.b64decode(self.ask("Page.printToPDF", preferCSSPageSize=True)["data"])

    def heard(self) -> list[tuple[str, str]]:
        """What a screen reader meets, in its order: the role and the name of everything it would say."""
        nodes = self.ask("Accessibility.getFullAXTree")["nodes"]
        by_id = {node["nodeId"]: node for node in nodes}
        found: list[tuple[str, str]] = []

        def read(node: Said) -> None:
            role, name = _value(node, "role"), _value(node, "name")
            if not node.get("ignored") and role not in ("none", "generic", "InlineTextBox"):
                found.append((role, name))
            for kid in node.get("childIds", ()):
                if kid in by_id:
                    read(by_id[kid])

        read(nodes[0])
        return found

    def ask(self, method: str, **params: Value) -> Said:
        """Asks the browser for something and waits for its answer; what it tells meanwhile is noted."""
        self._number += 1
        asked: Said = {"id": self._number, "method": method, "params": params}
        if self._session:
            asked["sessionId"] = self._session
        os.write(self._mouth, json.dumps(asked).encode() + b"\0")
        while True:
            said = self._hear()
            if said.get("id") == self._number:
                assert "error" not in said, said
                answer: Said = said["result"]
                return answer
            self._note(said)

    def _note(self, said: Said) -> None:
        told, method = said.get("params", {}), said.get("method")
        if method == "Network.requestWillBeSent" and not told["request"]["url"].startswith("data:"):
            self.asked.append(told["request"]["url"])
        elif method == "Page.loadEventFired":
            self._loaded = True
        elif method in ("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded"):
            self.logged.append(json.dumps(told))

    def _hear(self) -> Said:
        while b"\0" not in self._heard:
            more = os.read(self._ear, 1 << 20)
            assert more, "the browser has gone"
            self._heard += more
        one, _, self._heard = self._heard.partition(b"\0")
        said: Said = json.loads(one)
        return said


def _value(node: Said, key: str) -> str:
    return str(node.get(key, {}).get("value", "")).strip()


@contextmanager
def telephone(
    folder: Path, language: str = "zh-CN", *, wide: int = WIDE, high: int = HIGH, sharp: int = 2
) -> Iterator[Telephone]:
    """A telephone in nobody's hand, or a wider screen; switched off at the end of the block."""
    size = {"width": wide, "height": high, "deviceScaleFactor": sharp, "mobile": wide == WIDE}
    folder.mkdir(parents=True, exist_ok=True)
    fonts = folder / "fonts.conf"
    fonts.write_text(_FONTS.format(FOLDER, folder / "cache"), "utf-8")
    env = {"FONTCONFIG_FILE": str(fonts), "HOME": str(folder), "LANGUAGE": language.replace("-", "_")}
    spoken = (f"--lang={language}", f"--accept-lang={language}", f"--user-data-dir={folder / 'profile'}")
    hears, mouth = os.pipe()
    ear, says = os.pipe()
    # The protocol's pipes are the browser's third and fourth: it hears on 3 and says on 4.
    shell = 'exec 3<&"$1" 4>&"$2"; shift 2; exec "$@"'
    command = ["bash", "-c", shell, "bash", str(hears), str(says), tool("chromium"), *_FLAGS, *spoken]
    browser = subprocess.Popen(
        command, pass_fds=(hears, says), env=env | {"PATH": os.defpath}, stderr=subprocess.DEVNULL
    )
    os.close(hears)
    os.close(says)
    try:
        yield Telephone(ear, mouth, size)
    finally:
        browser.terminate()
        browser.wait()
        os.close(ear)
        os.close(mouth)
