"""The page of the documents that shows the flow, drawn from the table itself."""

from kiosk.flow.table import TABLE, draw


def flow_page() -> str:
    """``docs/flow.md``, whole."""
    rows = "".join(
        f"| {step} | {'-' if row.idle is None else f'{row.idle} s'} | "
        f"{', '.join(f'{happening} → {to}' for happening, to in row.leads.items())} |\n"
        for step, row in TABLE.items()
    )
    return (
        "# The flow of a visit\n\n"
        "Generated from `kiosk/flow/table.py` by `python -m kiosk.flow.page`; a test compares.\n\n"
        "A step left alone for its limit asks whether more time is needed, waits 30 s, ends the visit.\n"
        "A step without a limit waits for an instrument, for staff or for nobody.\n\n"
        f"```mermaid\n{draw()}```\n\n"
        "| step | limit | what leads where |\n|---|---|---|\n" + rows
    )


if __name__ == "__main__":
    import sys

    sys.stdout.write(flow_page())
