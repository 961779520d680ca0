"""Ed25519 signatures of bundles: made with a key that is configured, checked against keys that are trusted.

`XUNJIAN_SIGNING_KEY` names a private key (PEM, PKCS 8), its passphrase, if it has one, is in
`XUNJIAN_SIGNING_KEY_PASSPHRASE`. Trusted public keys (PEM) lie in `advisories/trusted` of the data folder.
"""

import base64
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from baselines.advisories.errors import BundleError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

KEY_VARIABLE = "XUNJIAN_SIGNING_KEY"
PASSPHRASE_VARIABLE = "XUNJIAN_SIGNING_KEY_PASSPHRASE"  # noqa: S105 - the variable's name
TRUSTED = "trusted"


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key; never printed."""

    _key: "Ed25519PrivateKey"

    def sign(self, data: bytes) -> bytes:
        """Give what goes into the signature file: the key's fingerprint and the signature."""
        signature = base64.b64encode(self._key.sign(data)).decode("ascii")
        made = {"algorithm": "Ed25519", "key": fingerprint(self._key.public_key()), "signature": signature}
        return json.dumps(made, indent=1).encode("ascii") + b"\n"


def configured_signer(environment: Mapping[str, str] = os.environ) -> Signer | None:
    """Read the private key that is configured, if one is; raises BundleError for one that is none."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    where = environment.get(KEY_VARIABLE)
    if not where:
        return None
    passphrase = environment.get(PASSPHRASE_VARIABLE)
    try:
        key = load_pem_private_key(Path(where).read_bytes(), passphrase.encode() if passphrase else None)
    except (OSError, ValueError, TypeError) as error:
        raise BundleError(f"{KEY_VARIABLE}: {where} cannot be read as a private key: {error}") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise BundleError(f"{KEY_VARIABLE}: {where} must be an Ed25519 key, it is of another kind")
    return Signer(key)


def trusted_keys(folder: Path) -> "dict[str, Ed25519PublicKey]":
    """Read all trusted public keys by fingerprint; raises BundleError for one that is none."""
    return dict(map(public_key, sorted(folder.glob("*.pem"))))


def public_key(path: Path) -> "tuple[str, Ed25519PublicKey]":
    """Read one public key with its fingerprint; raises BundleError for one that is none."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        key = load_pem_public_key(path.read_bytes())
    except (OSError, ValueError) as error:
        raise BundleError(f"{path} cannot be read as a public key: {error}") from error
    if not isinstance(key, Ed25519PublicKey):
        raise BundleError(f"{path} must be an Ed25519 key, it is of another kind")
    return fingerprint(key), key


def fingerprint(key: "Ed25519PublicKey") -> str:
    """Name a public key: SHA-256 of its 32 bytes, hexadecimal."""
    return sha256(key.public_bytes_raw()).hexdigest()


def check(data: bytes, signature: bytes, keys: "Mapping[str, Ed25519PublicKey]") -> str:
    """Give the fingerprint of the trusted key that signed; raises BundleError where none of them did."""
    from cryptography.exceptions import InvalidSignature

    try:
        said = json.loads(signature)
        name, raw = str(said["key"]), base64.b64decode(said["signature"], validate=True)
    except (ValueError, KeyError, TypeError) as error:
        raise BundleError(f"manifest.sig: is no signature file: {error}") from error
    if name not in keys:
        raise BundleError(f"manifest.sig: signed with key {name}, which is not among the trusted ones")
    try:
        keys[name].verify(raw, data)
    except InvalidSignature as error:
        raise BundleError(f"manifest.sig: the signature of key {name} does not fit the manifest") from error
    return name
