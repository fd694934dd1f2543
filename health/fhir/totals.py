"""The totals of self-assessment scales as survey observations, with LOINC where a code exists.

Only the total travels, never a single answer. A total that needs a talk is marked ``A``; nothing is named. It
must not score.
"""

from collections.abc import Iterator
from decimal import Decimal

from health.assessment import Level
from health.fhir.around import text
from health.fhir.codes import SURVEY, TOTALS, TOTALS_LOCAL, coded
from health.fhir.marks import amount, interpreted
from health.fhir.resources import Observation
from health.fhir.setting import Setting
from health.fhir.values import named_observation
from health.scales.scale import load_scales
from health.scales.scoring import band_of

SCORE = "{score}"


def totals(setting: Setting) -> Iterator[Observation]:
    """One observation for each total of the visit."""
    if not setting.visit.totals:
        return
    known = {scale.scale: scale for scale in load_scales()}
    for total in setting.visit.totals:
        scale = known[total.scale]
        term = TOTALS.get(total.scale)
        further = band_of(scale, total.points).level > Level.NORMAL
        where = "asked at the station" if total.asked_here else "taken elsewhere"
        yield named_observation(
            setting,
            f"scale/{total.scale}",
            term.concept() if term else coded(TOTALS_LOCAL, total.scale, scale.title),
            SURVEY,
            None,
            value_quantity=amount(Decimal(total.points), SCORE),
            interpretation=(interpreted("A" if further else "N"),),
            method=text(f"{scale.title}, {where}"),
        )
