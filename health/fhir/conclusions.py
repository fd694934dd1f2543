"""What was concluded: RiskAssessment of each model, the DiagnosticReport, and the Provenance of both.

A percentage is written as a percentage (11.3, never 0.113) and always with its ten years. The report says
the sentences that were printed. This module must not conclude anything itself.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from health.assessment import Score
from health.fhir.around import named, text
from health.fhir.codes import AGENT_TYPE, REPORT, coded
from health.fhir.parts import Agent, Entity, Period, Prediction, Reference
from health.fhir.resources import DiagnosticReport, Observation, Provenance, Resource, RiskAssessment
from health.fhir.setting import Holds, Setting, moment, to
from health.scores.scoring import LAB, NONLAB, PAR
from health.words import words_of

YEARS = 10
BASIS = {
    LAB: ("pressure", "total_cholesterol"),
    NONLAB: ("pressure", "bmi"),
    PAR: ("pressure", "total_cholesterol", "hdl", "waist"),
}
OUTCOMES = {
    LAB: "heart attack or stroke",
    NONLAB: "heart attack or stroke",
    PAR: "atherosclerotic cardiovascular disease",
}


def risks(setting: Setting) -> Iterator[RiskAssessment]:
    """The answer of each model that gave one."""
    for score in setting.record.assessment.scores:
        yield _risk(setting, score)


def _risk(setting: Setting, score: Score) -> RiskAssessment:
    id_ = setting.id_of(f"risk/{score.model}")
    day = setting.visit.on
    return RiskAssessment(
        id=id_,
        identifier=named(id_),
        status=setting.holds,
        method=text(f"{score.edition} ({score.model})"),
        subject=setting.patient,
        encounter=setting.encounter,
        occurrence_date_time=setting.when(),
        basis=tuple(setting.observation(name) for name in BASIS[score.model]),
        prediction=(
            Prediction(
                outcome=text(OUTCOMES[score.model]),
                probability_decimal=score.percent,
                qualitative_risk=text(f"{score.band} % in {YEARS} years"),
                when_period=Period(start=moment(day), end=moment(_in_ten_years(day))),
            ),
        ),
    )


def _in_ten_years(day: date) -> date:
    # Ten years after a 29 February there is none.
    return day.replace(year=day.year + YEARS, day=28 if (day.month, day.day) == (2, 29) else day.day)


def report(setting: Setting, results: Sequence[Observation]) -> DiagnosticReport:
    """The sheet she took home: all observations, and the sentences that stood on it."""
    id_ = setting.id_of("report")
    return DiagnosticReport(
        id=id_,
        identifier=named(id_),
        status=_report_status(setting),
        code=REPORT.concept(),
        subject=setting.patient,
        encounter=setting.encounter,
        effective_date_time=setting.when(),
        issued=setting.instant(),
        result=tuple(to("Observation", o.id) for o in results),
        conclusion=" ".join(_sentences(setting)),
    )


def _report_status(setting: Setting) -> str:
    unfinished = setting.visit.incomplete and setting.holds is Holds.FINAL
    return "partial" if unfinished else setting.holds


def _sentences(setting: Setting) -> Iterator[str]:
    words, said = words_of(setting.record.language), setting.record.assessment
    yield words.say(said.message)
    if said.why:
        yield words.say(said.why)
    for hint in said.hints:
        if hint.phrase != said.message:
            yield words.say(hint.phrase)


def provenance(setting: Setting, made: Sequence[Resource]) -> Provenance:
    """Who assembled this, by which software and rulebook. ``made`` are the resources it speaks for."""
    book = setting.record.assessment.rulebook
    return Provenance(
        id=setting.id_of("provenance"),
        target=tuple(to(type(resource).__name__, resource.id) for resource in made),
        recorded=moment(setting.ids.recorded),
        agent=(Agent(type=coded(AGENT_TYPE, "assembler", "Assembler"), who=setting.station),),
        entity=(
            Entity(role="source", what=setting.encounter),
            Entity(role="source", what=Reference(display=f"rulebook {book}")),
        ),
    )
