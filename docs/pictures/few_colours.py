"""``few_colours.py FROM TO``: a picture of a page in 64 colours, which is a third of its bytes."""

import sys

from PIL import Image

with Image.open(sys.argv[1]) as page:
    page.convert("RGB").quantize(64).save(sys.argv[2], optimize=True)
