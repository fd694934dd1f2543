"""The bodies of the steps at the scale; ``bodies`` has the others.

Pure reading: it changes nothing and decides nothing.
"""

from devices.model import Role
from devices.reading import Quantity, Reading
from health.quantity import converted, printed
from health.visit import Observation
from kiosk.asked import asked, trouble
from kiosk.attendance import Attendance
from kiosk.care.not_her import may_say_so
from kiosk.care.odd_weight import is_down, may_weigh_again, needs_staff
from kiosk.care.tall import TALL_DIGITS
from kiosk.views import StandDoneView, StandView, TallView, WeightAskView

LAMPS = 5


def _printed(at: Attendance, quantity: Quantity) -> str | None:
    found = at.sitting.visit.value_of(quantity)
    return None if found is None else str(found.value)


def stand(at: Attendance) -> StandView:
    """On the scale."""
    weighing = at.sitting.weighing
    model = at.bench.model(Role.STAND)
    if weighing is None or model is None:
        return StandView(on=False, live=False, weight=None, height=None, lamps=0)
    weight, height = weighing.value_of(Quantity.BODY_WEIGHT), weighing.value_of(Quantity.BODY_HEIGHT)
    done = sum(v is not None for v in (weight, height))
    felt = weighing.fresh and weighing.on_since is not None
    return StandView(
        on=done > 0 or felt,
        live=model.can.live,
        weight=_kilograms(weight or (weighing.live if felt and model.can.live else None)),
        height=None if height is None else str(height.value),
        lamps=max(LAMPS * done // max(1, len(weighing.expects)), 1 if felt else 0),
        trouble=trouble(at),
        asked=asked(at),
        offers=at.sitting.offers,
        tall=Quantity.BODY_HEIGHT in model.measures,
    )


def _kilograms(said: Observation | Reading | None) -> str | None:
    """As it is printed, also where the scale speaks of pounds."""
    if said is None:
        return None
    kg = converted(Quantity.BODY_WEIGHT, said.value, said.unit)
    return str(printed(Quantity.BODY_WEIGHT, kg))


def tall(at: Attendance) -> TallView:
    """How tall she says she is."""
    digits = at.sitting.tall
    return TallView(digits, len(digits) == TALL_DIGITS, trouble(at), full=len(digits) == TALL_DIGITS)


def weight_ask(at: Attendance) -> WeightAskView:
    """An odd weight."""
    doubt = at.sitting.doubt
    if doubt is None:
        return WeightAskView("", None, None, more=False, staff=False)
    apart = None if doubt.apart is None else str(abs(doubt.apart))
    last = None if doubt.last is None else str(doubt.last)
    return WeightAskView(
        str(doubt.now),
        last,
        apart,
        more=(doubt.apart or 0) > 0,
        staff=needs_staff(at),
        asked=asked(at),
        again=may_weigh_again(at),
        not_me=may_say_so(at) and may_weigh_again(at),
    )


def stand_done(at: Attendance) -> StandDoneView:
    """The way down."""
    return StandDoneView(
        _printed(at, Quantity.BODY_WEIGHT), _printed(at, Quantity.BODY_HEIGHT), ready=is_down(at)
    )
