"""Detached signatures over a manifest, with a key that the organisation already has; without one nothing needs this.

The signature is what OpenSSL makes too: Ed25519 over the bytes; RSA (PKCS #1 version 1.5) and ECDSA with SHA-256.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from icsassess.domain.problems import Refusal, make_problem

MakeSignature = Callable[[bytes], bytes]
AskPassphrase = Callable[[], str | None]
SMALLEST_RSA_BITS = 2048


def signer(path: Path, ask: AskPassphrase) -> MakeSignature:
    """Give what signs with the private key in a PEM file; ``ask`` gives the passphrase of one that has one.

    Raises ``Refusal`` where the library is not installed, or the file holds no key that can sign.
    """
    serialization = _library()
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

    key = _private_key(path, _bytes(path), ask, serialization)
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return key.sign
    if isinstance(key, rsa.RSAPrivateKey) and key.key_size >= SMALLEST_RSA_BITS:
        return lambda data: key.sign(data, padding.PKCS1v15(), hashes.SHA256())
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return lambda data: key.sign(data, ec.ECDSA(hashes.SHA256()))
    raise _unusable(path, _OTHER_KIND)


def fits(path: Path, data: bytes, signature: bytes) -> bool:
    """Tell whether a signature over the data was made with the private key of the public key in a PEM file.

    The file may hold a certificate instead. Raises ``Refusal`` where the library is not installed, or there is no key.
    """
    serialization = _library()
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

    pem = _bytes(path)
    try:
        if b"BEGIN CERTIFICATE" in pem:
            key: Any = x509.load_pem_x509_certificate(pem).public_key()
        else:
            key = serialization.load_pem_public_key(pem)
    except (ValueError, TypeError) as error:
        raise _unusable(path, "it holds no public key and no certificate in PEM form") from error
    try:
        if isinstance(key, ed25519.Ed25519PublicKey):
            key.verify(signature, data)
        elif isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, data, padding.PKCS1v15(), hashes.SHA256())
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, data, ec.ECDSA(hashes.SHA256()))
        else:
            raise _unusable(path, _OTHER_KIND)
    except InvalidSignature:
        return False
    return True


_OTHER_KIND = f"it is none of Ed25519, RSA of {SMALLEST_RSA_BITS} bits or more, and ECDSA"


def _library() -> Any:
    try:
        from cryptography.hazmat.primitives import serialization
    except ImportError as error:
        raise Refusal(make_problem("sign-library-missing")) from error
    return serialization


def _private_key(path: Path, pem: bytes, ask: AskPassphrase, serialization: Any) -> Any:
    from cryptography.exceptions import UnsupportedAlgorithm

    try:
        return serialization.load_pem_private_key(pem, password=None)
    except TypeError:  # it has a passphrase
        passphrase = ask()
        if passphrase is None:
            raise _unusable(path, "it has a passphrase, and there is no terminal to ask for it") from None
    except (ValueError, UnsupportedAlgorithm) as error:
        raise _unusable(path, "it holds no private key in PEM form") from error
    try:
        return serialization.load_pem_private_key(pem, password=passphrase.encode("utf-8"))
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise _unusable(path, "the passphrase is wrong") from error


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _unusable(path, error.strerror or "it cannot be opened") from error


def _unusable(path: Path, detail: str) -> Refusal:
    return Refusal(make_problem("sign-key-unusable", sheet=path.name, detail=detail))
