"""What each scenario of each small meter promises."""

from tests.devices.promise import Promise, promise

TC, HDL = "total_cholesterol 5.31 mmol/L", "hdl 1.42 mmol/L"
TG, LDL = "triglycerides 1.18 mmol/L", "ldl 3.10 mmol/L"
AMERICAN = ("total_cholesterol 205 mg/dL", "hdl 55 mg/dL", "triglycerides 105 mg/dL")
CURO = (AMERICAN[0], AMERICAN[2], AMERICAN[1])
SUGAR = "glucose 101 mg/dL"

METERS: dict[str, dict[str, Promise]] = {
    "cardiochek": {
        "default": promise(TC, HDL, TG, LDL, patience=80),
        "nul_runs": promise(TC, HDL, TG, LDL, patience=80),
        "off_scale": promise("total_cholesterol <2.59 mmol/L", HDL, TG, LDL, patience=80),
        "not_computable": promise(TC, HDL, TG, refused="no_value", patience=80),
        "mg_dl": promise(
            "total_cholesterol 205 mg/dL",
            "hdl 55 mg/dL",
            "triglycerides 105 mg/dL",
            "ldl 120 mg/dL",
            patience=80,
        ),
        "cholesterol_only": promise(TC, patience=80),
        "out_of_range": promise(HDL, TG, LDL, refused="range", patience=80),
        "line_lost": promise(refused="incomplete", patience=80),
        "garbage": promise(TC, HDL, TG, LDL, refused="shape", patience=80),
        "cut_frame": promise(refused="cut incomplete", patience=80),
        "silent": promise(patience=80),
        "unplug": promise(patience=80),
    },
    "curo-l7": {
        "default": promise(*CURO, patience=140),
        "bad_checksum": promise(refused="checksum", patience=140),
        "switched_on_twice": promise(*CURO, patience=140),
        "read_again": promise(*CURO, refused="recalled", patience=140),
        "older_records": promise(*CURO, refused="recalled", patience=140),
        "clock_behind": promise(*CURO, patience=140),
        "no_record": promise(patience=140),
        "bad_date": promise(refused="date", patience=140),
        "out_of_range": promise(*CURO[1:], refused="range", patience=140),
        "zero_hdl": promise(*CURO[:2], patience=140),
        "high_tg": promise(CURO[0], "triglycerides 425 mg/dL", CURO[2], patience=140),
        "garbage": promise(*CURO, refused="junk", patience=140),
        "cut_frame": promise(refused="cut", patience=140),
        "silent": promise(patience=140),
        "unplug": promise(patience=140),
    },
    "codefree": {
        "default": promise(SUGAR),
        "bad_checksum": promise(refused="checksum"),
        "switched_on_twice": promise(SUGAR),
        "read_again": promise(SUGAR, refused="recalled"),
        "older_records": promise(SUGAR, refused="recalled"),
        "clock_behind": promise(SUGAR),
        "no_record": promise(),
        "bad_date": promise(refused="date"),
        "out_of_range": promise(refused="range"),
        "garbage": promise(SUGAR, refused="junk"),
        "cut_frame": promise(refused="cut"),
        "silent": promise(),
        "unplug": promise(),
    },
    "taidoc": {
        "default": promise(SUGAR),
        "bad_checksum": promise(SUGAR, refused="checksum"),
        "old_record": promise(refused="recalled"),
        "clock_behind": promise(SUGAR),
        "no_record": promise(),
        "bad_date": promise(refused="date"),
        "out_of_range": promise(refused="range"),
        "garbage": promise(SUGAR, refused="junk"),
        "cut_frame": promise(SUGAR, refused="cut"),
        "silent": promise(),
        "unplug": promise(SUGAR),
    },
}
