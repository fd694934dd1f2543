"""A clinic's own authority: certificates for loopback that it signed, and some that do not hold."""

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

_DAY = timedelta(days=1)


def _name(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _certificate(subject: str, issuer: str, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
    made = x509.CertificateBuilder().subject_name(_name(subject)).issuer_name(_name(issuer))
    return made.public_key(key.public_key()).serial_number(x509.random_serial_number())


@dataclass(slots=True)
class Authority:
    """It keeps its files in ``folder``; ``ca`` is the one a station is told to trust."""

    folder: Path
    key: ec.EllipticCurvePrivateKey

    @property
    def ca(self) -> str:
        return str(self.folder / "authority.pem")

    def server(self, address: str = "127.0.0.1", days: int = 1) -> ssl.SSLContext:
        """What a server at ``address`` shows; ``days`` from now it ends, or has ended."""
        key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
        name = x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))])
        made = _certificate("clinic", "authority", key).add_extension(name, critical=False)
        made = made.not_valid_before(now - 9 * _DAY).not_valid_after(now + days * _DAY)
        signed = made.sign(self.key, hashes.SHA256())
        file = self.folder / f"{address}-{days}.pem"
        secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        file.write_bytes(secret + signed.public_bytes(Encoding.PEM))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context


def authority(folder: Path) -> Authority:
    """An authority that nobody knows yet."""
    folder.mkdir()
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    made = _certificate("authority", "authority", key).not_valid_before(now - 9 * _DAY)
    made = made.not_valid_after(now + 9 * _DAY)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    own = Authority(folder, key)
    Path(own.ca).write_bytes(made.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM))
    return own
