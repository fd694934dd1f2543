"""One picture of many screens, eight in a row, each 150 wide: ``contact.py OUT.png PICTURE…``."""

import sys
from pathlib import Path

from PIL import Image

WIDE, HIGH, GAP, ROW = 150, 267, 6, 8


def main(out: Path, pictures: list[Path]) -> None:
    """Write the sheet."""
    rows = -(-len(pictures) // ROW)
    sheet = Image.new("RGB", (ROW * (WIDE + GAP) + GAP, rows * (HIGH + GAP) + GAP), "#B9CBD2")
    for place, picture in enumerate(pictures):
        left, top = GAP + place % ROW * (WIDE + GAP), GAP + place // ROW * (HIGH + GAP)
        with Image.open(picture) as image:
            sheet.paste(image.convert("RGB").resize((WIDE, HIGH), Image.Resampling.LANCZOS), (left, top))
    sheet.quantize(192, kmeans=2).save(out, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])
