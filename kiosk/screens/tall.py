"""How tall she is, in her own words: for a scale that must know it and cannot measure it."""

from kiosk.screens.digits import DigitsScreen


class TallScreen(DigitsScreen):
    """Three digits, centimetres."""
