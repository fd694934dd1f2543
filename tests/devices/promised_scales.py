"""What each scenario of each scale promises, beyond the first stands."""

from tests.devices.promise import Promise, promise

FINE = "body_weight 51.30 kg"
POUNDS = "body_weight 113.10 [lb_av]"

SCALES: dict[str, dict[str, Promise]] = {
    "sma": {
        "default": promise(FINE),
        "stream": promise(FINE),
        "pounds": promise(POUNDS),
        "overload": promise(refused="overload"),
        "underload": promise(refused="underload"),
        "zero_error": promise(refused="zero_error"),
        "tare_error": promise(refused="tare_error"),
        "unknown_command": promise(refused="unknown_command"),
        "line_error": promise(refused="line_error"),
        "wrong_unit": promise(refused="unit"),
        "out_of_range": promise(refused="range"),
        "unsteady": promise(FINE),
        "garbage": promise(FINE, refused="shape"),
        "cut_frame": promise(FINE, refused="shape"),
        "silent": promise(refused="no_answer"),
        "unplug": promise(FINE),
    },
    "mt-sics": {
        "default": promise(FINE),
        "pounds": promise(POUNDS),
        "overload": promise(refused="overload"),
        "underload": promise(refused="underload"),
        "busy": promise(refused="busy"),
        "hardware_error": promise(refused="error_10"),
        "unknown_command": promise(refused="unknown_command"),
        "line_error": promise(refused="line_error"),
        "wrong_unit": promise(refused="unit"),
        "out_of_range": promise(refused="range"),
        "unsteady": promise(FINE),
        "garbage": promise(FINE, refused="shape"),
        "cut_frame": promise(FINE, refused="shape"),
        "silent": promise(refused="no_answer"),
        "unplug": promise(FINE),
    },
    "and-scale": {
        "default": promise(FINE),
        "long_format": promise(FINE),
        "pounds": promise(POUNDS),
        "overload": promise(refused="overload"),
        "wrong_unit": promise(refused="unit"),
        "out_of_range": promise(refused="range"),
        "unsteady": promise(FINE),
        "garbage": promise(FINE, refused="shape"),
        "cut_frame": promise(FINE, refused="shape"),
        "silent": promise(),
        "unplug": promise(FINE),
    },
}
