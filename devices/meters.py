"""Small meters of the catalogue: strips for blood, clips for the finger.

As in ``devices.catalogue``: rows only, and each says what it rests on and what was never tried.
"""

from devices import likenesses, speaking
from devices.model import Can, Model, PortSettings, Role
from devices.reading import Quantity

METERS: tuple[Model, ...] = (
    Model(
        slug="cardiochek",
        name="CardioChek PA and Plus, as they print",
        maker="PTS Diagnostics",
        role=Role.BLOOD,
        measures=(
            Quantity.TOTAL_CHOLESTEROL,
            Quantity.HDL,
            Quantity.TRIGLYCERIDES,
            Quantity.LDL,
            Quantity.GLUCOSE,
        ),
        port=PortSettings(),
        can=Can(),
        grade="B",
        evidence="Two check-up applications parse the same label commands, one with a captured dump. Seen "
        "over Bluetooth SPP only, the speed of a wired port never. LDL is the meter's own calculation. "
        "Not tried on real hardware.",
        source="com.cking.phss BluetoothClient4CardioChek; com.cnnet.otc.health LipidData; EPL2",
        quirks="The meter prints labels: a label counts only whole, because a lost sign or digit would not "
        "show. Runs of NUL come anywhere, even inside a number. ---- is a value that could not be "
        "computed, and none is told.",
        speech=speaking.cardiochek,
        likeness=likenesses.cardiochek,
    ),
    Model(
        slug="curo-l7",
        name="CURO L7 and LipidoCare",
        maker="CUROfit, SD Biosensor",
        role=Role.BLOOD,
        measures=(Quantity.TOTAL_CHOLESTEROL, Quantity.TRIGLYCERIDES, Quantity.HDL),
        port=PortSettings(baud=38400),
        can=Can(),
        grade="B",
        evidence="One complete public reader, and the same framing in a reader of its sister meter. The "
        "order of the records, values off the scale and the flag bytes are not known; the meter's clock may "
        "be twelve hours out. Not tried on real hardware.",
        source="A public reader of the CURO L7 in Go; glucometerutils sdcodefree",
        quirks="Talks only in the second it is switched on: listen first, then press its key. Says its whole "
        "memory: only what was not there before is a result; the rest is recalled. 0 is not measured. "
        "Its own LDL is not taken.",
        speech=speaking.curo_l7,
        likeness=likenesses.curo_l7,
    ),
    Model(
        slug="codefree",
        name="CodeFree",
        maker="SD Biosensor",
        role=Role.GLUCOSE,
        measures=(Quantity.GLUCOSE,),
        port=PortSettings(baud=38400),
        can=Can(),
        grade="B",
        evidence="One widely used reader, and the same framing in a reader of its sister meter. Two bytes "
        "before and seven behind the value are not known, values off the scale neither; the meter's clock is "
        "not set. Not tried on real hardware.",
        source="glucometerutils sdcodefree",
        quirks="Talks only in the second it is switched on: listen first, then press its key. Says its whole "
        "memory: only what was not there before is a result; the rest is recalled.",
        speech=speaking.codefree,
        likeness=likenesses.codefree,
    ),
    Model(
        slug="taidoc",
        name="TD-42xx glucose meters",
        maker="TaiDoc",
        role=Role.GLUCOSE,
        measures=(Quantity.GLUCOSE,),
        port=PortSettings(baud=19200),
        can=Can(),
        grade="B",
        evidence="Two independent readers agree. Only the newest record is asked for; of two strips within "
        "three seconds of each other the first is lost. Values off the scale are not known. Cables with a "
        "CP2110 bridge show no serial port. Not tried on real hardware.",
        source="glucometerutils td42xx; a reader that cites TaiDoc's Meter ICD V1.12",
        quirks="Asked every three seconds whether it is there; deaf while a strip is in it. Only a record of "
        "the last ten minutes by the meter's own clock is a result; the clock is never set.",
        speech=speaking.taidoc,
        likeness=likenesses.taidoc,
    ),
    Model(
        slug="nonin-8",
        name="Oximeters in serial format 8",
        maker="Nonin",
        role=Role.OXYGEN,
        measures=(Quantity.SPO2, Quantity.PULSE),
        port=PortSettings(),
        can=Can(live=True),
        grade="B",
        evidence="Public readers agree on the layout; two of them join the heart rate wrongly. Formats 2 and "
        "13 are not read. Without a checksum, a value counts only when it has held still. Not tried on "
        "real hardware.",
        source="drphrozen Format8; mdpnp devices/nonin",
        quirks="HR 511 and SpO2 127 mean missing. One finger is one reading, once it has held still.",
        speech=speaking.nonin_8,
        likeness=likenesses.nonin_8,
    ),
    Model(
        slug="nonin-7",
        name="Oximeters in serial format 7",
        maker="Nonin",
        role=Role.OXYGEN,
        measures=(Quantity.SPO2, Quantity.PULSE),
        port=PortSettings(),
        can=Can(live=True),
        grade="B",
        evidence="Public readers agree on the layout; two of them join the heart rate wrongly. Formats 2 and "
        "13 are not read. Not tried on "
        "real hardware.",
        source="mdpnp devices/nonin; Pufferfish",
        quirks="75 frames a second, 25 a packet; a packet with a lost frame is dropped whole.",
        speech=speaking.nonin_7,
        likeness=likenesses.nonin_7,
    ),
)
