"""The page of the documents that shows the flow, drawn from the table itself."""

from kiosk.flow.table import TABLE, WARNING, Row, draw


def flow_page() -> str:
    """``docs/flow.md``, whole."""
    rows = "".join(
        f"| {step} | {_limit(row)} | "
        f"{', '.join(f'{happening} → {to}' for happening, to in row.leads.items())} |\n"
        for step, row in TABLE.items()
    )
    return (
        "# The flow of a visit\n\n"
        "Generated from `kiosk/flow/table.py` by `python -m kiosk.flow.page`; a test compares.\n\n"
        "A step left alone for its limit asks aloud whether more time is needed, covers what is personal,\n"
        f"waits {WARNING} s and ends the visit: what was measured is kept, and the same card goes on with\n"
        "it for ten minutes. A step without a limit waits for an instrument, for staff or for nobody. An\n"
        "instrument that says nothing for its own time is waited for once more; when it is silent again and\n"
        "nobody touched anything, it is asked in the same way whether somebody is there.\n\n"
        f"```mermaid\n{draw()}```\n\n"
        "| step | limit | what leads where |\n|---|---|---|\n" + rows
    )


def _limit(row: Row) -> str:
    """The limit of one step, and the shorter one once she stepped off the scale."""
    alone = "-" if row.idle is None else f"{row.idle} s"
    return alone if row.left is None else f"{alone}; {row.left} s off the scale"


if __name__ == "__main__":
    import sys

    sys.stdout.write(flow_page())
