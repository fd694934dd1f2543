"""Asks another server to delete what went on to it and was erased here; that one refuses is told to staff.

Some servers delete by id, some by an identifier, some none within a transaction, many let nobody delete. So
what is refused together is asked for one by one; what is refused then, its owner has to be asked for by a
person, who reads from ``clinic erase --elsewhere`` what it is called there.
"""

import logging
from collections.abc import Sequence

import msgspec

from clinic.fhir.naming import kind_of
from clinic.forward.judging import Verdict
from clinic.forward.strategies import LARGEST_CHUNK, key_of
from health.fhir.parts import Request
from health.fhir.resources import AnyResource

_SHARED = frozenset({"Device", "Location", "Organization"})
"""What is the clinic's and the stations', and of nobody."""
_NO_TOKEN = 401
_LOG = logging.getLogger(__name__)


class _Deletion(msgspec.Struct, frozen=True, kw_only=True):
    request: Request


class Deletions(
    msgspec.Struct, frozen=True, rename="camel", kw_only=True, tag_field="resourceType", tag="Bundle"
):
    """What is asked at once."""

    type: str
    entry: tuple[_Deletion, ...]

    def text(self) -> bytes:
        """As it is sent."""
        return msgspec.json.encode(self)


def names_there(strategy: str, parts: Sequence[AnyResource], *, person: bool) -> tuple[str, ...]:
    """What the parts of a visit are called at a server, what depends on others first.

    The ``person`` herself is named only where nothing else of hers stays.
    """
    kept_out = _SHARED if person else _SHARED | {"Patient"}
    return tuple(_name(strategy, one) for one in reversed(parts) if kind_of(one) not in kept_out)


def deletions(names: Sequence[str]) -> tuple[Deletions, ...]:
    """The transactions that delete these."""
    return tuple(
        Deletions(
            type="transaction",
            entry=tuple(
                _Deletion(request=Request(method="DELETE", url=name))
                for name in names[start : start + LARGEST_CHUNK]
            ),
        )
        for start in range(0, len(names), LARGEST_CHUNK)
    )


def tell_refused(target: str, status: int | None) -> None:
    """Say in the log that somebody has to ask for it."""
    _LOG.warning(
        "%s did not delete what was erased here (%s); see: clinic erase --elsewhere", target, status or "-"
    )


def is_final(verdict: Verdict, status: int | None) -> bool:
    """Whether asking again would change nothing. A token that ran out (401) is mended before long."""
    return verdict is Verdict.DOUBTFUL or (verdict is Verdict.CLOSED and status != _NO_TOKEN)


def _name(strategy: str, one: AnyResource) -> str:
    return f"{kind_of(one)}/{one.id}" if strategy == "put" else f"{kind_of(one)}?{key_of(one)}"
