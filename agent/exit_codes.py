"""What `xunjian` tells a calling script; documented in the README."""

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of every command."""

    CLEAN = 0
    FINDINGS = 1
    """Findings at or above `--fail-on`, in a run that is complete."""
    USAGE = 2
    """Wrong usage, inventory, baseline or other input; nothing was done."""
    INCOMPLETE = 3
    """A device was not reached, or the run was cut short: outranks FINDINGS."""
    REFUSED = 4
    """The authorisation record does not permit it, or a sensitive period or maintenance window; no device
    was touched."""


# Of several sites in one call, the code that a caller must hear about first.
_LOUDEST_FIRST = (
    ExitCode.REFUSED,
    ExitCode.INCOMPLETE,
    ExitCode.USAGE,
    ExitCode.FINDINGS,
    ExitCode.CLEAN,
)


def loudest(codes: set[ExitCode]) -> ExitCode:
    """Give the code of a call that inspected several sites."""
    return min(codes, key=_LOUDEST_FIRST.index)
