"""Who is let in: ten tries, each counted before it is judged, whatever the clock or the power does."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from health.keys import BadKeyError
from kiosk.jobs import Office
from kiosk.upkeep.accounts import AddStaff, OpenAccount, SetPin, ShutAccount
from kiosk.upkeep.errors import NotAllowedError, PinError, StaffError
from kiosk.upkeep.patience import wait_after
from kiosk.upkeep.pepper import FILE, Pepper, pepper_of
from kiosk.upkeep.pin import is_guessed_first, require_good
from kiosk.upkeep.pin_hash import HASHER, hashed, is_outdated
from kiosk.upkeep.signing_in import ChangeOwnPin, LetIn, NotLetIn, Refusal, SignIn, WhoseCard
from kiosk.upkeep.staff import MAY, Act, StaffRole
from tests.kiosk.station import HeldTime
from tests.kiosk.upkeep.bookroom import PEPPER, PIN, QUICK, office


@pytest.fixture
def time() -> HeldTime:
    return HeldTime()


@pytest.fixture
def room(tmp_path: Path, time: HeldTime) -> Iterator[Office]:
    made = office(tmp_path, time)
    yield made
    made.ledger.close()


def _acts(room: Office) -> list[tuple[str, str, str, str]]:
    return [(line.who, line.act, line.subject, line.result) for line in room.ledger.book.lines()]


def test_card_and_pin_let_in_and_the_trail_says_so(room: Office) -> None:
    owner = WhoseCard("card-of-ann").do(room)
    assert owner is not None
    answer = SignIn(owner.id, PIN, "card-of-ann").do(room)
    assert isinstance(answer, LetIn)
    assert (answer.member.id, answer.member.role) == ("ann", StaffRole.NURSE)
    assert _acts(room) == [("ann", "try", "", "counted"), ("ann", "sign_in", "", "done")]


def test_the_pin_alone_does_not_let_in_who_has_a_card_and_costs_no_try(room: Office) -> None:
    for badge in ("", "card-of-somebody"):
        assert SignIn("ann", PIN, badge).do(room) == NotLetIn(Refusal.CARD)
    assert SignIn("nobody", PIN).do(room) == NotLetIn(Refusal.UNKNOWN)
    assert WhoseCard("").do(room) is None
    assert _acts(room) == []


def test_a_wrong_pin_waits_thirty_seconds_then_longer_and_the_right_one_in_between_is_not_asked(
    room: Office, time: HeldTime
) -> None:
    assert SignIn("tom", "000000").do(room) == NotLetIn(Refusal.WRONG, 30, 9)
    assert SignIn("tom", PIN).do(room) == NotLetIn(Refusal.WAIT, 30, 9)
    time.go_on(seconds=29.5)
    assert SignIn("tom", PIN).do(room) == NotLetIn(Refusal.WAIT, 1, 9)
    time.go_on(seconds=0.5)
    assert SignIn("tom", "000001").do(room) == NotLetIn(Refusal.WRONG, 60, 8)
    time.go_on(seconds=60)
    assert isinstance(SignIn("tom", PIN).do(room), LetIn)
    assert room.ledger.book.tries_of("tom").count == 0


def test_the_wait_doubles_from_half_a_minute_to_an_hour() -> None:
    assert [wait_after(n) for n in range(11)] == [0, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]


def test_after_ten_wrong_pins_the_account_is_shut_until_another_supervisor_opens_it(
    room: Office, time: HeldTime
) -> None:
    for left in range(9, -1, -1):
        answer = SignIn("sue", "000000").do(room)
        assert answer == (
            NotLetIn(Refusal.WRONG, wait_after(10 - left), left) if left else NotLetIn(Refusal.SHUT)
        )
        time.go_on(hours=1)
    assert SignIn("sue", PIN).do(room) == NotLetIn(Refusal.SHUT)
    time.go_on(days=400)
    assert SignIn("sue", PIN).do(room) == NotLetIn(Refusal.SHUT)
    with pytest.raises(NotAllowedError):
        OpenAccount("sue", "sue").do(room)
    with pytest.raises(NotAllowedError):
        OpenAccount("tom", "sue").do(room)
    OpenAccount("sam", "sue").do(room)
    assert isinstance(SignIn("sue", PIN).do(room), LetIn)


def test_setting_the_clock_forward_shortens_no_wait(room: Office, time: HeldTime) -> None:
    SignIn("tom", "000000").do(room)
    time.wall = time.wall.replace(year=2099)
    assert SignIn("tom", PIN).do(room) == NotLetIn(Refusal.WAIT, 30, 9)


def test_a_power_cut_shortens_no_wait_and_gives_no_try_back(tmp_path: Path, time: HeldTime) -> None:
    before = office(tmp_path, time)
    for _ in range(4):
        SignIn("tom", "000000").do(before)
        time.go_on(hours=1)
    SignIn("tom", "000000").do(before)
    before.ledger.close()
    time.boot, time.monotonic_ms = uuid4(), 20_000
    after = office(tmp_path, time)
    assert SignIn("tom", PIN).do(after) == NotLetIn(Refusal.WAIT, 460, 5)
    time.go_on(seconds=460)
    assert isinstance(SignIn("tom", PIN).do(after), LetIn)
    after.ledger.close()


def test_a_hash_made_cheaply_is_made_anew_at_the_first_right_pin(room: Office) -> None:
    assert is_outdated(room.ledger.book.pin_of("tom"))
    assert isinstance(SignIn("tom", PIN).do(room), LetIn)
    kept = room.ledger.book.pin_of("tom")
    assert not is_outdated(kept)
    assert kept.text.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert isinstance(SignIn("tom", PIN).do(room), LetIn)


def test_what_a_pin_is_kept_at_is_no_less_than_owasp_asks() -> None:
    assert (HASHER.memory_cost, HASHER.time_cost, HASHER.type.name) >= (19 * 1024, 2, "ID")


def test_without_the_pepper_the_right_pin_fits_no_kept_hash() -> None:
    kept = hashed(PIN, "tom", PEPPER, QUICK)
    bare = QUICK.hash(PIN)
    assert PIN not in kept.text
    assert kept.text.split("$")[:4] == bare.split("$")[:4]
    assert hashed(PIN, "tom", Pepper.new(), QUICK).pepper != kept.pepper


def test_under_another_pepper_the_pin_is_said_to_be_lost_and_no_try_is_counted(
    tmp_path: Path, time: HeldTime
) -> None:
    room = office(tmp_path, time)
    other = Office(room.ledger, room.seal, room.now, room.tell)
    with pytest.raises(PinError, match="kiosk staff pin"):
        SignIn("tom", PIN).do(other)
    assert room.ledger.book.tries_of("tom").count == 0
    room.ledger.close()


def test_the_pepper_lies_beside_the_station_key_for_its_user_alone(tmp_path: Path) -> None:
    made = pepper_of(tmp_path)
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600
    assert pepper_of(tmp_path).key == made.key


@pytest.mark.parametrize("damage", [b"", b"0" * 20, bytes(65), b"\xff" * 65])
def test_a_damaged_pepper_costs_the_pins_and_not_the_station(tmp_path: Path, damage: bytes) -> None:
    before = pepper_of(tmp_path)
    (tmp_path / FILE).write_bytes(damage)
    made = pepper_of(tmp_path)
    assert made.key != before.key
    assert pepper_of(tmp_path).key == made.key
    assert (tmp_path / f"{FILE}.damaged").read_bytes() == damage


def test_a_pepper_that_others_can_read_is_refused_and_stays(tmp_path: Path) -> None:
    made = pepper_of(tmp_path)
    (tmp_path / FILE).chmod(0o644)
    with pytest.raises(BadKeyError, match="0600"):
        pepper_of(tmp_path)
    (tmp_path / FILE).chmod(0o600)
    assert pepper_of(tmp_path).key == made.key


def test_a_pepper_handed_in_as_a_credential_is_never_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (credentials := tmp_path / "credentials").mkdir()
    (credentials / FILE).write_text("ab" * 32 + "\n")
    (data := tmp_path / "data").mkdir()
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(credentials))
    assert pepper_of(data).key == b"\xab" * 32
    assert list(data.iterdir()) == []
    (credentials / FILE).write_text("no hex")
    with pytest.raises(PinError):
        pepper_of(data)


@pytest.mark.parametrize(
    "pin",
    ["123456", "654321", "098765", "111111", "121212", "123123", "112112", "224466", "520131", "199110110"],
)
def test_a_pin_that_is_guessed_first_is_refused(pin: str) -> None:
    assert is_guessed_first(pin)
    with pytest.raises(PinError):
        require_good(pin)


@pytest.mark.parametrize("pin", ["93041", "9304170418041", "93041a", "９３０４１７", "", "93041 "])
def test_a_pin_is_six_to_twelve_plain_digits(pin: str) -> None:
    with pytest.raises(PinError):
        require_good(pin)
    require_good(PIN)


def test_only_a_supervisor_makes_accounts_and_none_twice(room: Office) -> None:
    add = AddStaff("sue", "li-na", "李娜", StaffRole.NURSE, "482913", "card-of-li")
    for who in ("ann", "tom", "nobody"):
        with pytest.raises(NotAllowedError):
            AddStaff(who, "li-na", "李娜", StaffRole.NURSE, "482913").do(room)
    assert add.do(room).id == "li-na"
    assert isinstance(SignIn("li-na", "482913", "card-of-li").do(room), LetIn)
    with pytest.raises(StaffError, match="already"):
        add.do(room)
    with pytest.raises(StaffError, match="card"):
        AddStaff("sue", "li-bo", "李波", StaffRole.NURSE, "482913", "card-of-li").do(room)
    with pytest.raises(StaffError, match="small letters"):
        AddStaff("sue", "Li Na", "李娜", StaffRole.NURSE, "482913").do(room)
    refused = [line for line in room.ledger.book.lines() if line.result == "refused"]
    assert {line.who for line in refused} == {"ann", "tom"}


def test_who_was_shut_out_is_out_at_once_and_nobody_does_it_to_themselves(room: Office) -> None:
    ShutAccount("sue", "tom").do(room)
    assert SignIn("tom", PIN).do(room) == NotLetIn(Refusal.SHUT)
    for job in (ShutAccount("sue", "sue"), OpenAccount("sue", "sue"), SetPin("sue", "sue", "482913")):
        with pytest.raises(StaffError, match="own"):
            job.do(room)


def test_a_new_pin_of_ones_own_needs_the_old_one_which_is_counted(room: Office, time: HeldTime) -> None:
    assert ChangeOwnPin("tom", "000000", "482913").do(room) == NotLetIn(Refusal.WRONG, 30, 9)
    time.go_on(seconds=30)
    assert isinstance(ChangeOwnPin("tom", PIN, "482913").do(room), LetIn)
    assert isinstance(SignIn("tom", "482913").do(room), LetIn)
    with pytest.raises(PinError):
        ChangeOwnPin("tom", "482913", "123456").do(room)


def test_a_technician_never_handles_a_visit_and_only_a_supervisor_handles_accounts() -> None:
    assert not MAY[StaffRole.TECHNICIAN] & {Act.VISIT, Act.CORRECT, Act.BLOOD}
    assert [role for role in StaffRole if Act.STAFF in MAY[role]] == [StaffRole.SUPERVISOR]
    assert MAY[StaffRole.NURSE] | MAY[StaffRole.TECHNICIAN] < MAY[StaffRole.SUPERVISOR]
