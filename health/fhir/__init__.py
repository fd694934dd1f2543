"""One visit as FHIR R4 for any server that speaks it."""
