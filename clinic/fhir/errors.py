"""What cannot be answered in FHIR, with the status and the issue code that say why."""

from clinic.errors import ClinicError


class FhirRequestError(ClinicError):
    """A request that is not answered. ``code`` is of FHIR R4 ``issue-type``; the sentence names no person.

    ``places`` are sentences that each have their place (FHIRPath) in what was sent.
    """

    def __init__(
        self, status: int, code: str, sentence: str, places: tuple[tuple[str, str], ...] = ()
    ) -> None:
        super().__init__(sentence)
        self.status = status
        self.code = code
        self.places = places


def unknown(what: str) -> FhirRequestError:
    """404, for what is not here, or not this clinic's."""
    return FhirRequestError(404, "not-found", f"There is no such {what} here.")


def number_in_address() -> FhirRequestError:
    """403, for an identity number where addresses are written down."""
    sentence = "An identity number may not stand in an address; POST it to Patient/_search."
    return FhirRequestError(403, "security", sentence)


def wrong(sentence: str) -> FhirRequestError:
    """400, for a parameter that cannot be followed."""
    return FhirRequestError(400, "invalid", sentence)


def busy() -> FhirRequestError:
    """503, while somebody writes for long; the same may be asked again."""
    return FhirRequestError(503, "transient", "Much is being written just now; ask again in a moment.")
