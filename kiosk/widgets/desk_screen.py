"""How large the desk's screen is, asked of the X server before there is a window.

The window library says it only after its window was opened, and then too tall a one is cut off at the top
and at the foot, where help is. Without an X server nothing is known, and the caller takes what fits most.
"""

import ctypes

_LIBRARY = "libX11.so.6"


def desk_screen() -> tuple[int, int] | None:
    """Width and height in pixels of the X screen that ``DISPLAY`` names; None where there is none."""
    try:
        x11 = ctypes.CDLL(_LIBRARY)
    except OSError:
        return None
    x11.XOpenDisplay.restype = ctypes.c_void_p
    display = x11.XOpenDisplay(None)
    if not display:
        return None
    handle = ctypes.c_void_p(display)
    screen = x11.XDefaultScreen(handle)
    size = (x11.XDisplayWidth(handle, screen), x11.XDisplayHeight(handle, screen))
    x11.XCloseDisplay(handle)
    return size
