"""A virtual terminal of a device, whatever carries it."""

from typing import Protocol

from collector.allowlist import Answer, Guard


class Vty(Protocol):
    """What a conversation needs: implemented by `collector.wire` (SSH) and `collector.telnet`."""

    guard: Guard
    """Decides what may be sent; replaced by a wider one when more is known of the device."""

    def send_line(self, line: str) -> None:
        """Send one command with its line end.

        Raises ForbiddenCommandError before a byte of one that the guard does not let through goes out,
        SessionCutError when the connection has ended.
        """

    def send_answer(self, answer: Answer) -> None:
        """Answer a dialogue; raises SessionCutError when the connection has ended."""

    def receive(self, until: float) -> bytes | None:
        """Wait for bytes until that moment (of `time.monotonic`).

        Gives None when none came, b"" when the connection has ended.
        """

    def hang_up(self) -> None:
        """End the connection at once; may be called from any thread."""

    def is_alive(self) -> bool:
        """Tell whether the connection is open; looks only, sends nothing."""
