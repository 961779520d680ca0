"""What an INOS 6 configuration says of users, SNMP, Telnet, login lines, ACLs, AAA and log servers.

The lines and the defaults are those that Centec's own system writes and leaves out: a default that
may be another on an Inspur release is named where it is used.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final, Literal

from parsers import acl_rules
from parsers.config_diff import compare
from parsers.config_tree import ConfigLine, ConfigTree
from parsers.facts import (
    AaaMethod,
    Acl,
    Console,
    InfoCenter,
    LocalUser,
    LogHost,
    SavedState,
    Service,
    Snmp,
    SnmpCommunity,
    SnmpGroup,
    SnmpUser,
    Ssh,
    Telnet,
    TrapHost,
    Vty,
)
from parsers.reader import Outputs
from parsers.template import UnreadableError

RUNNING: Final = "show running-config"
SAVED: Final = "show startup-config"

AuthMode = Literal["none", "password", "aaa"]
Method = Literal["local", "radius", "tacacs", "ldap", "none"]
Protocol = Literal["ssh", "telnet"]
Security = Literal["noauth", "auth", "priv"]
SnmpVersion = Literal["v1", "v2c", "v3"]
Web = Literal["http", "https", "netconf"]

_IDLE_MIN: Final = 10.0
_PRIVILEGE: Final = 1
_ADMINISTRATOR: Final = 4
_WELL_KNOWN: Final = ("public", "private")
_ANY: Final = r"(?:any|src-any|0\.0\.0\.0 255\.255\.255\.255|::/0)"
_TRANSPORT: Final[dict[str, tuple[Protocol, ...]]] = {
    "all": ("ssh", "telnet"),
    "ssh": ("ssh",),
    "telnet": ("telnet",),
    "none": (),
}
_METHODS: Final[dict[str, Method]] = {
    "local": "local",
    "radius": "radius",
    "tacacs": "tacacs",
    "tacplus": "tacacs",
    "tacacs+": "tacacs",
    "none": "none",
}
_LEVELS: Final = ("emergency", "alert", "critical", "error", "warning", "notice", "information", "debug")
_SECURITIES: Final[dict[str, Security]] = {"noauth": "noauth", "auth": "auth", "priv": "priv"}
_WEB: Final[dict[str, Web]] = {"http": "http", "https": "https", "netconf": "netconf"}


def running(outputs: Outputs) -> ConfigTree:
    """Return the running configuration, known to be whole: see `whole`."""
    tree = whole(outputs.config(RUNNING))
    if next(tree.find(r"version \S+"), None) is None:
        raise UnreadableError(f"{tree.command}: no version line, so this is not a configuration")
    return tree


def whole(tree: ConfigTree) -> ConfigTree:
    """Return the tree as it is; raise UnreadableError where its end is missing.

    The login lines come last and are always written.
    """
    if next(tree.find(r"line vty \d.*"), None) is None:
        raise UnreadableError(f"{tree.command}: no login lines at its end, so it is cut off")
    return tree


def interface_blocks(tree: ConfigTree) -> Iterator[tuple[str, ConfigLine]]:
    """Every interface that the configuration names, without a blank in its name (`vlan 10`)."""
    for block, match in tree.find(r"interface (\S+(?: \d+)?)"):
        yield match[1].replace(" ", ""), block


def config(outputs: Outputs) -> ConfigTree:
    """The running configuration itself."""
    return running(outputs)


def saved_state(outputs: Outputs) -> SavedState:
    """What differs between the running configuration and startup-config, but for who wrote it."""
    return compare(_unversioned(running(outputs)), _unversioned(whole(outputs.config(SAVED))))


def _unversioned(tree: ConfigTree) -> ConfigTree:
    return replace(tree, lines=tuple(line for line in tree.lines if not re.match(r"version \S+$", line.text)))


def users(outputs: Outputs) -> tuple[LocalUser, ...]:
    """Local accounts with their privilege, 1 to 4; services are said where they are restricted."""
    tree = running(outputs)
    services = {
        match[1]: (line, tuple(match[2].split()))
        for line, match in tree.find(r"username (\S+) service-type (.+)")
    }
    found = []
    for line, match in tree.find(r"username (\S+)((?: (?:privilege|password|secret) .*)?)"):
        level = re.match(r" privilege (\d+)", match[2])
        more = services.get(match[1])
        found.append(
            LocalUser(
                seen=tree.seen(line, *(() if more is None else more[:1])),
                name=match[1],
                level=int(level[1]) if level else _PRIVILEGE,
                services=() if more is None else more[1],
                administrator=level is not None and int(level[1]) == _ADMINISTRATOR,
                password_form=_password_form(match[2]),
            )
        )
    return tuple(found)


def _password_form(words: str) -> Literal["plain", "reversible", "hash"] | None:
    """`secret` is a hash, `password 8` enciphered, `password` alone what it is."""
    if " secret " in words:
        return "hash"
    said = re.search(r" password (8 )?\S", words)
    return None if said is None else "reversible" if said[1] else "plain"


def snmp(outputs: Outputs) -> Snmp:
    """The agent, which is off without `snmp-server enable` and knows every version without one said."""
    tree = running(outputs)
    on = [line for line, _ in tree.find(r"snmp-server enable")]
    said = list(tree.find(r"snmp-server version (\S+)"))
    allowed = said[-1][1][1] if said else "all"
    communities, snmp_users = _communities(tree), _snmp_users(tree)
    usable: tuple[SnmpVersion, ...] = (
        *(("v1", "v2c") if communities else ()),
        *(("v3",) if snmp_users else ()),
    )
    return Snmp(
        seen=tree.seen(*on, *(line for line, _ in said)),
        enabled=bool(on),
        versions=tuple(version for version in usable if allowed in ("all", version)) if on else (),
        communities=communities,
        users=snmp_users,
        contact=tree.last(r"snmp-server (?:system-)?contact (.+)"),
        location=tree.last(r"snmp-server (?:system-)?location (.+)"),
    )


def _communities(tree: ConfigTree) -> tuple[SnmpCommunity, ...]:
    return tuple(
        SnmpCommunity(
            seen=tree.seen(line),
            access="rw" if match[2] in ("read-write", "rw") else "ro",
            name_class="default" if match[1] in _WELL_KNOWN else "other",
        )
        for line, match in tree.find(r"snmp-server community (\S+) (read-only|read-write|ro|rw)(?: .*)?")
    )


def _snmp_users(tree: ConfigTree) -> tuple[SnmpUser, ...]:
    return tuple(
        SnmpUser(seen=tree.seen(line), security=_security(match[1]))
        for line, match in tree.find(r"snmp-server usm-user \S+(.*)")
    )


def _security(words: str) -> Security:
    if " authentication " not in words:
        return "noauth"
    return "priv" if " privacy " in words else "auth"


def snmp_groups(outputs: Outputs) -> tuple[SnmpGroup, ...]:
    """What each SNMPv3 group asks for."""
    tree = running(outputs)
    return tuple(
        SnmpGroup(seen=tree.seen(line), name=match[1], security=_SECURITIES[match[2]])
        for line, match in tree.find(
            r"snmp-server access (\S+) security-model usm (noauth|auth|priv)(?: .*)?"
        )
    )


def trap_hosts(outputs: Outputs) -> tuple[TrapHost, ...]:
    """Targets of notifications: by community, where no version is said, and by SNMPv3."""
    tree = running(outputs)
    plain = r"snmp-server (?:trap|inform) target-address (?:mgmt-if )?(\S+) .*"
    secured = r"snmp-server target-address \S+ param \S+ (?:mgmt-if )?(\S+).*"
    return (
        *(TrapHost(seen=tree.seen(line), address=match[1]) for line, match in tree.find(plain)),
        *(
            TrapHost(seen=tree.seen(line), address=match[1], version="v3")
            for line, match in tree.find(secured)
        ),
    )


def telnet(outputs: Outputs) -> Telnet:
    """The Telnet server: on by default (`service telnet disable` switches it off)."""
    tree = running(outputs)
    said = list(tree.find(r"service telnet (enable|disable)(?: .*)?"))
    return Telnet(
        seen=tree.seen(*(line for line, _ in said)),
        enabled=said[-1][1][1] == "enable" if said else True,
        by_default=not said,
    )


def ssh(outputs: Outputs) -> Ssh:
    """The SSH server; sources are restricted on the lines, not on the server."""
    rows = outputs.need("show ip ssh server status").rows
    if not rows:
        raise UnreadableError("show ip ssh server status: it does not say whether the server is on")
    version = rows[0].maybe("VERSION")
    return Ssh(
        seen=rows[0].seen,
        enabled=rows[0]["STATE"] == "enabled",
        acl=None,
        v1_compatible=None if version is None else version.lstrip("v") not in ("2", "2.0"),
    )


def services(outputs: Outputs) -> tuple[Service, ...]:
    """Web and NETCONF servers, on or off, as the device lists them."""
    rows = outputs.need("show services").rows
    if not rows:
        raise UnreadableError("show services: no service in it")
    return tuple(
        Service(
            seen=row.seen,
            name=_WEB[row["NAME"]],
            enabled=row["STATUS"].startswith("enable"),
            by_default=False,
        )
        for row in rows
        if row["NAME"] in _WEB
    )


def vty(outputs: Outputs) -> tuple[Vty, ...]:
    """The login lines: blocks of lines that are configured alike; every protocol may come in by default."""
    tree = running(outputs)
    return tuple(_vty(tree, block, match) for block, match in tree.find(r"line vty (\d+)(?: (\d+))?"))


def _vty(tree: ConfigTree, block: ConfigLine, numbers: re.Match[str]) -> Vty:
    acl = next((m[1] for _, m in block.find(r"(?:ip )?access-class (\S+) in")), None)
    transport = next((m[1] for _, m in block.find(r"transport input (\S+)")), "all")
    if transport not in _TRANSPORT:
        raise UnreadableError(f"{tree.command}: transport input {transport!r}")
    return Vty(
        seen=tree.seen(*block.walk()),
        first=int(numbers[1]),
        last=int(numbers[2] or numbers[1]),
        acl_in=acl,
        protocols=_TRANSPORT[transport],
        auth_mode=_auth_mode(tree, block),
        idle_min=_idle(block),
    )


def _auth_mode(tree: ConfigTree, block: ConfigLine) -> AuthMode | None:
    """`login` asks for the line's password, `login local` for an account; AAA has a list by default."""
    for _, match in block.find(r"(no )?login(?: (local|authentication \S+))?"):
        if match[1]:
            return "none"
        return "aaa" if match[2] else "password"
    return "aaa" if _aaa_on(tree) else None


def _idle(block: ConfigLine) -> float:
    for _, match in block.find(r"exec-timeout (\d+)(?: (\d+))?"):
        return int(match[1]) + int(match[2] or 0) / 60
    return _IDLE_MIN


def console(outputs: Outputs) -> Console:
    """The console line, which is always written."""
    tree = running(outputs)
    for block, _ in tree.find(r"line console 0"):
        return Console(
            seen=tree.seen(*block.walk()), idle_min=_idle(block), auth_mode=_auth_mode(tree, block)
        )
    raise UnreadableError(f"{tree.command}: no console line, which is always written")


def _aaa_on(tree: ConfigTree) -> bool:
    return any(tree.find(r"aaa new-model"))


def aaa(outputs: Outputs) -> tuple[AaaMethod, ...]:
    """Lists of login methods in their order; none where AAA is off."""
    tree = running(outputs)
    if not _aaa_on(tree):
        return ()
    return tuple(
        AaaMethod(
            seen=tree.seen(line),
            scheme=match[1],
            methods=tuple(_method(tree, word) for word in match[2].split()),
        )
        for line, match in tree.find(r"aaa authentication login (\S+) (.+)")
    )


def _method(tree: ConfigTree, word: str) -> Method:
    if word not in _METHODS:
        raise UnreadableError(f"{tree.command}: login method {word!r}")
    return _METHODS[word]


def acls(outputs: Outputs) -> tuple[Acl, ...]:
    """Access lists by name, IPv4 and IPv6, with whether some rule permits every source."""
    tree = running(outputs)
    mentioned = acl_rules.uses(tree, r"(?:ip|ipv6|mac) access-list ")
    return tuple(
        _acl(tree, block, match[1], mentioned)
        for block, match in tree.find(r"ip(?:v6)? access-list (\S+)(?: extend)?")
    )


def _acl(
    tree: ConfigTree, block: ConfigLine, name: str, mentioned: Mapping[str, tuple[acl_rules.Use, ...]]
) -> Acl:
    rules = [line for line, _ in block.find(r"(?:\d+ )?(?:permit|deny) .*")]
    any_source = [line for line, _ in block.find(rf"(?:\d+ )?permit \S+ {_ANY}(?: .*)?")]
    places, on_traffic = acl_rules.of_names(mentioned, (name,))
    return Acl(
        seen=tree.seen(block, *(any_source or rules)),
        id=name,
        rules=len(rules),
        permits_any=bool(any_source),
        used_in=places,
        on_traffic=on_traffic,
    )


def info_center(outputs: Outputs) -> InfoCenter:
    """Log servers, to which nothing is sent without `logging server enable`; the buffer is always on."""
    tree = running(outputs)
    on = [line for line, _ in tree.find(r"logging server enable")]
    found = list(tree.find(r"logging server address (?:mgmt-if )?(\S+)(?: .*)?"))
    said = [_level(tree, match[1]) for _, match in tree.find(r"logging server severity (\S+)")]
    hosts = tuple(
        LogHost(seen=tree.seen(line), address=match[1], level=said[-1] if said else None)
        for line, match in found
    )
    return InfoCenter(
        seen=tree.seen(*on, *(line for line, _ in found)), enabled=True, hosts=hosts if on else ()
    )


def _level(tree: ConfigTree, word: str) -> int:
    if word.isdigit() and int(word) < len(_LEVELS):
        return int(word)
    if word in _LEVELS:
        return _LEVELS.index(word)
    raise UnreadableError(f"{tree.command}: log severity {word!r}")
