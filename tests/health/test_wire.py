"""What both ends of the wire agree on: shapes, batches, the pairing code, signed settings."""

import base64
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from health import pairing, wire
from health.envelope import EnvelopeDamaged
from health.keys import SigningKey
from health.wire import Delivered, Delivery

KEY, OTHER = SigningKey.new(), SigningKey.new()


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
