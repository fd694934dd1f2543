"""A FHIR server that visits go on to, as the settings name it."""

from typing import Annotated, Literal

import msgspec


class Target(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``url`` is the server's FHIR address, https; on loopback it may be http.

    ``strategy``: how the server takes a visit. ``put``: by the clinic's own ids. ``conditional``: created
    where its identifier is not there yet, in one transaction. ``chunks``: the same in parts of 8, for servers
    that take no more at once. ``token_file`` holds a bearer token; "" where none is asked for.
    """

    name: Annotated[str, msgspec.Meta(pattern=r"\A[a-z0-9-]{1,32}\Z")]
    url: str
    strategy: Literal["put", "conditional", "chunks"] = "conditional"
    token_file: str = ""
