"""The guard at the last point before the channel: what may be written to a device, and nothing else."""

import re
from collections.abc import Iterable
from enum import Enum
from typing import Self

from collector.errors import ForbiddenCommandError
from collector.platform import COMMAND_FORM, SESSION_COMMANDS, Platform


class Answer(Enum):
    """The only bytes that are ever written in reply to a dialogue, each for one dialogue."""

    DECLINE_PASSWORD_CHANGE = "N\n"  # noqa: S105 (the word of refusal, not a password)
    """The device offers to change the password at login."""
    NEXT_PAGE = " "
    """The pager waits, because it is not off yet or cannot be switched off."""
    ACKNOWLEDGE_NOTICE = "\n"
    """The device shows a legal notice and waits for a key before its first prompt."""


class Guard:
    """Lets through the exact lines that one session may send."""

    def __init__(self, platform: Platform) -> None:
        self.allowed = platform.allowed

    @classmethod
    def before_recognition(cls, candidates: Iterable[Platform]) -> Self:
        """Make a guard for a device of unknown platform: only what makes it say who it is."""
        guard = cls.__new__(cls)
        guard.allowed = frozenset(platform.identify for platform in candidates)
        return guard

    def check(self, line: str) -> None:
        """Return when this line, without its line end, may be sent; else raise ForbiddenCommandError."""
        printing = re.fullmatch(COMMAND_FORM, line, re.ASCII) is not None
        if line not in self.allowed or not (printing or line in SESSION_COMMANDS):
            raise ForbiddenCommandError(f"命令 {line[:80]!r} 不在只读命令清单内，未发送")
