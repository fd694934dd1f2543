"""The part of ``docs/rules.md`` on what is told: urgent values and danger signs, hints side by side.

It must not hold a figure or a sentence: all of it is read from the rulebook and the catalogue.
"""

from collections.abc import Iterator

from health.advice import contradict
from health.rule import Band, Table
from health.rulebook import Rulebook
from health.words import Words

_WHEN = {
    "now": "now, staff come",
    "before_leaving": "before she leaves",
    "today": "a doctor today",
    "tomorrow": "a doctor tomorrow",
    "this_week": "a doctor this week",
    "next_doctor": "when she next sees a doctor",
    "next_visit": "when she next comes",
    "daily": "every day",
}


def urgent(book: Rulebook, words: Words) -> Iterator[str]:
    """The values that call, and the road after the call."""
    yield "\n## When staff are called\n\n| value | from | what is said |\n|---|---|---|\n"
    for rule in book.rules:
        for edition in rule.edition:
            if edition.preferred:
                for table in edition.tables:
                    yield from _calls(rule.stem, table, words)
    signs = book.signs.edition[0]
    yield f"\n### `danger_signs/{signs.id}` · {signs.title}\n\n"
    yield f"- Source: {signs.source}\n- Evidence: {signs.evidence}\n- Signs: "
    yield ", ".join(words.text(f"sign.{sign}") for sign in signs.signs)
    yield (
        "\n\n| what is known | what is said | and then |\n|---|---|---|\n"
        f"| not asked yet | {words.text('message.now')} | after a quick pressure: "
        f"{words.text('hint.now.repeat')} {words.text('hint.now.signs')} |\n"
        f"| asked, none named | {words.text('message.now.today')} | {words.text('hint.now.sheet')} |\n"
        f"| a sign named, or oxygen below the last limit | {words.text('message.now.120')} | "
        f"{words.text('hint.now.stay')} |\n"
        f"| sugar too low | as above | {words.text('hint.now.sweet')} |\n"
        "\nWhere staff are called no other hint is told.\n"
    )


def _calls(stem: str, table: Table, words: Words) -> Iterator[str]:
    who = "" if not table.fasting else f" ({' or '.join(table.fasting)} to fasting)"
    for before, band in zip((None, *table.bands), table.bands, strict=False):
        if band.level == 3:
            yield f"| {stem}{who} | {_limit(before, band)} | {words.text(band.message or '')} |\n"


def _limit(before: Band | None, band: Band) -> str:
    if band.below is not None:
        return f"below {band.below}"
    if band.upto is not None:
        return f"{band.upto} and less"
    return f"{'' if before is None else before.limit} and more"


def hints(book: Rulebook, words: Words) -> Iterator[str]:
    """Every hint, by when it is to be done, and what it is never told beside."""
    yield (
        "\n## Hints, and which are never told together\n\nAt most three, the most urgent first. Of two that "
        "contradict each other only the more urgent is told: two on one topic, a walk beside a chair or a "
        "doctor today, two days for one doctor. Our own choice.\n\n"
        "| hint | topic | when | never beside |\n|---|---|---|---|\n"
    )
    told = {key: advice for key, advice in book.advice.items() if key.startswith("hint.")}
    for key, advice in told.items():
        others = [k for k, other in told.items() if k != key and contradict(advice, other)]
        topics = sorted({str(told[k].topic) for k in others})
        yield f"| {words.text(key)} | {advice.topic} | {_WHEN[advice.when]} | {', '.join(topics)} |\n"
    for question, instead in book.instead.items():
        yield f"\nWith known {question.replace('_', ' ')}:\n\n| in place of | is said |\n|---|---|\n"
        for usual, suited in instead.items():
            yield f"| {words.text(usual)} | {words.text(suited)} |\n"
