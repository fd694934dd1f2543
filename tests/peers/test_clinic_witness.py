"""The clinic's pages, judged by axe-core in a real browser: both languages, desk, tablet and telephone."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from clinic import sessions
from clinic.accounts import add_staff
from clinic.roles import Role
from clinic.store.tasks import open_tasks
from tests.clinic.pictures import furnish
from tests.clinic.running import NURSE, PASSWORD, Running, clinic_at
from tests.clinic.telephone import telephone
from tests.peers.conftest import fetched

ADDRESSES = (
    "/worklist",
    "/worklist?open={task}",
    "/residents/{her}",
    "/residents",
    "/visits",
    "/visits?day=2026-11-23",
    "/visits/{visit}",
    "/stations",
    "/quarantine",
    "/quarantine?show=dismissed",
    "/trail",
    "/roster",
    "/staff",
    "/account",
    "/login/code",
    "/wall",
    "/board",
)
RUN = (
    "axe.run({resultTypes: ['violations']}).then((said) => JSON.stringify("
    "said.violations.map((v) => [v.id, v.nodes.map((n) => n.html)])))"
)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with clinic_at(tmp_path_factory.mktemp("axe") / "clinic") as running:
        furnish(running)
        add_staff(running.clinic, NURSE, PASSWORD, Role.ADMIN)
        yield running


@pytest.mark.parametrize("wide", [1440, 820, 390], ids=["desk", "tablet", "phone"])
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_axe_finds_nothing_on_any_page(running: Running, language: str, wide: int, tmp_path: Path) -> None:
    axe = (fetched("page") / "node_modules/axe-core/axe.min.js").read_text("utf-8")
    with running.clinic.store.reading() as connection:
        task = open_tasks(connection, "clinic")[0]
    found = {}
    with telephone(tmp_path / "desk", wide=wide, high=1000, sharp=1) as browser:
        browser.open(
            f"{running.url}/login?link={sessions.open_session(running.clinic, NURSE, sessions.LINK)}"
        )
        browser.ask("Network.setCookie", name="kangyi_language", value=language, url=running.url)
        for address in ADDRESSES:
            browser.go(running.url + address.format(task=task.id, her=task.subject, visit=task.visit))
            browser.run(f"{axe}; 0")
            found[address] = json.loads(browser.run(RUN))
    assert {address: bad for address, bad in found.items() if bad} == {}
