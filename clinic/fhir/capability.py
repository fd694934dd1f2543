"""What this server can do, as FHIR asks every server to say (CapabilityStatement).

Made from the tables that the server itself goes by, so that it says what is there and nothing else.
"""

import msgspec

from clinic.fhir.asking import PARAMETERS
from clinic.fhir.fitting import INCLUDES

_SINCE = "Resources that changed at this time or later: what Bundle.meta.lastUpdated of the first page said."


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
                "resource": [*(_type(kind) for kind in PARAMETERS), _location()],
                "searchParam": [
                    {"name": "_since", "type": "date", "documentation": _SINCE},
                    {
                        "name": "_count",
                        "type": "number",
                        "documentation": "Up to 200; 0 says the total alone.",
                    },
                    {"name": "_total", "type": "token", "documentation": "none, estimate or accurate."},
                    {"name": "_include", "type": "string", "documentation": "Those of searchInclude."},
                ],
            }
        ],
    }
    return msgspec.json.encode(said)


def _type(kind: str) -> dict[str, object]:
    said: dict[str, object] = {
        "type": kind,
        "interaction": [{"code": "read"}, {"code": "search-type"}],
        "versioning": "no-version",
        "searchParam": [{"name": name, "type": shape} for name, shape in sorted(PARAMETERS[kind].items())],
    }
    if kind in INCLUDES:
        said["searchInclude"] = [f"{kind}:{name}" for name in sorted(INCLUDES[kind])]
    if kind == "Patient":
        said["operation"] = [
            {"name": "everything", "definition": "http://hl7.org/fhir/OperationDefinition/Patient-everything"}
        ]
    return said


def _location() -> dict[str, object]:
    return {"type": "Location", "interaction": [{"code": "read"}], "versioning": "no-version"}
