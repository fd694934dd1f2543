"""The answer of ``assess``: as JSON for programs (a contract), as lines for people.

Numbers are strings, so that no reader rounds them again; only a chart cell is a whole number. It must not
decide or leave out anything that the assessment holds a place for.
"""

import json
from collections.abc import Iterator

from health.assessment import Assessment, Finding, Score
from health.words import Words


def answer_json(assessment: Assessment, words: Words) -> str:
    """The assessment as one line of JSON: derived, findings, scores, not_assessed."""
    answer = {
        "derived": {d.name: str(d.value) for d in assessment.derived},
        "findings": [_finding(f, words) for f in assessment.findings],
        "scores": {s.model: _score(s) for s in assessment.scores},
        "not_assessed": [{"rule": n.rule, "reason": str(n.reason)} for n in assessment.not_assessed],
    }
    return json.dumps(answer, ensure_ascii=False)


def _finding(finding: Finding, words: Words) -> dict[str, str | int]:
    return {
        "rule": finding.rule,
        "band": finding.band,
        "level": int(finding.level),
        "text": words.say(finding.phrase),
        "source": finding.source,
        "edition": finding.edition,
    }


def _score(score: Score) -> dict[str, str | int]:
    said: dict[str, str | int] = {"percent": str(score.percent)}
    if score.chart_cell is not None:
        said["chart_cell"] = score.chart_cell
    return said | {"band": score.band}


def answer_lines(assessment: Assessment, words: Words) -> Iterator[str]:
    """The assessment as lines to read: message, hints, findings, scores, what is missing."""
    yield words.say(assessment.message)
    if assessment.why:
        yield words.say(assessment.why)
    for hint in assessment.hints[1:]:
        yield f"  - {words.say(hint.phrase)}"
    if assessment.next_step:
        again = assessment.next_step.again_by
        yield f"{words.say(assessment.next_step.phrase)} {words.text('next.again', date=again.isoformat())}"
    if assessment.risk:
        yield words.say(assessment.risk)
    for finding in assessment.findings:
        level = words.text(f"level.{int(finding.level)}")
        yield f"[{level}] {words.say(finding.phrase)}  ({finding.rule}: {finding.band})"
    for score in assessment.scores:
        yield f"{words.text(f'score.{score.model}')}: {score.percent} % ({score.band})"
    for silent in assessment.not_assessed:
        missing = f" ({silent.needs})" if silent.needs else ""
        yield f"{silent.rule}: {words.text(f'reason.{silent.reason}')}{missing}"
