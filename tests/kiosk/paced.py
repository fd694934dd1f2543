"""The unseen window of a child process that takes its frames at a kiosk's pace.

A window that nobody sees makes a frame as soon as the last one is made, which takes a whole core for nothing
where a child waits for a simulated person. To be called after ``prepare`` and before kivy's clock is there.
"""

from kiosk.widgets.boot import FRAMES


def pace() -> None:
    """No more frames a second than on a panel."""
    from kivy.config import Config  # kivy reads what prepare settled when it is imported

    Config.set("graphics", "maxfps", str(FRAMES))
