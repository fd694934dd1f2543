"""A printed sheet read back by somebody else's program and laid beside the values it was made from."""

import re
import subprocess

from printouts.content import Report
from printouts.doctor_rows import doctor_rows
from printouts.typeset import clean


def misread(report: Report, pdf: bytes) -> tuple[str, ...]:
    """Every line of the doctor's table that poppler does not read as name, value and unit; none is right."""
    command = ["pdftotext", "-layout", "-", "-"]
    read = subprocess.run(command, input=pdf, check=True, capture_output=True).stdout.decode()
    lines = [re.sub(r"\s+", " ", line).strip() for line in read.splitlines()]
    wrong = []
    for row in doctor_rows(report):
        wanted = re.sub(r"\s+", " ", clean(f"{row.name} {row.value or '—'} {row.unit}")).strip()
        squeezed = wanted.replace(" ", "")
        if not any(line.replace(" ", "").startswith(squeezed) for line in lines):
            wrong.append(wanted)
    return tuple(wrong)
