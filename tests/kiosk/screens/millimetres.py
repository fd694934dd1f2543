"""What a rule file may say of a place and a size: millimetres or what is measured, never a bare pixel."""

import ast
import re
from collections.abc import Iterator

_UNIT = re.compile(r"\b(?:dp|sp|cm|inch|pt)\(|\d(?:dp|sp|px)\b|size_hint|pos_hint")
_KIVYS = re.compile(
    r"^\s*(?:(?:minimum_|texture_)?(?:width|height|size)|x|y|xy|right|top|center(?:_[xy])?|pos|origin|font_size"
    r"|font_px|text_size|padding(?:_[xy])?|spacing|radius|border|line_width|outline_width|points|rectangle"
    r"|rounded_rectangle|circle|ellipse|bezier|dash_\w+)\s*:(?P<value>.*)$"
)
"""What is read in pixels; ``at``, ``em`` and all else of ours is in millimetres already."""
_FITTING = {"round", "min", "max", "abs"}
"""What gives back the pixels that it was given."""


def pixels_in(rules: str) -> Iterator[str]:
    """Lines of a rule file that say anything but millimetres."""
    for number, line in enumerate(rules.splitlines(), start=1):
        if _UNIT.search(line) or _in_pixels(line):
            yield f"line {number} is not in millimetres: {line.strip()}"


def _in_pixels(line: str) -> bool:
    found = _KIVYS.match(line)
    return found is not None and _bare(ast.parse(found["value"].strip() or "0", mode="eval").body)


def _bare(part: ast.expr) -> bool:
    """Whether a figure in ``part`` stands alone or is added to something: nothing makes it millimetres."""
    match part:
        case ast.Constant(value):
            return isinstance(value, int | float) and value != 0
        case ast.BinOp(left, ast.Mult(), right) if not isinstance(left, ast.List | ast.Tuple):
            return _figure(left) and _figure(right)
        case ast.BinOp(left, ast.Mult() | ast.Div(), _):
            return _bare(left)
        case ast.Call(ast.Name(name)) if name not in _FITTING:
            return False
        case ast.Attribute() | ast.Subscript() | ast.Compare():
            return False
        case ast.IfExp(_, body, orelse):
            return _bare(body) or _bare(orelse)
    return any(_bare(each) for each in ast.iter_child_nodes(part) if isinstance(each, ast.expr))


def _figure(part: ast.expr) -> bool:
    """Whether ``part`` is worked out from figures alone."""
    return not any(isinstance(each, ast.Name | ast.Attribute) for each in ast.walk(part))
