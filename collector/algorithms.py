"""Which SSH algorithms are offered, in which order: the cheap and sound first, the old ones only on request.

AES-GCM needs no separate MAC and curve25519 the fewest multiplications, so they come first. SHA-1 in key
exchange and signatures (RFC 9142, RFC 8332), CBC (RFC 4253, 9.3.1) and MD5 are broken or breaking, and stay
out unless the inventory says of a device that it has nothing else.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields

_RSA_SIGNATURES = ("rsa-sha2-512", "rsa-sha2-256", "ssh-rsa")


@dataclass(frozen=True, slots=True, kw_only=True)
class Algorithms:
    """What one side offers, the most wanted in front."""

    key_exchange: tuple[str, ...]
    host_key: tuple[str, ...]
    """How keys sign, those of hosts and those that we log in with."""
    cipher: tuple[str, ...]
    mac: tuple[str, ...]


MODERN = Algorithms(
    key_exchange=(
        "curve25519-sha256",
        "curve25519-sha256@libssh.org",
        "ecdh-sha2-nistp256",
        "ecdh-sha2-nistp384",
        "ecdh-sha2-nistp521",
        "diffie-hellman-group14-sha256",
        "diffie-hellman-group16-sha512",
        "diffie-hellman-group-exchange-sha256",
    ),
    host_key=(
        "ssh-ed25519",
        "ecdsa-sha2-nistp256",
        "ecdsa-sha2-nistp384",
        "ecdsa-sha2-nistp521",
        "rsa-sha2-512",
        "rsa-sha2-256",
    ),
    cipher=(
        "aes128-gcm@openssh.com",
        "aes256-gcm@openssh.com",
        "aes128-ctr",
        "aes192-ctr",
        "aes256-ctr",
    ),
    mac=(
        "hmac-sha2-256-etm@openssh.com",
        "hmac-sha2-512-etm@openssh.com",
        "hmac-sha2-256",
        "hmac-sha2-512",
        "hmac-sha1",
    ),
)
LEGACY = Algorithms(
    key_exchange=(
        *MODERN.key_exchange,
        "diffie-hellman-group14-sha1",
        "diffie-hellman-group-exchange-sha1",
        "diffie-hellman-group1-sha1",
    ),
    host_key=(*MODERN.host_key, "ssh-rsa", "ssh-dss"),
    cipher=(*MODERN.cipher, "aes128-cbc", "aes192-cbc", "aes256-cbc", "3des-cbc"),
    mac=(*MODERN.mac, "hmac-sha1-96", "hmac-md5", "hmac-md5-96"),
)

_LABELS = {"key_exchange": "密钥交换", "host_key": "主机密钥", "cipher": "加密", "mac": "完整性校验"}


def without_common(theirs: Algorithms, ours: Algorithms) -> tuple[str, ...]:
    """Name the kinds (fields of Algorithms) in which two sides have nothing in common."""
    return tuple(
        kind.name
        for kind in fields(Algorithms)
        if not set(getattr(theirs, kind.name)).intersection(getattr(ours, kind.name))
    )


def explained(theirs: Algorithms, ours: Algorithms) -> str:
    """Say what two sides offer in the kinds that they have nothing in common in, and what would help."""
    said = "；".join(
        f"{_LABELS[kind]}：设备提供 {_listed(getattr(theirs, kind))}，本机提供 {_listed(getattr(ours, kind))}"
        for kind in without_common(theirs, ours)
    )
    if ours is not LEGACY and not without_common(theirs, LEGACY):
        return f"{said}。设备只有旧算法，请升级或更换密钥；确需采集时，在清单中为该设备设置 legacy: true"
    return said


def _listed(names: tuple[str, ...]) -> str:
    """Name some, without the marks for extensions that travel in the same list."""
    shown = [name[:64] for name in names if not name.startswith(("ext-info-", "kex-strict-"))]
    return "、".join(shown[:20]) or "无"


def known_first(signatures: tuple[str, ...], known_types: Iterable[str]) -> tuple[str, ...]:
    """Put the signatures that known keys make in front of the others, both in their old order."""
    makes = {name for type_ in known_types for name in (_RSA_SIGNATURES if type_ == "ssh-rsa" else (type_,))}
    return tuple(sorted(signatures, key=lambda name: name not in makes))
