"""A visit's resources as the transactions that a server takes, by one of three strategies.

Sent again they change nothing there: by the same id, or by an identifier that the server finds again. This
module must not send.
"""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from health.fhir.parts import Coding, Meta, Request
from health.fhir.resources import AnyResource, Provenance

LARGEST_CHUNK = 8
TAGS = "urn:kangyi:resource"
_ENCODER = msgspec.json.Encoder(decimal_format="number")


class Entry(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """One resource of a transaction, as text already."""

    full_url: str
    resource: msgspec.Raw
    request: Request


class Transaction(
    msgspec.Struct, frozen=True, rename="camel", kw_only=True, tag_field="resourceType", tag="Bundle"
):
    """What is sent at once."""

    type: str
    entry: tuple[Entry, ...]

    def text(self) -> bytes:
        """As it is sent."""
        return _ENCODER.encode(self)


def transactions(
    strategy: str, resources: Sequence[AnyResource], base: str, *, again: bool, most: int | None = None
) -> tuple[Transaction, ...]:
    """The transactions for a visit, to be sent in this order. ``again``: an earlier version was sent before.

    ``base`` is the clinic's own FHIR address; ``most`` how many resources go at once, where fewer than the
    strategy has.
    """
    largest = LARGEST_CHUNK if strategy == "chunks" else max(1, len(resources))
    size = largest if most is None else min(most, largest)
    parts = [resources[start : start + size] for start in range(0, len(resources), size)]
    if strategy == "put":
        return tuple(
            Transaction(type="transaction", entry=tuple(_put(one, base) for one in part)) for part in parts
        )
    return tuple(
        Transaction(type="transaction", entry=tuple(_part(part, resources, again=again))) for part in parts
    )


def _put(one: AnyResource, base: str) -> Entry:
    name = _name(one)
    text = msgspec.Raw(_ENCODER.encode(one))
    return Entry(full_url=f"{base}/{name}", resource=text, request=Request(method="PUT", url=name))


def _part(part: Sequence[AnyResource], whole: Sequence[AnyResource], *, again: bool) -> Iterator[Entry]:
    """A part of a visit: what is in it is linked within it, what is not by its identifier."""
    here = {_name(one): f"urn:uuid:{_uuid(one, n)}" for n, one in enumerate(part)}
    links = {_name(one): f"{_kind(one)}?{key_of(one)}" for one in whole} | here
    for one in part:
        text = _linked(_tagged(one), links)
        yield Entry(full_url=here[_name(one)], resource=msgspec.Raw(text), request=_request(one, again=again))


def _request(one: AnyResource, *, again: bool) -> Request:
    if again and not isinstance(one, Provenance):
        return Request(method="PUT", url=f"{_kind(one)}?{key_of(one)}")
    return Request(method="POST", url=_kind(one), if_none_exist=key_of(one))


def _linked(one: AnyResource, links: Mapping[str, str]) -> bytes:
    text = _ENCODER.encode(one).replace(f'"id":"{one.id}",'.encode(), b"", 1)
    for name, link in links.items():
        text = text.replace(f'"reference":"{name}"'.encode(), f'"reference":"{link}"'.encode())
    return text


def _tagged(one: AnyResource) -> AnyResource:
    """Provenance has no identifier in R4; a tag finds it again."""
    if not isinstance(one, Provenance):
        return one
    tag = Coding(system=TAGS, code=one.id)
    return msgspec.structs.replace(one, meta=Meta(security=one.meta.security, tag=(*one.meta.tag, tag)))


def key_of(one: AnyResource) -> str:
    """The search by which a server finds it, whatever it calls it."""
    if one.identifier:
        name = one.identifier[0]
        return f"identifier={name.system}|{name.value}"
    return f"_tag={TAGS}|{one.id}"


def _uuid(one: AnyResource, number: int) -> str:
    """A name within one transaction; any UUID that none of the others has."""
    whole = one.id.partition(".")[0]
    return f"{whole[:24]}{number:012x}"


def _kind(one: AnyResource) -> str:
    return type(one).__name__


def _name(one: AnyResource) -> str:
    return f"{_kind(one)}/{one.id}"
