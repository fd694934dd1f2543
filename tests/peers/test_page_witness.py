"""The telephone page, judged by axe-core: whoever cannot see it or has only a keyboard can use it too."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from clinic.pages.phone import phone_page
from printouts.phone import payload
from printouts.report import Report
from tests.clinic.browser import open_page
from tests.peers.conftest import fetched
from tests.printouts.cases import demo, guest, middle, old, urgent

PEOPLE: dict[str, Callable[[], Report]] = {"old": old, "middle": middle, "urgent": urgent, "guest": guest}
RUN = """
addEventListener("load", () => axe.run({ resultTypes: ["violations"] }).then((said) => {
  const found = document.createElement("pre");
  found.id = "axe";
  found.textContent = JSON.stringify(said.violations.map((v) => [v.id, v.nodes.map((n) => n.html)]));
  document.body.append(found);
}));
"""


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("who", [*sorted(PEOPLE), "torn"])
def test_axe_finds_nothing_on_the_page(who: str, dark: bool, language: str, tmp_path: Path) -> None:
    axe = (fetched("page") / "node_modules/axe-core/axe.min.js").read_text("utf-8")
    page = phone_page()[0].replace("</body>", f"<script>{axe}</script><script>{RUN}</script></body>")
    (tmp_path / "phone.html").write_text(page, "utf-8")
    made = demo(PEOPLE.get(who, old)())
    code = payload(made.visit, made.assessment, made.station)
    url = f"{(tmp_path / 'phone.html').as_uri()}#{code[:-4] if who == 'torn' else code}"
    opened = open_page(url, tmp_path / "phone", dark=dark, language=language)
    said = re.search(r'<pre id="axe">(.*?)</pre>', opened.page)
    assert said
    assert json.loads(said[1].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")) == []
