"""Somebody greets her; one blue bar begins. Larger letters and the other language are offered here."""

from kiosk.screens.screen import StepScreen


class WelcomeScreen(StepScreen):
    """The greeting."""
