"""What each scenario of each reader of codes and chips promises."""

from tests.devices.promise import Promise, promise

TOKENS: dict[str, dict[str, Promise]] = {
    "qr-serial": {
        "default": promise("code"),
        "held": promise("code"),
        "shown_again": promise("code", "code"),
        "too_long": promise(refused="junk"),
        "not_text": promise(refused="shape"),
        "garbage": promise("code", refused="shape"),
        "cut_frame": promise(refused="cut"),
        "silent": promise(),
        "unplug": promise(),
    },
    "pn532": {
        "default": promise("code"),
        "random_number": promise(refused="no_value"),
        "bad_checksum": promise("code", refused="checksum"),
        "reader_error": promise("code", refused="reader_error"),
        "no_card_answer": promise("code"),
        "garbage": promise("code", refused="junk"),
        "cut_frame": promise("code", refused="cut"),
        "silent": promise(),
        "unplug": promise("code"),
    },
}
