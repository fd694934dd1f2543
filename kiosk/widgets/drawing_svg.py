"""A drawing as SVG, to look at it without a window and for the documents. Pure; never used on the kiosk."""

from collections.abc import Iterable, Mapping

from kiosk.widgets.flatten import Patch, flatten, place
from kiosk.widgets.palette import Palette, hex_of
from kiosk.widgets.shapes import Box, Sheet


def svg(sheet: Sheet, width: float, height: float, palette: Palette = Palette.LIGHT) -> str:
    """The drawing filling ``width`` by ``height`` mm, as one SVG document."""
    placing = place(sheet, width, height)
    left, bottom, right, top = placing.view
    back = () if sheet.back is None else (_backdrop(placing.view, sheet.back),)
    body = paths((*back, *flatten(sheet, placing.view)), palette)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}mm" height="{height:g}mm" '
        f'viewBox="{left:.3f} {-top:.3f} {right - left:.3f} {top - bottom:.3f}">{body}</svg>'
    )


def paths(
    patches: Iterable[Patch], palette: Palette = Palette.LIGHT, instead: Mapping[str, str] | None = None
) -> str:
    """The patches as SVG path elements with y downwards; ``instead`` overrides colours by name."""
    return "".join(
        _path(patch, (instead or {}).get(patch.paint) or hex_of(patch.paint, palette)) for patch in patches
    )


def _backdrop(view: Box, paint: str) -> Patch:
    left, bottom, right, top = view
    return Patch(((left, bottom), (right, bottom), (right, top), (left, top)), paint)


def _path(patch: Patch, colour: str) -> str:
    data = "M" + "L".join(f"{x:.3f} {-y:.3f}" for x, y in patch.points) + ("Z" if patch.closed else "")
    if patch.width is None:
        return f'<path d="{data}" fill="{colour}"/>'
    return (
        f'<path d="{data}" fill="none" stroke="{colour}" stroke-width="{patch.width:.3f}" '
        'stroke-linecap="round" stroke-linejoin="round"/>'
    )
