"""What each scenario of each blood pressure machine promises, beyond the first one."""

from devices.simulators.tm2655 import ERRORS
from tests.devices.promise import Promise, promise

PRESSURE = ("systolic 138 mm[Hg]", "diastolic 76 mm[Hg]", "pulse 71 /min")

CUFFS: dict[str, dict[str, Promise]] = {
    "omron-hbp9020": {
        "default": promise(*PRESSURE),
        "out_of_range": promise(refused="range"),
        "shifted": promise(refused="range"),
        "bad_date": promise(refused="date"),
        "short_line": promise(refused="shape"),
        "slow": promise(*PRESSURE),
        "garbage": promise(*PRESSURE, refused="shape"),
        "cut_frame": promise(refused="cut"),
        "silent": promise(),
        "unplug": promise(),
    },
    "and-tm2655": {
        "default": promise(*PRESSURE),
        "by_key": promise(*PRESSURE, ordered=False),
        "model_2657p": promise(*PRESSURE),
        "slow": promise(*PRESSURE),
        "no_bcc": promise(*PRESSURE),
        "wrong_bcc": promise(*PRESSURE),
        "out_of_range": promise(refused="range"),
        "shifted": promise(refused="range"),
        "bad_date": promise(refused="date"),
        **{f"error_{number}": promise(refused=f"error_{number}") for number in ERRORS},
        "garbage": promise(*PRESSURE, refused="junk"),
        "cut_frame": promise(*PRESSURE, refused="cut no_answer"),
        "silent": promise(refused="no_answer"),
        "unplug": promise(*PRESSURE),
    },
    "terumo": {
        "default": promise(*PRESSURE),
        "bad_checksum": promise(refused="checksum"),
        "glued": promise(*PRESSURE, refused="junk cut"),
        "out_of_range": promise(refused="range"),
        "shifted": promise(refused="range"),
        "slow": promise(*PRESSURE),
        "bad_date": promise(refused="date"),
        "garbage": promise(*PRESSURE, refused="junk"),
        "cut_frame": promise(refused="cut"),
        "silent": promise(),
        "unplug": promise(),
    },
}
