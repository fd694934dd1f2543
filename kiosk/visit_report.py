"""What ``visit`` prints of a visit that was run: lines for people, JSON for programs.

The JSON is a contract: ``visit``, ``demo``, ``observations``, ``findings``, ``scores``, ``not_assessed``,
``pdf``, ``delivered``. Numbers are strings. No name and no identity number is printed.
"""

import json
from collections.abc import Iterator

from health.answer import answer_json, answer_lines
from health.quantity import MEASURES, printed_text
from health.visit import Consent, Observation, Visit
from health.words import words_of
from kiosk.visit_run import VisitRun


def as_json(run: VisitRun) -> str:
    """One line of JSON."""
    said = json.loads(answer_json(run.assessment, words_of(run.language)))
    answer = {
        "visit": str(run.visit.id),
        "demo": run.visit.demo,
        "observations": {o.quantity: _observation(o, run.visit) for o in run.visit.observations},
        "findings": said["findings"],
        "scores": said["scores"],
        "not_assessed": said["not_assessed"],
        "pdf": None if run.sheet is None else str(run.sheet),
        "delivered": run.delivered,
    }
    return json.dumps(answer, ensure_ascii=False)


def as_lines(run: VisitRun) -> Iterator[str]:
    """What was measured, what it means, where the sheet is and whether the clinic has it."""
    words = words_of(run.language)
    for one in run.visit.observations:
        name, unit = words.text(f"quantity.{one.quantity}"), words.text(MEASURES[one.quantity].unit_key)
        yield f"{name}  {printed_text(one)} {unit}  ({one.instrument})"
    yield from answer_lines(run.assessment, words)
    yield f"The report: {run.sheet}" if run.sheet else "Nothing was printed."
    yield _whereabouts(run)


def _whereabouts(run: VisitRun) -> str:
    """Only what was agreed to share is ever sent; the rest stays on the paper, whatever the link does."""
    if run.delivered:
        return "The clinic has this visit."
    if run.visit.consent is not Consent.SHARE:
        where = "stays on the paper only; it" if run.sheet else "was not agreed to be shared; it"
        return f"This visit {where} is not sent to the clinic."
    return "The clinic does not have this visit (yet)."


def _observation(one: Observation, visit: Visit) -> dict[str, str | None]:
    model = next((i.model for i in visit.instruments if i.id == one.instrument), None)
    return {
        "value": str(one.value),
        "unit": one.unit,
        "comparator": one.comparator,
        "method": one.method,
        "at": None if one.at is None else one.at.isoformat(),
        "instrument": one.instrument,
        "model": model,
        "qc": one.control,
        "proof": None if one.proof is None else str(one.proof),
        "calibration": None if one.calibration is None else str(one.calibration),
    }
