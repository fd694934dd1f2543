"""The page of the documents that shows the flow of the staff area, drawn from the table itself."""

from kiosk.backroom.steps import StaffHappening
from kiosk.backroom.table import STAFF_TABLE, draw

_EVERYWHERE = frozenset({StaffHappening.LEAVE, StaffHappening.GONE})


def staff_flow_page() -> str:
    """``docs/staff-flow.md``, whole."""
    rows = "".join(
        f"| {step} | {row.idle} s | "
        f"{', '.join(f'{why} → {to}' for why, to in row.leads.items() if why not in _EVERYWHERE)} |\n"
        for step, row in STAFF_TABLE.items()
    )
    return (
        "# The flow of the staff area\n\n"
        "Generated from `kiosk/backroom/table.py` by `python -m kiosk.backroom.page`; a test compares.\n\n"
        "Every step can also be left at once (`leave → out`), and lets itself out when nobody touches it\n"
        "for its limit. What is done often lies within three taps of `home`; a test counts them.\n\n"
        f"```mermaid\n{draw()}```\n\n"
        "| step | limit | what leads where |\n|---|---|---|\n" + rows
    )


if __name__ == "__main__":
    import sys

    sys.stdout.write(staff_flow_page())
