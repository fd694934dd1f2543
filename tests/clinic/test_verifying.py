"""A request signed by the house's own few lines is heard by a library of others, and no other one is."""

import string
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from http_message_signatures import HTTPMessageSigner, HTTPSignatureKeyResolver
from http_message_signatures.algorithms import ED25519
from hypothesis import given
from hypothesis import strategies as st

from clinic.verifying import ClockError, SignatureError, verify
from health.keys import SigningKey, VerifyKey
from health.signing import COVERED, TAG, sign

KEY, OTHER = SigningKey.new(), SigningKey.new()
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SAFE = string.ascii_letters + string.digits + "-._~!$&'()*+,;=:@/"
PIECES = st.lists(st.text(st.sampled_from(SAFE), max_size=12) | st.text(max_size=5).map(quote), max_size=4)
PATHS = PIECES.map(lambda pieces: "/" + "".join(pieces))
TARGETS = st.builds(str.__add__, PATHS, st.just("") | PIECES.map(lambda pieces: "?" + "?".join(pieces)))
METHODS = st.sampled_from(("GET", "POST", "PUT", "DELETE"))
BODIES = st.binary(max_size=200) | st.integers(1, 2**20).map(bytes)
NAMES = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=30)


def _key_of(name: str) -> VerifyKey | None:
    return KEY.verify_key() if name == "kiosk-1" else None


def _signed(at: datetime = NOW, key: SigningKey = KEY, name: str = "kiosk-1") -> dict[str, str]:
    return sign("POST", "/slip?x=1", b"body", key=key, key_id=name, at=at)


def test_a_signed_request_names_its_station_and_a_number_that_never_comes_twice() -> None:
    first, second = (
        verify("POST", "/slip?x=1", _signed().items(), b"body", key_of=_key_of, now=NOW) for _ in "ab"
    )
    assert (first.key_id, first.created) == ("kiosk-1", NOW)
    assert first.nonce != second.nonce


@pytest.mark.parametrize(
    ("method", "target", "body"),
    [("GET", "/slip?x=1", b"body"), ("POST", "/slip?x=2", b"body"), ("POST", "/slip?x=1", b"Body")],
)
def test_a_signature_fits_only_its_own_request(method: str, target: str, body: bytes) -> None:
    with pytest.raises(SignatureError):
        verify(method, target, _signed().items(), body, key_of=_key_of, now=NOW)


@pytest.mark.parametrize(("key", "name"), [(OTHER, "kiosk-1"), (KEY, "kiosk-2")])
def test_a_stranger_is_refused(key: SigningKey, name: str) -> None:
    with pytest.raises(SignatureError):
        verify("POST", "/slip?x=1", _signed(key=key, name=name).items(), b"body", key_of=_key_of, now=NOW)


@pytest.mark.parametrize("off", [-301, 301, -86400, 86400 * 400])
def test_a_clock_too_far_off_is_told_as_such(off: int) -> None:
    headers = _signed(at=NOW + timedelta(seconds=off))
    with pytest.raises(ClockError, match="clock"):
        verify("POST", "/slip?x=1", headers.items(), b"body", key_of=_key_of, now=NOW)


@pytest.mark.parametrize("off", [-300, 0, 300])
def test_a_clock_five_minutes_off_is_still_heard(off: int) -> None:
    headers = _signed(at=NOW + timedelta(seconds=off))
    verify("POST", "/slip?x=1", headers.items(), b"body", key_of=_key_of, now=NOW)


def test_a_request_without_or_with_a_broken_signature_is_refused() -> None:
    for name, value in (("signature", ""), ("signature-input", "x"), ("content-digest", "sha-256=:AAAA:")):
        headers = {n.lower(): v for n, v in _signed().items()} | {name: value}
        with pytest.raises(SignatureError):
            verify("POST", "/slip?x=1", headers.items(), b"body", key_of=_key_of, now=NOW)
    with pytest.raises(SignatureError):
        verify("POST", "/slip?x=1", (), b"body", key_of=_key_of, now=NOW)


@given(METHODS, TARGETS, BODIES, NAMES)
def test_whatever_the_house_signs_the_library_hears(method: str, target: str, body: bytes, name: str) -> None:
    headers = sign(method, target, body, key=KEY, key_id=name, at=NOW)
    sender = verify(method, target, headers.items(), body, key_of={name: KEY.verify_key()}.get, now=NOW)
    assert (sender.key_id, sender.created) == (name, NOW)


@given(METHODS, TARGETS, BODIES, st.data())
def test_altered_in_any_covered_part_the_library_refuses_it(
    method: str, target: str, body: bytes, data: st.DataObject
) -> None:
    headers = sign(method, target, body, key=KEY, key_id="kiosk-1", at=NOW)
    path, _, query = target.partition("?")
    part = data.draw(st.sampled_from(("method", "path", "query", "body", *headers)))
    if part == "method":
        method = data.draw(METHODS.filter(lambda other: other != method))
    elif part == "path":
        target = target.replace(path, data.draw(PATHS.filter(lambda other: other != path)), 1)
    elif part == "query":
        target = f"{path}?{data.draw(st.sampled_from(SAFE))}{query}"
    elif part == "body":
        body = data.draw(BODIES.filter(lambda other: other != body))
    else:
        headers[part] = _one_letter_else(headers[part], data)
    with pytest.raises(SignatureError):
        verify(method, target, headers.items(), body, key_of=_key_of, now=NOW)


def _one_letter_else(value: str, data: st.DataObject) -> str:
    """``value`` with another letter in a place where no two letters may mean the same."""
    bare = [
        n
        for n, letter in enumerate(value)
        if letter.isalnum() and not value[n + 1 :].startswith(("=:", "==:"))
    ]
    at = data.draw(st.sampled_from(bare))
    letter = data.draw(st.sampled_from(string.ascii_lowercase).filter(lambda other: other != value[at]))
    return value[:at] + letter + value[at + 1 :]


class _Own(HTTPSignatureKeyResolver):
    def resolve_private_key(self, key_id: str) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(KEY.raw())


class _Message:
    def __init__(self, method: str, url: str) -> None:
        self.method, self.url, self.headers = method, url, dict[str, str]()


@given(METHODS, TARGETS, BODIES, NAMES)
def test_the_head_the_house_writes_is_byte_for_byte_that_of_the_library(
    method: str, target: str, body: bytes, name: str
) -> None:
    headers = sign(method, target, body, key=KEY, key_id=name, at=NOW)
    nonce = headers["Signature-Input"].rpartition(";nonce=")[2].partition('"')[2].partition('"')[0]
    message = _Message(method, "http://station" + target)
    HTTPMessageSigner(signature_algorithm=ED25519, key_resolver=_Own()).sign(
        message, key_id=name, created=NOW, nonce=nonce, tag=TAG, covered_component_ids=COVERED[:3], body=body
    )
    assert headers == message.headers
