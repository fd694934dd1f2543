"""Blood pressure machines of the catalogue beyond the first one.

As in ``devices.catalogue``: rows only, and each says what it rests on and what was never tried.
"""

from devices import likenesses, speaking
from devices.model import Can, Model, PortSettings, Role
from devices.reading import Quantity

_PRESSURE = (Quantity.SYSTOLIC, Quantity.DIASTOLIC, Quantity.PULSE)

CUFFS: tuple[Model, ...] = (
    Model(
        slug="omron-hbp9020",
        name="HBP-9020, mode 5 (F3)",
        maker="OMRON",
        role=Role.PRESSURE,
        measures=_PRESSURE,
        port=PortSettings(baud=2400),
        can=Can(),
        grade="B",
        evidence="One implementation and one captured line; how this mode reports a failed measurement was "
        "never seen. Not tried on real hardware.",
        source="A captured line, whose mean pressure fits; the MDI client",
        quirks="The last digit of the line is not understood and not told. Says the mean pressure too, which "
        "proves that the fields stand where they should.",
        speech=speaking.omron_hbp9020,
        likeness=likenesses.omron_hbp9020,
    ),
    Model(
        slug="and-tm2655",
        name="TM-2655P and TM-2657P, RB format (menu F25:1)",
        maker="A&D",
        role=Role.PRESSURE,
        measures=_PRESSURE,
        port=PortSettings(baud=2400),
        can=Can(start=True, stop=True),
        grade="B",
        evidence="Two independent implementations agree on start, stop and the fields of a result. Field "
        "widths, the checksum of a result and the first bytes of an answer are unverified and nothing rests "
        "on them. The external interface is optional hardware. Not tried on real hardware.",
        source="The Kotlin driver of ru.viscur.dh; the MDI client",
        quirks="Needs the optional external interface and the RB format (menu F25:1). A byte behind a result "
        "may be its checksum; nothing is refused by it. A result comes without a command too, after "
        "the machine's own key. STOP goes to the wire past every queue.",
        speech=speaking.and_tm2655,
        likeness=likenesses.and_tm2655,
    ),
    Model(
        slug="terumo",
        name="BP-500, BR-500 and ES-P2020",
        maker="Terumo",
        role=Role.PRESSURE,
        measures=_PRESSURE,
        port=PortSettings(),
        can=Can(),
        grade="B",
        evidence="Two implementations and one captured frame with a good checksum; how a failed measurement "
        "is reported was never seen. Not tried on real hardware.",
        source="A captured frame, whose checksum and mean pressure fit; two public clients",
        quirks="No line end: a program that cuts at CR LF waits for ever. Says the mean pressure too, which "
        "proves that the fields stand where they should.",
        speech=speaking.terumo,
        likeness=likenesses.terumo,
    ),
)
