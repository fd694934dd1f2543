"""A day as paper writes it, by the customs of its language. Apart from ``content``, which screens read."""

from datetime import date
from functools import cache

from babel.core import Locale
from babel.dates import format_date

from printouts.content import Report


def day(report: Report, moment: date, pattern: str) -> str:
    """``moment`` in the pattern the catalogue keeps under ``pattern``."""
    return format_date(moment, report.words.text(pattern), locale=_locale(report.words.language))


@cache
def _locale(language: str) -> Locale:
    """Reading one takes as long as drawing a row."""
    return Locale.parse(language)
