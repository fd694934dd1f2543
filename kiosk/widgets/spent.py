"""What OpenGL keeps of what it has done, given back: the orders of a picture, and the translator of shaders.

Where a graphics card draws, little of that lies in this process. Where the processor draws (llvmpipe of
Mesa), the orders of a picture, some megabytes, and every texture they name stay until another picture is
begun, and the translator keeps its own library for a program that may never come. Nothing that is seen
changes.
"""

import ctypes

from kivy.core.window import Window, _window_sdl2
from kivy.graphics.opengl import GL_RENDERER, glFinish, glGetString

from kiosk.widgets.painting import clean_sheet

_BY_PROCESSOR = b"llvmpipe"


def forget_translator() -> None:
    """Give back what translates shaders; it comes again by itself with the next one, in some milliseconds.

    glReleaseShaderCompiler of OpenGL ES 2.0 and OpenGL 4.1, which kivy names and does not call. Only in the
    window's thread.
    """
    clean_sheet()  # nothing else of ours has a shader of its own
    sdl = ctypes.CDLL(_window_sdl2.__file__)  # what it stands on is found with it: the SDL of this window
    sdl.SDL_GL_GetProcAddress.restype = ctypes.c_void_p
    release = sdl.SDL_GL_GetProcAddress(b"glReleaseShaderCompiler")
    if release:
        ctypes.CFUNCTYPE(None)(release)()


def forget_orders() -> None:
    """From now on let go of the orders of each picture as soon as it is drawn, where the processor draws."""
    if _BY_PROCESSOR in glGetString(GL_RENDERER):
        Window.bind(on_flip=_begin_anew)


def keep_orders() -> None:
    """The window is left to OpenGL again."""
    Window.unbind(on_flip=_begin_anew)


def _begin_anew(*_: object) -> None:
    """Draw a picture of one dot that is never shown. What is waited for must be drawn before it is shown."""
    glFinish()
    dot = clean_sheet()
    dot.bind()
    dot.clear_buffer()
    dot.release()
    glFinish()
