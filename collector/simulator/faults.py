"""What can be made to go wrong with a simulated device."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import cycle, islice
from random import Random

EVERY = "*"
"""Stands for all commands that are not named themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandFaults:
    """What goes wrong with the answer to one command; several at once are possible."""

    swap: Mapping[str, str] = field(default_factory=dict)
    """Text to be replaced in the output, and by what."""
    gbk: bool = False
    """The output is encoded in GB18030 instead of UTF-8."""
    syslog_every: int = 0
    """A log line bursts in after so many lines; 0: never."""
    size_bytes: int = 0
    """The output is repeated up to this size."""
    garbage_bytes: int = 0
    """The output is so many random bytes, always the same ones, and a line end; 0: it is what it is."""
    clock_off_s: float = 0.0
    """How far the clock has jumped that the times in the output are by."""
    endless: bool = False
    """The output is repeated for ever."""
    silent_after: float | None = None
    """After this part of the output (0 to 1) nothing more comes, nor does any later answer."""
    cut_after: float | None = None
    """After this part of the output (0 to 1) the connection breaks."""
    refused: bool = False
    """The device does not know the command."""
    no_privilege: bool = False
    rename: str = ""
    """From the end of this command on the prompt shows this name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Faults:
    """What goes wrong with one device as a whole, and with its commands."""

    closed_port: bool = False
    """Nothing listens at the address, though it is reserved."""
    hung: bool = False
    """Connections are taken, but the device never says a word, not even its SSH version."""
    refused_login: bool = False
    """The right password is refused too."""
    changed_host_key: bool = False
    """The key shown is not the one that `Simulator.known_hosts` gives."""
    legacy_ssh: bool = False
    """Only what switches of the 2010s offer: SHA-1 key exchange, ssh-rsa, CBC."""
    password_change: bool = False
    """The device wants a new password at login."""
    password_expired: bool = False
    """The right password is answered by the SSH request for a new one."""
    prompts: tuple[str, ...] = ()
    """What is asked, one after the other, by keyboard-interactive instead of the method password: the first
    takes the password, and what the others want nobody has."""
    banner_lines: int = 0
    """Lines of a banner in front of the greeting."""
    no_prompt: bool = False
    """After the greeting nothing more is heard."""
    prompt_delay_s: float = 0.0
    """Seconds of silence before each prompt."""
    stuck_pager: bool = False
    """The command that switches paging off is accepted without effect."""
    commands: Mapping[str, CommandFaults] = field(default_factory=dict)
    """By full command, or EVERY."""

    def of(self, command: str) -> CommandFaults:
        """What goes wrong with this command."""
        return self.commands.get(command) or self.commands.get(EVERY) or NONE


NONE = CommandFaults()


def printed(text: str, faults: CommandFaults, syslog: str) -> bytes:
    """The bytes in which a text goes out; every line ends in CR LF."""
    if faults.garbage_bytes:
        return Random(faults.garbage_bytes).randbytes(faults.garbage_bytes) + b"\r\n"  # noqa: S311
    for old, new in faults.swap.items():
        text = text.replace(old, new)
    if faults.syslog_every:
        text = "\n".join(_interrupted(text.splitlines(), syslog, faults.syslog_every))
    out = "".join(f"{line}\r\n" for line in text.splitlines()).encode("gb18030" if faults.gbk else "utf-8")
    if out and faults.size_bytes > len(out):
        out = _grown(out, faults.size_bytes)
    return out


def kept_part(out: bytes, part: float) -> bytes:
    """The beginning of an output that breaks off."""
    return out[: int(len(out) * part)]


@lru_cache(maxsize=4096)
def printed_always_so(text: str) -> bytes:
    """Do as `printed` does, without faults, for a text that is asked for again and again."""
    return printed(text, NONE, "")


def _interrupted(lines: list[str], syslog: str, every: int) -> Iterator[str]:
    for number, line in enumerate(lines, 1):
        yield line
        if number % every == 0 and number < len(lines):
            yield syslog


def _grown(out: bytes, size: int) -> bytes:
    lines = out.splitlines(keepends=True)
    count = -(-size * len(lines) // len(out))
    return b"".join(islice(cycle(lines), count))
