"""Whose blood it is, by number, by meter and by time; and what is remembered once a visit has closed."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from msgspec.structs import replace

from devices.events import Heard
from devices.reading import Quantity, Reading
from health.unclaimed import Why
from kiosk.clock import Clock
from kiosk.measuring.blood import GIVE_UP_SECONDS, QUIET_SECONDS, Ticket
from kiosk.measuring.tickets import LateTickets

NUMBER = "K26112300017"
CIVIL = datetime(2026, 11, 23, 10, 20, 40)  # noqa: DTZ001 - an instrument's clock says no zone
READING = Reading(Quantity.HDL, Decimal("1.42"), "mmol/L")
NUMBERED = Ticket(UUID(int=1), "analyser", NUMBER, 100.0, CIVIL)
METER = Ticket(UUID(int=2), "meter", None, 100.0, CIVIL)


def heard(instrument: str, at: float = 160.0, **said: object) -> Heard:
    return Heard(instrument, replace(READING, **said), at)


@pytest.mark.parametrize(
    ("event", "why"),
    [
        (heard("analyser", specimen=NUMBER), None),
        (heard("analyser", specimen=NUMBER, device_time=CIVIL - timedelta(hours=8)), None),
        (heard("other", specimen=NUMBER), Why.NO_TICKET),
        (heard("analyser", 99.0, specimen=NUMBER), Why.OLDER),
        (heard("analyser", specimen="K26112300018"), Why.OTHER_SPECIMEN),
        (heard("analyser"), Why.OTHER_SPECIMEN),
    ],
)
def test_a_number_is_hers_only_from_her_analyser_after_her_ticket(event: Heard, why: Why | None) -> None:
    assert NUMBERED.objection(event) is why


@pytest.mark.parametrize(
    ("event", "why"),
    [
        (heard("meter"), None),
        (heard("meter", device_time=CIVIL + timedelta(minutes=2)), None),
        (heard("meter", device_time=CIVIL - timedelta(seconds=90)), None),
        (heard("meter", device_time=CIVIL - timedelta(minutes=3)), Why.OLDER),
        (heard("meter", device_time=CIVIL - timedelta(days=1)), Why.OLDER),
        (heard("meter", 99.0), Why.OLDER),
        (heard("meter-2"), Why.NO_TICKET),
    ],
)
def test_of_a_meter_that_says_no_number_only_what_it_measured_since_is_hers(
    event: Heard, why: Why | None
) -> None:
    assert METER.objection(event) is why


def test_a_meter_whose_clock_is_known_to_be_off_is_judged_by_the_true_time() -> None:
    behind = replace(METER, ahead=timedelta(hours=-8))
    assert behind.objection(heard("meter", device_time=CIVIL - timedelta(hours=8))) is None
    assert behind.objection(heard("meter", device_time=CIVIL - timedelta(hours=9))) is Why.OLDER


@dataclass(slots=True)
class Held:
    """Late tickets under a clock that goes when told to."""

    now: float = 200.0

    def tickets(self) -> LateTickets:
        return LateTickets(Clock(lambda: self.now, lambda: datetime(2026, 11, 23, tzinfo=UTC)))


def test_a_result_after_goodbye_finds_its_visit_by_number_and_is_filed_once_whole() -> None:
    held, filed = Held(), list[UUID]()
    late = held.tickets()
    late.leave((NUMBERED,), files=True)
    assert late.hear(heard("analyser", specimen=NUMBER)) == (Why.AFTER_CLOSING, NUMBERED.visit)
    late.tick(filed.append)
    assert filed == []
    held.now += QUIET_SECONDS + 0.1
    late.tick(filed.append)
    late.tick(filed.append)
    assert filed == [NUMBERED.visit]


def test_a_meter_stays_taken_until_result_time_out_or_release() -> None:
    held = Held()
    for end in ("result", "time-out", "release"):
        late = held.tickets()
        late.leave((replace(METER, made=held.now),), files=True)
        late.tick(_never)
        assert [t.instrument for t in late.taken()] == ["meter"]
        if end == "result":
            assert late.hear(heard("meter", held.now + 1)) == (Why.AFTER_CLOSING, METER.visit)
            held.now += QUIET_SECONDS + 0.1
        elif end == "time-out":
            held.now += GIVE_UP_SECONDS + 1
        else:
            late.release("meter")
        late.tick(_never)
        assert late.taken() == ()
        assert late.hear(heard("meter", held.now + 1)) == (Why.NO_TICKET, None)


def test_what_a_guest_left_behind_holds_the_meter_and_names_no_visit() -> None:
    late = Held().tickets()
    late.leave((METER,), files=False)
    assert late.taken() == (METER,)
    assert late.hear(heard("meter")) == (Why.AFTER_CLOSING, None)


def test_who_comes_back_has_her_ticket_again_and_nobody_else_has() -> None:
    late = Held().tickets()
    late.leave((NUMBERED, METER), files=True)
    assert late.take_up(uuid4()) == ()
    assert late.take_up(METER.visit) == (METER,)
    assert late.taken() == ()


def test_a_value_said_again_is_known_and_one_without_a_time_never_is() -> None:
    late = Held().tickets()
    dated = heard("meter", device_time=CIVIL)
    assert [late.said_before(dated) for _ in range(2)] == [False, True]
    assert not late.said_before(heard("meter-2", device_time=CIVIL))
    assert not late.said_before(heard("meter", device_time=CIVIL, value=Decimal("1.43")))
    assert [late.said_before(heard("meter")) for _ in range(2)] == [False, False]


def _never(_visit: UUID) -> None:
    raise AssertionError
