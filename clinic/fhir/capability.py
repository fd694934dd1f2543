"""What this server can do, as FHIR asks every server to say (CapabilityStatement)."""

import msgspec

from clinic.fhir.asking import EVERYWHERE, PARAMETERS, TYPES

_TOKENS = ("_id", "identifier", "code", "status")
_LINKS = ("patient", "subject", "encounter")
_OTHERS = ("_id", "identifier", "patient", "subject", "encounter", "date")


def statement(base: str, now: str) -> bytes:
    """The statement as JSON. ``base`` is the address it is true of."""
    said = {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": now,
        "kind": "instance",
        "software": {"name": "Kangyi"},
        "implementation": {"description": "The clinic of community health stations", "url": base},
        "fhirVersion": "4.0.1",
        "format": ["json"],
        "rest": [
            {
                "mode": "server",
                "interaction": [{"code": "transaction"}],
                "security": {
                    "cors": False,
                    "description": "A bearer token of POST /api/login, or the session of a browser.",
                },
                "resource": [_type(kind) for kind in (*TYPES, "Location")],
            }
        ],
    }
    return msgspec.json.encode(said)


def _type(kind: str) -> dict[str, object]:
    interactions = [{"code": "read"}] if kind == "Location" else [{"code": "read"}, {"code": "search-type"}]
    said: dict[str, object] = {"type": kind, "interaction": interactions, "versioning": "no-version"}
    if kind in TYPES:
        known = sorted(PARAMETERS.get(kind, frozenset(_OTHERS)) | (EVERYWHERE & {"_lastUpdated"}))
        said["searchParam"] = [{"name": name, "type": _shape(name)} for name in known]
    if kind == "Patient":
        said["operation"] = [
            {"name": "everything", "definition": "http://hl7.org/fhir/OperationDefinition/Patient-everything"}
        ]
    return said


def _shape(name: str) -> str:
    if name in _TOKENS:
        return "token"
    return "reference" if name in _LINKS else "date"
