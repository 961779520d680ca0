"""Facts that stand in a Comware 7 configuration, with the defaults where it says nothing.

Comware prints every top-level line, indented or not, between `#` lines and ends a complete
configuration with `return`; one without it was cut short and is not read at all.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from parsers import acl_rules
from parsers.config_diff import compare
from parsers.config_tree import ConfigLine, ConfigTree
from parsers.facts import (
    Acl,
    LocalUser,
    SavedState,
    Snmp,
    SnmpCommunity,
    SnmpUser,
    Ssh,
    Telnet,
    Vty,
)
from parsers.reader import Outputs
from parsers.template import UnreadableError

RUNNING = "display current-configuration"
SAVED = "display saved-configuration"

_DEFAULT_NAMES = {"public", "private"}
_ACL = re.compile(r"\bacl (?:name )?(\S+)")
_SOURCE = re.compile(r"\bsource (?!any\b)(?!\S+ 255\.255\.255\.255\b)\S+")
_BY_VIEW = (
    r"snmp-agent community (?P<access>read|write) (?P<form>(?:simple|cipher) )?(?P<name>\S+)(?P<rest>.*)"
)
_BY_ROLE = (
    r"snmp-agent community (?!read |write )(?P<form>(?:simple|cipher) )?(?P<name>\S+) "
    r"user-role (?P<role>\S+)(?P<rest>.*)"
)


def configuration(outputs: Outputs, command: str = RUNNING) -> ConfigTree:
    """Read a configuration; raise UnreadableError unless it is there as a whole."""
    tree = outputs.config(command)
    if not any(tree.find(r"version .+")) or tree.lines[-1].text != "return":
        raise UnreadableError(f"{command}: not a whole configuration (no version, or no return at its end)")
    return tree


def config(outputs: Outputs) -> ConfigTree:
    """Give the running configuration itself."""
    return configuration(outputs)


def saved_state(outputs: Outputs) -> SavedState:
    """Compare the running with the saved configuration."""
    return compare(configuration(outputs), configuration(outputs, SAVED))


def config_lines(tree: ConfigTree, pattern: str) -> list[ConfigLine]:
    """Top-level lines whose whole text matches the expression."""
    return [line for line, _ in tree.find(pattern)]


def users(outputs: Outputs) -> tuple[LocalUser, ...]:
    """Read the local accounts that may manage the device; accounts of class network are not those."""
    tree = configuration(outputs)
    found = tree.find(r"local-user (\S+)(?: class manage)?")
    return tuple(_user(tree, line, match[1]) for line, match in found)


def _user(tree: ConfigTree, line: ConfigLine, name: str) -> LocalUser:
    roles = tuple(m[1] for _, m in line.find(r"authorization-attribute user-role (\S+)"))
    return LocalUser(
        seen=tree.seen(line),
        name=name,
        roles=roles,
        services=tuple(w for _, m in line.find(r"service-type (.+)") for w in m[1].split()),
        administrator=bool(_EVERYTHING & set(roles)),
        password_form=password_form(line),
    )


_EVERYTHING = {"network-admin", "mdc-admin", "level-15", "context-admin"}
_PASSWORD_FORMS: dict[str, Literal["plain", "reversible", "hash"]] = {
    "simple": "plain",
    "cipher": "reversible",
    "hash": "hash",
}


def password_form(user: ConfigLine) -> Literal["plain", "reversible", "hash"] | None:
    """How the password stands in an account's block; None where it does not (password control hides it)."""
    said = [match[1] for _, match in user.find(r"password (simple|cipher|hash) .*")]
    return _PASSWORD_FORMS[said[-1]] if said else None


def snmp(outputs: Outputs) -> Snmp:
    """Read the SNMP agent: off unless configured, version 3 alone unless `sys-info version` says more.

    A user of version 1 or 2c is a community by another name, and is counted as one.
    """
    tree = configuration(outputs)
    lines = config_lines(tree, r"snmp-agent(?: .*)?")
    communities = (*_communities(tree), *_old_users(tree))
    users = tuple(
        SnmpUser(seen=tree.seen(line), security=_security(line.text), acl=_acl_of(line.text))
        for line in config_lines(tree, r"snmp-agent usm-user v3 .+")
    )
    enabled = bool(config_lines(tree, "snmp-agent") or communities or users)
    evidence = [line for line in lines if re.match(r"snmp-agent(?:$| sys-info version)", line.text)]
    versions = _versions(tree) if enabled else ()
    return Snmp(
        seen=tree.seen(*evidence),
        enabled=enabled,
        versions=versions,
        communities=communities,
        users=users,
        contact=tree.last(r"snmp-agent sys-info contact (.+)"),
        location=tree.last(r"snmp-agent sys-info location (.+)"),
    )


def _acl_of(text: str) -> str | None:
    named = _ACL.search(text)
    return named[1] if named else None


def _versions(tree: ConfigTree) -> tuple[Literal["v1", "v2c", "v3"], ...]:
    said = [w for _, m in tree.find(r"snmp-agent sys-info version (.+)") for w in m[1].split()]
    gone = [w for _, m in tree.find(r"undo snmp-agent sys-info version (.+)") for w in m[1].split()]
    known: tuple[Literal["v1", "v2c", "v3"], ...] = ("v1", "v2c", "v3")
    on = {"v3"} | (set(known) if "all" in said else set(said))
    return tuple(version for version in known if version in on and version not in gone)


def _communities(tree: ConfigTree) -> Iterator[SnmpCommunity]:
    for line, match in tree.find(_BY_VIEW):
        yield _community(tree, line, "rw" if match["access"] == "write" else "ro", match)
    for line, match in tree.find(_BY_ROLE):
        # Of the predefined roles only these two cannot write.
        harmless = match["role"] in {"network-operator", "mdc-operator"}
        yield _community(tree, line, "ro" if harmless else "rw", match)


def _community(
    tree: ConfigTree, line: ConfigLine, access: Literal["ro", "rw"], match: re.Match[str]
) -> SnmpCommunity:
    name, form = match["name"], (match["form"] or "").strip()
    acl = _ACL.search(match["rest"])
    return SnmpCommunity(
        seen=tree.seen(line), access=access, name_class=_name_class(name, form), acl=acl[1] if acl else None
    )


def _name_class(name: str, form: str) -> Literal["default", "other", "hidden"]:
    if form == "cipher" or name.startswith("$c$"):
        return "hidden"
    return "default" if name.lower() in _DEFAULT_NAMES else "other"


def _old_users(tree: ConfigTree) -> Iterator[SnmpCommunity]:
    writers = {m[1] for _, m in tree.find(r"snmp-agent group v(?:1|2c) (\S+)(?=.* write-view ).*")}
    for line, match in tree.find(r"snmp-agent usm-user v(?:1|2c) (\S+) (\S+)(.*)"):
        acl = _ACL.search(match[3])
        yield SnmpCommunity(
            seen=tree.seen(line),
            access="rw" if match[2] in writers else "ro",
            name_class=_name_class(match[1], ""),
            acl=acl[1] if acl else None,
        )


def _security(line: str) -> Literal["noauth", "auth", "priv"]:
    if " privacy-mode " in line:
        return "priv"
    return "auth" if " authentication-mode " in line else "noauth"


def telnet(outputs: Outputs) -> Telnet:
    """Read the Telnet server, IPv4 and IPv6 alike: off unless `telnet server enable` stands there.

    The default is that of the H3C command reference, Fundamentals (login management).
    """
    tree = configuration(outputs)
    on, off = config_lines(tree, "telnet server enable"), config_lines(tree, "undo telnet server enable")
    return Telnet(seen=tree.seen(*on, *off), enabled=bool(on), by_default=not on and not off)


def ssh(outputs: Outputs) -> Ssh:
    """Read the SSH server: off unless `ssh server enable` stands there (H3C command reference, Security).

    Algorithms are those that `ssh2 algorithm` names; what is offered without it depends on the
    release, so the lists are then empty. Whether version 1 is let in is said by the server's own
    status (1.99), else by the configuration, and is not known where neither says so.
    """
    tree = configuration(outputs)
    on, acl = config_lines(tree, "ssh server enable"), list(tree.find(_server_acl("ssh")))
    named = {m[1]: (line, m[2]) for line, m in tree.find(r"ssh2 algorithm (cipher|mac|key-exchange) (.+)")}
    old = list(tree.find(r"(undo )?ssh server compatible-ssh1x enable"))
    said = (*on, *(line for line, _ in (*acl, *named.values(), *old)))
    return Ssh(
        seen=tree.seen(*said),
        enabled=bool(on),
        acl=acl[-1][1][1] if acl else None,
        v1_compatible=_v1_compatible(outputs, [m for _, m in old]),
        ciphers=_algorithms(named, "cipher"),
        macs=_algorithms(named, "mac"),
        kex=_algorithms(named, "key-exchange"),
    )


def _algorithms(named: Mapping[str, tuple[ConfigLine, str]], kind: str) -> tuple[str, ...]:
    return tuple(named[kind][1].split()) if kind in named else ()


def _v1_compatible(outputs: Outputs, said: list[re.Match[str]]) -> bool | None:
    status = outputs.parsed("display ssh server status")
    if status is not None:
        versions = [row["VERSION"] for row in status.rows]
        if len(versions) != 1:
            raise UnreadableError("display ssh server status: no version in it")
        return versions[0] == "1.99"
    return said[-1][1] is None if said else None


def _server_acl(server: str) -> str:
    return rf"{server} server acl (?:(?:basic|advanced|name) )*(\S+)"


def vty(outputs: Outputs) -> tuple[Vty, ...]:
    """Read the virtual terminal lines.

    A line that says nothing follows `line class vty`, and without that lets in Telnet and SSH and
    asks for a password (H3C command reference, Fundamentals). Comware restricts sources at the
    servers: `acl_in` is the line's own list or, without one, that of the servers that may be
    reached through the line, if each of those has one.
    """
    tree = configuration(outputs)
    classes = config_lines(tree, "line class vty")
    # Comware 5 calls a line a user interface, and has no classes.
    form = r"(?:line|user-interface) vty (\d+)(?: (\d+))?"
    found = [_vty(tree, line, match, classes) for line, match in tree.find(form)]
    if not found:
        raise UnreadableError(f"{RUNNING}: no line vty, which is always printed")
    return tuple(found)


def _vty(tree: ConfigTree, line: ConfigLine, match: re.Match[str], classes: list[ConfigLine]) -> Vty:
    # The line's own setting outranks the class's, so it is looked at first.
    blocks = [line, *classes]
    inbound = [(c, m[1]) for block in blocks for c, m in block.find(r"protocol inbound (.+)")]
    mode, idle = line_auth_mode(blocks, "password"), line_idle_min(blocks)
    own = [(c, m[1]) for block in blocks for c, m in block.find(r"acl (?:name )?(\S+) inbound")]
    protocols = _protocols(inbound[0][1] if inbound else "all")
    acl = own[0][1] if own else _servers_acl(tree, protocols)
    said = [c for c, _ in (*inbound[:1], *own[:1])] + [*mode[0], *idle[0]]
    first = int(match[1])
    return Vty(
        seen=tree.seen(line, *said),
        first=first,
        last=int(match[2]) if match[2] else first,
        acl_in=acl,
        protocols=protocols,
        auth_mode=mode[1],
        idle_min=idle[1],
    )


def line_auth_mode(
    blocks: Sequence[ConfigLine], default: Literal["none", "password"]
) -> tuple[list[ConfigLine], Literal["none", "password", "aaa"]]:
    """How a terminal line, then its class, authenticates, with the line that says so."""
    said = [(c, m[1]) for block in blocks for c, m in block.find(r"authentication-mode (\S+)(?: .*)?")]
    if not said:
        return [], default
    line, word = said[0]
    if word == "none":
        return [line], "none"
    if word not in {"password", "scheme"}:
        raise UnreadableError(f"{RUNNING}: authentication-mode {word!r}")
    return [line], "password" if word == "password" else "aaa"


def line_idle_min(blocks: Sequence[ConfigLine]) -> tuple[list[ConfigLine], float]:
    """After how many idle minutes a terminal line ends a session: ten unless it or its class says more.

    The default is that of the H3C command reference, Fundamentals (login management).
    """
    said = [(c, m) for block in blocks for c, m in block.find(r"idle-timeout (\d+)(?: (\d+))?")]
    if not said:
        return [], 10.0
    line, match = said[0]
    return [line], int(match[1]) + int(match[2] or 0) / 60


def _protocols(word: str) -> tuple[Literal["ssh", "telnet"], ...]:
    if word == "all":
        return ("ssh", "telnet")
    if word in {"ssh", "telnet"}:
        return ("ssh",) if word == "ssh" else ("telnet",)
    if word == "pad":
        return ()
    raise UnreadableError(f"{RUNNING}: protocol inbound {word!r}")


def _servers_acl(tree: ConfigTree, protocols: tuple[str, ...]) -> str | None:
    """The list in front of every running server that these protocols name; None when one has none."""
    running = [p for p in protocols if any(tree.find(f"{p} server enable"))]
    lists = [[m[1] for _, m in tree.find(_server_acl(p))] for p in running]
    return lists[0][-1] if lists and all(lists) else None


def acls(outputs: Outputs) -> tuple[Acl, ...]:
    """Read the IPv4 access lists: number, or name where there is no number, and whether any source passes."""
    tree = configuration(outputs)
    form = r"acl (?:number|basic|advanced)(?: (\d+))?(?: name (\S+))?(?: match-order \w+)?"
    mentioned = acl_rules.uses(tree, r"acl \S")
    return tuple(
        _acl(tree, line, match, mentioned) for line, match in tree.find(form) if match[1] or match[2]
    )


def _acl(
    tree: ConfigTree,
    line: ConfigLine,
    match: re.Match[str],
    mentioned: Mapping[str, tuple[acl_rules.Use, ...]],
) -> Acl:
    rules = list(line.find(r"rule (?:\d+ )?(permit|deny)\b ?(.*)"))
    everyone = [rule for rule, m in rules if m[1] == "permit" and not _SOURCE.search(m[2])]
    places, on_traffic = acl_rules.of_names(mentioned, (name for name in match.groups() if name))
    return Acl(
        seen=tree.seen(line, *everyone),
        id=match[1] or match[2],
        rules=len(rules),
        permits_any=bool(everyone),
        rule_list=acl_rules.spoken_rules(line, tree),
        used_in=places,
        on_traffic=on_traffic,
    )
