"""The parse ledger: what came of every command that a device was asked.

A report shows it, so that nobody takes silence for health; and with the outputs of what was not understood
(`parsers.anonymous`) the next template is written.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from collector.capture import Capture, CaptureStatus
from parsers.facts import FACT_NAMES, Facts, Partial, Unknown


class ReadResult(StrEnum):
    """How far one output was understood, or why there is none."""

    PARSED = "parsed"
    PARTLY = "partly"
    """Facts came out of it, but some lines nobody knows."""
    EMPTY = "empty"
    """The device answered with nothing, which is legal for many tables."""
    UNPARSED = "unparsed"
    """An answer that was not read, or of which at least one fact that rests on it could not be made."""
    REFUSED = "refused"
    NO_PRIVILEGE = "no_privilege"
    TIMED_OUT = "timed_out"
    CUT = "cut"

    @property
    def understood(self) -> bool:
        """Nothing of the output was lost."""
        return self in (ReadResult.PARSED, ReadResult.EMPTY)


def read_results(
    captures: Sequence[Capture], facts: Facts, lines: Mapping[str, Sequence[str]]
) -> Mapping[str, ReadResult]:
    """Say how far each capture was understood, by its digest.

    `facts` are those read out of them, `lines` their cleaned lines by digest; one without was not read.
    """
    every = [getattr(facts, name) for name in FACT_NAMES]
    failed = {seen.capture for fact in every if isinstance(fact, Unknown) for seen in fact.sources}
    partly = {line.command for fact in every if isinstance(fact, Partial | Unknown) for line in fact.unread}
    return {c.sha256: _result(c, failed, partly, lines.get(c.sha256)) for c in captures}


def _result(capture: Capture, failed: set[str], partly: set[str], lines: Sequence[str] | None) -> ReadResult:
    if capture.status is not CaptureStatus.OK:
        return ReadResult(capture.status.value)
    if capture.sha256 in failed or lines is None:
        return ReadResult.UNPARSED
    if capture.command in partly:
        return ReadResult.PARTLY
    return ReadResult.PARSED if any(lines) else ReadResult.EMPTY
