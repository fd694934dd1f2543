"""Signatures are those of the standards, whichever library makes them, and nothing else is taken for one."""

import base64
from datetime import UTC, datetime

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from health.keys import SigningKey, VerifyKey
from health.signing import NotSignableError, sign, signature_of

ORDER = 2**252 + 27742317777372353535851937790883648493
"""Of the group of Ed25519 (RFC 8032 §5.1): a second half of a signature is below it."""
ANYBODYS = [bytes(32), bytes([1, *bytes(31)]), bytes([0xEC, *b"\xff" * 30, 0x7F])]
"""Points of order 4, 1 and 2: what is signed for one of them may hold for any message."""
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SEEDS, MESSAGES = st.binary(min_size=32, max_size=32), st.binary(max_size=300)

# RFC 8032 §7.1, tests 1 to 3: seed, public key, message, signature.
VECTORS = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
            "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
            "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ),
]


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@pytest.mark.parametrize(("seed", "public", "message", "signature"), VECTORS)
def test_the_examples_of_rfc_8032_come_out(seed: str, public: str, message: str, signature: str) -> None:
    key, said = SigningKey(_text(bytes.fromhex(seed))), bytes.fromhex(message)
    assert key.verify_key().raw().hex() == public
    assert key.sign(said).hex() == signature
    assert VerifyKey(_text(bytes.fromhex(public))).signed(bytes.fromhex(signature), said)


@given(SEEDS, MESSAGES)
def test_keys_and_signatures_are_those_of_another_library(seed: bytes, message: bytes) -> None:
    ours, theirs = SigningKey(_text(seed)), Ed25519PrivateKey.from_private_bytes(seed)
    signature = theirs.sign(message)
    assert ours.verify_key().raw() == theirs.public_key().public_bytes_raw()
    assert ours.sign(message) == signature
    assert ours.verify_key().signed(signature, message)


@given(SEEDS, MESSAGES, st.data())
def test_what_one_library_refuses_the_other_refuses_too(
    seed: bytes, message: bytes, data: st.DataObject
) -> None:
    key = SigningKey(_text(seed))
    bit = data.draw(st.integers(0, 8 * (64 + len(message)) - 1))
    altered = bytearray(key.sign(message) + message)
    altered[bit // 8] ^= 1 << bit % 8
    signature, said = bytes(altered[:64]), bytes(altered[64:])
    assert not key.verify_key().signed(signature, said)
    with pytest.raises(InvalidSignature):
        Ed25519PublicKey.from_public_bytes(key.verify_key().raw()).verify(signature, said)


@given(st.binary(max_size=130).filter(lambda some: len(some) != 64), MESSAGES)
def test_a_signature_of_another_length_is_none(signature: bytes, message: bytes) -> None:
    assert not SigningKey.new().verify_key().signed(signature, message)


@pytest.mark.parametrize("cut", [1, 12, 23])
def test_a_signature_may_not_reach_into_its_message_or_back(cut: int) -> None:
    key = SigningKey.new()
    whole = key.sign(b"a message of some length") + b"a message of some length"
    assert not key.verify_key().signed(whole[:cut], whole[cut:])
    assert not key.verify_key().signed(whole[: 64 + cut], whole[64 + cut :])


def test_a_signature_has_one_form_only() -> None:
    key = SigningKey.new()
    first, second = (half := key.sign(b"x"))[:32], int.from_bytes(half[32:], "little")
    again = first + (second + ORDER).to_bytes(32, "little")
    assert key.verify_key().signed(half, b"x")
    assert not key.verify_key().signed(again, b"x")


@pytest.mark.parametrize("public", ANYBODYS)
def test_a_key_that_anybody_could_sign_for_signs_nothing(public: bytes) -> None:
    for first in ANYBODYS:
        assert not VerifyKey(_text(public)).signed(first + bytes(32), b"x")


def test_the_example_of_rfc_9421_comes_out() -> None:
    # RFC 9421 §B.2.6 with the key of §B.1.4: the secret is the last 32 of its 48 bytes.
    secret = base64.b64decode("MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF")[-32:]
    covered = {
        "date": "Tue, 20 Apr 2021 02:07:55 GMT",
        "@method": "POST",
        "@path": "/foo",
        "@authority": "example.com",
        "content-type": "application/json",
        "content-length": "18",
    }
    told: dict[str, int | str] = {"created": 1618884473, "keyid": "test-key-ed25519"}
    said, signature = signature_of(covered, told, SigningKey(_text(secret)))
    assert said == (
        '("date" "@method" "@path" "@authority" "content-type" "content-length")'
        ';created=1618884473;keyid="test-key-ed25519"'
    )
    assert base64.b64encode(signature).decode() == (
        "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw=="
    )


@pytest.mark.parametrize(
    ("method", "target", "name"),
    [
        ("post", "/slip", "kiosk-1"),
        ("POST\n", "/slip", "kiosk-1"),
        ("POST", "/slip?x=[1]", "kiosk-1"),
        ("POST", "/a|b", "kiosk-1"),
        ("POST", "/%zz", "kiosk-1"),
        ("POST", "/a%", "kiosk-1"),
        ("POST", '/a"b', "kiosk-1"),
        ("POST", "slip", "kiosk-1"),
        ("POST", "/slip of hers", "kiosk-1"),
        ("POST", "/slip#part", "kiosk-1"),
        ("POST", "/slip\n", "kiosk-1"),
        ("POST", "/康驿", "kiosk-1"),
        ("POST", "/slip", "kiosk\n1"),
        ("POST", "/slip", "康驿"),
    ],
)
def test_what_could_be_read_as_another_request_is_not_signed(method: str, target: str, name: str) -> None:
    with pytest.raises(NotSignableError):
        sign(method, target, b"", key=SigningKey.new(), key_id=name, at=NOW)
