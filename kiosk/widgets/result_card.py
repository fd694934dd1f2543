"""One value that is hers: name, number, change at the left; state, road and sentence at the right."""

from kivy.properties import ObjectProperty

from kiosk.widgets.panel import Panel


class ResultCard(Panel):
    """Draws a ``views.Card``; None draws nothing."""

    card = ObjectProperty(None, allownone=True, rebind=True)
