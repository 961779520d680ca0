"""Where something was read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Seen:
    """Where something was read: a capture and line numbers (from 1) in its cleaned text."""

    capture: str
    """SHA-256 of the capture's raw bytes."""
    command: str
    lines: tuple[int, ...]
