"""The Martin-Hopkins table: triglycerides over VLDL cholesterol, by triglycerides and non-HDL in whole mg/dL.

Martin SS et al., JAMA 2013;310:2061, the 180-cell table, taken from two identical public copies. It is data
and must stay as printed: one dip (93-96 to 97-100, last column) is in the original.
"""

from decimal import Decimal

# First triglyceride value of each row; the last row of the print ends where HIGHEST begins.
ROWS = (
    7,
    50,
    57,
    62,
    67,
    72,
    76,
    80,
    84,
    88,
    93,
    97,
    101,
    106,
    111,
    116,
    121,
    127,
    133,
    139,
    147,
    155,
    164,
    174,
    186,
    202,
    221,
    248,
    293,
)
HIGHEST = 400
# From these non-HDL values on the next column counts: below 100, 100-129, 130-159, 160-189, 190-219, 220 up.
COLUMNS = (100, 130, 160, 190, 220)


def _row(text: str) -> tuple[Decimal, ...]:
    return tuple(Decimal(cell) for cell in text.split())


FACTORS = (
    _row("3.5 3.4 3.3 3.3 3.2 3.1"),  # 7-49
    _row("4.0 3.9 3.7 3.6 3.6 3.4"),  # 50-56
    _row("4.3 4.1 4.0 3.9 3.8 3.6"),  # 57-61
    _row("4.5 4.3 4.1 4.0 3.9 3.9"),  # 62-66
    _row("4.7 4.4 4.3 4.2 4.1 3.9"),  # 67-71
    _row("4.8 4.6 4.4 4.2 4.2 4.1"),  # 72-75
    _row("4.9 4.6 4.5 4.3 4.3 4.2"),  # 76-79
    _row("5.0 4.8 4.6 4.4 4.3 4.2"),  # 80-83
    _row("5.1 4.8 4.6 4.5 4.4 4.3"),  # 84-87
    _row("5.2 4.9 4.7 4.6 4.4 4.3"),  # 88-92
    _row("5.3 5.0 4.8 4.7 4.5 4.4"),  # 93-96
    _row("5.4 5.1 4.8 4.7 4.5 4.3"),  # 97-100
    _row("5.5 5.2 5.0 4.7 4.6 4.5"),  # 101-105
    _row("5.6 5.3 5.0 4.8 4.6 4.5"),  # 106-110
    _row("5.7 5.4 5.1 4.9 4.7 4.5"),  # 111-115
    _row("5.8 5.5 5.2 5.0 4.8 4.6"),  # 116-120
    _row("6.0 5.5 5.3 5.0 4.8 4.6"),  # 121-126
    _row("6.1 5.7 5.3 5.1 4.9 4.7"),  # 127-132
    _row("6.2 5.8 5.4 5.2 5.0 4.7"),  # 133-138
    _row("6.3 5.9 5.6 5.3 5.0 4.8"),  # 139-146
    _row("6.5 6.0 5.7 5.4 5.1 4.8"),  # 147-154
    _row("6.7 6.2 5.8 5.4 5.2 4.9"),  # 155-163
    _row("6.8 6.3 5.9 5.5 5.3 5.0"),  # 164-173
    _row("7.0 6.5 6.0 5.7 5.4 5.1"),  # 174-185
    _row("7.3 6.7 6.2 5.8 5.5 5.2"),  # 186-201
    _row("7.6 6.9 6.4 6.0 5.6 5.3"),  # 202-220
    _row("8.0 7.2 6.6 6.2 5.9 5.4"),  # 221-247
    _row("8.5 7.6 7.0 6.5 6.1 5.6"),  # 248-292
    _row("9.5 8.3 7.5 7.0 6.5 5.9"),  # 293-399
)
