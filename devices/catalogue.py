"""Every instrument model the house knows, in one ordered tuple.

The flow, the commands, the simulators, the tests and ``docs/instruments.md`` all read this and nothing else.
None of these models was tried on real hardware by this project; each row says what it rests on instead.
"""

from devices import likenesses, speaking
from devices.cuffs import CUFFS
from devices.errors import DeviceError
from devices.meters import METERS
from devices.model import Can, Model, PortSettings, Role, Weighs
from devices.reading import Quantity
from devices.scales import SCALES
from devices.tokens import TOKENS

_LIPIDS = (Quantity.TOTAL_CHOLESTEROL, Quantity.HDL, Quantity.TRIGLYCERIDES, Quantity.LDL, Quantity.GLUCOSE)
_PRESSURE = (Quantity.SYSTOLIC, Quantity.DIASTOLIC, Quantity.PULSE)

CATALOGUE: tuple[Model, ...] = (
    Model(
        slug="shanghe-sh",
        name="SH series height and weight stand",
        maker="Shanghe (上禾)",
        role=Role.STAND,
        measures=(Quantity.BODY_WEIGHT, Quantity.BODY_HEIGHT),
        port=PortSettings(),
        can=Can(height_unaided=True),
        grade="B",
        evidence="Line format from one check-up app that agrees with a widely quoted sample. Baud rate and "
        "line end were never seen. Not tried on real hardware.",
        source="Sample line W:065.5 H:170.5; fixed offsets of SH01DataParser in com.qpsoft.cdc",
        quirks="Speaks once, when both values are settled; there is no checksum, so the whole shape and the "
        "range must fit. A Bluetooth bridge hands the line over in pieces of 20 bytes; a line end may "
        "be missing. 000.0 for a value that was not measured is refused, not taken for zero.",
        speech=speaking.shanghe_sh,
        likeness=likenesses.shanghe_sh,
    ),
    Model(
        slug="pelstar-esc",
        name="Health o meter Professional scales, ESC protocol",
        maker="Pelstar",
        role=Role.STAND,
        measures=(Quantity.BODY_WEIGHT, Quantity.BODY_HEIGHT),
        port=PortSettings(),
        can=Can(),
        grade="A",
        evidence="The vendor's protocol document was read. Firmware that streams unlocked values "
        "(597/599/752KL 3.1.12, 600KL 3.2.02) is the model pelstar-live. Not tried on real hardware.",
        source="Pelstar Communication Protocols REV20230711; ProPlus 1100KL manual p. 33-35",
        quirks="Silent until the weight locks, then the same packet once a second (600KL: a few a second) "
        "until step-off; one weighing is told once. Height and body mass index are 0 until the rod or "
        "the keys gave a height: 0 is absent. RECALL on L serials sends the last weight again: a "
        "stream that begins with the last stream's packet counts only when it repeats. The first "
        "packet of a stream of an L serial begins with the digit 6 in place of ESC; the UNIT key may "
        "change units in mid stream; HOLD stops the packets, and behind it the weight is told again. "
        "500KL and E serials say one decimal and a tare, 498KL two and none, 597/599/752/600KL one "
        "and none, the infant scale 2210KL three.",
        speech=speaking.pelstar_esc,
        likeness=likenesses.pelstar_esc,
        weighs=Weighs(tells_empty=True, repeats=True),
    ),
    Model(
        slug="astm-lis",
        name="Analysers that send by ASTM E1381/E1394 (CLSI LIS01-A2/LIS02-A2)",
        maker="any",
        role=Role.BLOOD,
        measures=_LIPIDS,
        port=PortSettings(),
        can=Can(says_specimen=True),
        grade="A",
        evidence="The standard's text was read. Test codes differ between analysers and must be compared "
        "with the list. Not tried on a real analyser.",
        source="CLSI LIS01-A2, LIS02-A2; ASTM E1381-95, E1394-97",
        quirks="Delimiters are what the header says; several records may share a frame, one record may go "
        "over several. Only H.12 = P counts, O.12 = Q and controls never; R.9 must be F, C or V; a "
        "value beyond the range keeps its sign. A test code that is not in the list is told to staff "
        "and never guessed. The station can announce a specimen with its tests, and answers a query; "
        "the instrument wins every contention.",
        speech=speaking.astm_lis,
        likeness=likenesses.astm_lis,
    ),
    Model(
        slug="omron-hbp9030",
        name="HBP-9030 and HBP-9031C, USB output format 5",
        maker="OMRON",
        role=Role.PRESSURE,
        measures=_PRESSURE,
        port=PortSettings(),
        can=Can(),
        grade="B",
        evidence="Two independent implementations agree, one of them cites the manual's page; the manual "
        "itself was not read. Not tried on real hardware.",
        source="OMRON manual 2873643-0F p. 20 as cited by BP_checker; the MDI client",
        quirks="USB CDC: the speed does not matter. The output format must be set to 5 in the machine's menu "
        "(item 32). An error number above 0 means no values; body movements are a remark on every "
        "value. An impossible date refuses the line; the id is never kept.",
        speech=speaking.omron_hbp9030,
        likeness=likenesses.omron_hbp9030,
    ),
    Model(
        slug="grip-line",
        name="GRIP line of a load-cell dynamometer",
        maker="own format",
        role=Role.GRIP,
        measures=(Quantity.GRIP_LEFT, Quantity.GRIP_RIGHT),
        port=PortSettings(),
        can=Can(live=True),
        grade="D",
        evidence="No serial hand dynamometer with published bytes is known, so this format is the project's "
        "own; its accuracy is that of the load cell behind it. Not tried on real hardware.",
        source="docs/grip-line.md",
        quirks="Live values while squeezing, one peak at the end; which of several squeezes counts is not "
        "decided here.",
        speech=speaking.grip_line,
        likeness=likenesses.grip_line,
    ),
    Model(
        slug="sam-idcard",
        name="Identity card readers with a SAM/SDT module",
        maker="any licensed maker",
        role=Role.CARD,
        measures=(),
        port=PortSettings(baud=115200),
        can=Can(),
        grade="A",
        evidence="Several vendors' protocol notes agree; the order of the text fields is widely used and not "
        "verified. Not tried on real hardware.",
        source="SDT module notes (HuaShi 100D and others); GA/T 490",
        quirks="A card is found once until it is lifted; find and select come before each read. The "
        "photograph is neither decoded nor kept; fingerprints are not asked for. Errors 31 and 32: "
        "the card does not prove itself; 41: it could not be read.",
        speech=speaking.sam_idcard,
        likeness=likenesses.sam_idcard,
    ),
    *SCALES,
    *CUFFS,
    *METERS,
    *TOKENS,
)


def model_of(slug: str) -> Model:
    """The model of that slug. Raises ``DeviceError`` naming the known ones."""
    for model in CATALOGUE:
        if model.slug == slug:
            return model
    known = ", ".join(model.slug for model in CATALOGUE)
    raise DeviceError(f"No instrument model is called {slug!r}. Known: {known}.")
