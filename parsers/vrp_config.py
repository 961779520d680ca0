"""What a Huawei VRP configuration says of users, SNMP, Telnet, SSH, login lines, ACLs and log hosts.

More of it stands in `vrp_access` (services, authentication, passwords) and `vrp_switching`.

VRP5 and VRP8 share the language; what they do when a line is absent differs and stands in a
`Dialect`. Global commands are looked for at any depth, since older releases print them with a
leading blank and their words are never used inside a block.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from re import Match
from typing import Literal

from parsers.config_diff import compare
from parsers.config_tree import ConfigLine, ConfigTree
from parsers.facts import (
    InfoCenter,
    LocalUser,
    LogHost,
    SavedState,
    Snmp,
    SnmpCommunity,
    SnmpGroup,
    SnmpUser,
    Ssh,
    Telnet,
    Vty,
)
from parsers.reader import Outputs
from parsers.template import UnreadableError

RUNNING = "display current-configuration"
SAVED = "display saved-configuration"

Protocol = Literal["ssh", "telnet"]
SnmpVersion = Literal["v1", "v2c", "v3"]
Security = Literal["noauth", "auth", "priv"]
AuthMode = Literal["none", "password", "aaa"]

SEVERITIES = (
    "emergencies",
    "alert",
    "critical",
    "error",
    "warning",
    "notification",
    "informational",
    "debugging",
)
"""VRP's names of the log levels 0 to 7, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """What a release does when its configuration is silent; each with its source at the definition."""

    telnet_enabled: bool
    stelnet_enabled: bool
    inbound: tuple[Protocol, ...]
    """Protocols that a VTY line without `protocol inbound` accepts."""
    snmp_versions: tuple[SnmpVersion, ...]
    idle_min: float | None = None
    """Minutes of `idle-timeout`; None where no source says it."""
    max_fail: int | None = None
    """Failed logins until an account is locked."""
    lock_min: float | None = None
    password_length: int | None = None
    """Least length of a local password."""
    password_types: int | None = None
    """Kinds of characters that a local password must have at least."""
    http_enabled: bool | None = None
    """The web server and its HTTPS; None where only the device itself can say."""


def running(outputs: Outputs) -> ConfigTree:
    """Return the running configuration, complete: see `complete`."""
    return complete(outputs.config(RUNNING))


def complete(tree: ConfigTree) -> ConfigTree:
    """Return the tree as it is; raise UnreadableError unless it is a whole configuration.

    VRP prints the device's name near the top and `return` as the last line, so that a cut, empty or
    altogether different output is told apart from a configuration in which nothing is set.
    """
    if next(tree.find(r"sysname \S.*"), None) is None:
        raise UnreadableError(f"{tree.command}: no sysname line, so this is not a whole configuration")
    if tree.lines[-1].text != "return":
        raise UnreadableError(f"{tree.command}: does not end in return, so it was cut short")
    return tree


def saved_state(outputs: Outputs, *, uncommitted: bool | None = None) -> SavedState:
    """Compare running and saved configuration, both complete."""
    return compare(running(outputs), complete(outputs.config(SAVED)), uncommitted=uncommitted)


def anywhere(tree: ConfigTree, pattern: str) -> Iterator[tuple[ConfigLine, Match[str]]]:
    """Lines at any depth whose whole text matches."""
    wanted = re.compile(pattern)
    for line in tree.walk():
        if match := wanted.fullmatch(line.text):
            yield line, match


def switch(tree: ConfigTree, on: str, off: str, *, default: bool) -> tuple[bool, list[ConfigLine]]:
    """Tell whether a service is on by its lines; without any, the default and no lines."""
    turned_on = [line for line, _ in anywhere(tree, on)]
    turned_off = [line for line, _ in anywhere(tree, off)]
    if turned_on or turned_off:
        return bool(turned_on), [*turned_on, *turned_off]
    return default, []


def users(tree: ConfigTree) -> tuple[LocalUser, ...]:
    """Read `local-user` lines of AAA; each account has several. Passwords are passed over."""
    lines: dict[str, list[ConfigLine]] = {}
    for line, match in anywhere(tree, r"local-user (?!policy |authentication lock )(\S+) \S.*"):
        lines.setdefault(match[1], []).append(line)
    return tuple(_user(tree, name, found) for name, found in lines.items())


def _user(tree: ConfigTree, name: str, lines: list[ConfigLine]) -> LocalUser:
    # The password is cut out first, so that nothing inside it can be taken for a word of the command.
    texts = [line.text.split(name, 1)[1] for line in lines]
    said = "\n".join(re.sub(r"\bpassword \S+ \S+", "", text) for text in texts)
    forms = re.findall(r"\bpassword (simple|cipher|irreversible-cipher) ", "\n".join(texts))
    levels = [int(number) for number in re.findall(r"\blevel (\d+)", said)]
    services = [word for words in re.findall(r"service-type (.+)", said) for word in words.split()]
    return LocalUser(
        seen=tree.seen(*lines),
        name=name,
        level=max(levels) if levels else None,
        roles=tuple(re.findall(r"user-group (\S+)", said)),
        services=tuple(services),
        administrator=bool(levels) and max(levels) >= _MANAGEMENT_LEVEL,
        password_form=_PASSWORD_FORMS[forms[-1]] if forms else None,
    )


_MANAGEMENT_LEVEL = 3
"""Levels 3 to 15 may run every command, unless commands were given other levels."""
_PASSWORD_FORMS: dict[str, Literal["plain", "reversible", "hash"]] = {
    "simple": "plain",
    "cipher": "reversible",
    "irreversible-cipher": "hash",
}


def telnet(tree: ConfigTree, dialect: Dialect) -> Telnet:
    """Read the Telnet server, IPv4 and IPv6 each; either makes it enabled.

    Where a release prints a status (`display telnet server status`) that is the better source.
    """
    states = []
    lines: list[ConfigLine] = []
    for family in ("", "ipv6 "):
        on, found = switch(
            tree,
            rf"telnet {family}server enable",
            rf"undo telnet {family}server enable|telnet {family}server disable",
            default=dialect.telnet_enabled,
        )
        states.append(on)
        lines += found
    return Telnet(seen=tree.seen(*lines), enabled=any(states), by_default=not lines)


def ssh(tree: ConfigTree, dialect: Dialect) -> Ssh:
    """Read the STelnet server, IPv4 or IPv6, and the IPv4 ACL in front of it."""
    on, lines = switch(
        tree,
        r"stelnet (?:ipv[46] )?server enable",
        r"undo stelnet (?:ipv4 )?server enable|stelnet (?:ipv4 )?server disable",
        default=dialect.stelnet_enabled,
    )
    guard = next(anywhere(tree, r"ssh (?:ipv4 )?server acl (\S+)"), None)
    if guard is None:
        return Ssh(seen=tree.seen(*lines), enabled=on, acl=None)
    return Ssh(seen=tree.seen(*lines, guard[0]), enabled=on, acl=guard[1][1])


def vty(tree: ConfigTree, dialect: Dialect) -> tuple[Vty, ...]:
    """Read the `user-interface vty` blocks; VRP prints them even when nothing is set in them.

    Only the IPv4 ACL counts as `acl_in`. Raises UnreadableError where there is no such block.
    """
    found = []
    for block, match in tree.find(r"user-interface vty (\d+)(?: (\d+))?"):
        guard = next(block.find(r"acl (?!ipv6 )(\S+) inbound"), None)
        inbound = next(block.find(r"protocol inbound (ssh|telnet|all)"), None)
        auth, idle = line_access(block, dialect)
        found.append(
            Vty(
                seen=tree.seen(block, *(part[0] for part in (guard, inbound) if part)),
                first=int(match[1]),
                last=int(match[2] or match[1]),
                acl_in=guard[1][1] if guard else None,
                protocols=_protocols(inbound[1][1]) if inbound else dialect.inbound,
                auth_mode=auth,
                idle_min=idle,
            )
        )
    if not found:
        raise UnreadableError(f"{tree.command}: no user-interface vty")
    return tuple(found)


_AUTH_MODES: dict[str, AuthMode] = {"none": "none", "password": "password", "aaa": "aaa"}


def line_access(block: ConfigLine, dialect: Dialect) -> tuple[AuthMode | None, float | None]:
    """How a user interface authenticates and after how many idle minutes it closes.

    Without a line of its own the first is None: what then holds has changed between releases.
    """
    auth = next(block.find(r"authentication-mode (\S+).*"), None)
    idle = next(block.find(r"idle-timeout (\d+)(?: (\d+))?"), None)
    minutes = int(idle[1][1]) + int(idle[1][2] or 0) / 60 if idle else dialect.idle_min
    return _AUTH_MODES.get(auth[1][1]) if auth else None, minutes


def _protocols(word: str) -> tuple[Protocol, ...]:
    return ("ssh",) if word == "ssh" else ("telnet",) if word == "telnet" else ("ssh", "telnet")


def snmp(tree: ConfigTree, dialect: Dialect) -> Snmp:
    """Read the SNMP agent, which is off unless a line turns it on.

    A community's ACL is its own or else the one of the whole agent (`snmp-agent acl`). What a v3
    user may do is the weaker of the user's own keys and the level that the user's group admits.
    """
    agent = [line for line, _ in anywhere(tree, r"snmp-agent")]
    communities = _communities(tree)
    people = _snmp_users(tree)
    return Snmp(
        seen=tree.seen(*agent),
        enabled=bool(agent or communities or people),
        versions=_snmp_versions(tree, dialect),
        communities=communities,
        users=people,
        contact=tree.last(r"snmp-agent sys-info contact (.+)"),
        location=tree.last(r"snmp-agent sys-info location (.+)"),
        acl=_agent_acl(tree),
    )


def _agent_acl(tree: ConfigTree) -> str | None:
    return next((match[1] for _, match in anywhere(tree, r"snmp-agent acl (?!ipv6 )(\S+)")), None)


def _snmp_versions(tree: ConfigTree, dialect: Dialect) -> tuple[SnmpVersion, ...]:
    every: tuple[SnmpVersion, ...] = ("v1", "v2c", "v3")
    on = set(dialect.snmp_versions)
    for _, match in anywhere(tree, r"(undo )?snmp-agent sys-info version (.+)"):
        words = set(every) if "all" in match[2].split() else set(match[2].split())
        on = on - words if match[1] else on | words
    return tuple(version for version in every if version in on)


def _communities(tree: ConfigTree) -> tuple[SnmpCommunity, ...]:
    whole = _agent_acl(tree)
    found = []
    form = r"snmp-agent community (read|write) (?:(cipher) )?(\S+)(.*)"
    for line, match in anywhere(tree, form):
        own = re.search(r" acl (?!ipv6 )(\S+)", match[4])
        found.append(
            SnmpCommunity(
                seen=tree.seen(line),
                access="ro" if match[1] == "read" else "rw",
                name_class=_name_class(match[3], enciphered=bool(match[2])),
                acl=own[1] if own else whole,
            )
        )
    return tuple(found)


def _name_class(name: str, *, enciphered: bool) -> Literal["default", "other", "hidden"]:
    # VRP wraps ciphertext in a pair of marks and prints stars to accounts that may not see it.
    if enciphered or re.fullmatch(r"([%@][\^$%@#]*[%@#]).+|\*+", name):
        return "hidden"
    return "default" if name in ("public", "private") else "other"


_STRENGTH: tuple[Security, ...] = ("noauth", "auth", "priv")
_GROUP_LEVELS: dict[str, Security] = {"privacy": "priv", "authentication": "auth"}


def snmp_groups(tree: ConfigTree) -> tuple[SnmpGroup, ...]:
    """Read the v3 groups; one without a level admits anybody who gives a user's name."""
    form = r"snmp-agent group v3 (\S+)(?: (privacy|authentication|noauth\S*))?(.*)"
    found = []
    for line, match in anywhere(tree, form):
        guard = re.search(r" acl (?!ipv6 )(\S+)", match[3])
        level = _GROUP_LEVELS.get(match[2], _STRENGTH[0])
        acl = guard[1] if guard else None
        found.append(SnmpGroup(seen=tree.seen(line), name=match[1], security=level, acl=acl))
    return tuple(found)


def _snmp_users(tree: ConfigTree) -> tuple[SnmpUser, ...]:
    groups = {group.name: group.security for group in snmp_groups(tree)}
    lines: dict[tuple[str, str], list[tuple[ConfigLine, str]]] = {}
    for line, match in anywhere(tree, r"snmp-agent (usm|local)-user (\S+) (\S+)(.*)"):
        if match[2] != "v3":
            raise UnreadableError(f"{tree.command} line {line.number}: SNMP user of unknown form")
        lines.setdefault((match[1], match[3]), []).append((line, match[4]))
    found = []
    for said in lines.values():
        texts = [text for _, text in said]
        keys = _key_level(texts)
        level = min((keys, *(groups[g] for g in _groups_of(texts) if g in groups)), key=_STRENGTH.index)
        guard = next((m[1] for text in texts if (m := re.search(r" acl (?!ipv6 )(\S+)", text))), None)
        found.append(SnmpUser(seen=tree.seen(*(line for line, _ in said)), security=level, acl=guard))
    return tuple(found)


def _key_level(texts: list[str]) -> Security:
    if any(" privacy-mode " in text for text in texts):
        return "priv"
    return "auth" if any(" authentication-mode " in text for text in texts) else "noauth"


def _groups_of(texts: list[str]) -> Iterator[str]:
    """Names of the groups that a user's lines give: `group NAME`, in older releases just NAME."""
    for text in texts:
        named = re.match(r" (?:group )?(?!authentication-mode|privacy-mode|acl |cipher |group )(\S+)", text)
        if named:
            yield named[1]


# --- logs -----------------------------------------------------------------------------------------

_CHANNELS = ("console", "monitor", "loghost", "trapbuffer", "logbuffer", "snmpagent")
_LOGHOST_CHANNEL = "2"


_BUFFER = 512
"""Records in the log buffer where nothing is said (command references of both)."""


def info_center(tree: ConfigTree) -> InfoCenter:
    """Read the information centre, which both VRP5 and VRP8 have on unless a line turns it off.

    A host's level is its own, else that of its channel, else None, which stands for the default of
    the channel (informational for log hosts).
    """
    on, lines = switch(tree, r"info-center enable", r"undo info-center enable", default=True)
    levels = _channel_levels(tree)
    hosts = []
    form = r"info-center loghost (?!source )(?:ipv6 |domain )?(\S+)(.*)"
    for line, match in anywhere(tree, form):
        own = re.search(r" level (\S+)", match[2])
        channel = re.search(r" channel (\S+)", match[2])
        number = _channel_number(tree, channel[1]) if channel else _LOGHOST_CHANNEL
        level = severity(own[1]) if own else levels.get(number)
        hosts.append(LogHost(seen=tree.seen(line), address=match[1], level=level))
    size = [match[1] for _, match in anywhere(tree, r"info-center logbuffer size (\d+)")]
    off = any(anywhere(tree, r"undo info-center logbuffer(?: .*)?"))
    return InfoCenter(
        seen=tree.seen(*lines),
        enabled=on,
        hosts=tuple(hosts),
        buffer_records=0 if off else int(size[-1]) if size else _BUFFER,
        dated=not any(anywhere(tree, r"info-center timestamp log (?:boot|none|without-timezone none).*")),
    )


def severity(word: str) -> int:
    """Give the number of a log level; releases differ in the endings (`notification`, `notifications`)."""
    for number, name in enumerate(SEVERITIES):
        if name[:4] == word[:4].lower():
            return number
    raise UnreadableError(f"{word!r} is no log level")


def _channel_levels(tree: ConfigTree) -> dict[str, int]:
    """Log level by channel number, as far as `info-center source default` sets it."""
    form = r"info-center source default channel (\S+) log.*? level (\S+).*"
    return {_channel_number(tree, m[1]): severity(m[2]) for _, m in anywhere(tree, form)}


def _channel_number(tree: ConfigTree, channel: str) -> str:
    """Give a channel's number, whether it is said by number, factory name or given name."""
    if channel.isdigit():
        return channel
    for _, match in anywhere(tree, r"info-center channel (\d+) name (\S+)"):
        if match[2] == channel:
            return match[1]
    if channel in _CHANNELS:
        return str(_CHANNELS.index(channel))
    return channel.removeprefix("channel")
