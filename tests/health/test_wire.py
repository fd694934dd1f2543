"""What both ends of the wire agree on: shapes, batches, the pairing code, signed requests."""

import base64
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from health import pairing, signing, wire
from health.envelope import EnvelopeDamaged
from health.keys import SigningKey, VerifyKey
from health.wire import Delivered, Delivery

KEY, OTHER = SigningKey.new(), SigningKey.new()
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def test_a_shape_with_an_unknown_field_is_refused_without_repeating_it() -> None:
    with pytest.raises(wire.WireError) as refused:
        wire.decode(b'{"id":"' + str(uuid4()).encode() + b'","status":201,"name":"Wang"}', Delivered)
    assert "Wang" not in str(refused.value)


def test_a_status_that_http_does_not_have_is_refused() -> None:
    with pytest.raises(wire.WireError):
        wire.decode(b'{"id":"' + str(uuid4()).encode() + b'","status":2010}', Delivered)


def test_every_delivery_status_comes_back() -> None:
    for status in Delivery:
        said = Delivered(uuid4(), status, "…")
        assert wire.decode(wire.encode(said), Delivered) == said


@given(st.lists(st.binary(min_size=1, max_size=40), min_size=1, max_size=50))
def test_a_batch_unpacks_to_what_was_packed(envelopes: list[bytes]) -> None:
    assert wire.unpack(wire.pack(envelopes)) == tuple(envelopes)


@given(st.binary(max_size=60))
def test_no_bytes_make_unpacking_do_anything_but_refuse_or_give_them_back(body: bytes) -> None:
    try:
        found = wire.unpack(body)
    except EnvelopeDamaged:
        return
    assert wire.pack(found) == body


def test_a_batch_of_none_or_of_51_is_refused() -> None:
    for body in (b"", wire.pack([b"x"] * 51)):
        with pytest.raises(EnvelopeDamaged):
            wire.unpack(body)


def test_both_ends_show_the_same_eight_digits_and_any_other_key_or_number_shows_others() -> None:
    station, clinic = KEY.verify_key(), OTHER.verify_key()
    mine, theirs = pairing.number(), pairing.number()
    shown = pairing.code(station, clinic, mine, theirs)
    assert len(shown.replace(" ", "")) == 8
    assert shown == pairing.code(station, clinic, mine, theirs)
    middle = SigningKey.new().verify_key()
    others = {
        pairing.code(middle, clinic, mine, theirs),
        pairing.code(station, middle, mine, theirs),
        pairing.code(station, clinic, pairing.number(), theirs),
        pairing.code(station, clinic, mine, pairing.number()),
    }
    assert shown not in others


def test_a_commitment_opens_to_its_own_number_only() -> None:
    mine = pairing.number()
    assert pairing.opens(pairing.commitment(mine), mine)
    assert not pairing.opens(pairing.commitment(mine), pairing.number())
    assert not pairing.opens("für alle", mine)


def _settings() -> wire.StationSettings:
    return wire.StationSettings(1, "demo", "kiosk-1", KEY.verify_key().text, "康驿一号", "age1a", "age1b")


def test_settings_are_believed_only_with_the_pinned_clinics_signature() -> None:
    signed = pairing.sign_settings(_settings(), OTHER)
    assert pairing.read_settings(signed, OTHER.verify_key()) == _settings()
    for clinic, forged in (
        (KEY.verify_key(), signed),
        (OTHER.verify_key(), wire.SignedSettings(signed.text.replace("demo", "real"), signed.signature)),
        (OTHER.verify_key(), wire.SignedSettings(signed.text, "not base64!")),
    ):
        with pytest.raises(wire.WireError):
            pairing.read_settings(forged, clinic)


def test_what_another_edition_of_the_clinic_says_besides_is_signed_and_not_read() -> None:
    text = wire.encode(_settings()).decode().replace('"edition":1', '"edition":1,"ask_roster":false')
    signature = base64.urlsafe_b64encode(OTHER.sign(b"kangyi settings 1\n" + text.encode())).decode()
    signed = wire.SignedSettings(text, signature)
    assert pairing.read_settings(signed, OTHER.verify_key()) == _settings()


def _key_of(name: str) -> VerifyKey | None:
    return KEY.verify_key() if name == "kiosk-1" else None


def _signed(at: datetime = NOW, key: SigningKey = KEY, name: str = "kiosk-1") -> dict[str, str]:
    return signing.sign("POST", "/slip?x=1", b"body", key=key, key_id=name, at=at)


def test_a_signed_request_names_its_station_and_a_number_that_never_comes_twice() -> None:
    first, second = (
        signing.verify("POST", "/slip?x=1", _signed().items(), b"body", key_of=_key_of, now=NOW) for _ in "ab"
    )
    assert (first.key_id, first.created) == ("kiosk-1", NOW)
    assert first.nonce != second.nonce


@pytest.mark.parametrize(
    ("method", "target", "body"),
    [("GET", "/slip?x=1", b"body"), ("POST", "/slip?x=2", b"body"), ("POST", "/slip?x=1", b"Body")],
)
def test_a_signature_fits_only_its_own_request(method: str, target: str, body: bytes) -> None:
    with pytest.raises(signing.SignatureError):
        signing.verify(method, target, _signed().items(), body, key_of=_key_of, now=NOW)


@pytest.mark.parametrize(("key", "name"), [(OTHER, "kiosk-1"), (KEY, "kiosk-2")])
def test_a_stranger_is_refused(key: SigningKey, name: str) -> None:
    with pytest.raises(signing.SignatureError):
        signing.verify(
            "POST", "/slip?x=1", _signed(key=key, name=name).items(), b"body", key_of=_key_of, now=NOW
        )


@pytest.mark.parametrize("off", [-301, 301, -86400, 86400 * 400])
def test_a_clock_too_far_off_is_told_as_such(off: int) -> None:
    headers = _signed(at=NOW + timedelta(seconds=off))
    with pytest.raises(signing.ClockError, match="clock"):
        signing.verify("POST", "/slip?x=1", headers.items(), b"body", key_of=_key_of, now=NOW)


@pytest.mark.parametrize("off", [-300, 0, 300])
def test_a_clock_five_minutes_off_is_still_heard(off: int) -> None:
    headers = _signed(at=NOW + timedelta(seconds=off))
    signing.verify("POST", "/slip?x=1", headers.items(), b"body", key_of=_key_of, now=NOW)


def test_a_request_without_or_with_a_broken_signature_is_refused() -> None:
    for name, value in (("signature", ""), ("signature-input", "x"), ("content-digest", "sha-256=:AAAA:")):
        headers = {n.lower(): v for n, v in _signed().items()} | {name: value}
        with pytest.raises(signing.SignatureError):
            signing.verify("POST", "/slip?x=1", headers.items(), b"body", key_of=_key_of, now=NOW)
    with pytest.raises(signing.SignatureError):
        signing.verify("POST", "/slip?x=1", (), b"body", key_of=_key_of, now=NOW)
