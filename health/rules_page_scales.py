"""The part of ``docs/rules.md`` on self-assessment scales, and on what is left out and why.

Figures of scales are read from their files; what is left out is told here because no file holds it.
"""

from collections.abc import Iterator, Sequence

from health.scales.scale import Scale
from health.words import Words

_LEFT_OUT = (
    (
        "Body fat",
        "value and change only: no authoritative Chinese limit was found; public pages contradict each other",
    ),
    (
        "SCORE2, SCORE2-OP, SCORE2-Asia-Pacific, PREVENT, pooled cohort equations",
        "made for other populations, or in need of creatinine; none would stand on a resident's screen",
    ),
    ("Lifetime risk of China-PAR", "its equation is not published"),
    (
        "A risk in percent from 75 on",
        "no model is valid there; one sentence sends to the family doctor instead",
    ),
    ("Percentiles of grip", "pooled Asian norms exist; their numbers were not read"),
    (
        "Constitution of Chinese medicine (33 items)",
        "its scoring was read in one public code that contradicts itself; the norm's own items were not read",
    ),
    ("Barthel, Morse, Clinical Frailty Scale, MoCA", "their terms of use do not allow it or were not found"),
    ("ESH averaging", "the text was not read; its classes are used with the Chinese way of averaging"),
)


def scales(known: Sequence[Scale], words: Words) -> Iterator[str]:
    """Every scale: may it be asked, how is it read, how well was it checked."""
    yield (
        "\n## Self-assessment scales\n\nA total is given only where every item was answered; an answer not "
        "known is not guessed over. A hint for a talk with the doctor, never a diagnosis.\n"
    )
    for scale in known:
        yield f"\n### `{scale.scale}` · {scale.title} · {'asked' if scale.items else 'total only'}\n\n"
        yield f"- Source: {scale.source}\n- Evidence: {scale.evidence}\n- Terms: {scale.licence}\n"
        if scale.loinc:
            yield f"- LOINC of the total: {scale.loinc}\n"
        yield "\n| total | class | level |\n|---|---|---|\n"
        low = 0
        for band in scale.bands:
            high = scale.highest if band.upto is None else band.upto
            yield f"| {low}–{high} | {band.band.replace('_', ' ')} | {int(band.level)} |\n"
            low = high + 1
        if scale.items:
            yield "\n| item | answers and points |\n|---|---|\n"
        for item in scale.items:
            own = "answer" if not item.choices else item.item
            answers = " · ".join(
                f"{words.text(f'scale.{scale.scale}.{own}.{c.answer}')} {c.points}"
                for c in scale.choices_of(item)
            )
            alone = "" if item.alone_from is None else f" (from {item.alone_from} on: a doctor today)"
            yield f"| {words.text(f'scale.{scale.scale}.{item.item}')}{alone} | {answers} |\n"


def left_out() -> Iterator[str]:
    """What is not judged or calculated, and why."""
    yield "\n## What is left out, and why\n\n| what | why |\n|---|---|\n"
    for what, why in _LEFT_OUT:
        yield f"| {what} | {why} |\n"
