"""One picture of many screens: ``contact.py OUT.png PICTURE…``; eight tall ones in a row, five that lie."""

import sys
from pathlib import Path

from PIL import Image

GAP, TALL, LYING = 6, (150, 8), (240, 5)


def main(out: Path, pictures: list[Path]) -> None:
    """Write the sheet."""
    with Image.open(pictures[0]) as first:
        wide, row = TALL if first.height > first.width else LYING
        high = round(wide * first.height / first.width)
    rows = -(-len(pictures) // row)
    sheet = Image.new("RGB", (row * (wide + GAP) + GAP, rows * (high + GAP) + GAP), "#B9CBD2")
    for place, picture in enumerate(pictures):
        left, top = GAP + place % row * (wide + GAP), GAP + place // row * (high + GAP)
        with Image.open(picture) as image:
            sheet.paste(image.convert("RGB").resize((wide, high), Image.Resampling.LANCZOS), (left, top))
    sheet.quantize(192, kmeans=2).save(out, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])
