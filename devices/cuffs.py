"""Blood pressure machines of the catalogue beyond the first one.

As in ``devices.catalogue``: rows only, and each says what it rests on and what was never tried.
"""

from devices.blanking import always
from devices.codecs import omron9020 as omron9020_codec
from devices.codecs import terumo as terumo_codec
from devices.codecs import tm2655 as tm2655_codec
from devices.drivers import omron9020, terumo, tm2655
from devices.model import Can, Model, PortSettings, Role
from devices.reading import Quantity
from devices.simulators import omron9020 as omron9020_simulator
from devices.simulators import terumo as terumo_simulator
from devices.simulators import tm2655 as tm2655_simulator

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
        scenarios=omron9020_simulator.SCENARIOS,
        driver=omron9020.driver,
        framer=omron9020.framer,
        simulator=omron9020_simulator.simulator,
        blank=always(omron9020_codec.blank),
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
        scenarios=tm2655_simulator.SCENARIOS,
        driver=tm2655.driver,
        framer=tm2655.framer,
        simulator=tm2655_simulator.simulator,
        stop_with=tm2655_codec.STOP,
        blank=always(tm2655_codec.blanked),
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
        scenarios=terumo_simulator.SCENARIOS,
        driver=terumo.driver,
        framer=terumo.framer,
        simulator=terumo_simulator.simulator,
        blank=always(terumo_codec.blanked),
    ),
)
