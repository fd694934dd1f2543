"""Settings and key files: anything unknown or unsafe stops the program with one sentence."""

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from health.keys import BadKeyError, PublicKey, SecretKey, SigningKey, VerifyKey, read_secret, write_secret
from health.settings import SettingsError, load
from tests.house.tree import ROOT


class Port(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    url: str
    speed: int = 9600


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    port: Port


def _load(folder: Path, text: str) -> Settings:
    (file := folder / "station.toml").write_text(text)
    return load(file, Settings)


def test_a_right_file_is_read_with_its_defaults(tmp_path: Path) -> None:
    assert _load(tmp_path, 'name = "康驿"\n[port]\nurl = "/dev/x"') == Settings("康驿", Port("/dev/x"))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('name = "x"\nport = {url = "a", sped = 1}', "sped"),
        ('name = "x"\nport = {url = "a", speed = "fast"}', "port.speed"),
        ('name = "x"', "port"),
        ("name = 1\nport = {url = 'a'}", "name"),
        ('name = "x"\ncolour = 1\nport = {url = "a"}', "colour"),
        ("name =", "TOML"),
    ],
)
def test_what_is_unknown_missing_or_wrong_is_named_with_its_file(
    tmp_path: Path, text: str, named: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        _load(tmp_path, text)
    assert named in str(refused.value)
    assert "station.toml" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_file_that_is_not_there_or_no_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no settings file"):
        load(tmp_path / "none.toml", Settings)
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError, match="not UTF-8"):
        load(tmp_path / "bytes.toml", Settings)


def test_half_a_secret_is_never_taken_for_one(tmp_path: Path) -> None:
    program = (
        "import resource, signal, sys; from pathlib import Path; from health.keys import write_secret\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))\n"
        "try: write_secret(Path(sys.argv[1]), 'a secret of many letters')\n"
        "except OSError: print('full')\n"
    )
    file = tmp_path / "station.key"
    said = subprocess.run(
        [sys.executable, "-c", program, str(file)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert said.stdout == "full\n"
    assert list(tmp_path.iterdir()) == []
    (tmp_path / ".station.key.part").write_text("of a power cut")
    write_secret(file, "whole")
    assert read_secret(file) == "whole"
    assert list(tmp_path.iterdir()) == [file]


def test_a_secret_is_kept_for_its_owner_and_never_overwritten(tmp_path: Path) -> None:
    write_secret(tmp_path / "keys" / "a.key", "secret")
    assert read_secret(tmp_path / "keys" / "a.key") == "secret"
    assert (tmp_path / "keys" / "a.key").stat().st_mode & 0o777 == 0o600
    with pytest.raises(BadKeyError, match="never overwritten"):
        write_secret(tmp_path / "keys" / "a.key", "other")


def test_a_secret_that_others_can_read_or_that_is_gone_is_not_used(tmp_path: Path) -> None:
    write_secret(tmp_path / "a.key", "secret")
    (tmp_path / "a.key").chmod(0o640)
    with pytest.raises(BadKeyError, match="0600"):
        read_secret(tmp_path / "a.key")
    with pytest.raises(BadKeyError, match="not there"):
        read_secret(tmp_path / "b.key")


def test_keys_come_back_from_their_text_and_nothing_else_is_a_key() -> None:
    signing, sealing = SigningKey.new(), SecretKey.new()
    assert VerifyKey(signing.verify_key().text).signed(SigningKey(signing.text).sign(b"x"), b"x")
    assert SecretKey(sealing.text).public() == sealing.public()
    for text in ("", "AAAA", "ключ", signing.text + "=", "age1" + "q" * 58):
        with pytest.raises(BadKeyError):
            VerifyKey(text).raw()
        with pytest.raises(BadKeyError):
            PublicKey(text).recipient()
        with pytest.raises(BadKeyError):
            SecretKey(text).identity()
    with pytest.raises(BadKeyError):
        SigningKey("AAAA").raw()


def test_no_secret_shows_when_it_is_printed_by_mistake() -> None:
    signing, sealing = SigningKey.new(), SecretKey.new()
    assert signing.text not in repr(signing)
    assert sealing.text not in repr(sealing)
