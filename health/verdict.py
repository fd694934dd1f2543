"""A finding on its way to the person: with the main sentence it would be told by, if it comes first."""

import msgspec

from devices.reading import Quantity
from health.assessment import Finding, Phrase
from health.rule import ArmsEdition, Band, ChangeEdition, RemarkEdition, SignsEdition


class Verdict(msgspec.Struct, frozen=True):
    """A finding, the key of its main ``message`` and of the ``why`` under it (None where it has none)."""

    finding: Finding
    message: str | None = None
    why: str | None = None


class Aside(msgspec.Struct, frozen=True):
    """What a finding beside the values is about: the ``quantity`` it stands with, and the topic."""

    quantity: Quantity
    about: str


def beside_the_values(
    stem: str,
    edition: ArmsEdition | ChangeEdition | RemarkEdition | SignsEdition,
    band: Band,
    aside: Aside,
    args: tuple[tuple[str, str], ...] = (),
) -> Verdict:
    """What ``band`` of ``edition`` says, with ``args`` in its phrase. It classes no value, so no bar."""
    finding = Finding(
        rule=f"{stem}/{edition.id}",
        edition=edition.title,
        source=edition.source,
        band=band.band,
        level=band.level,
        direction=band.direction,
        quantity=aside.quantity,
        about=aside.about,
        word=band.word,
        phrase=Phrase(band.phrase, args),
        hint=Phrase(band.hint) if band.hint else None,
        aside=True,
    )
    return Verdict(finding, band.message, band.why)
