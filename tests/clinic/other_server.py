"""Somebody else's FHIR server on loopback, as small as it can be, with the bad habits that were seen."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote
from uuid import uuid4


@dataclass(slots=True)
class OtherServer:
    """What it keeps, by type and its own id; and what it says next instead of the truth.

    ``habits`` are used up one a request: a status, "html", "entries" (200 with 404s inside), "late" (kept,
    then the answer is lost). ``poison`` is a text that makes it refuse a transaction for ever.
    What has ``bait`` in it is answered as badly as ``bites`` says: "short" (ends before it should), "knot"
    (no true gzip), "drip" and "head" (a byte now and then, of the body or of the head, without end).
    ``most`` is how many entries it takes at once. ``says`` is what it answers to a DELETE, by type; with
    ``together`` a transaction is refused whole with that status if anything is to be deleted in it.
    """

    url: str = ""
    kept: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    habits: list[int | str] = field(default_factory=list)
    poison: str = ""
    bait: str = "\0"
    bites: str = ""
    most: int = 1000
    keeps_all: bool = False
    says: dict[str, int] = field(default_factory=dict)
    together: int | None = None
    deleted: list[str] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [one for (held, _), one in self.kept.items() if held == kind]

    def find(self, kind: str, asked: str) -> list[str]:
        (name, (value,)) = next(iter(parse_qs(asked).items()))
        system, _, code = value.partition("|")
        return [
            id_
            for (held, id_), one in self.kept.items()
            if held == kind
            and (
                any(i["system"] == system and i["value"] == code for i in one.get("identifier", []))
                if name == "identifier"
                else any(t["system"] == system and t["code"] == code for t in one["meta"]["tag"])
            )
        ]

    def take(self, text: str) -> tuple[int, dict[str, Any]]:
        """A transaction: all of it or nothing."""
        bundle = json.loads(text)
        self.sizes.append(len(bundle["entry"]))
        if len(bundle["entry"]) > self.most:
            return 413, {"resourceType": "OperationOutcome"}
        refused = self.refused(text)
        if refused is not None:
            return refused, {"resourceType": "OperationOutcome"}
        said, names, made = [], {}, []
        for entry in bundle["entry"]:
            if entry["request"]["method"] == "DELETE":
                said.append({"response": {"status": self.delete(entry["request"]["url"])}})
                continue
            kind, status = entry["resource"]["resourceType"], "201 Created"
            method, url = entry["request"]["method"], entry["request"]["url"]
            if method == "PUT" and "?" not in url:
                id_ = url.partition("/")[2]
                status = "200 OK" if (kind, id_) in self.kept else status
            else:
                found = self.find(kind, entry["request"].get("ifNoneExist") or url.partition("?")[2])
                if len(found) > 1:
                    return 412, {"resourceType": "OperationOutcome"}
                id_, status = (found[0], "200 OK") if found else (str(uuid4()), status)
            names[entry["fullUrl"]] = f"{kind}/{id_}"
            if method == "PUT" or status.startswith("201"):
                made.append((kind, id_, entry["resource"]))
            said.append({"response": {"status": status}})
        for kind, id_, resource in made:
            linked = self.linked(resource, names)
            if linked is None:
                return 400, {"resourceType": "OperationOutcome"}
            self.kept[kind, id_] = linked
        return 200, {"resourceType": "Bundle", "type": "transaction-response", "entry": said}

    def oddly(self, habit: int | str | None, text: str) -> tuple[int, bytes] | None:
        """What it says by a ``habit`` in place of the truth."""
        if isinstance(habit, int):
            return habit, b"{}"
        if habit == "html":
            return 200, b"<html>Log in to this network</html>"
        if habit == "entries":
            many = len(json.loads(text)["entry"])
            said = {"type": "batch-response", "entry": [{"response": {"status": "404"}}] * many}
            return 200, json.dumps(said).encode()
        return None

    def refused(self, text: str) -> int | None:
        """The status of a transaction it takes amiss as a whole."""
        if self.poison and self.poison in text:
            return 422
        return self.together if '"method":"DELETE"' in text else None

    def delete(self, url: str) -> str:
        """One resource, by its id or by a search, where it lets anybody."""
        if self.keeps_all:
            return "405 Method Not Allowed"
        kind, _, asked = url.partition("?")
        kind, _, id_ = kind.partition("/")
        if kind in self.says:
            return f"{self.says[kind]} As it pleases"
        found = [id_] if id_ else self.find(kind, asked)
        gone = [self.kept.pop((kind, one), None) for one in found]
        return "204 No Content" if any(gone) else "404 Not Found"

    def linked(self, resource: dict[str, Any], names: dict[str, str]) -> dict[str, Any] | None:
        """The resource with links to what is here; None where one leads nowhere."""

        def follow(tree: Any) -> Any:  # noqa: ANN401
            if isinstance(tree, dict):
                link = tree.get("reference")
                if isinstance(link, str):
                    if link in names:
                        return {**tree, "reference": names[link]}
                    if "?" in link:
                        kind, _, asked = link.partition("?")
                        (id_,) = self.find(kind, asked)
                        return {**tree, "reference": f"{kind}/{id_}"}
                    assert tuple(link.split("/")) in self.kept or link in names.values(), link
                return {key: follow(value) for key, value in tree.items()}
            return [follow(one) for one in tree] if isinstance(tree, list) else tree

        try:
            found: dict[str, Any] = follow(resource)
        except (ValueError, AssertionError):
            return None
        return found


def bite(asked: BaseHTTPRequestHandler, how: str) -> None:
    """Answer as no true server does."""
    heads = {"short": "Content-Length: 100", "knot": "Content-Length: 2\r\nContent-Encoding: gzip"}
    head = heads.get(how, "Content-Length: 1000000")
    asked.wfile.write(f"HTTP/1.1 200 OK\r\n{head}\r\n".encode())
    asked.wfile.write(b"X-More: " if how == "head" else b"\r\n{}")
    asked.wfile.flush()
    with suppress(OSError):
        while how in {"drip", "head"}:
            asked.wfile.write(b" ")
            time.sleep(0.02)
    asked.close_connection = True


@contextmanager
def other_server() -> Iterator[OtherServer]:
    """Runs one until the block ends."""
    other = OtherServer()

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            text = self.rfile.read(int(self.headers["Content-Length"])).decode()
            habit = other.habits.pop(0) if other.habits else None
            odd = other.oddly(habit, text)
            if other.bait in text:
                bite(self, other.bites)
            elif odd is not None:
                self.tell(*odd)
            else:
                self.take(text, silent=habit == "late")

        def take(self, text: str, *, silent: bool) -> None:
            status, answer = other.take(text)
            if not silent:
                self.tell(status, json.dumps(answer).encode())

        def do_DELETE(self) -> None:
            url = unquote(self.path.lstrip("/"))
            other.deleted.append(url)
            self.tell(int(other.delete(url)[:3]), b"")

        def tell(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            if 300 <= status < 400:
                self.send_header("Location", "/elsewhere")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing is logged."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    other.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield other
    finally:
        server.shutdown()
        server.server_close()
