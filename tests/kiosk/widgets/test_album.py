"""A picture is painted once; a broken or changed one again, and nothing of a person is written."""

import subprocess
import sys
from pathlib import Path

SCRIPT = """
import sys
from pathlib import Path
from kiosk.theme import load_look
from kiosk.widgets.boot import pane_for, prepare
look = load_look()
prepare(look, pane_for(look, offscreen=True))
from kivy.core.window import Window
from kiosk.widgets.album import Album
folder, size, painted = Path(sys.argv[1]), (2, 2), []
def paint(colour):
    def now():
        painted.append(colour)
        return bytes((colour, 0, 0, 255)) * 4
    return now
def seen(album, key, colour):
    return album.picture(key, size, paint(colour)).pixels[0]
one = Album(folder)
print(seen(one, "a", 1), seen(one, "a", 2), painted)
print(seen(Album(folder), "a", 3), painted)
for file in folder.iterdir():
    file.write_bytes(b"no picture")
print(seen(Album(folder), "a", 4), painted, len(list(folder.iterdir())))
hers = one.passing("hers", lambda: one.picture("b", size, paint(5)))
one.forget()
print(one.passing("hers", lambda: None) is None, len(list(folder.iterdir())))
whole = Album(None)
(first, second, *_) = (whole.picture(str(each), (1000, 1000), lambda: bytes(4_000_000)) for each in range(3))
print(whole.picture("2", (1000, 1000), paint(0)) is not None, painted[-1], len(whole._large))
print(seen(Album(None), "a", 6), seen(Album(folder / "a" / "b"), "a", 7))
"""


def test_a_picture_is_kept_for_the_next_start_and_painted_again_when_it_is_broken(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path / "pictures")],
        cwd=Path(__file__).resolve().parents[3],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout.splitlines() == ["1 1 [1]", "1 [1]", "4 [1, 4] 1", "True 2", "True 5 1", "6 7"], (
        done.stderr
    )
