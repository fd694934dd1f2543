"""Three things she hears before she agrees: what is measured, who sees it, that she may stop."""

import re
from collections.abc import Callable

from kivy.properties import NumericProperty, StringProperty

from kiosk.screens.screen import StepScreen
from kiosk.views import ConsentView
from kiosk.widgets.panel import Panel


class ConsentCard(Panel):
    """One of the three: drawing, title in letters of ``head_em`` mm as on the others, two or three lines."""

    picture = StringProperty("")
    title = StringProperty("")
    text = StringProperty("")
    lines = NumericProperty(2)
    head_em = NumericProperty(11.5)

    def joined(self, text: str) -> str:
        """``text`` without the breaks that a wider card has; a space only where its script has spaces."""
        return re.sub(r"(?<=[\u3000-\uffef])\n", "", text).replace("\n", " ")


class ConsentScreen(StepScreen):
    """Agree, print only, or leave; without a name nothing can be shared and nothing is offered."""

    def who_reads(self, body: ConsentView, say: Callable[[str], str]) -> str:
        """Who will see the numbers, with the code on the paper where there is one."""
        who = say("screen.consent.who_more" if body.can_share else "screen.consent.who_guest")
        return f"{who}\n{say('screen.consent.code')}" if body.phone_page else who
