"""A program that reads a clinic in FHIR, page by page; an independent library judges what it hears."""

import importlib
from collections.abc import Iterator
from typing import Any

import requests
from msgspec.structs import replace

from clinic.accounts import add_staff
from clinic.roles import Role
from clinic.sessions import BEARER, open_session
from health.visit import Visit
from tests.clinic.running import NURSE, PASSWORD, Running
from tests.clinic.stations import SHEN

OTHER = replace(SHEN, name="李明", identity="310101195001010019")


class Reader:
    """A program with a token."""

    def __init__(self, running: Running) -> None:
        add_staff(running.clinic, NURSE, PASSWORD, Role.PROGRAM)
        self.base = f"{running.url}/fhir"
        self.link = requests.Session()
        self.link.headers["Authorization"] = f"Bearer {open_session(running.clinic, NURSE, BEARER)}"

    def get(self, path: str, expected: int = 200, **asked: object) -> dict[str, Any]:
        answer = self.link.get(
            f"{self.base}/{path}",
            params=asked,  # type: ignore[arg-type]
            timeout=30,
        )
        assert answer.status_code == expected, answer.text
        assert answer.headers["content-type"] == "application/fhir+json"
        found: dict[str, Any] = answer.json()
        return found

    def pages(self, path: str, **asked: object) -> Iterator[list[dict[str, Any]]]:
        page = self.get(path, 200, **asked)
        while True:
            yield [entry["resource"] for entry in page.get("entry", [])]
            onward = [link["url"] for link in page["link"] if link["relation"] == "next"]
            if not onward:
                return
            page = self.get(onward[0].partition("/fhir/")[2])

    def all(self, path: str, **asked: object) -> list[dict[str, Any]]:
        return [one for page in self.pages(path, **asked) for one in page]


def filed(running: Running, *visits: Visit) -> tuple[Visit, ...]:
    station = running.station()
    for visit in visits:
        assert running.put(station.envelope(visit)).status_code == 201
    return visits


def valid(resource: dict[str, Any]) -> None:
    """Judged by an independent library."""
    kind = resource["resourceType"]
    model = getattr(importlib.import_module(f"fhir.resources.R4B.{kind.lower()}"), kind)
    model.model_validate(resource)
