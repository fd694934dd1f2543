"""What becomes of every envelope a station can send, over a real socket."""

from pathlib import Path
from uuid import UUID

import pytest
import requests
from msgspec.structs import replace

from clinic.store.tables import ENVELOPE, UNPROVEN
from clinic.store.visits import VisitStatus, visit_of
from clinic.store.waiting import waiting_for_staff
from health.envelope import LARGEST, Envelope, Kind
from health.ids import new_id
from health.keys import SecretKey, SigningKey
from health.record import read
from health.station_report import write_report
from health.visit import Resident
from health.wire import BatchResult, Delivered, decode, pack
from tests.clinic.running import NURSE, Running, clinic_at
from tests.clinic.stations import A_REPORT, FakeStation
from tests.clinic.stations import visit_of as a_visit


def _filed(running: Running, visit: UUID) -> tuple[int, VisitStatus, str]:
    with running.clinic.store.reading() as connection:
        kept = visit_of(connection, running.clinic.settings.tenant, str(visit))
    assert kept is not None
    return kept.version, kept.status, str(read(kept.record).visit.id)


def _reasons(running: Running) -> list[str]:
    with running.clinic.store.reading() as connection:
        return [one.reason for one in waiting_for_staff(connection, running.clinic.settings.tenant)]


def test_a_visit_is_stored_once_however_often_it_is_sent(running: Running) -> None:
    visit = a_visit()
    envelope = running.station().envelope(visit)
    answers = [running.put(envelope) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201, 200, 200]
    assert decode(answers[0].content, Delivered).id == envelope.header.id
    assert _filed(running, visit.id) == (1, VisitStatus.COMPLETE, str(visit.id))


def test_another_content_under_a_known_id_is_refused_and_changes_nothing(running: Running) -> None:
    station, visit = running.station(), a_visit()
    first = station.envelope(visit)
    second = station.envelope(a_visit(Resident(name="别人")), id=first.header.id)
    assert running.put(first).status_code == 201
    assert running.put(second).status_code == 409
    assert running.put(first).status_code == 200
    assert _filed(running, visit.id)[0] == 1


def test_one_flipped_bit_in_the_content_is_held_back_and_cannot_take_the_id(running: Running) -> None:
    visit = a_visit()
    envelope = running.station().envelope(visit)
    raw = bytearray(envelope.to_bytes())
    raw[-5] ^= 1
    assert running.put(envelope, bytes(raw)).status_code == 202
    assert _reasons(running) == ["not_signed"]
    assert running.put(envelope).status_code == 201
    assert _filed(running, visit.id)[0] == 1


def test_a_flipped_bit_anywhere_never_files_a_visit(running: Running) -> None:
    envelope = running.station().envelope(a_visit())
    raw = envelope.to_bytes()
    for at in range(0, len(raw), max(1, len(raw) // 40)):
        bent = bytearray(raw)
        bent[at] ^= 0x10
        assert running.put(envelope, bytes(bent)).status_code in {202, 400, 403}
    with running.clinic.store.reading() as connection:
        assert connection.execute(ENVELOPE.select()).all() == []


def test_a_forger_with_the_name_of_a_station_gets_nothing_filed(running: Running) -> None:
    station = running.station()
    station.key = SigningKey.new()
    assert running.put(station.envelope(a_visit())).status_code == 202
    with running.clinic.store.reading() as connection:
        assert len(connection.execute(UNPROVEN.select()).all()) == 1


def test_however_many_forgeries_come_what_a_station_itself_sent_stands_before_them(running: Running) -> None:
    station = running.station()
    damaged = [station.envelope(a_visit(), b"not readable") for _ in range(3)]
    for envelope in damaged:
        assert running.put(envelope).status_code == 202
    station.key = SigningKey.new()
    for _ in range(6):
        assert running.put(station.envelope(a_visit())).status_code == 202
    with running.clinic.store.reading() as connection:
        shown = waiting_for_staff(connection, running.clinic.settings.tenant, limit=5)
    assert [one.id for one in shown[:3]] == [str(one.header.id) for one in reversed(damaged)]
    assert [one.proven for one in shown] == [True, True, True, False, False]


def test_a_station_nobody_let_in_is_refused(running: Running) -> None:
    keys = running.clinic.keys
    stranger = FakeStation(keys.working.public(), keys.recovery, id="stranger")
    assert running.put(stranger.envelope(a_visit())).status_code == 403


def test_a_revoked_station_is_refused_from_the_next_envelope_on(running: Running) -> None:
    from clinic.enrolment import revoke

    station = running.station()
    before, after = station.envelope(a_visit()), station.envelope(a_visit())
    assert running.put(before).status_code == 201
    assert revoke(running.clinic, station.id, NURSE)
    assert [running.put(one).status_code for one in (after, before)] == [403, 403]


def test_a_station_cannot_write_into_another_tenant(running: Running) -> None:
    station = running.station()
    assert running.put(station.envelope(a_visit(), tenant="elsewhere")).status_code == 403


def test_a_demo_visit_never_enters_a_real_clinic(running: Running) -> None:
    station = running.station()
    visit = a_visit(demo=True)
    assert running.put(station.envelope(visit)).status_code == 422
    assert running.put(station.envelope(visit, demo=False)).status_code == 202
    assert _reasons(running) == ["demo_differs"]


@pytest.mark.parametrize(
    ("content", "header", "reason"),
    [
        (b"no record", {}, "not_readable"),
        (None, {"visit": UUID("01a20a67-4abf-71e3-b19b-5433f096a6ed")}, "other_visit"),
        (None, {"incomplete": True}, "incomplete_differs"),
    ],
)
def test_what_opens_but_is_not_true_is_kept_and_told_to_staff(
    running: Running, content: bytes | None, header: dict[str, object], reason: str
) -> None:
    envelope = running.station().envelope(a_visit(), content, **header)
    answers = [running.put(envelope) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [202, 202]
    assert decode(answers[0].content, Delivered).detail
    assert _reasons(running) == [reason]


def test_what_the_clinic_cannot_open_is_kept_until_it_can(running: Running) -> None:
    station, visit = running.station(), a_visit()
    lost = SecretKey.new()
    station.working = station.recovery = lost.public()
    envelope = station.envelope(visit)
    assert running.put(envelope).status_code == 202
    mended = replace(running.clinic, keys=replace(running.clinic.keys, working=lost))
    from clinic.intake import take_in

    assert take_in(mended, envelope.header.id, envelope.to_bytes()).status == 201
    assert running.put(envelope).status_code == 200
    assert _filed(running, visit.id)[0] == 1


def test_the_whole_visit_takes_the_place_of_its_draft_and_never_the_other_way(running: Running) -> None:
    station = running.station()
    whole = a_visit()
    draft = replace(whole, incomplete=True, observations=whole.observations[:3])
    early, late = station.envelope(draft), station.envelope(draft)
    closed = station.envelope(whole)
    assert running.put(late).status_code == 201
    assert running.put(early).status_code == 201
    assert _filed(running, whole.id)[:2] == (1, VisitStatus.INCOMPLETE)
    assert running.put(closed).status_code == 201
    assert _filed(running, whole.id)[:2] == (2, VisitStatus.COMPLETE)
    assert running.put(station.envelope(draft)).status_code == 201
    assert _filed(running, whole.id)[:2] == (2, VisitStatus.COMPLETE)


def test_a_second_whole_visit_of_the_same_id_goes_to_staff(running: Running) -> None:
    station, other, visit = running.station(), running.station("other-1"), a_visit()
    assert running.put(station.envelope(visit)).status_code == 201
    assert running.put(station.envelope(visit)).status_code == 202
    assert running.put(other.envelope(visit)).status_code == 202
    assert set(_reasons(running)) == {"visit_closed", "visit_of_another_station"}
    assert _filed(running, visit.id)[0] == 1


def test_an_alarm_is_shown_at_once_and_the_visit_takes_its_place(running: Running) -> None:
    station, whole = running.station(), a_visit(systolic="188")
    so_far = replace(whole, incomplete=True, observations=whole.observations[:3])
    assert running.put(station.envelope(so_far, kind=Kind.ALARM)).status_code == 201
    assert _filed(running, whole.id)[:2] == (1, VisitStatus.INCOMPLETE)
    assert running.put(station.envelope(whole)).status_code == 201
    assert _filed(running, whole.id)[:2] == (2, VisitStatus.COMPLETE)


def test_a_report_of_the_station_about_itself_is_stored(running: Running) -> None:
    station = running.station()
    report = station.envelope(a_visit(), write_report(A_REPORT), kind=Kind.STATION, visit=None)
    assert running.put(report).status_code == 201
    junk = station.envelope(a_visit(), b"{}", kind=Kind.STATION, visit=None)
    assert running.put(junk).status_code == 202
    assert _reasons(running) == ["not_readable"]


def test_fifty_at_once_have_a_line_each_and_a_bad_one_holds_up_none(running: Running) -> None:
    station = running.station()
    good = [station.envelope(a_visit()) for _ in range(3)]
    bent = bytearray(station.envelope(a_visit()).to_bytes())
    bent[-1] ^= 1
    sent = [
        good[0].to_bytes(),
        bytes(bent),
        b"nonsense",
        good[1].to_bytes(),
        good[0].to_bytes(),
        good[2].to_bytes(),
    ]
    answer = requests.post(f"{running.url}/envelopes", data=pack(sent), timeout=30)
    assert answer.status_code == 200
    lines = decode(answer.content, BatchResult).results
    assert [line.status for line in lines] == [201, 202, 400, 201, 200, 201]
    assert lines[2].id is None
    assert [lines[0].id, lines[3].id] == [good[0].header.id, good[1].header.id]


def test_a_batch_that_is_cut_short_stores_nothing(running: Running) -> None:
    body = pack([running.station().envelope(a_visit()).to_bytes()])
    assert requests.post(f"{running.url}/envelopes", data=body[:-1], timeout=30).status_code == 400
    assert requests.post(f"{running.url}/envelopes", data=b"", timeout=30).status_code == 400


def test_more_bytes_than_an_envelope_may_have_are_not_even_read(running: Running) -> None:
    answer = requests.put(f"{running.url}/envelopes/{new_id()}", data=bytes(LARGEST + 1), timeout=30)
    assert answer.status_code == 413


def test_the_address_must_name_the_envelope_it_carries(running: Running) -> None:
    envelope = running.station().envelope(a_visit())
    answer = requests.put(f"{running.url}/envelopes/{new_id()}", data=envelope.to_bytes(), timeout=30)
    assert answer.status_code == 400


def test_what_was_acknowledged_is_there_after_a_restart(tmp_path: Path) -> None:
    visit = a_visit()
    with clinic_at(tmp_path / "clinic") as running:
        envelope = running.station().envelope(visit)
        assert running.put(envelope).status_code == 201
    with clinic_at(tmp_path / "clinic") as running:
        assert running.put(envelope).status_code == 200
        assert _filed(running, visit.id)[0] == 1


def test_an_erased_envelope_stays_erased(running: Running) -> None:
    envelope = running.station().envelope(a_visit())
    assert running.put(envelope).status_code == 201
    with running.clinic.store.writing() as connection:
        connection.execute(ENVELOPE.update().values(state="erased", raw=b""))
    assert running.put(envelope).status_code == 410


def test_what_is_kept_is_what_was_sent_byte_by_byte(running: Running) -> None:
    envelope = running.station().envelope(a_visit())
    running.put(envelope)
    with running.clinic.store.reading() as connection:
        kept = connection.execute(ENVELOPE.select()).one()
    assert Envelope.from_bytes(kept.raw) == envelope


def test_health_says_that_the_server_answers(running: Running) -> None:
    assert requests.get(f"{running.url}/healthz", timeout=30).json() == {"ok": True}
