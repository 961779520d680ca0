"""What a Comware 5 configuration says in words of its own: accounts, log hosts, servers.

The rest stands there as under Comware 7 and is read by the same functions.
"""

import re
from collections.abc import Iterator

from parsers import comware_access
from parsers.comware_config import (
    RUNNING,
    config_lines,
    configuration,
    line_auth_mode,
    line_idle_min,
    password_form,
)
from parsers.comware_config import telnet as comware_telnet
from parsers.comware_logs import log_keeping
from parsers.comware_rows import required, rows_of
from parsers.config_tree import ConfigLine, ConfigTree
from parsers.facts import Console, InfoCenter, LocalUser, LogHost, Service, Telnet
from parsers.reader import Outputs
from parsers.template import UnreadableError

_LEVELS = {
    "emergencies": 0,
    "alerts": 1,
    "critical": 2,
    "errors": 3,
    "warnings": 4,
    "notifications": 5,
    "informational": 6,
    "debugging": 7,
}
_CHANNELS = ("console", "monitor", "loghost", "trapbuffer", "logbuffer", "snmpagent")
# Accounts with nothing but these services come in through a port, not to manage the device.
_NETWORK_SERVICES = frozenset({"dvpn", "lan-access", "portal", "ppp"})


_MANAGE = 3


def users(outputs: Outputs) -> tuple[LocalUser, ...]:
    """Read the local accounts that may manage the device, with their level: 0 visit to 3 manage."""
    tree = configuration(outputs)
    found = (_user(tree, line, match[1]) for line, match in tree.find(r"local-user (\S+)"))
    return tuple(user for user in found if not user.services or set(user.services) - _NETWORK_SERVICES)


def telnet(outputs: Outputs) -> Telnet:
    """Read the Telnet server, which some models and releases start by default.

    The HP A5800 guide (V5): "By default, the device is enabled with the Telnet server"; others: off.
    Raises UnreadableError where the configuration says nothing of it.
    """
    read = comware_telnet(outputs)
    if read.by_default:
        raise UnreadableError(f"{RUNNING}: nothing on the Telnet server, whose default depends on the model")
    return read


def _user(tree: ConfigTree, line: ConfigLine, name: str) -> LocalUser:
    # Early releases write the level as a line of its own or behind the service.
    form = r"(?:authorization-attribute (?:.* )?|service-type .* )?level (\d)(?: .*)?"
    levels = [int(match[1]) for _, match in line.find(form)]
    services = [re.sub(r" level \d.*", "", m[1]) for _, m in line.find(r"service-type (.+)")]
    return LocalUser(
        seen=tree.seen(line),
        name=name,
        level=levels[-1] if levels else None,
        services=tuple(word for text in services for word in text.split()),
        administrator=levels[-1:] == [_MANAGE],
        password_form=password_form(line),
    )


def info_center(outputs: Outputs) -> InfoCenter:
    """Read where logs go: a host is sent what the rule of its channel lets through.

    The information center is on unless `undo info-center enable` stands there. A host is on channel
    2, `loghost`, unless its line names another; that channel lets through what is informational or
    worse unless `info-center source default channel` says otherwise (H3C command reference, Network
    Management and Monitoring). With `log state off` its hosts get nothing by default: they are not
    counted. Raises UnreadableError for a host on another channel without a rule.
    """
    tree = configuration(outputs)
    off = config_lines(tree, "undo info-center enable")
    rules = {channel: (line, level) for channel, line, level in _rules(tree)}
    hosts = tuple(_hosts(tree, {channel: level for channel, (_, level) in rules.items()}))
    return InfoCenter(
        seen=tree.seen(*off, *(line for line, _ in rules.values()), *(line for line, _ in hosts)),
        enabled=not off,
        hosts=tuple(host for _, host in hosts),
        **log_keeping(tree),
    )


def _rules(tree: ConfigTree) -> Iterator[tuple[str, ConfigLine, int | None]]:
    """Channel, line and least severe level; -1 where nothing passes, None where no level is said."""
    for line, match in tree.find(r"info-center source default channel (\S+)(.*)"):
        said = re.search(r" log(?: level (?P<level>\w+))?(?: state (?P<state>on|off))?(?= |$)", match[2])
        word = said["level"] if said else None
        if word is not None and word not in _LEVELS:
            raise UnreadableError(f"{RUNNING}: log level {word!r}")
        passing = None if word is None else _LEVELS[word]
        yield _channel(tree, match[1]), line, -1 if said and said["state"] == "off" else passing


def _hosts(tree: ConfigTree, levels: dict[str, int | None]) -> Iterator[tuple[ConfigLine, LogHost]]:
    form = r"info-center loghost (?:vpn-instance \S+ )?(?:ipv6 )?(?!source )(\S+)(.*)"
    for line, match in tree.find(form):
        named = re.search(r" channel (\S+)", match[2])
        channel = _channel(tree, named[1]) if named else "loghost"
        if channel != "loghost" and channel not in levels:
            raise UnreadableError(f"{RUNNING}: a log host on channel {channel}, which has no rule")
        level = levels.get(channel)
        if level != -1:
            yield line, LogHost(seen=tree.seen(line), address=match[1], level=level)


def _channel(tree: ConfigTree, word: str) -> str:
    """Give a channel's name as shipped; one that was renamed keeps its number."""
    renamed = {match[2]: int(match[1]) for _, match in tree.find(r"info-center channel (\d) name (\S+)")}
    number = renamed.get(word, int(word) if word.isdigit() else None)
    if number is None:
        return word
    return _CHANNELS[number] if number < len(_CHANNELS) else f"channel{number}"


def console(outputs: Outputs) -> Console:
    """Read the console line, which is the AUX line on switches without one of that name.

    Without a word of its own it asks for nothing (H3C command reference, Fundamentals, login management).
    """
    tree = configuration(outputs)
    for name in ("con", "aux"):
        for line in config_lines(tree, rf"user-interface {name} \d+(?: \d+)?"):
            mode, idle = line_auth_mode([line], "none"), line_idle_min([line])
            return Console(seen=tree.seen(line, *mode[0], *idle[0]), idle_min=idle[1], auth_mode=mode[1])
    raise UnreadableError(f"{RUNNING}: no user-interface con and no aux, one of which is always printed")


def services(outputs: Outputs) -> tuple[Service, ...]:
    """Read the servers; whether the one for HTTP runs by default depends on the model, so it is asked itself.

    FTP and HTTPS are off unless switched on (S5500-EI operation manual). There is no NETCONF.
    """
    tree = configuration(outputs)
    web = rows_of(outputs.need("display ip http"))[0]
    required(web, "STATUS")
    http = Service(
        seen=web.seen,
        name="http",
        enabled=web["STATUS"] == "Running",
        by_default=not config_lines(tree, "(?:undo )?ip http enable"),
        acl=web["ACL"] if web["ACL"] != "0" else None,
    )
    return (comware_access.service(tree, "ftp"), http, comware_access.service(tree, "https"))
