"""The result cards of the sample views, with made-up zones: a picture, never a rule.

The limits only look like limits; what a value means is for ``health`` to say.
"""

from decimal import Decimal

from devices.reading import Comparator
from health.assessment import Direction, Level, Zone
from health.words import Words
from kiosk.views import Card
from printouts.ruler import Ruler

_NORMAL, _NOTICE, _DOCTOR, _NOW = Level.NORMAL, Level.NOTICE, Level.DOCTOR, Level.NOW


def zones(*steps: tuple[str, Level]) -> tuple[Zone, ...]:
    """Contiguous zones from (upper limit, level); an empty limit ends them."""
    found: list[Zone] = []
    low: Decimal | None = None
    for limit, level in steps:
        high = Decimal(limit) if limit else None
        found.append(Zone(low, high, level, "word.normal"))
        low = high
    return tuple(found)


def _card(
    words: Words,
    name: str,
    value: str,
    unit: str,
    word: str,
    level: Level,
    sentence: tuple[str, str],
    road: tuple[str, str, str, str | None],
    bands: tuple[Zone, ...],
    direction: Direction | None = None,
    comparator: Comparator | None = None,
) -> Card:
    chinese = words.language.startswith("zh")
    low, high, now, last = road
    change = "和上次差不多" if chinese else "Same as last time"
    return Card(
        name=words.text(name),
        value=value,
        unit=words.text(unit),
        level=level,
        word=words.text(word),
        direction=direction,
        sentence=sentence[0] if chinese else sentence[1],
        change=change if last else None,
        ruler=Ruler(Decimal(low), Decimal(high)),
        now=Decimal(now),
        last=Decimal(last) if last else None,
        comparator=comparator,
        zones=bands,
        simulated=False,
    )


def first_page(words: Words) -> tuple[Card, ...]:
    """Pressure, cholesterol, weight, grip."""
    return (
        _card(
            words, "quantity.blood_pressure", "138/76", "unit.mmHg", "word.bit_high", _NOTICE,
            ("少吃盐，隔几天再量。", "Eat less salt, measure again soon."), ("80", "200", "138", "142"),
            zones(("90", _NOTICE), ("120", _NORMAL), ("140", _NOTICE), ("180", _DOCTOR), ("", _NOW)),
            Direction.HIGH,
        ),
        _card(
            words, "quantity.total_cholesterol", "5.31", "unit.mmol", "word.bit_high", _NOTICE,
            ("少吃肥肉，多走走路。", "Less fat, more walks."), ("2.5", "9", "5.31", "5.11"),
            zones(("5.2", _NORMAL), ("6.2", _NOTICE), ("", _DOCTOR)), Direction.HIGH,
        ),
        _card(
            words, "quantity.body_weight", "51.3", "unit.kg", "word.normal", _NORMAL,
            ("体重合适，请保持。", "Good. Keep it."), ("35", "80", "51.3", "51.3"),
            zones(("46.5", _DOCTOR), ("51.0", _NOTICE), ("62.6", _NORMAL), ("", _NOTICE)),
        ),
        _card(
            words, "quantity.grip", "18.9", "unit.kg", "word.normal", _NORMAL,
            ("手上有力气，很好。", "Good strength."), ("0", "40", "18.9", "18.3"),
            zones(("18", _DOCTOR), ("", _NORMAL)),
        ),
    )  # fmt: skip


def second_page(words: Words) -> tuple[Card, ...]:
    """A value beyond the ruler, and one off the instrument's scale."""
    return (
        _card(
            words, "quantity.glucose", "14.2", "unit.mmol", "word.high", _DOCTOR,
            ("请一周内去看医生，带上这张纸。", "See your doctor this week with this page."),
            ("2.5", "13", "14.2", None),
            zones(("3.9", _DOCTOR), ("6.1", _NORMAL), ("7.0", _NOTICE), ("", _DOCTOR)), Direction.HIGH,
        ),
        _card(
            words, "quantity.triglycerides", "<0.57", "unit.mmol", "word.normal", _NORMAL,
            ("血脂不错，请保持。", "Good. Keep it."), ("0.5", "6.5", "0.57", None),
            zones(("1.7", _NORMAL), ("2.3", _NOTICE), ("", _DOCTOR)), None, Comparator.BELOW,
        ),
    )  # fmt: skip
