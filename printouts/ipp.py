"""The Internet Printing Protocol, as much of it as one report needs: messages to bytes and back.

RFC 8010 (encoding) and RFC 8011 (operations, attributes). No network here, so printer and simulated printer
share the codec and nothing else.
"""

import struct
from enum import IntEnum

import msgspec

from printouts.errors import PrintoutError


class Operation(IntEnum):
    """RFC 8011 section 5.4.15."""

    PRINT_JOB = 0x0002
    CANCEL_JOB = 0x0008
    GET_JOB_ATTRIBUTES = 0x0009
    GET_PRINTER_ATTRIBUTES = 0x000B


class Tag(IntEnum):
    """Group delimiters and value tags, RFC 8010 section 3.5."""

    OPERATION = 0x01
    JOB = 0x02
    END = 0x03
    PRINTER = 0x04
    INTEGER = 0x21
    BOOLEAN = 0x22
    ENUM = 0x23
    TEXT = 0x41
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    CHARSET = 0x47
    LANGUAGE = 0x48
    MIME = 0x49


_NUMBERS = (Tag.INTEGER, Tag.ENUM)
_GROUPS_BELOW = 0x10


class Attribute(msgspec.Struct, frozen=True):
    """One attribute of a group. Numbers are ``int``, yes and no ``bool``, everything else ``str``."""

    group: Tag
    tag: int
    name: str
    values: tuple[int | str, ...]


class Message(msgspec.Struct, frozen=True):
    """A request (``code`` is the operation) or an answer (``code`` is the status), then the document."""

    code: int
    number: int
    attributes: tuple[Attribute, ...]
    document: bytes = b""

    def texts(self, name: str) -> tuple[str, ...]:
        """The text values of an attribute; empty where there is none."""
        return tuple(v for a in self.attributes if a.name == name for v in a.values if isinstance(v, str))

    def whole(self, name: str) -> int | None:
        """The first number of an attribute, or None."""
        found = (v for a in self.attributes if a.name == name for v in a.values if isinstance(v, int))
        return next(found, None)

    @property
    def accepted(self) -> bool:
        """Whether an answer is one of the successful statuses, RFC 8011 section 4.1.8."""
        return self.code <= 0x00FF


def to_bytes(message: Message) -> bytes:
    """The message as it goes over the wire, IPP 1.1."""
    out = bytearray(struct.pack(">BBHI", 1, 1, message.code, message.number))
    group: Tag | None = None
    for attribute in message.attributes:
        if attribute.group is not group:
            group = attribute.group
            out.append(group)
        name = attribute.name.encode()
        for value in attribute.values:
            raw = _value(value)
            out += struct.pack(">BH", attribute.tag, len(name)) + name + struct.pack(">H", len(raw)) + raw
            name = b""
    out.append(Tag.END)
    return bytes(out) + message.document


def _value(value: int | str) -> bytes:
    if isinstance(value, bool):
        return struct.pack(">?", value)
    return struct.pack(">i", value) if isinstance(value, int) else value.encode()


def _meant(tag: int, raw: bytes) -> int | str:
    if tag == Tag.BOOLEAN:
        return bool(struct.unpack(">?", raw)[0])
    return int(struct.unpack(">i", raw)[0]) if tag in _NUMBERS else raw.decode(errors="replace")


def from_bytes(raw: bytes) -> Message:
    """The message of ``raw``. Raises ``PrintoutError`` where it is not IPP."""
    try:
        return _read(raw)
    except (struct.error, IndexError, ValueError) as cause:
        raise PrintoutError("What answered is not a printer: check printer.url in the settings.") from cause


def _read(raw: bytes) -> Message:
    major, _, code, number = struct.unpack_from(">BBHI", raw)
    if major not in (1, 2):
        raise ValueError("version")
    at, group = 8, Tag.OPERATION
    found: list[Attribute] = []
    while raw[at] != Tag.END:
        tag = raw[at]
        at += 1
        if tag < _GROUPS_BELOW:
            group = Tag(tag)
            continue
        name, at = _taken(raw, at)
        value, at = _taken(raw, at)
        read = _meant(tag, value)
        if name or not found:
            found.append(Attribute(group, tag, name.decode(), (read,)))
        else:
            last = found[-1]
            found[-1] = Attribute(last.group, last.tag, last.name, (*last.values, read))
    return Message(code, number, tuple(found), raw[at + 1 :])


def _taken(raw: bytes, at: int) -> tuple[bytes, int]:
    (length,) = struct.unpack_from(">H", raw, at)
    end = at + 2 + length
    if end > len(raw):
        raise IndexError(end)
    return raw[at + 2 : end], end


def opening(uri: str) -> tuple[Attribute, ...]:
    """The attributes every request begins with, in the order RFC 8011 section 4.1.4 demands."""
    return (
        Attribute(Tag.OPERATION, Tag.CHARSET, "attributes-charset", ("utf-8",)),
        Attribute(Tag.OPERATION, Tag.LANGUAGE, "attributes-natural-language", ("en",)),
        Attribute(Tag.OPERATION, Tag.URI, "printer-uri", (uri,)),
        Attribute(Tag.OPERATION, Tag.NAME, "requesting-user-name", ("kangyi",)),
    )
