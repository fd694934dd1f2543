"""Small meters of the catalogue: strips for blood, clips for the finger.

As in ``devices.catalogue``: rows only, and each says what it rests on and what was never tried.
"""

from devices.drivers import cardiochek
from devices.model import Can, Model, PortSettings, Role
from devices.reading import Quantity
from devices.simulators import cardiochek as cardiochek_simulator

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
        scenarios=cardiochek_simulator.SCENARIOS,
        driver=cardiochek.driver,
        framer=cardiochek.framer,
        simulator=cardiochek_simulator.simulator,
    ),
)
