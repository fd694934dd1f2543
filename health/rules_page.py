"""The page ``docs/rules.md``, written from the rulebook so that what a doctor signs is what runs.

A test compares the file with this text; ``python -m health.rules_page`` writes it. It must not hold a limit.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from health.assessment import Direction
from health.public_examples import examples
from health.quantity import MEASURES
from health.rule import (
    ArmsEdition,
    Band,
    ChangeEdition,
    Edition,
    PairEdition,
    RemarkEdition,
    Rule,
    Table,
    Target,
)
from health.rulebook import Rulebook, load_rulebook
from health.rules_page_models import calculations, models, ranges
from health.rules_page_road import hints, urgent
from health.rules_page_scales import left_out, scales
from health.scales.scale import load_scales
from health.subjects import BMI, GRIP, NON_HDL
from health.words import Words, words_of

PAGE = Path(__file__).resolve().parent.parent / "docs" / "rules.md"

_HEAD = """# Rules

Written from `health/rules`, `health/scores` and the code beside them by `python -m health.rules_page`.
Edition of the whole book: **{edition}**, printed on every report.

For the doctor who answers for a station: every limit, its source, how well it was checked, for whom it holds.
All of it is screening; nothing here is a diagnosis. A value that is missing, refused, off the instrument's
scale or out of control never becomes "normal": the rule stays silent and says why.

- **Limits are compared with the number that is printed** (halves up). "below" excludes its number.
- **Levels**: 0 normal · 1 notice · 2 see the doctor · 3 now (staff are called).
- **In use**: an edition marked *alternate* is used only by a station that chooses it.
- **Evidence** says plainly what was read and what was not.

Read and agreed for the station ______________________ by ______________________ on ______________

"""
_UNITS = {BMI: "kg/m²", NON_HDL: "mmol/L", GRIP: "kg"}
_HEADINGS = {
    BMI: "BMI",
    NON_HDL: "Non-HDL cholesterol",
    "ldl": "LDL cholesterol",
    "hdl": "HDL cholesterol",
} | {"spo2": "SpO₂"}


def page() -> str:
    """The whole page."""
    book, words = load_rulebook(), words_of("zh_CN")
    return "".join(_page(book, words))


def _page(book: Rulebook, words: Words) -> Iterator[str]:
    yield _HEAD.format(edition=book.edition)
    yield "## Blood pressure, both values together\n\nThe more serious half decides the class. "
    yield "One visit is never a diagnosis.\n"
    for pair in book.pressure.edition:
        yield from _pair(pair, words)
    for rule in book.rules:
        yield from _rule(rule, words)
    yield "\n## Change of weight\n"
    for change in book.weight_change.edition:
        yield from _change(change, words)
    yield "\n## Irregular pulse\n"
    for remark in book.rhythm.edition:
        yield from _remark(remark, words)
    yield "\n## Both arms\n"
    for arms in book.arms.edition:
        yield from _arms(arms, words)
    yield from urgent(book, words)
    yield from hints(book, words)
    yield from ranges()
    yield from calculations()
    yield from models(book.models)
    yield from scales(load_scales(), words)
    yield from left_out()
    yield from _examples(book)


def _source(
    edition: Edition | PairEdition | ChangeEdition | RemarkEdition | ArmsEdition, stem: str
) -> Iterator[str]:
    use = "in use" if edition.preferred else "alternate"
    until = f" to {edition.in_force_to}" if edition.in_force_to else ""
    yield f"\n### `{stem}/{edition.id}` · {edition.title} · {use}\n\n"
    yield f"In force from {edition.in_force_from}{until}.\n\n"
    yield f"- Source: {edition.source}\n- Evidence: {edition.evidence}\n"


def _rule(rule: Rule, words: Words) -> Iterator[str]:
    unit = _UNITS.get(rule.judges) or next(m.sign for q, m in MEASURES.items() if q == rule.judges)
    yield f"\n## {_HEADINGS.get(rule.stem) or rule.stem.replace('_', ' ').capitalize()} ({unit})\n"
    for edition in rule.edition:
        yield from _source(edition, rule.stem)
        if edition.targets_if:
            asked = ", ".join(str(q).replace("_", " ") for q in edition.targets_if)
            yield f"- With {asked}: nothing is called normal; above the limits: "
            yield f"{_say(edition.targets_hint, words)}\n"
        for table in edition.tables:
            yield f"\n{_people(table)}:\n\n"
            yield from _bands(rule.stem, table.bands, words)


def _people(table: Table) -> str:
    said = []
    if table.sex:
        said.append({"male": "men", "female": "women"}[table.sex])
    if table.age_from is not None and table.age_below is not None:
        said.append(f"age {table.age_from} to under {table.age_below}")
    elif table.age_from is not None:
        said.append(f"age {table.age_from} and over")
    if table.fasting:
        told = {"yes": "fasting", "no": "not fasting", "unknown": "fasting not known or not asked"}
        said.append(" or ".join(told[answer] for answer in table.fasting))
    return ", ".join(said).capitalize() or "Adults (18 and over)"


def _bands(stem: str, bands: Sequence[Band], words: Words) -> Iterator[str]:
    yield "| value | class | level | side | word on the sheet | what she is asked to do "
    yield "|\n|---|---|---|---|---|---|\n"
    for before, band in zip((None, *bands), bands, strict=False):
        if band.silent:
            yield f"| {_span(before, band)} | no class | – | – | – | – |\n"
            continue
        named = words.text(f"class.{stem}.{band.band}")
        yield (
            f"| {_span(before, band)} | {named} (`{band.band}`) | {int(band.level)} | "
            f"{_side(band.direction)} "
            f"| {words.text(band.word)} | {_say(band.hint, words)} |\n"
        )


def _side(direction: Direction | None) -> str:
    return "–" if direction is None else str(direction)


def _span(before: Band | None, band: Band) -> str:
    low = ""
    if before is not None:
        low = f"from {before.below}" if before.upto is None else f"above {before.upto}"
    if band.limit is None:
        return low or "any"
    high = f"below {band.below}" if band.upto is None else f"up to {band.upto}"
    return f"{low}, {high}" if low else high


def _say(key: str | None, words: Words) -> str:
    return words.unfilled(key) if key else "–"


def _pair(edition: PairEdition, words: Words) -> Iterator[str]:
    yield from _source(edition, "blood_pressure")
    how = edition.protocol
    yield (
        f"- Measured: {how.rest_s // 60} min seated rest, readings {how.gap_s} s apart, a "
        "third if two differ by more "
        f"than {how.third_if_apart_by_more_than} mmHg in either half; printed is the mean of the last "
        f"{how.mean_of_last}. Anything else is told as quick and asks to be repeated.\n"
        f"- Isolated: systolic from {edition.isolated.systolic} with diastolic below "
        f"{edition.isolated.diastolic}, or "
        f"the reverse.\n"
    )
    if edition.like:
        yield f"- Classes, isolated forms and targets are those of `blood_pressure/{edition.like}`.\n"
        return
    for target in edition.targets:
        yield f"- Target for staff only, {_target(target)}. Source: {target.source} Evidence: "
        yield f"{target.evidence}\n"
    yield "\n| class | after the guideline's rest | after a quick measurement |\n|---|---|---|\n"
    for each in edition.classes:
        named = words.text(f"class.blood_pressure.{each.band}")
        quick = each.quick_hint or each.hint
        yield f"| {named} (`{each.band}`) | {_say(each.hint, words)} | {_say(quick, words)} |\n"


def _target(target: Target) -> str:
    who = f"from age {target.age_from}" if target.age_below is None else f"under age {target.age_below}"
    then = ""
    if target.then_systolic is not None:
        then = f", then below {target.then_systolic}/{target.then_diastolic} if borne well"
    return f"{who}: below {target.systolic}/{target.diastolic}{then}"


def _change(edition: ChangeEdition, words: Words) -> Iterator[str]:
    yield from _source(edition, "weight_change")
    yield (
        f"\nAge {edition.age_from} and over: a change of more than "
        f"{edition.share * 100:.0f} % of any weight of the last "
        f"{edition.days} days. Loss: level {int(edition.loss.level)}, {_say(edition.loss.hint, words)} "
        f"Gain: level {int(edition.gain.level)}, {_say(edition.gain.hint, words)}\n"
    )


def _remark(edition: RemarkEdition, words: Words) -> Iterator[str]:
    yield from _source(edition, "rhythm")
    yield f"\nThe cuff's own mark: level {int(edition.band.level)}, {_say(edition.band.hint, words)}\n"


def _arms(edition: ArmsEdition, words: Words) -> Iterator[str]:
    yield from _source(edition, "arm_difference")
    yield f"\nWith both arms measured: systolic apart by more than {edition.apart_by_more_than} mmHg, "
    yield f"level {int(edition.band.level)}, {_say(edition.band.hint, words)}\n"


def _examples(book: Rulebook) -> Iterator[str]:
    protocol = book.pressure.edition[0].protocol
    yield "\n## Public examples, ours beside theirs\n\n| published in | inputs | theirs | ours "
    yield "|\n|---|---|---|---|\n"
    for each in examples(book.models, protocol):
        yield f"| {each.source} | {each.inputs} | {each.theirs} | {each.ours} |\n"
    yield (
        "\nThe printed WHO charts (1400 laboratory and 700 other cells) are not in this repository, so they "
        "are not compared here cell by cell; the six above are. China-PAR's second worked example (1.1 %) "
        "and the paper's table were published without all inputs at hand; what is known of them stands under "
        "the model's evidence.\n"
    )


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
