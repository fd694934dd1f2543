"""Readers of codes and chips in the catalogue.

As in ``devices.catalogue``: rows only, and each says what it rests on and what was never tried.
"""

from devices import likenesses, speaking
from devices.model import Can, Model, PortSettings, Role

TOKENS: tuple[Model, ...] = (
    Model(
        slug="qr-serial",
        name="Scanners for QR and bar codes in serial mode",
        maker="any (GM65 class and others)",
        role=Role.CODE,
        measures=(),
        port=PortSettings(),
        can=Can(),
        grade="C",
        evidence="Two module sheets name the port; the text is a line. A scanner set up without a line end "
        "is not read, codes in GBK are refused, and no scanner is triggered from the host. What a code "
        "says is never believed. Not tried on real hardware.",
        source="DFRobot DFR0660 sheet; Waveshare barcode scanner module",
        quirks="The same code within two seconds is one showing of it. Set the scanner to serial mode and to "
        "a line end (CR LF), and to UTF-8.",
        speech=speaking.qr_serial,
        likeness=likenesses.qr_serial,
    ),
    Model(
        slug="pn532",
        name="PN532 modules, the number of a contactless card",
        maker="any (NXP PN532)",
        role=Role.CHIP,
        measures=(),
        port=PortSettings(baud=115200),
        can=Can(),
        grade="C",
        evidence="The framing is from one widely used library; wake-up, set-up and the card's reply are "
        "common knowledge and were not checked in a document. Chinese identity cards are type B and are not "
        "seen. Not tried on real hardware.",
        source="nfcpy, PN532 driver",
        quirks="A random number (first byte 08) is no card's own and is refused; identity cards are type B "
        "and are not seen.",
        speech=speaking.pn532,
        likeness=likenesses.pn532,
    ),
)
