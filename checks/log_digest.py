"""A device's log in brief: which events, how often, when first and last, what they mean, on what."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

from checks.inspection import Finding, Inspection
from parsers.facts import Facts, LogEvent, Unknown

Kind = Literal[
    "link", "line", "board", "restart", "fan", "power", "temperature", "optic", "resource", "stack", "loop",
    "storm", "conflict", "attack", "routing", "gateway", "neighbor", "time", "login_failure", "config",
    "routine",
]  # fmt: skip
KIND_WORDS: Mapping[Kind, str] = {
    "link": "链路", "line": "链路协议与聚合",
    "board": "单板", "restart": "重启", "fan": "风扇", "power": "电源", "temperature": "温度",
    "optic": "光模块", "resource": "资源", "stack": "堆叠", "loop": "环路与保护", "storm": "风暴",
    "conflict": "地址冲突", "attack": "攻击", "routing": "路由", "gateway": "网关", "neighbor": "邻居",
    "time": "时钟", "login_failure": "登录失败", "config": "配置", "routine": "日常",
}  # fmt: skip
NOISE: frozenset[Kind] = frozenset({"routine"})
"""Kinds that say nothing of the network's health: counted, and otherwise left out."""
UNKNOWN = "（未收录）"


class _Events(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    like: str = ""
    """The platform whose messages it has besides its own."""
    events: dict[str, tuple[Kind, str]]


@cache
def known_events(platform_id: str) -> Mapping[str, tuple[Kind, str]]:
    """Kind and meaning by mnemonic; empty for a platform whose messages nobody has collected."""
    path = files("checks") / "events" / f"{platform_id}.yaml"
    if not path.is_file():
        return {}
    read = TypeAdapter(_Events).validate_python(yaml.safe_load(path.read_text("utf-8")))
    return {**(known_events(read.like) if read.like else {}), **read.events}


@dataclass(frozen=True, slots=True, kw_only=True)
class EventCount:
    """One kind of message in the span."""

    mnemonic: str
    severity: int
    """The severest of them: 0 emergency to 7 debugging."""
    kind: Kind | None
    meaning: str
    count: int
    first: datetime
    last: datetime
    interfaces: tuple[str, ...] = ()
    """Named in them, the most frequent first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogDigest:
    """What the log says of the span; severest and most frequent messages first."""

    since: datetime | None
    """Begin of the span, as the device's clock has it; None: everything in the buffer."""
    events: tuple[EventCount, ...]
    by_severity: Mapping[int, int]
    """Number of messages by severity, noise among them."""
    flaps: Mapping[str, int]
    """Changes of state by interface, the most frequent first."""
    noise: int
    """Messages left out of `events`."""


def digest(facts: Facts, platform_id: str, *, window: timedelta) -> LogDigest | None:
    """Sum up the log of one device since `window` before its newest message; None where it is not known.

    The newest message, and not a clock, is the end of the span: both are then by the device's own time.
    """
    if isinstance(facts.log_events, Unknown) or not facts.log_events.value:
        return None
    rows: Sequence[LogEvent] = facts.log_events.value
    since = max(row.time.replace(tzinfo=None) for row in rows) - window
    recent = [row for row in rows if row.time.replace(tzinfo=None) >= since]
    known = known_events(platform_id)
    kinds: Mapping[str, Kind] = {mnemonic: kind for mnemonic, (kind, _) in known.items()}
    told = [row for row in recent if kinds.get(row.mnemonic) not in NOISE]
    links = (name for row in told if kinds.get(row.mnemonic) == "link" for name in row.interfaces)
    return LogDigest(
        since=since if len(recent) < len(rows) else None,
        events=tuple(_counted(told, known)),
        by_severity=dict(sorted(Counter(row.severity for row in recent).items())),
        flaps=dict(Counter(links).most_common()),
        noise=len(recent) - len(told),
    )


def _counted(rows: Iterable[LogEvent], known: Mapping[str, tuple[Kind, str]]) -> Iterable[EventCount]:
    by_mnemonic: dict[str, list[LogEvent]] = {}
    for row in rows:
        by_mnemonic.setdefault(row.mnemonic, []).append(row)
    counts = [_count(found, known.get(mnemonic)) for mnemonic, found in by_mnemonic.items()]
    return sorted(counts, key=lambda each: (each.severity, -each.count, each.mnemonic))


def _count(rows: Sequence[LogEvent], known: tuple[Kind, str] | None) -> EventCount:
    times = sorted(rows, key=lambda row: row.time.replace(tzinfo=None))
    named = Counter(name for row in rows for name in row.interfaces)
    return EventCount(
        mnemonic=rows[0].mnemonic,
        severity=min(row.severity for row in rows),
        kind=known[0] if known else None,
        meaning=known[1] if known else UNKNOWN,
        count=len(rows),
        first=times[0].time,
        last=times[-1].time,
        interfaces=tuple(name for name, _ in named.most_common()),
    )


def related(event: EventCount, device: str, inspection: Inspection) -> tuple[str, ...]:
    """Numbers of the device's findings whose object is an interface that the messages name."""
    words = set(event.interfaces)
    return tuple(
        finding.number
        for finding in inspection.findings
        if finding.device == device and words & _words(finding)
    )


def _words(finding: Finding) -> set[str]:
    """Whole object, and its words: an aggregation's member stands behind its aggregation."""
    return {finding.object, *finding.object.split()}
