"""What the clinic says in FHIR R4 to other programs: read, search, and a patient's everything."""
