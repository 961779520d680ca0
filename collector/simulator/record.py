"""What a simulated device was sent: the proof that nothing but the allowed was sent to it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Login:
    """One attempt to log in: a password or a signature that was given and judged."""

    username: str
    accepted: bool
    method: str = "password"
    """As SSH names it."""


@dataclass(slots=True)
class SessionRecord:
    """All that came in over one channel, and how the device took it."""

    received: bytearray = field(default_factory=bytearray)
    """Every byte, in order."""
    lines: list[str] = field(default_factory=list)
    """Lines taken as commands, with every byte typed before Enter (also erased and control ones)."""
    answers: list[str] = field(default_factory=list)
    """Lines taken as answers to a question."""
    keys: list[str] = field(default_factory=list)
    """Keys taken by the pager, or that interrupted an output."""
    requests: list[str] = field(default_factory=list)
    """Anything but a terminal that was asked for: `exec COMMAND`, `subsystem NAME`."""
    unfinished: str = ""
    """Typed last and never entered."""

    def beyond(self, allowed: frozenset[str]) -> tuple[str, ...]:
        """Everything in it that a read-only client with this allow-list has no business to send.

        Empty lines, a declining answer, and the pager's own keys are no business of the list.
        """
        typed = (*self.lines, self.unfinished)
        return (
            *(line for line in typed if line and line not in allowed),
            *(answer for answer in self.answers if answer.upper() not in {"", "N", "NO"}),
            *(key for key in self.keys if key not in {" ", "q", "\x03"}),
            *self.requests,
        )
