"""The one question that is asked before anything touches her."""

from kiosk.screens.ask import AskScreen


class SafetyScreen(AskScreen):
    """Pacemaker, before the scale."""
