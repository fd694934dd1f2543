"""Which risk model may give this person a number, and that number with its band and sentence.

No number from 75 on, because no model is valid there; none for people with known disease; none from a value
off scale, out of control or doubtful. A silent model says why. This module must not hold a coefficient.
"""

import tomllib
from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import msgspec

from devices.reading import Quantity
from health.assessment import NotAssessed, Phrase, Reason, Score
from health.bands import bmi_of
from health.errors import HealthError
from health.inputs import Gap, Inputs
from health.quantity import half_up
from health.scores import china_par, who_cvd
from health.scores.china_par import ChinaPar, Profile
from health.scores.who_cvd import LAB_CENTRE, NONLAB_CENTRE, Risk, WhoCvd
from health.visit import Question, Sex

LAB, NONLAB, PAR = "who_cvd_2019_lab", "who_cvd_2019_nonlab", "china_par"
# From here on a lower pressure is the thing to name that lowers the risk (class "high normal" and above).
PRESSURE_LEVER = Decimal(120)
FOLDER = Path(__file__).resolve().parent
T = TypeVar("T")


class ScoreError(HealthError):
    """A file of coefficients that cannot be used; the sentence names it."""


class Models(msgspec.Struct, frozen=True):
    """The risk models of the rulebook."""

    who: WhoCvd
    par: ChinaPar


def load_models(folder: Path = FOLDER) -> Models:
    """The shipped models. Raises ``ScoreError`` for a file not understood."""
    return Models(
        _read(folder / "who_cvd_2019.toml", WhoCvd), _read(folder / "china_par_2016.toml", ChinaPar)
    )


def _read(file: Path, shape: type[T]) -> T:
    try:
        return msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), shape)
    except (OSError, tomllib.TOMLDecodeError, msgspec.ValidationError) as wrong:
        raise ScoreError(f"{file.name} is not a risk model: {wrong}.") from wrong


def score(models: Models, inputs: Inputs) -> tuple[tuple[Score, ...], tuple[NotAssessed, ...]]:
    """Every model's answer, the one for the resident first, and the reason of each that is silent."""
    made: list[Score] = []
    silent: list[NotAssessed] = []
    for name, make in _MODELS:
        result = make(models, inputs)
        if isinstance(result, Gap):
            silent.append(NotAssessed(name, result.reason, result.needs))
        else:
            made.append(result)
    return tuple(made), tuple(silent)


def in_words(scores: Sequence[Score], inputs: Inputs, models: Models) -> Phrase | None:
    """What she is told of her risk: as people, or why there is no number; else nothing."""
    if scores:
        return scores[0].phrase
    if inputs.answer(Question.KNOWN_CVD) is True:
        return Phrase("risk.none_known")
    age = inputs.age()
    return Phrase("risk.none_at_75") if isinstance(age, Decimal) and age >= models.who.age_below else None


def _person(inputs: Inputs, age_from: int, age_below: int) -> tuple[float, Sex] | Gap:
    age = inputs.age()
    if isinstance(age, Gap):
        return age
    if not age_from <= age < age_below:
        return Gap(Reason.AGE_OUT_OF_RANGE, "age")
    sick = inputs.answer(Question.KNOWN_CVD)
    if isinstance(sick, Gap):
        return sick
    if sick:
        return Gap(Reason.KNOWN_DISEASE, Question.KNOWN_CVD)
    sex = inputs.sex()
    return sex if isinstance(sex, Gap) else (float(age), sex)


def _answers(inputs: Inputs, questions: Sequence[Question]) -> tuple[bool, ...] | Gap:
    found: list[bool] = []
    for question in questions:
        said = inputs.answer(question)
        if isinstance(said, Gap):
            return said
        found.append(said)
    return tuple(found)


def _who_lab(models: Models, inputs: Inputs) -> Score | Gap:
    person = _person(inputs, models.who.age_from, models.who.age_below)
    if isinstance(person, Gap):
        return person
    values = inputs.numbers((Quantity.SYSTOLIC, Quantity.TOTAL_CHOLESTEROL))
    if isinstance(values, Gap):
        return values
    said = _answers(inputs, (Question.SMOKER, Question.DIABETES))
    if isinstance(said, Gap):
        return said
    age, sex = person
    risk = Risk(age, float(values[0].printed), float(values[1].printed), *said)
    parts = models.who.lab.male if sex is Sex.MALE else models.who.lab.female
    return _who_score(models.who, LAB, parts, LAB_CENTRE, risk, risk.x)


def _who_nonlab(models: Models, inputs: Inputs) -> Score | Gap:
    person = _person(inputs, models.who.age_from, models.who.age_below)
    if isinstance(person, Gap):
        return person
    values = inputs.numbers((Quantity.SYSTOLIC, Quantity.BODY_HEIGHT, Quantity.BODY_WEIGHT))
    if isinstance(values, Gap):
        return values
    said = _answers(inputs, (Question.SMOKER,))
    if isinstance(said, Gap):
        return said
    age, sex = person
    height, weight = values[1].printed, values[2].printed
    parts = models.who.nonlab.male if sex is Sex.MALE else models.who.nonlab.female
    risk = Risk(age, float(values[0].printed), float(weight / (height / 100) ** 2), *said)
    # The equation rounds once, at its end; the column of the chart is chosen by the BMI that is printed.
    column = float(bmi_of(height, weight))
    return _who_score(models.who, NONLAB, parts, NONLAB_CENTRE, risk, column)


def _who_score(
    model: WhoCvd, name: str, parts: who_cvd.Parts, centre: float, risk: Risk, column: float
) -> Score:
    shown = half_up(Decimal(who_cvd.percent(parts, centre, risk)), 1)
    return Score(
        model=name,
        edition=model.title,
        source=model.source,
        percent=shown,
        band=band_of(shown, model.bands),
        phrase=in_people(shown, smoker=risk.smoker, systolic=Decimal(risk.pressure)),
        chart_cell=who_cvd.chart_cell(parts, centre, msgspec.structs.replace(risk, x=column)),
    )


def _china_par(models: Models, inputs: Inputs) -> Score | Gap:
    model = models.par
    person = _person(inputs, model.age_from, model.age_below)
    if isinstance(person, Gap):
        return person
    quantities = (Quantity.SYSTOLIC, Quantity.TOTAL_CHOLESTEROL, Quantity.HDL, Quantity.WAIST)
    values = inputs.numbers(quantities)
    if isinstance(values, Gap):
        return values
    systolic, total, hdl, waist = (float(v.printed) for v in values)
    limits = model.limits
    spans = (limits.systolic, limits.total_cholesterol, limits.hdl, limits.waist)
    for quantity, number, (low, high) in zip(quantities, (systolic, total, hdl, waist), spans, strict=True):
        if not low <= number <= high:
            return Gap(Reason.INPUT_OUT_OF_RANGE, quantity)
    age, sex = person
    said = _answers(inputs, _PAR_BOTH if sex is Sex.FEMALE else (*_PAR_BOTH, *_PAR_MEN))
    if isinstance(said, Gap):
        return said
    # Town and family history have no coefficient for women, so they need not be asked of them.
    answers = said if sex is Sex.MALE else (*said, False, False)
    coefficients = model.male if sex is Sex.MALE else model.female
    shown = half_up(
        Decimal(china_par.percent(model, coefficients, Profile(age, systolic, total, hdl, waist, *answers))),
        1,
    )
    return Score(
        model=PAR,
        edition=model.title,
        source=model.source,
        percent=shown,
        band=band_of(shown, model.bands),
        phrase=in_people(shown, smoker=answers[1], systolic=values[0].printed),
    )


_PAR_BOTH = (Question.BP_TREATED, Question.SMOKER, Question.DIABETES, Question.NORTH_CHINA)
_PAR_MEN = (Question.URBAN, Question.FAMILY_HISTORY_ASCVD)
_MODELS: tuple[tuple[str, Callable[[Models, Inputs], Score | Gap]], ...] = (
    (LAB, _who_lab),
    (NONLAB, _who_nonlab),
    (PAR, _china_par),
)


def band_of(percent: Decimal, limits: Sequence[int]) -> str:
    """The band of the printed ``percent``: ``<5``, ``5-10``, … ``>=30``."""
    if percent < limits[0]:
        return f"<{limits[0]}"
    for low, high in pairwise(limits):
        if percent < high:
            return f"{low}-{high}"
    return f">={limits[-1]}"


def in_people(percent: Decimal, *, smoker: bool, systolic: Decimal) -> Phrase:
    """The risk as people of a hundred, with one thing that lowers it. Never waist: see ``china_par``."""
    lever = "@risk.lever.smoking" if smoker else "@risk.lever.walk"
    if not smoker and systolic >= PRESSURE_LEVER:
        lever = "@risk.lever.bp"
    people = half_up(percent, 0)
    if people < 1:
        return Phrase("risk.people.few", (("lever", lever),))
    return Phrase("risk.people", (("lever", lever), ("n", str(people)), ("rest", str(100 - people))))
