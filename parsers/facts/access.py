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
    administrator: bool = False
    """May do everything: the highest level or role of its platform."""
    password_form: Literal["plain", "reversible", "hash"] | None = None
    """How the configuration keeps its password; None where it shows none."""


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
    acl: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Snmp(FactRow):
    """The SNMP agent."""

    enabled: bool
    versions: tuple[Literal["v1", "v2c", "v3"], ...]
    communities: tuple[SnmpCommunity, ...] = ()
    users: tuple[SnmpUser, ...] = ()
    contact: str | None = None
    location: str | None = None
    acl: str | None = None
    """Access list in front of the whole agent."""


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
    auth_mode: Literal["none", "password", "aaa"] | None = None
    idle_min: float | None = None
    """Minutes after which an idle session ends; 0 for never; None where it is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ssh(FactRow):
    """The SSH server; lists are empty where nothing says which algorithms are offered."""

    enabled: bool
    acl: str | None
    v1_compatible: bool | None = None
    ciphers: tuple[str, ...] = ()
    macs: tuple[str, ...] = ()
    kex: tuple[str, ...] = ()
    hostkey_bits: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AclRule(FactRow):
    """One rule of an access list, in its order."""

    action: Literal["permit", "deny"]
    protocol: str
    """`ip` for every protocol; else as the configuration words it: `tcp`, `udp`, `icmp`, ..."""
    any_source: bool
    any_destination: bool
    destination_ports: tuple[tuple[int, int], ...] | None = ()
    """Ranges of ports, ends included; empty for every port; None where they go by an unknown name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acl(FactRow):
    """One access list."""

    id: str
    """Number or name."""
    rules: int
    permits_any: bool
    """A rule permits every source."""
    rule_list: tuple[AclRule, ...] | None = None
    """The rules themselves; None where they are not read."""
    used_in: tuple[str, ...] = ()
    """Where the configuration names the list: `interface Vlanif10`, `snmp-agent`, ...; empty: nowhere."""
    on_traffic: bool = False
    """It is put to use on what passes through: on a port, a VLAN, or in a class of traffic."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service(FactRow):
    """A management service of the device: `ftp`, `tftp`, `http`, `https`, `nxapi`, `netconf`."""

    name: Literal["ftp", "tftp", "http", "https", "nxapi", "netconf"]
    enabled: bool
    by_default: bool
    """The configuration does not say; `enabled` is the platform's documented default."""
    acl: str | None = None
    """Access list in front of it; None where there is none, or the platform knows none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Console(FactRow):
    """The console line."""

    idle_min: float | None
    """Minutes after which an idle session ends; 0 for never; None where it is not known."""
    auth_mode: Literal["none", "password", "aaa"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginPolicy(FactRow):
    """What happens after failed logins; None where nothing is limited or printed."""

    max_fail: int | None
    lock_min: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordPolicy(FactRow):
    """Demands on local passwords; None where nothing is demanded."""

    length_min: int | None
    types_min: int | None
    age_max_days: int | None
    history_min: int | None
    cannot: tuple[Literal["length_min", "types_min", "age_max_days", "history_min"], ...] = ()
    """Demands that the platform does not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AaaMethod(FactRow):
    """The order in which logins are authenticated, for one scheme or list."""

    scheme: str
    methods: tuple[Literal["local", "radius", "tacacs", "ldap", "none"], ...]
    for_logins: bool = True
    """Administrators who log in without naming a domain or list of their own come under it."""
    falls_back: bool = False
    """Local accounts are tried when no server answers, though the list does not say so."""
    unserved: bool = False
    """It names remote methods, and the configuration no server that could answer them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginSession(FactRow):
    """Somebody who is logged in."""

    line: str
    user: str | None
    address: str | None
    idle_s: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SnmpGroup(FactRow):
    """One SNMPv3 group."""

    name: str
    security: Literal["noauth", "auth", "priv"]
    acl: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrapHost(FactRow):
    """One target of SNMP notifications."""

    address: str
    version: Literal["v1", "v2c", "v3"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlPlane(FactRow):
    """What stands between the network and the processor."""

    policies: tuple[str, ...]
    """Names of the policies that the configuration applies."""
    default_policy: bool
    """The vendor's own policy is in force."""
