"""What each scenario of each simulator promises: the values that reach the house, and what is refused."""

from devices.reading import Card, Code, Reading
from devices.session import Complaint, Told, Unread
from tests.devices.promise import Promise, promise
from tests.devices.promised_cuffs import CUFFS
from tests.devices.promised_meters import METERS
from tests.devices.promised_scales import SCALES
from tests.devices.promised_tokens import TOKENS

WEIGHT, HEIGHT = "body_weight 51.3 kg", "body_height 152.4 cm"
LIPIDS = (
    "total_cholesterol 5.31 mmol/L",
    "triglycerides 1.18 mmol/L",
    "hdl 1.42 mmol/L",
    "ldl 3.10 mmol/L",
)
PRESSURE = ("systolic 138 mm[Hg]", "diastolic 76 mm[Hg]", "pulse 71 /min")
GRIPS = ("grip_left 17.2 kg", "grip_right 18.9 kg")


PROMISES: dict[str, dict[str, Promise]] = {
    "shanghe-sh": {
        "default": promise(WEIGHT, HEIGHT),
        "no_terminator": promise(WEIGHT, HEIGHT),
        "glued": promise(WEIGHT, HEIGHT, WEIGHT, HEIGHT),
        "zero": promise(refused="range"),
        "out_of_range": promise(refused="range"),
        "unsteady": promise(WEIGHT, HEIGHT),
        "slow": promise(WEIGHT, HEIGHT),
        "wrong_speed": promise(refused="junk"),
        "garbage": promise(WEIGHT, HEIGHT, refused="junk"),
        "cut_frame": promise(refused="cut"),
        "silent": promise(),
        "unplug": promise(),
    },
    "pelstar-esc": {
        "default": promise(WEIGHT),
        "with_height": promise(WEIGHT, HEIGHT),
        "repeats": promise(WEIGHT),
        "six_r_first": promise(WEIGHT),
        "model_498kl": promise("body_weight 51.30 kg"),
        "model_597kl": promise(WEIGHT),
        "model_600kl": promise(WEIGHT, HEIGHT),
        "hold": promise(WEIGHT, WEIGHT),
        "unit_key": promise(WEIGHT),
        "recall": promise(WEIGHT, refused="recalled"),
        "wrong_unit": promise("body_weight 113.1 [lb_av]"),
        "out_of_range": promise(refused="range"),
        "garbage_height": promise(WEIGHT, refused="range"),
        "unsteady": promise(WEIGHT),
        "slow": promise(WEIGHT),
        "wrong_speed": promise(refused="junk"),
        "one_byte": promise(WEIGHT, refused="junk"),
        "garbage": promise(WEIGHT, refused="junk"),
        "cut_frame": promise(WEIGHT, refused="junk"),
        "silent": promise(),
        "unplug": promise(WEIGHT),
    },
    "astm-lis": {
        "default": promise(*LIPIDS, patience=115),
        "bad_checksum": promise(*LIPIDS, refused="checksum", patience=115),
        "nak_once": promise(*LIPIDS, refused="checksum", patience=115),
        "duplicate_frame": promise(*LIPIDS, patience=115),
        "etb_split": promise(*LIPIDS, patience=115),
        "off_scale": promise("total_cholesterol <2.59 mmol/L", *LIPIDS[1:], patience=115),
        "qc_sample": promise(refused="not_patient", patience=115),
        "unknown_code": promise(*LIPIDS, refused="unknown_code", patience=115),
        "preliminary": promise(refused="not_final", patience=115),
        "out_of_range": promise(*LIPIDS[1:], refused="range", patience=115),
        "wrong_unit": promise(refused="range", patience=115),
        "eot_early": promise(refused="incomplete", patience=115),
        "six_refusals": promise(*LIPIDS, refused="checksum incomplete", patience=140),
        "full_frames": promise(*LIPIDS, patience=115),
        "packed": promise(*LIPIDS, patience=115),
        "backtick": promise(*LIPIDS, patience=115),
        "asks_first": promise(*LIPIDS, patience=160),
        "contention": promise(*LIPIDS, patience=160),
        "host_refused_once": promise(*LIPIDS, patience=160),
        "garbage": promise(*LIPIDS, refused="junk", patience=115),
        "cut_frame": promise(*LIPIDS, refused="cut", patience=160),
        "silent": promise(patience=400),
        "unplug": promise(*LIPIDS, patience=160),
    },
    "omron-hbp9030": {
        "default": promise(*PRESSURE),
        "device_error": promise(refused="error_5"),
        "movement": promise(*PRESSURE),
        "out_of_range": promise(refused="range"),
        "bad_date": promise(refused="date"),
        "short_line": promise(refused="shape"),
        "slow": promise(*PRESSURE),
        "wrong_speed": promise(refused="cut"),
        "garbage": promise(*PRESSURE, refused="shape"),
        "cut_frame": promise(refused="cut"),
        "silent": promise(),
        "unplug": promise(),
    },
    "grip-line": {
        "default": promise(*GRIPS),
        "unsteady": promise(),
        "bad_checksum": promise(refused="checksum"),
        "out_of_range": promise(refused="range"),
        "garbage": promise(*GRIPS, refused="shape"),
        "cut_frame": promise(*GRIPS, refused="shape"),
        "silent": promise(),
        "unplug": promise(*GRIPS),
    },
    "sam-idcard": {
        "default": promise("card"),
        "card_removed": promise(),
        "read_failed": promise(refused="card_41"),
        "error_31": promise(refused="card_31"),
        "error_32": promise(refused="card_32"),
        "length_mismatch": promise(refused="shape"),
        "bad_checksum": promise(refused="checksum"),
        "garbage": promise("card", refused="junk"),
        "cut_frame": promise("card", refused="cut"),
        "silent": promise(),
        "unplug": promise("card"),
    },
    **SCALES,
    **CUFFS,
    **METERS,
    **TOKENS,
}


def value_of(what: Told) -> str | None:
    """A value as the tables above write it, or None for what is no result."""
    if isinstance(what, Card):
        return "card"
    if isinstance(what, Code):
        return "code"
    if not isinstance(what, Reading) or what.stable is False:
        return None
    sign = "" if what.comparator is None else what.comparator.value
    return f"{what.kind} {sign}{what.value} {what.unit}"


def values_of(told: tuple[Told, ...]) -> tuple[str, ...]:
    return tuple(value for what in told if (value := value_of(what)) is not None)


def refusals_of(told: tuple[Told, ...]) -> frozenset[str]:
    words = [what.reason for what in told if isinstance(what, Unread)]
    return frozenset([*words, *(what.code for what in told if isinstance(what, Complaint))])
