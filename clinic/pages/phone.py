"""The page a printed code leads to: one file that needs nothing else, made from the catalogue and the rules.

It is the same for everybody: what a person measured stands behind ``#`` in the address, which is never sent.
Its tables are generated here, so no sentence on a telephone can differ from the one on paper. It must carry
every sentence and every edition a paper in somebody's drawer may name.
"""

import hashlib
import json
from base64 import b64encode
from collections.abc import Iterator
from functools import cache

from clinic.pages.paper import FOLDER
from devices.reading import Quantity
from health.assessment import Level
from health.quantity import MEASURES
from health.rule import Band, Rule, Table
from health.rulebook import shipped_rulebook
from health.words import Words, languages, words_of
from printouts.content import name_of
from printouts.phone import code_of
from printouts.phone_bytes import QUANTITIES
from printouts.rows import ORDER
from printouts.ruler import BMI, Ruler, ruler_of

LARGEST = 60_000
SAID = ("message.", "hint.", "why.", "word.", "beyond.")
"""The families of keys that a payload may name."""
_OWN = "phone."


@cache
def phone_page() -> tuple[str, str]:
    """The page and its content security policy, which lets run exactly this script and no other."""
    parts = {name: (FOLDER / f"phone.{name}").read_text("utf-8") for name in ("html", "css", "js")}
    parts["js"] = (FOLDER / "phone_keep.js").read_text("utf-8") + parts["js"]
    # A "<" could end the script element; JSON may write it as an escape.
    table = json.dumps(tables(), ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    words = words_of(languages()[0])
    page = parts["html"]
    for mark, text in (
        ("{{ title }}", words.text("phone.title")),
        ("{{ no_script }}", words.text("phone.broken.paper")),
        ("{{ style }}", parts["css"]),
        ("{{ table }}", table),
        ("{{ script }}", parts["js"]),
    ):
        page = page.replace(mark, text)
    own = f"script-src '{_hash(parts['js'])}'; style-src '{_hash(parts['css'])}'; "
    policy = (
        f"default-src 'none'; img-src data:; {own}base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return page, policy


def tables() -> dict[str, object]:
    """What the script looks things up in: sentences by code, names, units, roads by code of ``rule/band``."""
    spoken = {language: words_of(language) for language in languages()}
    return {
        "quantities": [quantity.value for quantity in QUANTITIES],
        "order": [quantity.value for quantity in ORDER],
        "sentences": {language: _sentences(words) for language, words in spoken.items()},
        "words": {language: _own(words) for language, words in spoken.items()},
        "names": {
            language: {q.value: name_of(words, q) for q in QUANTITIES} for language, words in spoken.items()
        },
        "units": {
            language: {q.value: words.text(MEASURES[q].unit_key) for q in QUANTITIES}
            for language, words in spoken.items()
        },
        "roads": dict(_roads()),
    }


def _sentences(words: Words) -> dict[int, str]:
    return {code_of(key): words.unfilled(key) for key in sorted(words.keys()) if key.startswith(SAID)}


def _own(words: Words) -> dict[str, str]:
    own = {
        key.removeprefix(_OWN): words.unfilled(key) for key in sorted(words.keys()) if key.startswith(_OWN)
    }
    levels = {f"level.{int(level)}": words.text(f"level.{int(level)}") for level in Level}
    other = {"demo": words.text("clinic.demo"), "language": words.text("button.language")}
    return own | levels | other


def _roads() -> Iterator[tuple[int, dict[str, object]]]:
    """The roads that ``rule/band`` alone tells: none where two tables of an edition share a band."""
    for rule in shipped_rulebook().rules:
        ruler = _ruler(rule)
        for edition in rule.edition if ruler is not None else ():
            names = [band.band for table in edition.tables for band in table.bands]
            for table in edition.tables:
                drawn = {"ruler": [str(ruler.low), str(ruler.high)], "zones": _zones(table)} if ruler else {}
                for band in table.bands:
                    if names.count(band.band) == 1 and not any(b.silent for b in table.bands):
                        yield code_of(f"{rule.stem}/{edition.id}/{band.band}"), drawn


def _zones(table: Table) -> list[tuple[str | None, bool, int]]:
    """Upper limit as printed, whether it is included, level; low to high."""
    return [(_limit(band), band.upto is not None, int(band.level)) for band in table.bands]


def _limit(band: Band) -> str | None:
    return None if band.limit is None else str(band.limit)


def _ruler(rule: Rule) -> Ruler | None:
    if rule.judges == "bmi":
        return BMI
    return ruler_of(Quantity(rule.judges)) if rule.judges in set(Quantity) else None


def _hash(text: str) -> str:
    return f"sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode('ascii')}"
