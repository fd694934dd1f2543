"""Scales and stands of the catalogue beyond its first ones.

As in ``devices.catalogue``: rows only, and each says what it rests on and what was never tried.
"""

from devices import likenesses, speaking
from devices.model import Can, Model, PortSettings, Role, Weighs
from devices.reading import Quantity

_WEIGHT = (Quantity.BODY_WEIGHT,)

SCALES: tuple[Model, ...] = (
    Model(
        slug="sma",
        name="Scales with SMA SCP-0499 level 1 or 2",
        maker="Detecto, Cardinal, Brecknell, Fairbanks, Sartorius and others",
        role=Role.STAND,
        measures=_WEIGHT,
        port=PortSettings(),
        can=Can(live=True, zero=True),
        grade="A",
        evidence="The standard's text was read as four makers print it. They differ in what P and Q do, so "
        "only W and Z are asked. Baud rate and parity are each scale's own. Not tried on real hardware.",
        source="SMA SCP-0499 in the manuals of Sartorius PR5220, B-TEK T419S, Fairbanks FB2550, Cardinal 190",
        quirks="Says in band whether the weight moves. Answers O, U, E, I and T are complaints, whatever the "
        "digits say. A net weight (N) is told as the scale says it: clear the tare before the day "
        "begins.",
        speech=speaking.sma,
        likeness=likenesses.sma,
        weighs=Weighs(tells_empty=True, repeats=True),
    ),
    Model(
        slug="mt-sics",
        name="Scales with MT-SICS level 0",
        maker="Mettler-Toledo, Ohaus",
        role=Role.STAND,
        measures=_WEIGHT,
        port=PortSettings(),
        can=Can(live=True, zero=True),
        grade="B",
        evidence="One implementation that cites the vendor's document; the letter D for a moving weight and "
        "the answer to Z are general knowledge. Not tried on real hardware.",
        source="MT document 11781363 as cited by PyLabRobot",
        quirks="One command at a time; the weight is asked for as it is, four times a second. Grams are "
        "refused: set the display to kg or lb.",
        speech=speaking.mt_sics,
        likeness=likenesses.mt_sics,
        weighs=Weighs(tells_empty=True, repeats=True),
    ),
    Model(
        slug="and-scale",
        name="Scales in the A&D standard format",
        maker="A&D; Selleton, Excell and others with the longer line",
        role=Role.STAND,
        measures=_WEIGHT,
        port=PortSettings(baud=2400, bytesize=7, parity="E"),
        can=Can(live=True),
        grade="A",
        evidence="The vendor's format was read. The port settings are general knowledge, and commands were "
        "not read, so the scale must be set to stream or to print by its key. Not tried on real hardware.",
        source="A&D manuals EK-L p. 28, GC p. 51, EK-AEP p. 28; Selleton SL-7516 for the longer line",
        quirks="Streams ten lines a second or prints one by its key; an overload fills the line with nines. "
        "The longer line of other makers carries GS, NT or TR behind the header; a tare is no weight.",
        speech=speaking.and_scale,
        likeness=likenesses.and_scale,
        weighs=Weighs(tells_empty=True, repeats=True),
    ),
    Model(
        slug="tanita",
        name="WB-3000, SC-240, SC-330, DC-430, MC-780, BD-815U and others, result line",
        maker="Tanita",
        role=Role.STAND,
        measures=(Quantity.BODY_WEIGHT, Quantity.BODY_HEIGHT, Quantity.BODY_FAT),
        port=PortSettings(),
        can=Can(),
        grade="B",
        evidence="Four manuals were read; the checksum is from public frames, of which six of seven fit. "
        "Height is taken from the WB-3000's rod only; others have it typed in. Not tried on real hardware.",
        source="Manuals SC-240 p. 24, SC-330 p. 46-47, WB-3000 p. 10, BD-815U; public frames",
        quirks="Keys are case-sensitive and their order varies: FW is fat in per cent, fW in kg. The WB-3000 "
        "sends a stray signal a tenth of a second behind its line, which is passed over. Weight in "
        "grams is refused; a status other than 0 is a complaint.",
        speech=speaking.tanita,
        likeness=likenesses.tanita,
    ),
    Model(
        slug="tanita-pc",
        name="MC-980, MC-780 and DC-430 in PC mode",
        maker="Tanita",
        role=Role.STAND,
        measures=(Quantity.BODY_WEIGHT, Quantity.BODY_FAT),
        port=PortSettings(),
        can=Can(start=True),
        grade="C",
        evidence="The vendor's PC mode document was read for the data commands and errors; the start command "
        "and the ready sign are from one public script, unverified. Needs sex, age and height, and sends a "
        "current through the person. Not tried on real hardware.",
        source="MC-980 Instructions for PC mode; a public script for the MC-780",
        quirks="At least 100 ms between an answer and the next command, and nothing while it weighs. Never "
        "started for somebody with a pacemaker, which the flow asks first. The height in the result "
        "is the one it was told and is not told back.",
        speech=speaking.tanita_pc,
        likeness=likenesses.tanita_pc,
        weighs=Weighs(needs_body=True),
    ),
    Model(
        slug="pelstar-live",
        name="Health o meter Professional 597/599/752KL firmware 3.1.12, 600KL firmware 3.2.02",
        maker="Pelstar",
        role=Role.STAND,
        measures=_WEIGHT,
        port=PortSettings(),
        can=Can(live=True),
        grade="A",
        evidence="The vendor's document says that this firmware streams unlocked weights; a weight counts "
        "here once it came three times running. H may be garbage, is not read. Not tried on real hardware.",
        source="Pelstar Communication Protocols REV20230711, firmware notes",
        quirks="Streams while the person moves and says zero behind the step-off; tipping the platform sends "
        "a bogus weight until ZERO is pressed. SEND without moving the rod puts garbage into the "
        "height, which is therefore never read.",
        speech=speaking.pelstar_live,
        likeness=likenesses.pelstar_live,
        weighs=Weighs(marks_still=False, tells_empty=True),
    ),
    Model(
        slug="pelstar-binary",
        name="2595KL chair scale, binary packet; Doran DS8030 in mode FH",
        maker="Pelstar, Doran",
        role=Role.STAND,
        measures=_WEIGHT,
        port=PortSettings(baud=2400),
        can=Can(live=True),
        grade="A",
        evidence="The vendor's document was read and another maker's manual agrees. The packet does not say "
        "whether the weight moves; it counts once it came three times running. Baby scales (522, 524, 553) "
        "are framed but no standing person. Not tried on real hardware.",
        source="Pelstar Communication Protocols REV20230711; Doran DS8030 manual p. 13-14",
        quirks="One packet a second while empty, two while not; units 80 lb and 82 kg, on Doran scales also "
        "B0 and B2 below zero. A packet of a baby scale may begin with 01 and has three decimals.",
        speech=speaking.pelstar_binary,
        likeness=likenesses.pelstar_binary,
        weighs=Weighs(marks_still=False, tells_empty=True),
    ),
    Model(
        slug="bcm-h10",
        name="BCM-H10 module, weight and ultrasonic height",
        maker="iBodyinfo",
        role=Role.STAND,
        measures=(Quantity.BODY_WEIGHT, Quantity.BODY_HEIGHT),
        port=PortSettings(),
        can=Can(start=True, zero=True, height_unaided=True),
        grade="D",
        evidence="Requests and checksum are the vendor's, all twelve published frames fit. The ids and units "
        "of the weight and height replies are a guess, unverified, and the baud rate was never seen: not "
        "to be used before the vendor's document was compared. Not tried on real hardware.",
        source="iBodyinfo protocol V4.22 (2020-09-04), an excerpt; datasheet V4.0",
        quirks="UART at 3.3 or 5 V, not RS-232: it needs an adapter of that level. The checksum is the sum "
        "plus one. A question without a good answer is asked once more.",
        speech=speaking.bcm_h10,
        likeness=likenesses.bcm_h10,
        weighs=Weighs(marks_still=False, tells_empty=True),
    ),
)
