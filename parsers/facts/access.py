"""Who may manage the device, by what, and from where."""

from dataclasses import dataclass
from typing import Literal

from parsers.facts.known import FactRow


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalUser(FactRow):
    """One local account; passwords are never read."""

    name: str
    level: int | None = None
    roles: tuple[str, ...] = ()
    services: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SnmpCommunity(FactRow):
    """One SNMP community; its name is never kept."""

    access: Literal["ro", "rw"]
    name_class: Literal["default", "other", "hidden"]
    """`default`: public or private; `hidden`: stored enciphered, so nobody can tell."""
    acl: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SnmpUser(FactRow):
    """One SNMPv3 user."""

    security: Literal["noauth", "auth", "priv"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Snmp(FactRow):
    """The SNMP agent."""

    enabled: bool
    versions: tuple[Literal["v1", "v2c", "v3"], ...]
    communities: tuple[SnmpCommunity, ...] = ()
    users: tuple[SnmpUser, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Telnet(FactRow):
    """The Telnet server, IPv4 or IPv6."""

    enabled: bool
    by_default: bool
    """The configuration does not say; `enabled` is the platform's documented default."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vty(FactRow):
    """A range of virtual terminal lines."""

    first: int
    last: int
    acl_in: str | None
    protocols: tuple[Literal["ssh", "telnet"], ...]
    """Protocols that may come in on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ssh(FactRow):
    """The SSH server."""

    enabled: bool
    acl: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Acl(FactRow):
    """One access list, as far as login restriction needs it."""

    id: str
    """Number or name."""
    rules: int
    permits_any: bool
    """A rule permits every source."""
