"""Where logs go and what is kept of them, by a Comware configuration."""

from typing import Final, TypedDict

from parsers.comware_config import RUNNING, config_lines, configuration
from parsers.config_tree import ConfigTree
from parsers.facts import InfoCenter, LogHost
from parsers.reader import Outputs
from parsers.template import UnreadableError

_BUFFER: Final = 512
_LEVELS = (
    "emergency",
    "alert",
    "critical",
    "error",
    "warning",
    "notification",
    "informational",
    "debugging",
)


def info_center(outputs: Outputs) -> InfoCenter:
    """Read where logs go.

    The information center is on unless `undo info-center enable` stands there, and sends to hosts
    what is informational or worse unless `info-center source default loghost` says otherwise
    (H3C command reference, Network Management and Monitoring). With `loghost deny` the hosts get
    nothing by default: they are not counted.
    """
    tree = configuration(outputs)
    off = config_lines(tree, "undo info-center enable")
    hosts = list(tree.find(r"info-center loghost (?:vpn-instance \S+ )?(?!source )(\S+).*"))
    rules = list(tree.find(r"info-center source default loghost (?:level (\w+)|deny)"))
    level = _level(rules[-1][1][1]) if rules and rules[-1][1][1] else None
    if rules and rules[-1][1][1] is None:
        hosts = []
    found = tuple(LogHost(seen=tree.seen(line), address=m[1], level=level) for line, m in hosts)
    evidence = tree.seen(*off, *(line for line, _ in rules), *(line for line, _ in hosts))
    return InfoCenter(seen=evidence, enabled=not off, hosts=found, **log_keeping(tree))


class LogKeeping(TypedDict):
    """Fields of InfoCenter about what is kept on the device itself."""

    buffer_records: int
    log_file: bool
    dated: bool


def log_keeping(tree: ConfigTree) -> LogKeeping:
    """Read what is kept on the device; by default 512 records, with their dates, and a file.

    Defaults: H3C command reference, Network Management and Monitoring.
    """
    size = tree.last(r"info-center logbuffer size (\d+)(?: .*)?")
    stamps = [m[1] for _, m in tree.find(r"info-center timestamp (?:log |loghost |trap )?(\S+)")]
    return LogKeeping(
        buffer_records=0 if any(tree.find(r"undo info-center logbuffer")) else int(size or _BUFFER),
        log_file=not any(tree.find(r"undo info-center logfile enable")),
        dated=not {"boot", "none"} & set(stamps),
    )


def _level(word: str) -> int:
    if word not in _LEVELS:
        raise UnreadableError(f"{RUNNING}: log level {word!r}")
    return _LEVELS.index(word)
