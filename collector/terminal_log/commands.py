"""Which command of a platform somebody typed, in full, in short, or as the name of a file."""

import re
from functools import cache
from pathlib import PurePosixPath

from collector.platform import Platform, platforms

_UNPAGED = re.compile(r"\s*\|\s*no-more\s*$")
"""The one filter that leaves nothing out."""
_DUMPS = re.compile(r"dis[a-z]*\s+diag|sh[a-z]*\s+tech", re.IGNORECASE)
_EXTENSIONS = re.compile(r"(?:\.(?:txt|log|out|cfg|gz))+$", re.IGNORECASE)


def resolve(typed: str, platform: Platform) -> str | None:
    """Give the platform's command that `typed` stands for; None for any other one.

    Each word may be cut short, as devices allow, and `do` may lead out of a configuration mode. Where
    that fits several of the platform's commands, none is meant: nobody knows which the device took it for.
    """
    words = tuple(_UNPAGED.sub("", typed).lower().split())
    if words[:1] == ("do",):
        words = words[1:]
    commands = _by_words(platform.id)
    if words in commands:
        return commands[words]
    fitting = [command for spelt, command in commands.items() if _shortened(words, spelt)]
    return fitting[0] if len(fitting) == 1 else None


def is_known(typed: str) -> bool:
    """Tell whether it is a command of any platform, or one that dumps many."""
    return _DUMPS.match(typed) is not None or any(
        resolve(typed, platform) for platform in platforms().values()
    )


@cache
def _by_words(platform: str) -> dict[tuple[str, ...], str]:
    return {tuple(command.split()): command for command in platforms()[platform].commands()}


def _shortened(words: tuple[str, ...], command: tuple[str, ...]) -> bool:
    return len(words) == len(command) and all(map(str.startswith, command, words))


def named(path: str) -> tuple[str, str] | None:
    """Give device (may be empty) and command that a file name tells; None when it tells no command.

    `core/display_version.txt` and `core-display version.log` both tell `core` and `display version`.
    """
    pure = PurePosixPath(path.replace("\\", "/"))
    stem = _EXTENSIONS.sub("", pure.name)
    starts = [0, *(match.end() for match in re.finditer(r"[\W_]+", stem))]
    for start in starts:
        command = _by_plain_name().get(_plain(stem[start:]))
        if command is not None:
            return stem[:start].rstrip(" _-.") or pure.parent.name, command
    return None


@cache
def _by_plain_name() -> dict[str, str]:
    return {_plain(command): command for platform in platforms().values() for command in platform.commands()}


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "_", text.strip().lower())
