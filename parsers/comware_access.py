"""Who may manage a Comware 7 switch and how: from the configuration and the state of logins."""

import re
from collections.abc import Iterator
from typing import Literal

from parsers.comware_config import (
    RUNNING,
    config_lines,
    configuration,
    line_auth_mode,
    line_idle_min,
)
from parsers.comware_rows import required, rows_of
from parsers.config_tree import ConfigLine, ConfigTree
from parsers.facts import (
    AaaMethod,
    Console,
    LoginPolicy,
    LoginSession,
    PasswordPolicy,
    Service,
    SnmpGroup,
    TrapHost,
)
from parsers.reader import Outputs
from parsers.template import Row, UnreadableError

# Each is off unless its line stands there (H3C command reference, Fundamentals and Network
# Management). Comware has no TFTP server.
ServiceName = Literal["ftp", "http", "https", "netconf"]
SWITCHES: dict[ServiceName, str] = {
    "ftp": "ftp server enable",
    "http": "ip http enable",
    "https": "ip https enable",
    "netconf": r"netconf (?:ssh server|soap https?) enable",
}
_SERVICE_ACL = {
    "ftp": r"ftp server acl (?!ipv6 )(?:name )?(\S+)",
    "http": r"ip http acl (?:name )?(\S+)",
    "https": r"ip https acl (?:name )?(\S+)",
}
_AUTHENTICATION_SERVER = r"(?:primary|secondary) authentication .+|authentication-server .+"
_METHODS: dict[str, Literal["local", "radius", "tacacs", "ldap", "none"]] = {
    "local": "local",
    "none": "none",
    "radius-scheme": "radius",
    "hwtacacs-scheme": "tacacs",
    "ldap-scheme": "ldap",
}
_TRAP_HOST = (
    r"snmp-agent target-host (?:trap|inform) address udp-domain (?:ipv6 )?(?P<address>\S+)"
    r"(?: udp-port \d+)?(?: vpn-instance \S+)? params securityname \S+(?: (?P<version>v1|v2c|v3))?(?: .*)?"
)


def services(outputs: Outputs) -> tuple[Service, ...]:
    """Read the management services; one is off unless the configuration switches it on."""
    tree = configuration(outputs)
    return tuple(service(tree, name) for name in SWITCHES)


def service(tree: ConfigTree, name: ServiceName) -> Service:
    """Read one service, off unless the configuration switches it on."""
    on, off = config_lines(tree, SWITCHES[name]), config_lines(tree, f"undo {SWITCHES[name]}")
    acl = next((match[1] for _, match in tree.find(_SERVICE_ACL.get(name, "(?!)"))), None)
    return Service(
        seen=tree.seen(*on, *off), name=name, enabled=bool(on), by_default=not on and not off, acl=acl
    )


def console(outputs: Outputs) -> Console:
    """Read the console line, which is the AUX line on switches without one of that name.

    Without a word of its own or of its class either asks for nothing (H3C command reference, login
    management, `authentication-mode`: an AUX line that is the console, too).
    """
    tree = configuration(outputs)
    for name, classes in (("con", "console"), ("aux", "aux")):
        lines = config_lines(tree, rf"line {name} \d+(?: \d+)?")
        if lines:
            blocks = [lines[0], *config_lines(tree, f"line class {classes}")]
            mode = line_auth_mode(blocks, "none")
            idle = line_idle_min(blocks)
            return Console(seen=tree.seen(lines[0], *mode[0], *idle[0]), idle_min=idle[1], auth_mode=mode[1])
    raise UnreadableError(f"{RUNNING}: no line con and no line aux, one of which is always printed")


def aaa(outputs: Outputs) -> tuple[AaaMethod, ...]:
    """Read how each ISP domain authenticates logins: locally unless it says otherwise."""
    tree = configuration(outputs)
    default = tree.last(r"domain default enable (\S+)") or "system"
    found = tuple(
        _domain(tree, line, match[1], for_logins=match[1] == default)
        for line, match in tree.find(r"domain (?:name )?(?!default |if-unknown )(\S+)")
    )
    if not found:
        raise UnreadableError(f"{RUNNING}: no domain, of which one is always printed")
    return found


def _domain(tree: ConfigTree, line: ConfigLine, name: str, *, for_logins: bool) -> AaaMethod:
    for kind in ("login", "default"):
        for said, match in line.find(rf"authentication {kind} (.+)"):
            return AaaMethod(
                seen=tree.seen(line, said),
                scheme=name,
                methods=tuple(_methods(match[1])),
                for_logins=for_logins,
                unserved=_unserved(tree, match[1]),
            )
    return AaaMethod(seen=tree.seen(line), scheme=name, methods=("local",), for_logins=for_logins)


def _unserved(tree: ConfigTree, methods: str) -> bool:
    """Whether none of the schemes named here has a server."""
    schemes = re.findall(r"(hwtacacs|radius|ldap)-scheme (\S+)", methods)
    blocks = (
        block for kind, name in schemes for block, _ in tree.find(rf"(?i){kind} scheme {re.escape(name)}")
    )
    servers = (found for block in blocks for found in block.find(_AUTHENTICATION_SERVER))
    return bool(schemes) and next(servers, None) is None


def _methods(text: str) -> Iterator[Literal["local", "radius", "tacacs", "ldap", "none"]]:
    words = iter(text.split())
    for word in words:
        if word not in _METHODS:
            raise UnreadableError(f"{RUNNING}: authentication by {word!r}")
        if word.endswith("-scheme"):
            next(words, None)
        yield _METHODS[word]


def snmp_groups(outputs: Outputs) -> tuple[SnmpGroup, ...]:
    """Read the SNMPv3 groups."""
    tree = configuration(outputs)
    form = r"snmp-agent group v3 (\S+)(?: (authentication|privacy))?(.*)"
    return tuple(_group(tree, line, match) for line, match in tree.find(form))


def _group(tree: ConfigTree, line: ConfigLine, match: re.Match[str]) -> SnmpGroup:
    security: dict[str | None, Literal["noauth", "auth", "priv"]] = {
        None: "noauth",
        "authentication": "auth",
        "privacy": "priv",
    }
    acl = re.search(r"\bacl (?:ipv6 )?(?:name )?(\S+)", match[3])
    return SnmpGroup(
        seen=tree.seen(line), name=match[1], security=security[match[2]], acl=acl[1] if acl else None
    )


def trap_hosts(outputs: Outputs) -> tuple[TrapHost, ...]:
    """Read the targets of notifications; a version that is not written is not known."""
    tree = configuration(outputs)
    lines = config_lines(tree, r"snmp-agent target-host .+")
    return tuple(_trap_host(tree, line) for line in lines)


def _trap_host(tree: ConfigTree, line: ConfigLine) -> TrapHost:
    match = re.fullmatch(_TRAP_HOST, line.text)
    if match is None:
        raise UnreadableError(f"{RUNNING}: a target-host of unknown form in line {line.number}")
    versions: dict[str | None, Literal["v1", "v2c", "v3"] | None] = {
        None: None,
        "v1": "v1",
        "v2c": "v2c",
        "v3": "v3",
    }
    return TrapHost(seen=tree.seen(line), address=match["address"], version=versions[match["version"]])


def login_policy(outputs: Outputs) -> LoginPolicy:
    """Read what follows failed logins; nothing does while password control is off.

    A lock for good has no minutes: raises UnreadableError. Zero minutes: the next try is free.
    """
    row = _password_control(outputs)
    if row["CONTROL"] == "Disabled":
        return LoginPolicy(seen=row.seen, max_fail=None, lock_min=None)
    required(row, "ATTEMPTS", "ACTION")
    return LoginPolicy(seen=row.seen, max_fail=row.integer("ATTEMPTS"), lock_min=_lock_min(row["ACTION"]))


def _lock_min(action: str) -> float:
    if match := re.fullmatch(r"Lock (?:user )?for (\d+) minutes?", action, re.IGNORECASE):
        return float(match[1])
    if re.fullmatch(r"unlock", action, re.IGNORECASE):
        return 0.0
    raise UnreadableError(f"display password-control: {action!r} says no number of minutes")


def password_policy(outputs: Outputs) -> PasswordPolicy:
    """Read the demands on passwords; those that are disabled, or all while control is off, are None."""
    row = _password_control(outputs)
    off = row["CONTROL"] == "Disabled"
    return PasswordPolicy(
        seen=row.seen,
        length_min=None if off else _demand(row, "LENGTH"),
        types_min=None if off else _demand(row, "TYPES"),
        age_max_days=None if off else _demand(row, "AGING"),
        history_min=None if off else _demand(row, "HISTORY"),
    )


def _password_control(outputs: Outputs) -> Row:
    return rows_of(outputs.need("display password-control"))[0]


def _demand(row: Row, name: str) -> int | None:
    required(row, f"{name}_STATE")
    return row.integer(name) if row[f"{name}_STATE"] == "Enabled" else None


def login_sessions(outputs: Outputs) -> tuple[LoginSession, ...]:
    """Read who is logged in; whoever reads it is, so nobody at all is unreadable.

    Two tables are joined by line: the first has the idle time, the second user and address.
    """
    rows = rows_of(outputs.need("display users"))
    details = {row["LINE"]: row for row in rows if not row["IDLE"]}
    return tuple(_session(row, details.get(row["LINE"])) for row in rows if row["IDLE"])


def _session(row: Row, detail: Row | None) -> LoginSession:
    hours, minutes, seconds = (int(part) for part in row["IDLE"].split(":"))
    return LoginSession(
        seen=row.seen,
        line=row["LINE"],
        user=detail.maybe("USER") if detail else None,
        address=detail.maybe("ADDRESS") if detail else None,
        idle_s=hours * 3600 + minutes * 60 + seconds,
    )
