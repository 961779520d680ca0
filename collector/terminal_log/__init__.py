"""Logs that people recorded at a terminal, read into the same captures as from SSH.

Terminal programs' logs (SecureCRT, Xshell, MobaXterm, PuTTY), one answer per file, dumps of many
commands, and archives of these; several devices in one file, one device in several files. What
cannot be attributed to a device and a command is listed, never dropped.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path

from collector.terminal_log.devices import Fate, Found, LoggedDevice, Piece, by_name, device_of
from collector.terminal_log.exchanges import Exchange, Leftover, split
from collector.terminal_log.files import ArchiveLimits, LogFile, open_files
from collector.terminal_log.lines import is_text, log_lines
from collector.terminal_log.single import single_answer

_NAME_IN_CONFIGURATION = re.compile(r"\s*(?:sysname|hostname)\s+(\S+)\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Logs:
    """All that was found in the files of one import."""

    files: tuple[LogFile, ...]
    """Archives unpacked."""
    devices: tuple[LoggedDevice, ...]
    """In order of appearance."""
    unattributed: tuple[Piece, ...]
    """What belongs to no device."""

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Every stretch of every file, in the order of the files."""
        order = {file.name: number for number, file in enumerate(self.files)}
        every = (*self.unattributed, *(piece for device in self.devices for piece in device.pieces))
        return tuple(sorted(every, key=lambda piece: (order[piece.file], piece.first_line)))


def read_logs(
    paths: Iterable[Path],
    *,
    configured: Mapping[str, str],
    nameless: str = "",
    zone: tzinfo,
    limits: ArchiveLimits | None = None,
) -> Logs:
    """Read files, folders and archives.

    `configured` gives platform ids (or `auto`) by device name, `nameless` the device to which answers
    belong that name none, `zone` that of the logs' times. Raises LogFileError for files that cannot be
    read; whatever stands in them raises nothing.
    """
    files = open_files(paths, zone, limits)
    found: dict[str, list[Found]] = {}
    unattributed: list[Piece] = []
    for order, file in enumerate(files):
        parts = _parts(file, zone, nameless)
        unnamed = nameless or _named_in_configuration(parts)
        times = [part.at for part in parts if isinstance(part, Exchange) and part.at]
        after = times[0] if times else file.modified
        for part in parts:
            host = (part.host or unnamed) if isinstance(part, Exchange) else None
            if isinstance(part, Exchange) and host:
                after = part.at or after
                found.setdefault(host, []).append(Found(file, order, part, after))
            else:
                unattributed.append(_unattributed(file, part))
    devices = (device_of(name, answers, by_name(configured, name)) for name, answers in found.items())
    return Logs(files=files, devices=tuple(devices), unattributed=tuple(unattributed))


def _parts(file: LogFile, zone: tzinfo, nameless: str) -> list[Exchange | Leftover]:
    if not is_text(file.data):
        return [Leftover(first_line=0, last_line=0, shown="（不是文本文件）")]
    lines = log_lines(file.data, zone)
    parts = list(split(lines, zone))
    if not any(isinstance(part, Exchange) for part in parts):
        single = single_answer(file.name, lines, nameless)
        return [single] if single is not None else parts
    return parts


def _named_in_configuration(parts: Iterable[Exchange | Leftover]) -> str:
    """The name that the configuration in a dump gives the device; empty where it gives none or two."""
    exchanges = (part for part in parts if isinstance(part, Exchange) and part.host is None)
    lines = (line.shown for exchange in exchanges for line in exchange.lines)
    names = {match[1] for shown in lines if (match := _NAME_IN_CONFIGURATION.fullmatch(shown))}
    return names.pop() if len(names) == 1 else ""


def _unattributed(file: LogFile, part: Exchange | Leftover) -> Piece:
    asked = isinstance(part, Exchange)
    return Piece(
        file=file.name,
        first_line=part.first_line,
        last_line=part.last_line,
        device="",
        typed=part.typed if isinstance(part, Exchange) else part.shown,
        command="",
        fate=Fate.UNATTRIBUTED,
        detail="不知道是哪台设备的输出" if asked else "不是任何命令的输出",
        sha256="",
    )
