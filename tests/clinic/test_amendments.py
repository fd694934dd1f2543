"""A correction is the next version of a visit: what was there stays, and nothing is edited."""

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest
import requests
from msgspec.structs import replace

from clinic.store.amendments import versions_before
from clinic.store.tables import AUDIT
from clinic.store.visits import KeptVisit, VisitStatus
from clinic.store.visits import visit_of as kept_visit
from clinic.store.waiting import waiting_for_staff
from devices.reading import Quantity
from health import unclaimed
from health.amendment import BY_TICKET, Amendment, Change, Reason, write
from health.envelope import Envelope, Kind
from health.ids import new_id
from health.record import read
from health.station import Station
from health.unclaimed import Unclaimed, Why
from health.visit import Instrument, Observation, Visit
from tests.clinic.running import Running
from tests.clinic.stations import OPENED, FakeStation, visit_of

DECIDED = OPENED + timedelta(hours=2)
HDL = Observation(Quantity.HDL, Decimal("1.42"), "mmol/L", at=DECIDED, instrument="blood")
LDL = Observation(Quantity.LDL, Decimal("3.10"), "mmol/L", at=DECIDED, instrument="blood")


def without_blood() -> Visit:
    whole = visit_of()
    blood = {Quantity.TOTAL_CHOLESTEROL, Quantity.HDL, Quantity.TRIGLYCERIDES}
    return replace(whole, observations=tuple(o for o in whole.observations if o.quantity not in blood))


def correction(station: FakeStation, visit: Visit, corrects: Envelope, **changed: object) -> Envelope:
    """A void visit, unless ``changed`` says otherwise."""
    plain = Amendment(
        visit=visit.id,
        envelope=corrects.digest(),
        change=Change.VOID,
        reason=Reason.TEST_RUN,
        staff="ann",
        decided_at=DECIDED,
        station=Station(station.id, "晚晴里驿站"),
        software="0.1.0",
        demo=visit.demo,
    )
    made = write(replace(plain, **changed))
    return station.envelope(visit, made, kind=Kind.AMENDMENT, incomplete=False)


def late(station: FakeStation, visit: Visit, corrects: Envelope, *fresh: Observation) -> Envelope:
    """``visit`` as it stands with what came late, ``fresh``."""
    return correction(
        station,
        visit,
        corrects,
        change=Change.LATE_RESULT,
        reason=Reason.CAME_LATE,
        staff=BY_TICKET,
        record=station.record(visit),
        added=tuple(one.quantity for one in fresh),
    )


def now(running: Running, visit: UUID) -> KeptVisit:
    with running.clinic.store.reading() as connection:
        kept = kept_visit(connection, running.clinic.settings.tenant, str(visit))
    assert kept is not None
    return kept


def sent(running: Running, *envelopes: Envelope) -> list[int]:
    return [running.put(one).status_code for one in envelopes]


def test_a_late_result_makes_the_next_version_and_the_old_one_stays(running: Running) -> None:
    station, before = running.station(), without_blood()
    first = station.envelope(before)
    after = before.with_observation(HDL)
    amended = late(station, after, first, HDL)
    assert sent(running, first, amended, amended) == [201, 201, 200]
    kept = now(running, before.id)
    assert (kept.version, kept.status) == (2, VisitStatus.AMENDED)
    assert read(kept.record).visit == after
    with running.clinic.store.reading() as connection:
        (was,) = versions_before(connection, kept.tenant, kept.id)
        lines = connection.execute(AUDIT.select()).all()
    assert (was.version, was.status, read(was.record).visit) == (1, "complete", before)
    assert (f"{station.id}/{BY_TICKET}", "late_result", kept.id) in {(r.who, r.did, r.about) for r in lines}


@pytest.mark.parametrize("change", [Change.VOID, Change.WRONG_PERSON])
def test_what_was_void_or_a_wrong_persons_is_an_error_for_ever(running: Running, change: Change) -> None:
    station, visit = running.station(), without_blood()
    first = station.envelope(visit)
    reason = Reason.TEST_RUN if change is Change.VOID else Reason.OTHER_CARD
    wrong = correction(station, visit, first, change=change, reason=reason)
    too_late = late(station, visit.with_observation(HDL), first, HDL)
    assert sent(running, first, wrong, too_late, station.envelope(visit)) == [201] * 4
    kept = now(running, visit.id)
    assert (kept.version, kept.status) == (2, VisitStatus.ENTERED_IN_ERROR)
    assert read(kept.record).visit == visit


def test_an_amendment_that_comes_before_its_visit_waits_and_is_applied_when_it_comes(
    running: Running,
) -> None:
    station = running.station()
    added, void = without_blood(), without_blood()
    first, second = station.envelope(added), station.envelope(void)
    after = added.with_observation(HDL)
    early = (late(station, after, first, HDL), correction(station, void, second))
    assert sent(running, *early) == [201, 201]
    assert sent(running, first, second) == [201, 201]
    assert now(running, added.id).status is VisitStatus.AMENDED
    assert read(now(running, added.id).record).visit == after
    assert now(running, void.id).status is VisitStatus.ENTERED_IN_ERROR


def test_a_late_result_waits_for_the_closed_visit_though_its_draft_or_alarm_is_here(running: Running) -> None:
    station, visit = running.station(), without_blood()
    draft = station.envelope(replace(visit, incomplete=True))
    closed = station.envelope(visit)
    amended = late(station, visit.with_observation(HDL), closed, HDL)
    assert sent(running, draft, amended) == [201, 201]
    assert now(running, visit.id).status is VisitStatus.INCOMPLETE
    assert sent(running, closed) == [201]
    assert now(running, visit.id).status is VisitStatus.AMENDED


def test_an_alarm_of_the_wrong_person_is_an_error_even_if_her_visit_never_comes(running: Running) -> None:
    station, visit = running.station(), without_blood()
    alarm = station.envelope(replace(visit, incomplete=True), kind=Kind.ALARM)
    never_sent = station.envelope(visit)
    wrong = correction(station, visit, never_sent, change=Change.WRONG_PERSON, reason=Reason.OTHER_CARD)
    assert sent(running, alarm, wrong) == [201, 201]
    assert now(running, visit.id).status is VisitStatus.ENTERED_IN_ERROR


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_late_results_the_later_holds_in_whatever_order_they_come(
    running: Running, turned: bool
) -> None:
    station, visit = running.station(), without_blood()
    first = station.envelope(visit)
    one = visit.with_observation(HDL)
    two = one.with_observation(LDL)
    earlier = late(station, one, first, HDL)
    later = late(station, two, earlier, LDL)
    order = (later, earlier) if turned else (earlier, later)
    assert sent(running, first, *order) == [201] * 3
    kept = now(running, visit.id)
    assert read(kept.record).visit == two
    assert (kept.version, kept.status) == (3, VisitStatus.AMENDED)


def test_no_station_corrects_the_visit_of_another(running: Running) -> None:
    station, other, visit = running.station(), running.station("other-1"), without_blood()
    first = station.envelope(visit)
    assert sent(running, first, correction(other, visit, first)) == [201, 202]
    early = without_blood()
    assert sent(running, correction(other, early, station.envelope(early))) == [201]
    assert sent(running, station.envelope(early)) == [201]
    assert now(running, visit.id).status is VisitStatus.COMPLETE
    assert now(running, early.id).status is VisitStatus.COMPLETE


def test_an_amendment_that_is_not_true_is_kept_and_told_to_staff(running: Running) -> None:
    station, visit, other = running.station(), without_blood(), without_blood()
    first = station.envelope(visit)
    lies = (
        station.envelope(visit, b"no amendment", kind=Kind.AMENDMENT),
        replace_visit(station, visit, other, first),
        correction(station, replace(visit, demo=True), first, demo=False),
    )
    assert sent(running, first) == [201]
    statuses = sent(running, *lies)
    assert statuses[:2] == [202, 202]
    assert statuses[2] in {202, 422}
    with running.clinic.store.reading() as connection:
        reasons = {one.reason for one in waiting_for_staff(connection, running.clinic.settings.tenant)}
    assert {"not_readable", "other_visit"} <= reasons
    assert now(running, visit.id).status is VisitStatus.COMPLETE


def replace_visit(station: FakeStation, visit: Visit, other: Visit, first: Envelope) -> Envelope:
    """An amendment of ``visit`` in an envelope that names ``other``."""
    content = write(
        Amendment(
            visit.id,
            first.digest(),
            Change.VOID,
            Reason.TEST_RUN,
            "ann",
            DECIDED,
            Station(station.id, ""),
            "0.1.0",
            demo=False,
        )
    )
    return station.envelope(other, content, kind=Kind.AMENDMENT)


def test_a_result_without_a_person_is_stored_and_enters_no_visit(running: Running) -> None:
    station, visit = running.station(), without_blood()
    meter = Instrument("meter", "curo-l7", "CUROfit")
    content = unclaimed.write(
        Unclaimed(meter, None, DECIDED, Why.OLDER, (HDL,), Station(station.id, ""), "0.1.0", demo=False)
    )
    envelope = station.envelope(visit, content, kind=Kind.AMENDMENT, visit=None)
    assert sent(running, envelope, envelope) == [201, 200]
    with running.clinic.store.reading() as connection:
        assert kept_visit(connection, running.clinic.settings.tenant, str(visit.id)) is None
    page = running.staff().get(f"{running.url}/quarantine", timeout=30).text
    assert "HDL-C 1.42 mmol/L" in page
    assert "CUROfit curo-l7" in page


def test_the_page_says_what_holds_what_was_corrected_by_whom_and_when(running: Running) -> None:
    station, visit = running.station(), without_blood()
    first = station.envelope(visit)
    moved = new_id()
    amended = late(station, visit.with_observation(HDL), first, HDL)
    assert sent(running, first, amended) == [201, 201]
    browser = running.staff()
    page = _page(running, browser, visit)
    assert "补充了后到的结果" in page
    assert "本机按样本号归入" in page
    assert "1.42" in page
    wrong = correction(
        station, visit, amended, change=Change.WRONG_PERSON, reason=Reason.OTHER_CARD, moved_to=moved
    )
    assert sent(running, wrong) == [201]
    page = _page(running, browser, visit)
    assert "不要使用" in page
    assert "刷了别人的卡" in page
    assert "ann" in page
    assert f"/visits/{moved}" in page
    answer = browser.get(f"{running.url}/api/visits/{visit.id}", timeout=30).json()
    assert (answer["status"], answer["version"]) == ("entered-in-error", 3)
    assert [one["change"] for one in answer["corrections"]] == ["late_result", "wrong_person"]
    assert answer["corrections"][1]["moved_to"] == str(moved)


def test_what_was_entered_in_error_calls_nobody_in_the_list(running: Running) -> None:
    station, visit = running.station(), visit_of(systolic="188")
    first = station.envelope(visit)
    assert sent(running, first) == [201]
    browser = running.staff()
    urgent = browser.get(f"{running.url}/visits", timeout=30).text
    assert sent(running, correction(station, visit, first)) == [201]
    calm = browser.get(f"{running.url}/visits", timeout=30).text
    assert "188" in urgent
    assert "188" not in calm
    assert "记错了" in calm


def _page(running: Running, browser: requests.Session, visit: Visit) -> str:
    return browser.get(f"{running.url}/visits/{visit.id}", timeout=30).text
