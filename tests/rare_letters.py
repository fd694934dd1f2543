"""A sample of what GB 18030-2022 asks of a name, for the tests of the screen and of paper."""

from printouts import coverage

HAN_BLOCKS = (
    (0x3400, 0x4DB5),
    (0x4E00, 0x9FEF),
    (0x20000, 0x2A6D6),
    (0x2A700, 0x2B734),
    (0x2B740, 0x2B81D),
    (0x2B820, 0x2CEA1),
    (0x2CEB0, 0x2EBE0),
)
"""The ideographs of its three levels: basic, extensions A to F."""
IN_NAMES = "㛃䶮𬭎𠅤龘㐂𠮷𫍯𬸚鿍𬱖𣲘𬴂"
_EVERY = 641


def sample() -> str:
    """Some two hundred letters: those seen in names, the ends of every block, and one in 641 between."""
    ends = [code for block in HAN_BLOCKS for code in block]
    between = [code for low, high in HAN_BLOCKS for code in range(low, high, _EVERY)]
    return "".join(dict.fromkeys([*IN_NAMES, *map(chr, ends), *map(chr, between)]))


def has_further_faces() -> bool:
    """Whether this machine has the faces that the rarest letters need."""
    return all(face.is_file() for face in coverage.RARE)
