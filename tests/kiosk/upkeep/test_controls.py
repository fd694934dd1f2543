"""Blood: lots, control runs and boxes of strips; what is out of control or expired rests."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from msgspec.structs import replace

from devices.control_rules import Rule, Verdict
from devices.errors import DeviceError
from devices.reading import Comparator, Quantity
from health.visit import Control
from kiosk.jobs import Office
from kiosk.upkeep.controlling import KeepRun, OpenLot, OpenSupply, ShowChart
from kiosk.upkeep.errors import NotKnownHereError, UpkeepError
from kiosk.upkeep.looking import Lots
from kiosk.upkeep.standing import State, Why
from tests.kiosk.station import HeldTime
from tests.kiosk.upkeep.bookroom import (
    IN_CONTROL,
    LIPIDS,
    LOT,
    OUT_OF_CONTROL,
    how,
    reports,
    results,
    why,
)

CHOLESTEROL = Quantity.TOTAL_CHOLESTEROL


def test_a_control_run_in_control_lets_the_analyser_measure_for_a_day(strict: Office, time: HeldTime) -> None:
    OpenLot("ann", "analyser", LOT).do(strict)
    assert why(strict, "analyser", CHOLESTEROL) == (State.RESTS, Why.CONTROL_MISSING)
    kept = KeepRun("ann", "analyser", results(*IN_CONTROL)).do(strict)
    assert kept.verdict is Verdict.ACCEPT
    standing = how(strict, "analyser", CHOLESTEROL)
    assert (standing.state, standing.control, standing.proof) == (State.READY, Control.IN, kept.run.id)
    time.go_on(hours=23)
    assert why(strict, "analyser", CHOLESTEROL) == (State.SOON, Why.DUE_SOON)
    time.go_on(hours=1)
    assert why(strict, "analyser", CHOLESTEROL) == (State.RESTS, Why.CONTROL_OVERDUE)
    assert how(strict, "handle", Quantity.GRIP_LEFT).state is State.READY


def test_a_rejected_control_rests_that_quantity_until_something_was_mended(room: Office) -> None:
    OpenLot("ann", "analyser", LOT).do(room)
    kept = KeepRun("ann", "analyser", results(*OUT_OF_CONTROL)).do(room)
    (_, judgement), (_, other) = kept.judgements
    assert kept.verdict is Verdict.REJECT
    assert Rule.W1_3S in {each.rule for each in judgement.broken}
    assert other.verdict is Verdict.ACCEPT
    assert why(room, "analyser", CHOLESTEROL) == (State.RESTS, Why.CONTROL_REJECTED)
    assert how(room, "analyser", Quantity.HDL).control is Control.IN
    KeepRun("ann", "analyser", results(*IN_CONTROL)).do(room)
    assert why(room, "analyser", CHOLESTEROL) == (State.RESTS, Why.NOTHING_MENDED)
    KeepRun("ann", "analyser", results(*IN_CONTROL), "new cassette").do(room)
    assert how(room, "analyser", CHOLESTEROL).control is Control.IN


def test_a_new_lot_begins_anew_and_the_old_chart_can_still_be_read(room: Office, time: HeldTime) -> None:
    first = OpenLot("ann", "analyser", LOT).do(room)
    for _ in range(3):
        KeepRun("ann", "analyser", results(*IN_CONTROL)).do(room)
        time.go_on(days=1)
    OpenLot("ann", "analyser", replace(LOT, number="C-2701")).do(room)
    assert [one.lot.number for one in Lots("analyser").do(room)] == ["C-2611", "C-2701"]
    assert ShowChart("analyser", "1", CHOLESTEROL).do(room).points == ()
    old = ShowChart("analyser", "1", CHOLESTEROL, first.id).do(room)
    assert [point.z for point in old.points] == [Decimal("0.20")] * 3
    with pytest.raises(NotKnownHereError, match="lot"):
        ShowChart("scale", "1", CHOLESTEROL).do(room)


def test_an_expired_lot_or_box_of_strips_cannot_be_taken_into_use_and_rests_when_it_expires(
    strict: Office, time: HeldTime
) -> None:
    with pytest.raises(UpkeepError, match="expired"):
        OpenLot("ann", "analyser", replace(LOT, expires=date(2026, 11, 22))).do(strict)
    with pytest.raises(UpkeepError, match="expired"):
        OpenSupply("ann", "analyser", "strips", "S1", date(2026, 11, 22)).do(strict)
    OpenLot("ann", "analyser", replace(LOT, expires=date(2026, 11, 30))).do(strict)
    OpenSupply("ann", "analyser", "strips", "S2", date(2026, 11, 24)).do(strict)
    KeepRun("ann", "analyser", results(*IN_CONTROL)).do(strict)
    assert how(strict, "analyser", CHOLESTEROL).state is State.READY
    time.go_on(days=2)
    assert why(strict, "analyser", CHOLESTEROL) == (State.RESTS, Why.SUPPLY_EXPIRED)
    OpenSupply("ann", "analyser", "strips", "S3", date(2027, 1, 1)).do(strict)
    KeepRun("ann", "analyser", results(*IN_CONTROL)).do(strict)
    assert how(strict, "analyser", CHOLESTEROL).state is State.READY
    time.go_on(days=6)
    KeepRun("ann", "analyser", results(*IN_CONTROL)).do(strict)
    assert why(strict, "analyser", CHOLESTEROL) == (State.RESTS, Why.LOT_EXPIRED)


def test_a_run_that_does_not_fit_the_lot_is_not_kept(room: Office) -> None:
    with pytest.raises(NotKnownHereError, match="lot"):
        KeepRun("ann", "analyser", results(*IN_CONTROL)).do(room)
    OpenLot("ann", "analyser", LOT).do(room)
    (first, *_) = results(*IN_CONTROL)
    for wrong in (replace(first, unit="mg/dL"), replace(first, material="3")):
        with pytest.raises(DeviceError):
            KeepRun("ann", "analyser", (wrong,)).do(room)
    off = replace(first, value=Decimal("2.59"), comparator=Comparator.BELOW)
    assert KeepRun("ann", "analyser", (off,)).do(room).verdict is Verdict.REJECT


def test_a_report_tells_the_latest_run_with_its_verdict_and_broken_rules(room: Office) -> None:
    OpenLot("ann", "analyser", LOT).do(room)
    kept = KeepRun("ann", "analyser", results(*OUT_OF_CONTROL)).do(room)
    run = reports(room)[-1].instruments[1].run
    assert run is not None
    assert (run.id, run.lot, run.who) == (kept.run.id, "C-2611", "ann")
    assert [(one.material, one.value, one.verdict, one.rules) for one in run.results] == [
        ("1", "4.02", "reject", ()),
        ("2", "6.35", "reject", ("1_2s", "1_3s")),
        ("1", "3.98", "accept", ()),
        ("2", "5.95", "accept", ()),
    ]
    assert LIPIDS[0] is run.results[0].quantity
    assert isinstance(run.when, datetime)
