"""What an instrument said, as one line for a support engineer or as JSON for a program.

A card is never printed, only that one was read; of a code only how long it is.
"""

import json

from msgspec.structs import asdict

from devices.events import (
    CardHeard,
    CodeHeard,
    Found,
    Heard,
    LineEvent,
    Lost,
    NotUnderstood,
    Progress,
    Refused,
    TwoAlike,
    Understood,
)
from devices.model import Model
from devices.reading import Card, Code, Reading
from devices.session import Complaint, Told, Unread

Json = dict[str, object]
_CARD: Json = {"card": "read"}


def dumps(value: object) -> str:
    """One line of JSON, readable Chinese."""
    return json.dumps(value, ensure_ascii=False)


def told_json(told: Told) -> Json:
    """A line of ``decode --json``; ``at`` is the offset in the capture."""
    if isinstance(told, Reading):
        return _reading(told)
    if isinstance(told, Unread):
        return _refused(told.reason, told.size, told.detail, told.at)
    if isinstance(told, Complaint):
        return _refused("device_error", told.size, told.code, told.at)
    if isinstance(told, Code):
        return _code(told)
    return _CARD if isinstance(told, Card) else {"progress": told.step}


def event_json(event: LineEvent) -> Json | None:
    """A line of ``listen --json``; None for what is no reading and no refusal."""
    match event:
        case Heard(reading=reading):
            return _reading(reading)
        case Refused(reason=reason, bytes_=size, detail=detail):
            return _refused(reason, size, detail, None)
        case CardHeard():
            return _CARD
        case CodeHeard(code=code):
            return _code(code)
        case Found() | Lost() | Progress() | TwoAlike() | NotUnderstood() | Understood():
            return None
    return _refused("device_error", None, event.code, None)


def json_line(said: Json) -> str:
    """One such JSON object in words."""
    if "kind" in said:
        sign = "" if said["comparator"] is None else f"{said['comparator']} "
        steady = {None: "", True: " (stable)", False: " (not stable)"}[_flag(said["stable"])]
        return f"{said['kind']} {sign}{said['value']} {said['unit']}{steady}"
    if "refused" in said:
        facts = [str(said["detail"])] if "detail" in said else []
        facts += [f"{said['bytes']} bytes"] if "bytes" in said else []
        facts += [f"at {said['at']}"] if "at" in said else []
        return f"refused: {said['refused']} ({', '.join(facts)})"
    if "code" in said:
        return f"a code was read ({said['code']}, {said['characters']} characters)"
    return "a card was read" if "card" in said else f"... {said['progress']}"


def _code(code: Code) -> Json:
    return {"code": code.carrier.value, "characters": len(code.text)}


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _reading(reading: Reading) -> Json:
    return {
        "kind": reading.kind.value,
        "value": f"{reading.value:f}",
        "unit": reading.unit,
        "comparator": None if reading.comparator is None else reading.comparator.value,
        "stable": reading.stable,
        "device_time": None if reading.device_time is None else reading.device_time.isoformat(),
    }


def _refused(reason: str, size: int | None, detail: str, at: int | None) -> Json:
    said: Json = {"refused": str(reason)}
    if size is not None:
        said["bytes"] = size
    if at is not None:
        said["at"] = at
    return said | ({"detail": detail} if detail else {})


def model_json(model: Model) -> Json:
    """One row of ``instruments --json``."""
    return {
        "model": model.slug,
        "maker": model.maker,
        "measures": [kind.value for kind in model.measures],
        "port": asdict(model.port),
        "can": asdict(model.can),
        "scenarios": list(model.scenarios),
        "evidence": model.evidence,
        "source": model.source,
        "grade": model.grade,
    }
