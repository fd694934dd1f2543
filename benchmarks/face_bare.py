"""The peer of the face: a bare Kivy app of five large Chinese buttons, two screens of them, and nothing else.

Same window, same font, same settings of the library that make a picture cheap; everything else is Kivy's own.
Run as a child process.
"""

import sys

from kiosk.theme import load_look
from kiosk.widgets.boot import pane_for, prepare

WORDS = (
    ("开始测量", "看上次结果", "请人帮忙", "大字", "English"),
    ("是我", "不是我", "请人帮忙", "返回", "跳过"),
)


def main(taps: int, screens: int) -> None:
    """Open the window and let the probe at it."""
    look = load_look()
    prepare(look, pane_for(look, offscreen=True))
    from kivy.config import Config

    Config.set("graphics", "maxfps", "60")  # Kivy's own, whatever ours is; unseen, it would be none
    from kivy.app import App
    from kivy.uix.boxlayout import BoxLayout
    from kivy.uix.button import Button
    from kivy.uix.screenmanager import NoTransition, Screen, ScreenManager

    from benchmarks.face_probe import Scene, measure

    class Bare(App):
        def build(self) -> ScreenManager:
            manager = ScreenManager(transition=NoTransition())
            for number, words in enumerate(WORDS):
                screen, box = Screen(name=str(number)), BoxLayout(orientation="vertical")
                for text in words:
                    button = Button(text=text, font_size=60)
                    button.bind(on_release=lambda _: self.turn())
                    box.add_widget(button)
                screen.add_widget(box)
                manager.add_widget(screen)
            return manager

        def turn(self) -> None:
            self.root.current = "1" if self.root.current == "0" else "0"

        def first(self) -> Button:
            return self.root.current_screen.children[0].children[2]

    app = Bare()
    scene = Scene(
        place=lambda: app.first().center,
        onward=lambda: app.first().center,
        is_down=lambda: app.first().state == "down",
        shown=lambda: app.root.current,
        is_open=lambda: True,
        led_on=lambda: app.root.current == "1",
        stop=app.stop,
    )
    measure(app.run, scene, taps, screens)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
