"""From where something was seen to the lines that a report prints, with secrets masked."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from checks.inspection import Evidence
from parsers.masking import MaskedLines
from parsers.seen import Seen

CONTEXT_LINES = 1
"""Printed before and after what was seen, unless that is a whole record and speaks for itself."""
RECORD_LINES = 3
"""Lines in a row that make such a record."""
PIECE_LINES = 12
"""At most, in one piece of evidence."""
FINDING_LINES = 40
"""At most, for one finding: one interface with its counters is some 35; the capture has the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """The cleaned lines of one capture, as the line numbers of `Seen` count them."""

    lines: tuple[str, ...]
    collected_at: datetime | None
    """When the command was sent; UTC, aware. None: an imported log does not say."""


@dataclass(slots=True)
class EvidenceBook:
    """The outputs of one device, by SHA-256 of the capture; masks the lines that are asked for."""

    outputs: Mapping[str, Output]
    _masked: dict[str, MaskedLines] = field(default_factory=dict)

    def evidence(self, seen: Iterable[Seen]) -> tuple[Evidence, ...]:
        """The printed lines: neighbouring ones in one piece, each capture's pieces in order.

        A `Seen` without lines means the output as a whole: all of it when it is short, no line when
        it is long, since no part of it would prove what it does not say.
        """
        left = FINDING_LINES
        pieces = []
        for piece in (piece for where in _by_capture(seen) for piece in self._pieces(where)):
            if left <= 0:
                break
            pieces.append(replace(piece, lines=piece.lines[:left]))
            left -= len(piece.lines)
        return tuple(pieces)

    def _pieces(self, where: Seen) -> Iterator[Evidence]:
        output = self.outputs[where.capture]
        lines = self._lines(where.capture)
        for first, last in _blocks(where.lines, len(lines)):
            yield Evidence(
                command=where.command,
                first_line=first,
                lines=lines.part(first - 1, last),
                collected_at=output.collected_at,
                sha256=where.capture,
            )

    def _lines(self, capture: str) -> MaskedLines:
        if capture not in self._masked:
            self._masked[capture] = MaskedLines(self.outputs[capture].lines)
        return self._masked[capture]


def _by_capture(seen: Iterable[Seen]) -> list[Seen]:
    """Put what was seen in the same capture together, in the order of the captures' first mention."""
    lines: dict[tuple[str, str], set[int]] = {}
    for where in seen:
        lines.setdefault((where.capture, where.command), set()).update(where.lines)
    return [Seen(capture, command, tuple(sorted(found))) for (capture, command), found in lines.items()]


def _blocks(numbers: tuple[int, ...], total: int) -> list[tuple[int, int]]:
    """First and last line of each piece; (1, 0) stands for no line at all."""
    if not numbers:
        return [(1, total if total <= PIECE_LINES else 0)]
    shown: set[int] = set()
    for first, last in _runs(numbers):
        around = CONTEXT_LINES if last - first + 1 < RECORD_LINES else 0
        shown.update(range(max(1, first - around), min(total, last + around) + 1))
    blocks = _runs(sorted(shown))
    return [
        (start, min(start + PIECE_LINES - 1, last))
        for first, last in blocks
        for start in range(first, last + 1, PIECE_LINES)
    ]


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """First and last of each row of numbers without a gap."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs
