"""What an INOS-CN configuration says of services, login lines, authentication and trap targets.

Defaults are those of the Cisco Nexus 9000 security and fundamentals configuration guides, 7.x and 9.x,
whose lineage INOS-CN shares; no Inspur document of them is public.
"""

import re
from typing import Literal

from parsers.config_tree import ConfigLine, ConfigTree
from parsers.facts import AaaMethod, Console, LoginPolicy, PasswordPolicy, Service, TrapHost, Vty
from parsers.inos_config import running, ssh, telnet
from parsers.reader import Outputs
from parsers.template import UnreadableError

Method = Literal["local", "radius", "tacacs", "ldap", "none"]
AuthMode = Literal["none", "password", "aaa"]
SnmpVersion = Literal["v1", "v2c", "v3"]
ServiceName = Literal["ftp", "tftp", "http", "https", "nxapi", "netconf"]

_LAST_VTY = 31
"""`session-limit` of `line vty` is 32 by default."""
_NXAPI_ON_SINCE = (9, 2)
_STRENGTH_LENGTH = 8
_STRENGTH_TYPES = 3
"""`password strength-check`, on by default: eight characters, upper and lower case and digits."""


# --- services -------------------------------------------------------------------------------------


def services(outputs: Outputs) -> tuple[Service, ...]:
    """NX-API, the web servers that only it opens, and NETCONF, which is off by default.

    NX-API is off by default up to 7.x. The guides of 9.2 and later say that it is on, while running
    configurations name it all the same: without a line for it these services are then left out, and so
    is a web port of NX-API that no line names. There is no FTP and no TFTP server.
    """
    tree = running(outputs)
    nxapi, netconf = _feature(tree, "nxapi"), _feature(tree, "netconf")
    if nxapi.by_default and _release(tree) >= _NXAPI_ON_SINCE:
        return (netconf,)
    found = [nxapi]
    for name in ("http", "https"):
        ports = [line for line, _ in tree.find(rf"nxapi {name} port \d+.*")]
        if ports or not nxapi.enabled:
            found.append(_service(tree, name, enabled=nxapi.enabled and bool(ports), lines=ports))
    return (*found, netconf)


def _release(tree: ConfigTree) -> tuple[int, int]:
    """Major and minor number of the release that wrote the configuration: (9, 2) of `9.2(3)`."""
    for _, match in tree.find(r"version (\d+)\.(\d+).*"):
        return int(match[1]), int(match[2])
    raise UnreadableError(f"{tree.command}: no release in its version line")


def _feature(tree: ConfigTree, name: ServiceName) -> Service:
    said = [(line, match[1] is None) for line, match in tree.find(rf"(no )?feature {name}")]
    return _service(tree, name, enabled=any(on for _, on in said), lines=[line for line, _ in said])


def _service(tree: ConfigTree, name: ServiceName, *, enabled: bool, lines: list[ConfigLine]) -> Service:
    return Service(seen=tree.seen(*lines), name=name, enabled=enabled, by_default=not lines)


# --- login ----------------------------------------------------------------------------------------


def console(outputs: Outputs) -> Console:
    """The console line; without `exec-timeout` nothing says when an idle session ends."""
    tree = running(outputs)
    block = next((line for line, _ in tree.find(r"line console")), None)
    idle = None if block is None else _idle_minutes(block)
    lines = [] if block is None else [block, *block.children]
    return Console(seen=tree.seen(*lines), idle_min=idle, auth_mode=_auth_mode(tree, "console"))


def vty(outputs: Outputs) -> tuple[Vty, ...]:
    """The virtual terminals, which share one block; without a block nothing restricts them."""
    tree = running(outputs)
    block = next((line for line, _ in tree.find(r"line vty")), None)
    protocols: list[Literal["ssh", "telnet"]] = ["ssh"] if ssh(outputs).enabled else []
    if telnet(outputs).enabled:
        protocols.append("telnet")
    last, acl, seen = _LAST_VTY, None, [] if block is None else [block]
    if block is not None:
        for line, match in block.find(r"session-limit (\d+)"):
            last = int(match[1]) - 1
            seen.append(line)
        for line, match in block.find(r"access-class (\S+) in"):
            acl = match[1]
            seen.append(line)
    idle = None if block is None else _idle_minutes(block)
    mode = _auth_mode(tree, "default")
    return (
        Vty(
            seen=tree.seen(*seen),
            first=0,
            last=last,
            acl_in=acl,
            protocols=tuple(protocols),
            auth_mode=mode,
            idle_min=idle,
        ),
    )


def _idle_minutes(block: ConfigLine) -> float | None:
    """Minutes of `exec-timeout` in the block of a line, 0 for never; None where it is not there."""
    return next((float(match[1]) for _, match in block.find(r"exec-timeout (\d+)")), None)


def _auth_mode(tree: ConfigTree, scheme: Literal["default", "console"]) -> AuthMode:
    """Tell how a login is authenticated: always by AAA, unless its only method is `none`."""
    return "none" if _methods(tree, scheme)[0] == ("none",) else "aaa"


def aaa(outputs: Outputs) -> tuple[AaaMethod, ...]:
    """Methods of logins in general and on the console, which are local unless said otherwise.

    What is tried when no server answers (`fallback error local`, on by default) is no method:
    `falls_back` says it.
    """
    tree = running(outputs)
    found = []
    schemes: tuple[Literal["default", "console"], ...] = ("default", "console")
    for scheme in schemes:
        methods, lines = _methods(tree, scheme)
        off = any(tree.find(rf"no aaa authentication login {scheme} fallback error local"))
        row = AaaMethod(seen=tree.seen(*lines), scheme=scheme, methods=methods, falls_back=not off)
        found.append(row)
    return tuple(found)


def _methods(tree: ConfigTree, scheme: str) -> tuple[tuple[Method, ...], list[ConfigLine]]:
    form = rf"aaa authentication login {scheme} ((?:group|local|none)\b.*)"
    for line, match in tree.find(form):
        words = match[1].split()
        methods: list[Method] = []
        for word in words:
            methods += [] if word == "group" else [_method(tree, word)]
        return tuple(methods), [line]
    return ("local",), []


def _method(tree: ConfigTree, word: str) -> Method:
    """Tell what a word of the list means: a method, or the name of a group of servers."""
    known: dict[str, Method] = {
        "local": "local",
        "none": "none",
        "radius": "radius",
        "tacacs+": "tacacs",
        "ldap": "ldap",
    }
    if word in known:
        return known[word]
    for _, match in tree.find(r"aaa group server (\S+) (\S+)"):
        if match[2] == word and match[1] in known:
            return known[match[1]]
    raise UnreadableError(f"{tree.command}: aaa authentication by {word}, which is no method and no group")


def login_policy(outputs: Outputs) -> LoginPolicy:
    """After how many failures logins are refused, for everybody or for the user, and how long."""
    tree = running(outputs)
    forms = (
        r"(?:system )?login block-for (?P<ban>\d+) attempts (?P<tries>\d+) within \d+",
        r"aaa authentication rejected (?P<tries>\d+) in \d+ ban (?P<ban>\d+)",
    )
    for form in forms:
        for line, match in tree.find(form):
            return LoginPolicy(
                seen=tree.seen(line), max_fail=int(match["tries"]), lock_min=int(match["ban"]) / 60
            )
    return LoginPolicy(seen=tree.seen(), max_fail=None, lock_min=None)


def password_policy(outputs: Outputs) -> PasswordPolicy:
    """Demands on local passwords: the strength check, and the rules of passphrases where they are set."""
    tree = running(outputs)
    off = [line for line, _ in tree.find(r"no password strength-check")]
    lengths = [(line, int(match[1])) for line, match in tree.find(r"userpassphrase min-length (\d+).*")]
    ages = [(line, int(match[1])) for line, match in tree.find(r"userpassphrase default-lifetime (\d+).*")]
    length = None if off else _STRENGTH_LENGTH
    return PasswordPolicy(
        seen=tree.seen(*off, *(line for line, _ in (*lengths, *ages))),
        length_min=lengths[0][1] if lengths else length,
        types_min=None if off else _STRENGTH_TYPES,
        age_max_days=ages[0][1] if ages else None,
        history_min=None,
        cannot=("history_min",),
    )


# --- SNMP notifications ---------------------------------------------------------------------------

_VERSIONS: dict[str, SnmpVersion] = {"1": "v1", "2c": "v2c", "3": "v3"}


def trap_hosts(outputs: Outputs) -> tuple[TrapHost, ...]:
    """Targets of notifications; a host has further lines for its VRF, port and source."""
    tree = running(outputs)
    lines: dict[str, list[ConfigLine]] = {}
    versions: dict[str, SnmpVersion] = {}
    for line, match in tree.find(r"snmp-server host (\S+)(?: .*)?"):
        lines.setdefault(match[1], []).append(line)
        if version := re.search(r" version (1|2c|3)\b", line.text):
            versions[match[1]] = _VERSIONS[version[1]]
    return tuple(
        TrapHost(seen=tree.seen(*found), address=address, version=versions.get(address))
        for address, found in lines.items()
    )
