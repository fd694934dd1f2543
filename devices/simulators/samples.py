"""What a made-up person does at each kind of instrument, for ``simulate`` and for tests.

Nobody real: the identity number has the form of one, under a place code that is not issued.
"""

from datetime import date
from decimal import Decimal

from devices.model import Role
from devices.reading import Card
from devices.simulators.acts import (
    Act,
    Hand,
    InsertSample,
    LayCard,
    LayChip,
    PutFinger,
    ShowCode,
    Squeeze,
    StepOff,
    StepOn,
    TakeCard,
    TakeFinger,
    TakePressure,
)

SAMPLE_CARD = Card("演示甲", "female", date(1940, 3, 2), "000000194003020004")

_DOES: dict[Role, tuple[tuple[Act, float], ...]] = {
    Role.STAND: ((StepOn(Decimal("51.3"), Decimal("152.4")), 8.0), (StepOff(), 6.0)),
    Role.BLOOD: (
        (
            InsertSample("DEMO-0001", Decimal("5.31"), Decimal("1.42"), Decimal("1.18"), Decimal("3.10")),
            150.0,
        ),
    ),
    Role.PRESSURE: ((TakePressure(138, 76, 71), 60.0),),
    Role.GRIP: (
        (Squeeze(Hand.LEFT, Decimal("17.2")), 4.0),
        (Squeeze(Hand.RIGHT, Decimal("18.9")), 4.0),
    ),
    Role.CARD: ((LayCard(SAMPLE_CARD), 4.0), (TakeCard(), 4.0)),
    Role.GLUCOSE: ((InsertSample("", glucose=Decimal("5.6")), 30.0),),
    Role.OXYGEN: ((PutFinger(97, 142), 20.0), (TakeFinger(), 8.0)),
    Role.CODE: ((ShowCode("KY-DEMO-0001"), 4.0),),
    Role.CHIP: ((LayChip(bytes.fromhex("04a1b2c3d4e5f6")), 4.0), (TakeCard(), 4.0)),
}


def samples(role: Role) -> tuple[tuple[Act, float], ...]:
    """Acts in order, each with the seconds to the next; then from the beginning."""
    return _DOES[role]
