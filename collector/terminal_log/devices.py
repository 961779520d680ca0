"""From exchanges of many logs to the captures of each device."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from collector.capture import Capture, CaptureStatus, Source
from collector.errors import UnsupportedPlatformError
from collector.platform import Platform, platforms
from collector.recognition import platform_of
from collector.run_record import OutcomeReason
from collector.session import judged
from collector.terminal_log.commands import resolve
from collector.terminal_log.exchanges import Exchange
from collector.terminal_log.files import LogFile

_ENOUGH_EVIDENCE = 2
"""Commands of one platform only, from which on they tell the platform."""
_FACTORY_NAMES = frozenset({"h3c", "hpe", "huawei", "inspur", "switch", "router", "sysname"})
_PASSING = re.compile(r"\buptime\b.*|\d\d:\d\d:\d\d", re.IGNORECASE)
"""What a device says otherwise each time it is asked for its version."""


class Fate(StrEnum):
    """What became of a piece of a log."""

    USED = "used"
    REPEATED = "repeated"
    """A better or later answer to the same command was used."""
    NOT_ASKED_FOR = "not_asked_for"
    """Of a known device, but the command is none that this platform is asked."""
    UNRECOGNISED = "unrecognised"
    """The device is named, but nothing tells its platform."""
    DOUBTFUL = "doubtful"
    """Several devices may go by this name."""
    UNATTRIBUTED = "unattributed"
    """Nobody knows which device or command it belongs to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One stretch of one file, and what became of it."""

    file: str
    first_line: int
    last_line: int
    device: str
    typed: str
    """What was asked, as typed; for what nobody asked for: its first line."""
    command: str
    """What that stands for on the platform; empty where unknown."""
    fate: Fate
    detail: str
    sha256: str
    """Of the capture made of it; empty where none was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedDevice:
    """One device as found in logs."""

    name: str
    platform: Platform | None
    reason: OutcomeReason | None
    """Why its answers cannot be used; None when they can."""
    detail: str
    """How the platform was told, where the device itself did not say; or why it is unknown."""
    captures: tuple[Capture, ...]
    files: tuple[str, ...]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """An exchange and where it was found."""

    file: LogFile
    order: int
    """Of the file, among all."""
    exchange: Exchange
    after: datetime
    """The last time that the log tells up to there, else its first, else when it was written."""

    @property
    def moment(self) -> tuple[datetime, int, int]:
        """What is later wins."""
        return self.after, self.order, self.exchange.first_line


def device_of(name: str, found: Sequence[Found], configured: str) -> LoggedDevice:
    """Recognise one device and choose its answers.

    `configured` is the platform that the inventory names, or `auto`.
    """
    in_order = sorted(found, key=lambda each: each.moment)
    files = tuple(dict.fromkeys(each.file.name for each in found))
    try:
        platform, detail = _platform(in_order, configured)
    except UnsupportedPlatformError as error:
        return _unusable(name, in_order, OutcomeReason.UNSUPPORTED, str(error))
    doubt = doubtful(name, in_order, platform)
    if doubt:
        return _unusable(name, in_order, OutcomeReason.NOT_COLLECTED, doubt)
    answers: dict[str, list[tuple[Found, Capture]]] = {}
    pieces_: list[Piece] = []
    for each in in_order:
        command = resolve(each.exchange.typed, platform)
        if command is None:
            why = "平台命令清单中没有这条命令"
            pieces_.append(_piece(each, name, "", Fate.NOT_ASKED_FOR, why, ""))
        else:
            answers.setdefault(command, []).append((each, _capture(each, name, command, platform)))
    captures = []
    for command, given in answers.items():
        best = _best([capture for _, capture in given])
        before = _before(best, [capture for _, capture in given], platform)
        if before is not None:
            captures.append(replace(before, earlier=True))
        captures.append(best)
        for each, capture in given:
            fate = Fate.USED if capture is best or capture is before else Fate.REPEATED
            pieces_.append(_piece(each, name, command, fate, capture.detail, capture.sha256))
    return LoggedDevice(
        name=name,
        platform=platform,
        reason=None,
        detail=detail,
        captures=tuple(captures),
        files=files,
        pieces=tuple(pieces_),
    )


def _unusable(name: str, found: Sequence[Found], reason: OutcomeReason, detail: str) -> LoggedDevice:
    fate = Fate.UNRECOGNISED if reason is OutcomeReason.UNSUPPORTED else Fate.DOUBTFUL
    return LoggedDevice(
        name=name,
        platform=None,
        reason=reason,
        detail=detail,
        captures=(),
        files=tuple(dict.fromkeys(each.file.name for each in found)),
        pieces=tuple(_piece(each, name, "", fate, detail, "") for each in found),
    )


def doubtful(name: str, found: Sequence[Found], platform: Platform) -> str:
    """Say why what bears one name may come from several devices, or from before and after a change.

    Empty when nothing speaks for that.
    """
    files = {each.file.name for each in found}
    if len(files) > 1 and name.casefold() in _FACTORY_NAMES:
        return (
            f"{len(files)} 个文件中都有出厂缺省名称 {name}，可能是不同的设备，未采用；请改名或合并为一个文件"
        )
    said = [each for each in found if resolve(each.exchange.typed, platform) == platform.identify]
    whole = {_lasting(each.exchange) for each in said if not each.exchange.problem}
    if len(whole) > 1:
        return (
            f"名为 {name} 的各处 {platform.identify} 输出不一致，可能是同名的不同设备，"
            "或其间升级、重启过，未采用；请分开导入"
        )
    return ""


def _lasting(exchange: Exchange) -> tuple[str, ...]:
    """What a device says of itself whenever it is asked: all but how long it has been up."""
    shown = (" ".join(_PASSING.sub("", line.shown).split()) for line in exchange.lines)
    return tuple(line for line in shown if line)


def _best(captures: Sequence[Capture]) -> Capture:
    """The last whole answer; without any, the last refusal; else the last of what there is."""
    for wanted in (CaptureStatus.OK, CaptureStatus.NO_PRIVILEGE, CaptureStatus.REFUSED):
        found = [capture for capture in captures if capture.status is wanted]
        if found:
            return found[-1]
    return captures[-1]


def _before(best: Capture, captures: Sequence[Capture], platform: Platform) -> Capture | None:
    """The first whole answer, where counters can be compared with it because both times are known."""
    if not any(best.command in commands for commands in platform.counters.values()):
        return None
    whole = (c for c in captures if c.status is CaptureStatus.OK and c.collected_at is not None)
    first = next(whole, best)
    return first if best.collected_at is not None and first.started_at < best.started_at else None


def _capture(found: Found, device: str, command: str, platform: Platform) -> Capture:
    exchange = found.exchange
    raw = raw_of(exchange, command)
    status, detail = judged(raw, exchange.prompt, platform)
    if exchange.problem and status is CaptureStatus.OK:
        status, detail = CaptureStatus.CUT, exchange.problem
    return Capture(
        device=device,
        command=command,
        status=status,
        raw=raw,
        started_at=exchange.at or found.file.modified,
        elapsed_s=exchange.elapsed_s,
        detail=detail,
        source=Source.UNTIMED_LOG if exchange.at is None else Source.LOG,
    )


def raw_of(exchange: Exchange, command: str) -> bytes:
    """Give the answer the form it has over SSH: echo of the command in full, answer, prompt."""
    answer = b"".join(line.raw + b"\r\n" for line in exchange.lines)
    try:
        answer.decode("utf-8")
        encoding = "utf-8"
    except UnicodeDecodeError:
        encoding = "gb18030"
    return command.encode() + b"\r\n" + answer + exchange.prompt.encode(encoding, "replace")


def _piece(found: Found, device: str, command: str, fate: Fate, detail: str, sha256: str) -> Piece:
    exchange = found.exchange
    return Piece(
        file=found.file.name,
        first_line=exchange.first_line,
        last_line=exchange.last_line,
        device=device,
        typed=exchange.typed,
        command=command,
        fate=fate,
        detail=detail,
        sha256=sha256,
    )


def _platform(found: Sequence[Found], configured: str) -> tuple[Platform, str]:
    """Tell the platform by what the device says of itself, else by the inventory, else by its commands.

    Raises UnsupportedPlatformError when nothing tells it, or it is none of ours.
    """
    prompts = {each.exchange.prompt for each in found if each.exchange.prompt}
    known = [p for p in platforms().values() if all(p.prompt.fullmatch(prompt) for prompt in prompts)]
    said = [each for each in found if any(resolve(each.exchange.typed, p) == p.identify for p in known)]
    whole = [each for each in said if not each.exchange.problem] or said
    if whole:
        exchange = whole[-1].exchange
        asked = [p for p in known if resolve(exchange.typed, p) == p.identify]
        return platform_of(raw_of(exchange, asked[0].identify), asked, configured), ""
    stated = next((platform for platform in known if platform.id == configured), None)
    if stated is not None:
        return stated, f"日志中没有 {stated.identify} 的输出，平台 {stated.id} 按设备清单"
    return _by_commands(found, known)


def _by_commands(found: Sequence[Found], known: Sequence[Platform]) -> tuple[Platform, str]:
    evidence: dict[str, list[str]] = {}
    for each in found:
        typed = re.sub(r"\s+", " ", each.exchange.typed.lower())
        owners = [platform for platform in known if typed in platform.commands()]
        if len(owners) == 1 and _answered(each, owners[0]):
            evidence.setdefault(owners[0].id, []).append(typed)
    told = [(id_, list(dict.fromkeys(commands))) for id_, commands in evidence.items()]
    if len(told) == 1 and len(told[0][1]) >= _ENOUGH_EVIDENCE:
        id_, commands = told[0]
        return platforms()[id_], f"日志中没有版本输出，平台 {id_} 由 {'、'.join(commands[:3])} 等命令推定"
    raise UnsupportedPlatformError(
        f"无法识别的平台：日志中没有 {' 或 '.join(dict.fromkeys(p.identify for p in known))} 的输出"
        if known
        else "无法识别的平台：提示符不属于任何已知平台"
    )


def _answered(found: Found, platform: Platform) -> bool:
    raw = raw_of(found.exchange, found.exchange.typed)
    return judged(raw, found.exchange.prompt, platform)[0] is CaptureStatus.OK


def by_name(configured: Mapping[str, str], name: str) -> str:
    """The platform that the inventory names for a host, however it is capitalised."""
    return next((id_ for host, id_ in configured.items() if host.casefold() == name.casefold()), "auto")
