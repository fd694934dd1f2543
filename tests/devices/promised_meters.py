"""What each scenario of each small meter promises."""

from tests.devices.promise import Promise, promise

TC, HDL = "total_cholesterol 5.31 mmol/L", "hdl 1.42 mmol/L"
TG, LDL = "triglycerides 1.18 mmol/L", "ldl 3.10 mmol/L"

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
}
