"""A letter of GB 18030 is drawn on paper as itself: on the sheet and on the slip, looked at as pictures."""

import io
import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from printouts import coverage, dots
from printouts.fonts import face_name, note_use
from tests.printouts.cases import tool
from tests.rare_letters import has_further_faces, sample

NOBODY = "\U0010fffd"
"""Private use: no face has it, so what is drawn of it is the box."""
PER_ROW, CELL_PT, PX_PER_PT = 20, 30, 2
FACES = 1 + len(coverage.RARE)


@pytest.fixture(autouse=True)
def further_faces() -> None:
    if not has_further_faces():
        pytest.skip("needs fonts-hanazono")


def test_no_letter_is_a_box_on_a_sheet(tmp_path: Path) -> None:
    letters = [(letter, coverage.face_of(letter)) for letter in sample()]
    cells = [*((NOBODY, face) for face in range(FACES)), *((letter, face or 0) for letter, face in letters)]
    pictures = cells_of(sheet(cells), len(cells), tmp_path)
    boxes, drawn = set(pictures[:FACES]), pictures[FACES:]
    assert len(boxes) >= 2, "the boxes themselves were drawn"
    assert [hex(ord(letter)) for (letter, _), seen in zip(letters, drawn, strict=True) if seen in boxes] == []
    assert len(set(drawn)) == len(drawn), "each looks like itself"


def test_no_letter_is_a_box_on_a_slip() -> None:
    boxes = {on_slip(NOBODY, face) for face in range(FACES)}
    wrong = [hex(ord(one)) for one in sample() if on_slip(one, coverage.face_of(one) or 0) in boxes]
    assert wrong == []


def sheet(cells: list[tuple[str, int]]) -> bytes:
    """A page with one letter in every cell."""
    out = io.BytesIO()
    rows = -(-len(cells) // PER_ROW)
    canvas = Canvas(out, pagesize=(PER_ROW * CELL_PT, rows * CELL_PT))
    for number, (letter, face) in enumerate(cells):
        row, column = divmod(number, PER_ROW)
        font = face_name(face, bold=False)
        canvas.setFont(font, CELL_PT * 0.7)
        note_use(vars(canvas)["_doc"], font, CELL_PT * 0.7, letter)
        canvas.drawString(column * CELL_PT + 4, (rows - row - 1) * CELL_PT + 7, letter)
    canvas.save()
    return out.getvalue()


def cells_of(pdf: bytes, count: int, folder: Path) -> list[bytes]:
    """What stands in every cell, as dots; fails where one is empty."""
    (folder / "letters.pdf").write_bytes(pdf)
    said, root = [tool("pdftoppm"), "-gray", "-singlefile", "-r", str(72 * PX_PER_PT)], folder / "letters"
    subprocess.run([*said, str(root.with_suffix(".pdf")), str(root)], check=True)
    page, side, found = Image.open(root.with_suffix(".pgm")), CELL_PT * PX_PER_PT, []
    for number in range(count):
        row, column = divmod(number, PER_ROW)
        cell = page.crop((column * side, row * side, (column + 1) * side, (row + 1) * side))
        assert min(cell.tobytes()) < 128, f"cell {number} is empty"
        found.append(cell.tobytes())
    return found


def on_slip(letter: str, face: int) -> bytes:
    """The letter as the thermal head burns it."""
    image = Image.new("1", (48, 48), 1)
    ImageDraw.Draw(image).text((4, 4), letter, fill=0, font=dots._face(36, face, bold=False))
    return image.tobytes()
