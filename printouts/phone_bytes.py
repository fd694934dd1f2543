"""Payload version 1, byte by byte. The tables are published and only ever grow at their end.

The page that reads it lives as long as the paper does: a version is never changed, only added. It must not
know a visit; it carries what it is given and refuses what it did not write.
"""

import binascii
from base64 import urlsafe_b64decode
from datetime import date, timedelta
from decimal import Decimal

import msgspec

from devices.reading import Comparator, Quantity
from health.assessment import Direction, Level
from printouts.errors import PrintoutError

VERSION = 1
FIRST_DAY = date(2020, 1, 1)
# The place in a table is the number on the wire. Append only.
QUANTITIES = (
    Quantity.BODY_HEIGHT,
    Quantity.BODY_WEIGHT,
    Quantity.SYSTOLIC,
    Quantity.DIASTOLIC,
    Quantity.PULSE,
    Quantity.TOTAL_CHOLESTEROL,
    Quantity.HDL,
    Quantity.TRIGLYCERIDES,
    Quantity.LDL,
    Quantity.GLUCOSE,
    Quantity.SPO2,
    Quantity.GRIP_LEFT,
    Quantity.GRIP_RIGHT,
    Quantity.WAIST,
    Quantity.BODY_FAT,
)
COMPARATORS = (None, Comparator.BELOW, Comparator.ABOVE)
DIRECTIONS = (None, Direction.LOW, Direction.HIGH)
_CODE_BYTES = 3
_LONGEST_VARINT = 8
_MOST_DECIMALS = 3

Sentence = tuple[int, tuple[tuple[str, str], ...]]


class PhoneValue(msgspec.Struct, frozen=True):
    """One printed number. At most three decimals, never negative."""

    quantity: Quantity
    value: Decimal
    comparator: Comparator | None = None


class PhoneBand(msgspec.Struct, frozen=True):
    """What was said of one number: level, direction, code of ``rule/band``, code of the short word."""

    quantity: Quantity
    level: Level
    direction: Direction | None
    band: int
    word: int


class Payload(msgspec.Struct, frozen=True):
    """What the telephone shows. A sentence is the code of its key and its arguments."""

    on: date
    demo: bool
    level: Level
    message: Sentence
    values: tuple[PhoneValue, ...]
    bands: tuple[PhoneBand, ...]
    hints: tuple[Sentence, ...]
    station: str
    place: str
    telephone: str


def to_bytes(content: Payload) -> bytes:
    """``content`` in the order of the table. Raises ``PrintoutError`` for a number it cannot hold."""
    out = bytearray([VERSION])
    out += _varint(int(content.demo) | content.level << 1)
    out += _varint((content.on - FIRST_DAY).days)
    out += _sentence(content.message)
    out += _varint(len(content.values))
    for value in content.values:
        out += _value(value)
    out += _varint(len(content.bands))
    for band in content.bands:
        head = QUANTITIES.index(band.quantity) << 4 | DIRECTIONS.index(band.direction) << 2 | band.level
        out += _varint(head) + band.band.to_bytes(_CODE_BYTES) + band.word.to_bytes(_CODE_BYTES)
    out += _varint(len(content.hints))
    for hint in content.hints:
        out += _sentence(hint)
    for text in (content.station, content.place, content.telephone):
        out += _text(text)
    return bytes(out)


def _value(value: PhoneValue) -> bytes:
    exponent = value.value.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) else -1
    if not 0 <= decimals <= _MOST_DECIMALS or value.value < 0:
        raise PrintoutError(
            f"The value of {value.quantity} has no place in the code: print it with 0-3 decimals."
        )
    head = QUANTITIES.index(value.quantity) << 4 | COMPARATORS.index(value.comparator) << 2 | decimals
    return _varint(head) + _varint(int(value.value.scaleb(decimals)))


def _sentence(sentence: Sentence) -> bytes:
    code, args = sentence
    out = code.to_bytes(_CODE_BYTES) + _varint(len(args))
    for name, said in args:
        out += _text(f"{name}={said}")
    return out


def _text(text: str) -> bytes:
    raw = text.encode()
    return _varint(len(raw)) + raw


def _varint(number: int) -> bytes:
    """Seven bits a byte, least first, the high bit set on all but the last."""
    if number < 0:
        raise PrintoutError("A day before 2020 has no place in the code: set the clock.")
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def from_bytes(text: str) -> Payload:
    """The content of a base64url payload. Raises ``PrintoutError`` for what ``to_bytes`` did not write."""
    try:
        raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
        content = _read(_Hand(raw))
    except (binascii.Error, ValueError, IndexError, OverflowError) as cause:
        raise PrintoutError("The code cannot be read: scan it again, the paper is complete.") from cause
    return content


class _Hand:
    """Takes bytes from the front, never more than there are."""

    def __init__(self, raw: bytes) -> None:
        self._raw, self._at = raw, 0

    def bytes_(self, count: int) -> bytes:
        end = self._at + count
        if end > len(self._raw):
            raise IndexError(count)
        taken, self._at = self._raw[self._at : end], end
        return taken

    def varint(self) -> int:
        number = 0
        for place in range(_LONGEST_VARINT):
            byte = self.bytes_(1)[0]
            number |= (byte & 0x7F) << 7 * place
            if not byte & 0x80:
                return number
        raise ValueError("varint")

    def code(self) -> int:
        return int.from_bytes(self.bytes_(_CODE_BYTES))

    def text(self) -> str:
        return self.bytes_(self.varint()).decode()

    def sentence(self) -> Sentence:
        code, count = self.code(), self.varint()
        pairs = [self.text().partition("=") for _ in range(count)]
        return code, tuple((name, said) for name, _, said in pairs)

    @property
    def empty(self) -> bool:
        return self._at == len(self._raw)


def _read(hand: _Hand) -> Payload:
    if hand.bytes_(1)[0] != VERSION:
        raise ValueError("version")
    flags = hand.varint()
    on = FIRST_DAY + timedelta(days=hand.varint())
    message = hand.sentence()
    values = tuple(_read_value(hand) for _ in range(hand.varint()))
    bands = tuple(_read_band(hand) for _ in range(hand.varint()))
    hints = tuple(hand.sentence() for _ in range(hand.varint()))
    texts = hand.text(), hand.text(), hand.text()
    if not hand.empty:
        raise ValueError("more bytes than fields")
    return Payload(on, bool(flags & 1), Level(flags >> 1), message, values, bands, hints, *texts)


def _read_value(hand: _Hand) -> PhoneValue:
    head, scaled = hand.varint(), hand.varint()
    value = Decimal(scaled).scaleb(-(head & 3))
    return PhoneValue(QUANTITIES[head >> 4], value, COMPARATORS[head >> 2 & 3])


def _read_band(hand: _Hand) -> PhoneBand:
    head = hand.varint()
    direction = DIRECTIONS[head >> 2 & 3]
    return PhoneBand(QUANTITIES[head >> 4], Level(head & 3), direction, hand.code(), hand.code())
