"""What an INOS-CN configuration says of users, SNMP, Telnet, SSH, ACLs and log servers.

Defaults are those of the Cisco Nexus 9000 configuration guides (security, system management), 7.x
and 9.x, whose lineage INOS-CN shares; no Inspur document of them is public.
"""

import re
from collections.abc import Callable, Mapping
from typing import Literal

from parsers import acl_rules
from parsers.config_diff import compare
from parsers.config_tree import ConfigLine, ConfigTree
from parsers.facts import (
    Acl,
    InfoCenter,
    LocalUser,
    LogHost,
    SavedState,
    Snmp,
    SnmpCommunity,
    SnmpUser,
    Ssh,
    Telnet,
)
from parsers.reader import Outputs, UnansweredError
from parsers.template import Parsed, UnreadableError

RUNNING = "show running-config"
SAVED = "show startup-config"

Security = Literal["noauth", "auth", "priv"]
SnmpVersion = Literal["v1", "v2c", "v3"]

_WELL_KNOWN = ("public", "private")
_ANY = r"(?:any|0\.0\.0\.0/0|0\.0\.0\.0 255\.255\.255\.255|::/0)"


def running(outputs: Outputs) -> ConfigTree:
    """Return the running configuration, known to be one: see `whole`."""
    return whole(outputs.config(RUNNING))


def whole(tree: ConfigTree) -> ConfigTree:
    """Return the tree as it is; raise UnreadableError where it is no configuration at all.

    Every print-out begins with the release that wrote it. There is no last line by which a cut could
    be told; that the prompt came back is all there is.
    """
    if next(tree.find(r"version \d\S*.*"), None) is None:
        raise UnreadableError(f"{tree.command}: no version line, so this is not a configuration")
    return tree


def feature_on(tree: ConfigTree, feature: str) -> bool:
    """Tell whether a feature that is off by default is switched on."""
    return next(tree.find(rf"feature {feature}"), None) is not None


def config(outputs: Outputs) -> ConfigTree:
    """The running configuration itself."""
    return running(outputs)


def saved_state(outputs: Outputs) -> SavedState:
    """What differs between the running configuration and startup-config."""
    return compare(running(outputs), whole(outputs.config(SAVED)))


def users(outputs: Outputs) -> tuple[LocalUser, ...]:
    """Local accounts; a user has a line for each of its roles."""
    tree = running(outputs)
    roles: dict[str, list[str]] = {}
    lines: dict[str, list[ConfigLine]] = {}
    for line, match in tree.find(r"username (\S+) (.*)"):
        lines.setdefault(match[1], []).append(line)
        roles.setdefault(match[1], []).extend(re.findall(r"\brole (\S+)", match[2]))
    return tuple(
        LocalUser(
            seen=tree.seen(*lines[name]),
            name=name,
            roles=tuple(dict.fromkeys(given)),
            administrator=bool({"network-admin", "vdc-admin"} & set(given)),
            password_form=_password_form(lines[name]),
        )
        for name, given in roles.items()
    )


def _password_form(lines: list[ConfigLine]) -> Literal["plain", "hash"] | None:
    """`password 5` and above are hashes; 0 is the password itself, which no release writes by itself."""
    said = [match[1] for line in lines if (match := re.search(r" password (\d+) ", line.text))]
    return None if not said else "plain" if said[-1] == "0" else "hash"


def snmp(outputs: Outputs) -> Snmp:
    """The agent: it runs by default, but answers nobody without a community or a user."""
    tree = running(outputs)
    off = [line for line, _ in tree.find(r"no snmp-server protocol enable")]
    communities = _communities(tree)
    snmp_users = _snmp_users(tree)
    if off:
        return Snmp(seen=tree.seen(*off), enabled=False, versions=())
    versions: tuple[SnmpVersion, ...] = ("v1", "v2c") if communities else ()
    return Snmp(
        seen=tree.seen(*(line for line, _ in tree.find(r"snmp-server (?:community|user) .*"))),
        enabled=bool(communities or snmp_users),
        versions=(*versions, "v3") if snmp_users else versions,
        communities=communities,
        users=snmp_users,
        contact=tree.last(r"snmp-server contact (.+)"),
        location=tree.last(r"snmp-server location (.+)"),
    )


def _communities(tree: ConfigTree) -> tuple[SnmpCommunity, ...]:
    """Communities, a line each for group and access list; without a group it is network-operator's."""
    lines: dict[str, list[ConfigLine]] = {}
    said: dict[str, str] = {}
    for line, match in tree.find(r"snmp-server community (\S+)(.*)"):
        lines.setdefault(match[1], []).append(line)
        said[match[1]] = said.get(match[1], "") + match[2]
    return tuple(
        SnmpCommunity(
            seen=tree.seen(*lines[name]),
            access="rw" if re.search(r" (?:rw|group (?:network|vdc)-admin)\b", words) else "ro",
            name_class="default" if name in _WELL_KNOWN else "other",
            acl=acl[1] if (acl := re.search(r" use-(?:ipv[46])?acl (\S+)", words)) else None,
        )
        for name, words in said.items()
    )


def _snmp_users(tree: ConfigTree) -> tuple[SnmpUser, ...]:
    """SNMPv3 users, a line for each role; every local account is one of them too."""
    lines: dict[str, list[ConfigLine]] = {}
    said: dict[str, str] = {}
    for line, match in tree.find(r"snmp-server user (\S+)(.*)"):
        lines.setdefault(match[1], []).append(line)
        said[match[1]] = said.get(match[1], "") + match[2]
    return tuple(
        SnmpUser(
            seen=tree.seen(*lines[name]),
            security=_security(said[name]),
            acl=acl[1] if (acl := re.search(r" use-(?:ipv[46])?acl (\S+)", said[name])) else None,
        )
        for name in lines
    )


def _security(words: str) -> Security:
    if " auth " not in words:
        return "noauth"
    return "priv" if " priv " in words else "auth"


def telnet(outputs: Outputs) -> Telnet:
    """The Telnet server: off by default (`feature telnet` switches it on)."""
    tree = running(outputs)
    said = [(line, match[1] is None) for line, match in tree.find(r"(no )?feature telnet")]
    return Telnet(
        seen=tree.seen(*(line for line, _ in said)),
        enabled=any(on for _, on in said),
        by_default=not said,
    )


def ssh(outputs: Outputs) -> Ssh:
    """The SSH server: on by default; sources are restricted on the lines, not on the server.

    NX-OS knows version 2 only (Nexus 9000 security configuration guide).
    """
    tree = running(outputs)
    off = [line for line, _ in tree.find(r"no feature ssh")]
    return Ssh(seen=tree.seen(*off), enabled=not off, acl=None, v1_compatible=False)


def acls(outputs: Outputs) -> tuple[Acl, ...]:
    """Access lists by name, IPv4 and IPv6, with whether some rule permits every source."""
    tree = running(outputs)
    mentioned = acl_rules.uses(tree, r"(?:ip|ipv6|mac) access-list ")
    return tuple(
        _acl(tree, line, match[1], mentioned) for line, match in tree.find(r"ipv?6? access-list (\S+)")
    )


def _acl(
    tree: ConfigTree, block: ConfigLine, name: str, mentioned: Mapping[str, tuple[acl_rules.Use, ...]]
) -> Acl:
    rules = [line for line, _ in block.find(r"\d+ (?:permit|deny) .*")]
    any_source = [line for line, _ in block.find(rf"\d+ permit \S+ {_ANY}(?: .*)?")]
    places, on_traffic = acl_rules.of_names(mentioned, (name,))
    return Acl(
        seen=tree.seen(block, *(any_source or rules)),
        id=name,
        rules=len(rules),
        permits_any=bool(any_source),
        rule_list=acl_rules.listed_rules(block, tree),
        used_in=places,
        on_traffic=on_traffic,
    )


def info_center(outputs: Outputs) -> InfoCenter:
    """Log servers; logging cannot be switched off as a whole. Without a level 5 and worse is sent.

    Records always carry the date; a file is written unless that is switched off.
    """
    tree = running(outputs)
    found = list(tree.find(r"logging server (\S+)(?: ([0-7]))?(?: .*)?"))
    hosts = tuple(
        LogHost(seen=tree.seen(line), address=match[1], level=int(match[2]) if match[2] else None)
        for line, match in found
    )
    off = [line for line, _ in tree.find(r"no logging logfile")]
    return InfoCenter(
        seen=tree.seen(*(line for line, _ in found), *off),
        enabled=True,
        hosts=hosts,
        log_file=not off,
        dated=True,
    )


def of_every_vrf(outputs: Outputs, command: str, *, others: Callable[[ConfigTree], bool]) -> Parsed:
    """Read `<command> vrf all`, or the command alone, which is of the default VRF, where there are no others.

    `others` says so by the configuration. Raises UnansweredError where neither command was answered, or
    the configuration was not and would have to say; UnreadableError where there are others.
    """
    whole_command = f"{command} vrf all"
    parsed = outputs.parsed(whole_command)
    if parsed is not None:
        return parsed
    alone = outputs.need(whole_command, command)
    if RUNNING not in outputs.captures:
        raise UnansweredError((whole_command,))
    if others(running(outputs)):
        raise UnreadableError(f"{command}: of the default VRF, and there are others")
    return alone


def has_vrfs(tree: ConfigTree) -> bool:
    """Tell whether there is another VRF than the default one and that of the management port."""
    return any(match[1] != "management" for _, match in tree.find(r"vrf context (\S+)"))


def process_vrfs(protocol: str) -> Callable[[ConfigTree], bool]:
    """Make the test whether a process of a routing protocol works in another VRF than the default one."""

    def others(tree: ConfigTree) -> bool:
        blocks = (block for block, _ in tree.find(rf"router {protocol} \S+"))
        return any(next(block.find(r"vrf \S+"), None) for block in blocks)

    return others
