"""What each scenario of each simulator promises: the values that reach the house, and what is refused.

``values`` are the stable or final ones; live values are for the eye and left out. ``patience`` is how long
the longest protocol time-out of a scenario makes it take, at the instrument's own speed.
"""

from dataclasses import dataclass

from devices.reading import Card, Reading
from devices.session import Complaint, Told, Unread

WEIGHT, HEIGHT = "body_weight 51.3 kg", "body_height 152.4 cm"
LIPIDS = (
    "total_cholesterol 5.31 mmol/L",
    "triglycerides 1.18 mmol/L",
    "hdl 1.42 mmol/L",
    "ldl 3.10 mmol/L",
)
PRESSURE = ("systolic 138 mm[Hg]", "diastolic 76 mm[Hg]", "pulse 71 /min")
GRIPS = ("grip_left 17.2 kg", "grip_right 18.9 kg")


@dataclass(frozen=True, slots=True)
class Promise:
    values: tuple[str, ...] = ()
    refused: frozenset[str] = frozenset()
    patience: float = 60.0


def _promise(*values: str, refused: str = "", patience: float = 60.0) -> Promise:
    return Promise(values, frozenset(refused.split()), patience)


PROMISES: dict[str, dict[str, Promise]] = {
    "shanghe-sh": {
        "default": _promise(WEIGHT, HEIGHT),
        "no_terminator": _promise(WEIGHT, HEIGHT),
        "glued": _promise(WEIGHT, HEIGHT, WEIGHT, HEIGHT),
        "zero": _promise(refused="range"),
        "out_of_range": _promise(refused="range"),
        "unsteady": _promise(WEIGHT, HEIGHT),
        "garbage": _promise(WEIGHT, HEIGHT, refused="junk"),
        "cut_frame": _promise(refused="cut"),
        "silent": _promise(),
        "unplug": _promise(),
    },
    "pelstar-esc": {
        "default": _promise(WEIGHT),
        "with_height": _promise(WEIGHT, HEIGHT),
        "repeats": _promise(WEIGHT),
        "six_r_first": _promise(WEIGHT),
        "recall": _promise(WEIGHT, refused="recalled"),
        "wrong_unit": _promise("body_weight 113.1 [lb_av]"),
        "out_of_range": _promise(refused="range"),
        "garbage_height": _promise(WEIGHT, refused="range"),
        "unsteady": _promise(WEIGHT),
        "garbage": _promise(WEIGHT, refused="junk"),
        "cut_frame": _promise(WEIGHT, refused="junk"),
        "silent": _promise(),
        "unplug": _promise(WEIGHT),
    },
    "astm-lis": {
        "default": _promise(*LIPIDS, patience=115),
        "bad_checksum": _promise(*LIPIDS, refused="checksum", patience=115),
        "nak_once": _promise(*LIPIDS, refused="checksum", patience=115),
        "duplicate_frame": _promise(*LIPIDS, patience=115),
        "etb_split": _promise(*LIPIDS, patience=115),
        "off_scale": _promise("total_cholesterol <2.59 mmol/L", *LIPIDS[1:], patience=115),
        "qc_sample": _promise(refused="not_patient", patience=115),
        "unknown_code": _promise(*LIPIDS, refused="unknown_code", patience=115),
        "preliminary": _promise(refused="not_final", patience=115),
        "out_of_range": _promise(*LIPIDS[1:], refused="range", patience=115),
        "wrong_unit": _promise(refused="range", patience=115),
        "eot_early": _promise(refused="incomplete", patience=115),
        "garbage": _promise(*LIPIDS, refused="junk", patience=115),
        "cut_frame": _promise(*LIPIDS, refused="cut", patience=160),
        "silent": _promise(patience=400),
        "unplug": _promise(*LIPIDS, patience=160),
    },
    "omron-hbp9030": {
        "default": _promise(*PRESSURE),
        "device_error": _promise(refused="error_5"),
        "movement": _promise(*PRESSURE),
        "out_of_range": _promise(refused="range"),
        "bad_date": _promise(refused="date"),
        "short_line": _promise(refused="shape"),
        "garbage": _promise(*PRESSURE, refused="shape"),
        "cut_frame": _promise(refused="cut"),
        "silent": _promise(),
        "unplug": _promise(),
    },
    "grip-line": {
        "default": _promise(*GRIPS),
        "unsteady": _promise(),
        "bad_checksum": _promise(refused="checksum"),
        "out_of_range": _promise(refused="range"),
        "garbage": _promise(*GRIPS, refused="shape"),
        "cut_frame": _promise(*GRIPS, refused="shape"),
        "silent": _promise(),
        "unplug": _promise(*GRIPS),
    },
    "sam-idcard": {
        "default": _promise("card"),
        "card_removed": _promise(),
        "read_failed": _promise(refused="card_41"),
        "bad_checksum": _promise(refused="checksum"),
        "garbage": _promise("card", refused="junk"),
        "cut_frame": _promise("card", refused="cut"),
        "silent": _promise(),
        "unplug": _promise("card"),
    },
}


def value_of(what: Told) -> str | None:
    """A value as the tables above write it, or None for what is no result."""
    if isinstance(what, Card):
        return "card"
    if not isinstance(what, Reading) or what.stable is False:
        return None
    sign = "" if what.comparator is None else what.comparator.value
    return f"{what.kind} {sign}{what.value} {what.unit}"


def values_of(told: tuple[Told, ...]) -> tuple[str, ...]:
    return tuple(value for what in told if (value := value_of(what)) is not None)


def refusals_of(told: tuple[Told, ...]) -> frozenset[str]:
    words = [what.reason for what in told if isinstance(what, Unread)]
    return frozenset([*words, *(what.code for what in told if isinstance(what, Complaint))])
