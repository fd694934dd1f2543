"""A finding on its way to the person: with the main sentence it would be told by, if it comes first."""

from dataclasses import dataclass

from health.assessment import Finding


@dataclass(frozen=True, slots=True)
class Verdict:
    """A finding, the key of its main ``message`` and of the ``why`` under it (None where it has none)."""

    finding: Finding
    message: str | None = None
    why: str | None = None
