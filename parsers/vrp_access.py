"""What a Huawei VRP configuration says of services, authentication, password rules and trap targets.

Of `vrp_config`'s language and dialects; shared by VRP5 and VRP8.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from parsers.config_tree import ConfigLine, ConfigTree
from parsers.facts import AaaMethod, Console, LoginPolicy, PasswordPolicy, Service, Ssh, TrapHost
from parsers.template import UnreadableError
from parsers.vrp_config import Dialect, SnmpVersion, anywhere, line_access, switch

Method = Literal["local", "radius", "tacacs", "ldap", "none"]
ServiceName = Literal["ftp", "http", "https", "netconf"]


def console(tree: ConfigTree, dialect: Dialect) -> Console:
    """Read the console's block, which VRP always prints; UnreadableError where it is missing."""
    for block, _ in tree.find(r"user-interface con(?:sole)? 0(?: \d+)?"):
        auth, idle = line_access(block, dialect)
        return Console(seen=tree.seen(block, *block.children), idle_min=idle, auth_mode=auth)
    raise UnreadableError(f"{tree.command}: no user-interface con 0")


# --- services -------------------------------------------------------------------------------------

_SERVICE_ACL = r"(?i:{name}) (?:server )?acl (?!ipv6 )(\S+)"
_SERVICES: tuple[tuple[ServiceName, str], ...] = (
    ("ftp", r"(?i:ftp) (?:ipv6 )?server"),
    # The second forms are those of the `http` view of CloudEngine.
    ("http", r"(?:http (?:ipv6 )?)?server"),
    # YunShan calls its web server, which is HTTPS, the web manager.
    ("https", r"(?:(?:http (?:ipv6 )?)?secure-server|web-manager)"),
    ("netconf", r"snetconf (?:ipv[46] )?server"),
)


def services(tree: ConfigTree, dialect: Dialect) -> tuple[Service, ...]:
    """Read which servers run, IPv4 or IPv6: FTP and NETCONF over SSH are off unless turned on.

    Web servers come only where a line or the dialect says how they are. There is no TFTP server.
    """
    found = []
    for name, words in _SERVICES:
        default = dialect.http_enabled if name in ("http", "https") else False
        on, lines = switch(
            tree,
            rf"{words} enable(?: port \d+)?",
            f"undo {words} enable|{words} disable",
            default=bool(default),
        )
        if lines or default is not None:
            acl = service_acl(tree, name)
            found.append(
                Service(seen=tree.seen(*lines), name=name, enabled=on, by_default=not lines, acl=acl)
            )
    return tuple(found)


def service_acl(tree: ConfigTree, name: ServiceName) -> str | None:
    """Name the IPv4 access list in front of a server; the web server has one for HTTP and HTTPS."""
    words = "http" if name == "https" else name
    return next((match[1] for _, match in anywhere(tree, _SERVICE_ACL.format(name=words))), None)


def with_algorithms(server: Ssh, tree: ConfigTree) -> Ssh:
    """Add the algorithms that the configuration names; without a line nothing says what is offered."""

    def chosen(kind: str) -> tuple[str, ...]:
        return tuple(
            name for _, match in anywhere(tree, rf"ssh server {kind} (.+)") for name in match[1].split()
        )

    return replace(server, ciphers=chosen("cipher"), macs=chosen("hmac"), kex=chosen("key-exchange"))


# --- authentication -------------------------------------------------------------------------------

_AUTHENTICATION_SERVER = r"(hwtacacs|radius|ldap|ad)[- ]server authentication .+"
_METHODS: dict[str, Method] = {
    "local": "local",
    "local-case": "local",
    "radius": "radius",
    "hwtacacs": "tacacs",
    "tacacs": "tacacs",
    "ldap": "ldap",
    "ad": "ldap",
    "none": "none",
}


def aaa(tree: ConfigTree) -> tuple[AaaMethod, ...]:
    """Read the authentication schemes; one that says nothing is local.

    A remote one is unserved where no server of its kind stands anywhere in the configuration.
    Raises UnreadableError for a method nobody knows, and where there is no `aaa` block.
    """
    block = _aaa_block(tree)
    used = _login_schemes(tree, block)
    served = {_METHODS.get(match[1]) for _, match in anywhere(tree, _AUTHENTICATION_SERVER)}
    found = []
    for scheme, match in block.find(r"authentication-scheme (\S+)"):
        mode = next(scheme.find(r"authentication-mode (.+)"), None)
        words = mode[1][1].split() if mode else ["local"]
        unknown = [word for word in words if word not in _METHODS]
        if unknown:
            raise UnreadableError(f"{tree.command}: authentication-mode {' '.join(unknown)}")
        methods = tuple(_METHODS[word] for word in words)
        remote = set(methods) - {"local", "none"}
        found.append(
            AaaMethod(
                seen=tree.seen(scheme, *([mode[0]] if mode else [])),
                scheme=match[1],
                methods=methods,
                for_logins=match[1] in used,
                unserved=bool(remote) and not remote & served,
            )
        )
    return tuple(found)


def _login_schemes(tree: ConfigTree, block: ConfigLine) -> set[str]:
    """Schemes of the domain that administrators are put into, `default_admin` unless a line names another.

    CloudEngine releases without that domain use `default`. A domain that names no scheme has `default`.
    """
    domains = {match[1]: domain for domain, match in block.find(r"domain (\S+)")}
    said = {match[1] for _, match in anywhere(tree, r"domain (\S+) admin")}
    names = said or ({"default_admin"} if "default_admin" in domains else {"default"})
    found = set()
    for name in names:
        lines = domains[name].find(r"authentication-scheme (\S+)") if name in domains else iter(())
        found |= {match[1] for _, match in lines} or {"default"}
    return found


def _aaa_block(tree: ConfigTree) -> ConfigLine:
    for block, _ in tree.find("aaa"):
        return block
    raise UnreadableError(f"{tree.command}: no aaa block")


def login_policy(tree: ConfigTree, dialect: Dialect) -> LoginPolicy:
    """Read after how many failures a local account is locked, and for how long.

    Campus releases and CloudEngine from V300R0xx on say it in one line (`local-aaa-user
    wrong-password`), earlier CloudEngine in two. Raises UnreadableError for a lock of no duration:
    whether that is never or for ever is not known.
    """
    lines: list[ConfigLine] = []
    fail, lock = dialect.max_fail, dialect.lock_min
    for line, _ in anywhere(
        tree, r"undo local-aaa-user wrong-password|undo local-user authentication lock.*"
    ):
        lines.append(line)
        fail = lock = None
    form = r"local-aaa-user wrong-password .*?retry-time (\d+) block-time (\d+)"
    for line, match in anywhere(tree, form):
        lines.append(line)
        fail, lock = int(match[1]), float(match[2])
    for line, match in anywhere(tree, r"local-user authentication lock times (\d+)(?: \d+)?"):
        lines.append(line)
        fail = int(match[1])
    for line, match in anywhere(tree, r"local-user authentication lock duration (\d+)"):
        lines.append(line)
        lock = float(match[1])
    if lock == 0:
        raise UnreadableError(f"{tree.command}: accounts are locked for 0 minutes")
    return LoginPolicy(seen=tree.seen(*lines), max_fail=fail, lock_min=lock)


# --- passwords ------------------------------------------------------------------------------------

_KINDS = {"two": 2, "three": 3, "four": 4}
_POLICY = r"local-aaa-user password policy administrator"
_POLICY_DAYS = 90
_POLICY_HISTORY = 5


def password_policy(tree: ConfigTree, dialect: Dialect) -> PasswordPolicy:
    """Read the demands on administrators' passwords.

    Age and history are demanded by the administrators' policy only, 90 days and 5 passwords unless it
    says otherwise (the defaults of `password expire` and `password history record number`).
    """
    lines: list[ConfigLine] = []
    age = history = None
    for block, _ in anywhere(tree, _POLICY):
        lines += [block, *block.children]
        age = _number(block, r"password expire (\d+)", _POLICY_DAYS)
        history = _number(block, r"password history record number (\d+)", _POLICY_HISTORY)
    length, types = dialect.password_length, dialect.password_types
    form = r"(?:set password min-length|password min(?:imum)?-length|\S+ .*?password min-len) (\d+)"
    for line, match in anywhere(tree, form):
        lines.append(line)
        length = int(match[1])
    for line, kinds in _complexity(tree):
        lines.append(line)
        types = kinds
    return PasswordPolicy(
        seen=tree.seen(*dict.fromkeys(lines)),
        length_min=length,
        types_min=types,
        age_max_days=age,
        history_min=history,
    )


def _number(block: ConfigLine, form: str, default: int) -> int | None:
    """Give the number that a line of the block says; None for 0, which turns the demand off."""
    said = next(block.find(form), None)
    return (int(said[1][1]) if said else default) or None


def _complexity(tree: ConfigTree) -> Iterator[tuple[ConfigLine, int | None]]:
    """Lines about kinds of characters with how many they demand."""
    for line, match in anywhere(tree, r"(undo )?user-password complexity-check(?: (\w+)-of-kinds)?"):
        yield line, None if match[1] else _KINDS.get(match[2], _KINDS["two"])
    for line, match in anywhere(tree, r"password complexity (two|three|four)-of-kinds"):
        yield line, _KINDS[match[1]]


# --- SNMP notifications ---------------------------------------------------------------------------


_VERSIONS: dict[str, SnmpVersion] = {"v1": "v1", "v2c": "v2c", "v3": "v3"}


def trap_hosts(tree: ConfigTree) -> tuple[TrapHost, ...]:
    """Read the targets of traps and informs; the version is None where no line names it.

    Older releases keep it apart from the target, in a list of parameters.
    """
    lists = {m[1]: m[2] for _, m in anywhere(tree, r"snmp-agent target-host \w+-paramsname (\S+) (v\w+) .*")}
    found = []
    form = r"snmp-agent target-host (?:host-name \S+ )?(?:trap|inform) (?:ipv6 )?address udp-domain (\S+)(.*)"
    for line, match in anywhere(tree, form):
        word = _version_after_name(match[2])
        found.append(TrapHost(seen=tree.seen(line), address=match[1], version=_VERSIONS.get(word)))
    form = r"snmp-agent target-host \w+-hostname \S+ (?:ipv6 )?address (?:udp-domain )?(\S+)(.*)"
    for line, match in anywhere(tree, form):
        name = match[2].split()[-1] if "-paramsname " in match[2] else ""
        word = lists.get(name, "")
        found.append(TrapHost(seen=tree.seen(line), address=match[1], version=_VERSIONS.get(word)))
    return tuple(found)


def _version_after_name(rest: str) -> str:
    """Give the word of the version behind the security name, which may itself look like one."""
    words = rest.partition(" params ")[2].split()
    if words[:1] != ["securityname"]:
        return ""
    after = words[3:] if words[1:2] == ["cipher"] else words[2:]
    return next((word for word in after if word in _VERSIONS), "")
