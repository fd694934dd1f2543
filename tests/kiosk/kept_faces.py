"""A kept face as a test sets it: blank, as large as the window, with keys that cover it."""

from kivy.core.window import Window

from kiosk.kept_face import Band, KeptFace, KeptKey, whole


def a_kept_face(*choices: str) -> KeptFace:
    """Its last key lies under the whole of it, each other one on a line of pixels at the foot."""
    size = (round(Window.width), round(Window.height))
    blank = whole(bytes(size[0] * size[1] * 4), size[0])
    on = Band((0, 0), (1, 1), whole(b"\xff" * 4, 1).packed)
    lines = [KeptKey(name, "", (0.0, float(at), 9.0, 0.5), on) for at, name in enumerate(choices[:-1])]
    all_over = KeptKey(choices[-1], "", (0.0, 0.0, float(size[0]), float(size[1])), on)
    return KeptFace(size, (0, 0), size, blank, None, (*lines, all_over), 40.0)
